"""Records of an export as columns, gathered from either way of reading, and counts of what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from uitknop.core import Recording, Value
from uitknop.sources.apple_clock import DATE_LETTERS, NO_DATE
from uitknop.sources.apple_heads import Heads, number_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]


_MOST_KINDS = 1000


@dataclass(slots=True)
class Tally:
    """What was left out.

    Args:
        other: records of kinds that are not taken in, by name.
        unreadable: records without a time or value that can be read, or with one that no body has.
        lists: lists of beats whose clock can't be read.
        gaps: intervals that do not agree with the rate beside them.
        breaks: places where the file is not well formed.
        break_line: line of the first of them; None when there is none.
        cut_off: the file ends before its end.
        given_up: broken places followed each other without end.
    """

    other: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    lists: int = 0
    gaps: int = 0
    breaks: int = 0
    break_line: int | None = None
    cut_off: bool = False
    given_up: bool = False

    def add(self, more: Tally, line: int) -> None:
        """Count these too, of the next block, whose first line is `line`."""
        self.other.update(more.other)
        if len(self.other) > _MOST_KINDS:
            self.other = Counter(dict(self.other.most_common(_MOST_KINDS)))
        self.unreadable += more.unreadable
        self.lists += more.lists
        self.gaps += more.gaps
        self.breaks += more.breaks
        if self.break_line is None and more.break_line is not None:
            self.break_line = line + more.break_line
        self.cut_off |= more.cut_off
        self.given_up |= more.given_up

    def broken_at(self, line: int) -> None:
        """Count a place where the file is not well formed."""
        self.breaks += 1
        self.break_line = line if self.break_line is None else min(self.break_line, line)


@dataclass(slots=True)
class Rows:
    """Records as columns.

    Args:
        head: number of the head of each, shape (n,).
        letters: start and end as written, uint8, shape (n, 50).
        value: as written, in Apple's unit; NaN when it can't be read, shape (n,).
    """

    head: Ints
    letters: Bytes
    value: Floats


@dataclass(slots=True)
class Lists:
    """Lists of beats, one after the other.

    Args:
        head: number of the head of each list's record, shape (m,).
        letters: start and end of that record, uint8, shape (m, 50).
        count: beats in each, shape (m,).
        bpm: rate that is written beside each beat, shape (n,).
        hour_ms: its clock within the hour, ms, shape (n,).
    """

    head: Ints
    letters: Bytes
    count: Ints
    bpm: Ints
    hour_ms: Ints


@dataclass(slots=True)
class Gathered:
    """Everything found in one block, and how many ends of lines it has."""

    heads: Heads
    rows: list[Rows] = field(default_factory=list)
    lists: list[Lists] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    n_lines: int = 0


@dataclass(frozen=True, slots=True)
class Parsed(Value):
    """What a block gave.

    Args:
        recordings: everything that was taken in.
        tally: what was not; lines are counted from the start of the block, from 0.
        n_lines: ends of lines in it.
    """

    recordings: tuple[Recording, ...]
    tally: Tally
    n_lines: int


@dataclass(slots=True)
class Slowly:
    """Records that come one by one; `finish` makes columns of them."""

    gathered: Gathered
    _head: list[int] = field(default_factory=list)
    _letters: list[bytes] = field(default_factory=list)
    _value: list[float] = field(default_factory=list)
    _list_head: list[int] = field(default_factory=list)
    _list_letters: list[bytes] = field(default_factory=list)
    _count: list[int] = field(default_factory=list)
    _bpm: list[int] = field(default_factory=list)
    _hour_ms: list[int] = field(default_factory=list)

    def add(self, number: int, attributes: dict[str, str]) -> None:
        """A record, a stage of sleep or a workout."""
        head = self.gathered.heads.known[number]
        if head.role == "other":
            self.gathered.tally.other[head.name] += 1
            return
        self._head.append(number)
        self._letters.append(letters_of(attributes))
        self._value.append(0.0 if head.role == "workout" else number_of(head, attributes.get("value", "")))

    def add_list(self, number: int, letters: bytes, bpm: list[int], hour_ms: list[int]) -> None:
        """The beats of a record."""
        self._list_head.append(number)
        self._list_letters.append(letters)
        self._count.append(len(bpm))
        self._bpm.extend(bpm)
        self._hour_ms.extend(hour_ms)

    def finish(self) -> None:
        """Hand over what came."""
        if self._head:
            self.gathered.rows.append(Rows(_ints(self._head), _letters(self._letters), np.array(self._value)))
        if self._count:
            self.gathered.lists.append(
                Lists(
                    _ints(self._list_head), _letters(self._list_letters),
                    _ints(self._count), _ints(self._bpm), _ints(self._hour_ms),
                )
            )  # fmt: skip


def letters_of(attributes: dict[str, str]) -> bytes:
    """Start and end of an element as written, 50 bytes; zeros for what is no date."""
    return b"".join(_padded(attributes.get(name, "")) for name in ("startDate", "endDate"))


def _padded(text: str) -> bytes:
    letters = text.encode()
    return letters if len(letters) == DATE_LETTERS else NO_DATE


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int64)


def _letters(values: list[bytes]) -> Bytes:
    return np.frombuffer(b"".join(values), np.uint8).reshape(-1, 2 * DATE_LETTERS)
