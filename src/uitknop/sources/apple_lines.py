"""The quick way to read a block of an export: by its lines, as columns of bytes, without a parser.

An iPhone writes one element a line, attributes always in the same order. A record written exactly so is read here;
whatever differs in the least is given back for the careful way, which says the same of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.sources.apple_clock import DATE_LETTERS
from uitknop.sources.apple_heads import number_of
from uitknop.sources.apple_rows import Gathered, Lists, Rows

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_DATE = b"\0" * DATE_LETTERS
_TAIL = b' creationDate="' + _DATE + b'" startDate="' + _DATE + b'" endDate="' + _DATE + b'" value="'
_TAIL_LETTERS = np.frombuffer(_TAIL, np.uint8)
_FIXED = np.flatnonzero(_TAIL_LETTERS)
_START = _TAIL.index(b' startDate="') + len(b' startDate="')
_DATES = np.concatenate([np.arange(DATE_LETTERS) + _START, np.arange(DATE_LETTERS) + _TAIL.rindex(_DATE)])
_LONGEST_VALUE = 64
_LONGEST_HEAD = 600
_SHORTEST_RECORD = len(_TAIL) + len(b' <Record type="" sourceName=""')
_BEAT = b'   <InstantaneousBeatsPerMinute bpm="'
_BEAT_LETTERS = np.frombuffer(_BEAT, np.uint8)
_LONGEST_BEAT = 48
_CLOCK = np.array([1, 2, 4, 5, 7, 8])
_PAD = b" " * 700  # so that a window of any width fits behind the last line
_LARGEST_BPM = 1000


@dataclass(slots=True)
class _Page:
    """A block, its lines, and what each line starts with.

    Args:
        text: the block, padded at its end.
        letters: the same as numbers.
        start, end: of each line, without its end of line, shape (n,).
        first: the first 8 bytes of each line as one number, shape (n,).
    """

    text: bytes
    letters: Bytes
    start: Ints
    end: Ints
    first: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, block: bytes) -> _Page:
        text = block + (b"" if block.endswith(b"\n") else b"\n") + _PAD
        letters = np.frombuffer(text, np.uint8)
        end = np.flatnonzero(letters == 10)
        start = np.concatenate(([0], end[:-1] + 1))
        eights = np.ndarray((len(text) - 7,), "<u8", text, strides=(1,))
        return cls(text, letters, start, end, eights[start])

    def windows(self, at: Ints, width: int) -> Bytes:
        """`width` bytes from each place, shape (m, width)."""
        return np.lib.stride_tricks.sliding_window_view(self.letters, width)[at]

    def begins(self, word: bytes) -> Bools:
        """Which lines start with these 8 bytes, shape (n,)."""
        return np.asarray(self.first == np.uint64(int.from_bytes(word, "little")), np.bool_)


@dataclass(slots=True)
class _Elements:
    """Top-level elements: the line each starts on and how many lines it has, shape (m,)."""

    line: Ints
    n_lines: Ints

    @property
    def last(self) -> Ints:
        return self.line + self.n_lines - 1


def read_quickly(block: bytes, gathered: Gathered) -> list[tuple[int, int]]:
    """Read the records of a block that are written as a phone writes them.

    Args:
        block: whole top-level elements.
        gathered: where the records go.
    Returns: first byte and byte after the last of every stretch that was not read.
    """
    page = _Page.of(block)
    top = np.flatnonzero((page.letters[page.start] == 32) & (page.letters[page.start + 1] == ord("<"))
                         & (page.letters[page.start + 2] != ord("/")))  # fmt: skip
    # Comments and the like could hide lines; one letter is sought first, as that costs nothing.
    if not top.size or any(sign in block and b"<" + sign in block for sign in (b"!", b"?")):
        return [(0, len(block))]
    elements = _Elements(top, np.diff(top, append=page.start.size))
    beats = _beats(page, elements)
    good, close = _records(page, elements, beats.whole)
    good[good] = _take_rows(page, elements, np.flatnonzero(good), close, beats, gathered)
    return _left_over(page, elements, good, len(block))


@dataclass(slots=True)
class _Beats:
    """Beat lines of a block.

    Args:
        whole: elements that hold exactly one list of beats, all readable, shape (m,).
        first, count: of each element, its first among the readable beat lines and how many, shape (m,).
        bpm, hour_ms: of the readable beat lines, shape (k,).
    """

    whole: Bools
    first: Ints
    count: Ints
    bpm: Ints
    hour_ms: Ints


def _beats(page: _Page, elements: _Elements) -> _Beats:
    m = elements.line.size
    lines = np.flatnonzero(page.begins(b"   <Inst"))
    if not lines.size:
        none = np.zeros(0, np.int64)
        return _Beats(np.zeros(m, np.bool_), np.zeros(m, np.int64), np.zeros(m, np.int64), none, none)
    clear, bpm, hour_ms = _read_beats(page, lines)
    opens, closes = page.begins(b"  <HeartR"[:8]), page.begins(b"  </Heart"[:8])
    meta = page.begins(b"  <Metad")
    where = [np.searchsorted(np.flatnonzero(kind), elements.line) for kind in (opens, closes, meta)]
    n_open, n_close, n_meta = (
        np.diff(at, append=int(kind.sum())) for at, kind in zip(where, (opens, closes, meta), strict=True)
    )
    first = np.searchsorted(lines, elements.line)
    count = np.diff(first, append=lines.size)
    n_clear = np.diff(np.concatenate(([0], np.cumsum(clear)))[np.append(first, lines.size)])
    whole = (n_open == 1) & (n_close == 1) & (count >= 1) & (n_clear == count)
    whole &= elements.n_lines == n_meta + count + 4
    # The list's own lines stand right around its beats.
    opened, closed = np.flatnonzero(opens), np.flatnonzero(closes)
    at = np.flatnonzero(whole)
    whole[at] = (lines[first[at]] == opened[where[0][at]] + 1) & (
        lines[first[at] + count[at] - 1] == closed[where[1][at]] - 1
    )
    whole[at] &= _line_is(page, opened[where[0][at]], b"  <HeartRateVariabilityMetadataList>")
    whole[at] &= _line_is(page, closed[where[1][at]], b"  </HeartRateVariabilityMetadataList>")
    return _Beats(whole, first, count, bpm, hour_ms)


def _line_is(page: _Page, lines: Ints, word: bytes) -> Bools:
    same = (page.windows(page.start[lines], len(word)) == np.frombuffer(word, np.uint8)).all(axis=1)
    return np.asarray(same & (page.end[lines] - page.start[lines] == len(word)), np.bool_)


def _read_beats(page: _Page, lines: Ints) -> tuple[Bools, Ints, Ints]:
    """Which beat lines can be read, their rate and their clock within the hour, ms."""
    at = page.start[lines]
    length = page.end[lines] - at - len(_BEAT)
    clear = (page.windows(at, len(_BEAT)) == _BEAT_LETTERS).all(axis=1)
    clear &= (length > 20) & (length <= _LONGEST_BEAT)
    rest = page.windows(at + len(_BEAT), _LONGEST_BEAT)
    rest = np.where(np.arange(_LONGEST_BEAT) < length[:, None], rest, np.uint8(0))
    row = np.arange(lines.size)
    quote = np.argmax(rest == 34, axis=1)  # closes the rate
    bpm, clear_bpm = _up_to_three_digits(rest, quote)
    clear &= clear_bpm & (np.count_nonzero(rest == 34, axis=1) == 3) & ~((rest == 38) | (rest == 60)).any(axis=1)
    tail = rest[row[:, None], np.clip(length[:, None] - np.array([3, 2, 1]), 0, None)]
    clear &= (tail == np.frombuffer(b'"/>', np.uint8)).all(axis=1)
    named = rest[row[:, None], np.clip(quote[:, None] + np.arange(8), 0, _LONGEST_BEAT - 1)]
    clear &= (named == np.frombuffer(b'" time="', np.uint8)).all(axis=1)
    hour = np.clip(quote + 8, 0, _LONGEST_BEAT - 1)
    colon = np.argmax(rest == ord(":"), axis=1)
    clear &= (colon == hour + 1) | (colon == hour + 2)
    clear &= colon + 9 < _LONGEST_BEAT
    places = np.clip(colon, 0, _LONGEST_BEAT - 10)
    hour_digits = rest[row[:, None], np.clip(places[:, None] + np.array([-2, -1]), 0, None)] - np.uint8(48)
    hour_digits[:, 0] = np.where(colon == hour + 1, 0, hour_digits[:, 0])
    clear &= (hour_digits <= 9).all(axis=1) & (hour_digits[:, 0] * 10 + hour_digits[:, 1] <= 24)
    digits = rest[row[:, None], places[:, None] + _CLOCK] - np.uint8(48)
    clear &= (digits <= 9).all(axis=1) & (digits[:, 0] <= 5) & (digits[:, 2] <= 5)
    clear &= rest[row, places + 3] == ord(":")
    clear &= (rest[row, places + 6] == ord(".")) | (rest[row, places + 6] == ord(","))
    suffix = np.where(np.arange(_LONGEST_BEAT) > places[:, None] + 8, rest, np.uint8(0))
    # "AM" and its kin, of at most a few letters, and no further digit.
    clear &= ~((suffix >= 48) & (suffix <= 57)).any(axis=1) & (length - places - 12 <= 12)
    number = np.where(clear[:, None], digits, 0).astype(np.int64)
    return clear, bpm, (((number[:, 0] * 10 + number[:, 1]) * 60 + number[:, 2] * 10 + number[:, 3]) * 100
                        + number[:, 4] * 10 + number[:, 5]) * 10  # fmt: skip


def _up_to_three_digits(rest: Bytes, end: Ints) -> tuple[Ints, Bools]:
    digits = rest[:, :3] - np.uint8(48)
    inside = np.arange(3) < end[:, None]
    clear = (end >= 1) & (end <= 3) & ((digits <= 9) | ~inside).all(axis=1)
    number = np.where(inside & clear[:, None], digits, 0).astype(np.int64)
    power = np.clip(end[:, None] - 1 - np.arange(3), 0, 2)
    return (number * 10**power).sum(axis=1), clear


def _records(page: _Page, elements: _Elements, with_beats: Bools) -> tuple[Bools, Ints]:
    """Which elements are records in the usual shape, and the place of the quote that closes each value."""
    line, last = elements.line, elements.last
    end = page.end[line]
    sign, before = page.letters[end - 1], page.letters[np.maximum(end - 2, 0)]
    alone = (elements.n_lines == 1) & (sign == ord(">")) & (before == ord("/"))
    opened = (elements.n_lines > 1) & (sign == ord(">")) & (before == 34)
    opened[opened] = _line_is(page, last[opened], b" </Record>")
    meta = np.concatenate(([0], np.cumsum(page.begins(b"  <Metad"))))
    only_meta = meta[last] - meta[line] == elements.n_lines - 2
    good = page.begins(b" <Record")[line] & (page.letters[page.start[line] + 8] == 32)
    good &= (end - page.start[line] > _SHORTEST_RECORD) & (alone | (opened & (only_meta | with_beats)))
    return good, np.where(alone, end - 3, end - 2)


def _take_rows(page: _Page, elements: _Elements, at: Ints, close: Ints, beats: _Beats, gathered: Gathered) -> Bools:
    """Read records; True for each of `at` that was taken or counted, shape (k,)."""
    done = np.zeros(at.size, np.bool_)
    close = close[at]
    before = page.windows(close - _LONGEST_VALUE, _LONGEST_VALUE) == 34
    value = close - np.argmax(before[:, ::-1], axis=1)  # first letter of the value
    dates = value - len(_TAIL)
    start = page.start[elements.line[at]]
    fits = before.any(axis=1) & (page.letters[close] == 34) & (dates > start)
    tail = page.windows(np.maximum(dates, 0), len(_TAIL))
    fits &= (tail[:, _FIXED] == _TAIL_LETTERS[_FIXED]).all(axis=1)
    head = _heads(page.text, page, start, dates, fits, gathered)
    known = gathered.heads.known
    other = np.array([h.role == "other" for h in known] + [False], np.bool_)[head]
    fits &= head >= 0
    numbers = np.full(at.size, np.nan)
    wanted = np.flatnonzero(fits & ~other)
    numbers[wanted] = _numbers(page.text, head[wanted], value[wanted], close[wanted], gathered)
    listed = beats.whole[at]
    heart = np.array([h.kind == "vendor_sdnn" for h in known] + [False], np.bool_)[head]
    taken = fits & ~other & np.isfinite(numbers)
    done = taken | (fits & other & ~listed)
    for number, n in zip(*np.unique(head[fits & other & ~listed], return_counts=True), strict=True):
        gathered.tally.other[known[int(number)].name] += int(n)
    letters = tail[:, _DATES]
    gathered.rows.append(Rows(head[taken], letters[taken], numbers[taken]))
    with_list = np.flatnonzero(taken & listed & heart)
    if with_list.size:
        first, count = beats.first[at[with_list]], beats.count[at[with_list]]
        lines = np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(int(count.sum()))
        gathered.lists.append(Lists(head[with_list], letters[with_list], count, beats.bpm[lines], beats.hour_ms[lines]))
    return np.asarray(done, np.bool_)


def _heads(text: bytes, page: _Page, start: Ints, end: Ints, fits: Bools, gathered: Gathered) -> Ints:
    """Number of each record's head; -1 where it does not fit or can't be told."""
    head = np.full(start.size, -1, np.int64)
    at = np.flatnonzero(fits)
    if not at.size:
        return head
    start, length = start[at], end[at] - start[at]
    # Neighbours mostly have the same head: only where it changes is it looked at.
    letters = page.windows(start, int(min(length.max(), _LONGEST_HEAD)))
    differ = letters[1:] != letters[:-1]
    until = np.where(differ.any(axis=1), np.argmax(differ, axis=1), _LONGEST_HEAD)
    new = np.concatenate(([True], (length[1:] != length[:-1]) | (until < length[1:])))
    of_bytes = gathered.heads.of_bytes
    places = zip(start[new].tolist(), (start[new] + length[new]).tolist(), strict=True)
    numbers = np.array([of_bytes(text[a:b]) for a, b in places], np.int64)
    head[at] = numbers[np.cumsum(new) - 1]
    return head


def _numbers(text: bytes, head: Ints, start: Ints, end: Ints, gathered: Gathered) -> Floats:
    """Values of records; NaN where one can't be read."""
    known = gathered.heads.known
    places = zip(start.tolist(), end.tolist(), strict=True)
    try:
        if all(known[number].role == "sample" for number in np.unique(head).tolist()):
            return np.array([float(text[a:b]) for a, b in places])
    except ValueError:
        places = zip(start.tolist(), end.tolist(), strict=True)
    return np.array([number_of(known[i], text[a:b]) for i, (a, b) in zip(head.tolist(), places, strict=True)])


def _left_over(page: _Page, elements: _Elements, good: Bools, size: int) -> list[tuple[int, int]]:
    """Stretches of elements that are not good, and what stands before the first element."""
    from_byte = np.append(page.start[elements.line], size)
    edge = np.flatnonzero(np.diff(np.concatenate(([True], good, [True])).astype(np.int8)))
    stretches = [(int(from_byte[a]), int(from_byte[b])) for a, b in zip(edge[::2], edge[1::2], strict=True)]
    if from_byte[0] > 0:
        stretches.insert(0, (0, int(from_byte[0])))
    return stretches
