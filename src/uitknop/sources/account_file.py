"""One file of a vendor's account export, gathered row by row: samples, diary lines, and how its times were read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from uitknop.core import Entry, EntryKind, Phrase, Recording
from uitknop.core.errors import Malformed, TooLarge
from uitknop.core.timeline import day_span, parse_iso
from uitknop.sources import limits
from uitknop.sources.clock import tidy, wall_to_ms, zone_notes
from uitknop.sources.columns import Columns
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS, Gathered
from uitknop.sources.json_text import Json

A_TIME = Phrase("a time like 2026-03-29T14:00:00")
A_DATE = Phrase("a date like 2026-03-29")

_LONGEST_MS = 4 * 86_400_000
"""No sleep and no workout is longer than four days."""

_OFFSET = re.compile(r"([+-]\d{2}:?\d{2})$")
_EPOCH = datetime(1970, 1, 1)  # naive: a wall clock


@dataclass(slots=True)
class AccountFile:
    """A collector for one file; `recordings` gives what was gathered.

    Args:
        source: name of the source.
        name: file that is read.
        said_zone: zone the person gave; None when none was given.
        gathered: samples so far.
        entries: diary lines so far.
        local: whether a time without an offset was read.
    """

    source: str
    name: str
    said_zone: str | None
    gathered: Gathered = field(init=False)
    entries: list[Entry] = field(default_factory=list)
    local: bool = False

    def __post_init__(self) -> None:
        self.gathered = Gathered(self.name)

    @property
    def zone(self) -> str:
        """Zone of times without an offset."""
        return self.said_zone or "UTC"

    def moment(self, when: Json, zone: str | None = None) -> int | None:
        """UTC ms of a time in the file; None when it is missing.

        Args:
            when: text in ISO 8601.
            zone: zone of a time without an offset, where the file tells it; else the zone of the person.
        Raises:
            Malformed: no time.
        """
        text = when.text()
        if text is None:
            return None
        try:
            self.local |= zone is None and offset_of(text) is None
            t_ms = parse_iso(tidy(text), zone or self.zone)
        except (Malformed, ValueError, OverflowError):
            raise when.fault(A_TIME) from None
        if not EARLIEST_MS <= t_ms < LATEST_MS:
            raise when.fault(A_TIME)
        return t_ms

    def moments(self, whens: list[Json]) -> list[int]:
        """UTC ms of times that follow each other, none missing: an hour that comes twice in autumn is told apart.

        Raises:
            Malformed: one is missing or no time.
        """
        texts = [when.text() or "" for when in whens]
        if any(offset_of(text) is not None for text in texts):
            return [self._sure_moment(when) for when in whens]
        wall_ms = np.empty(len(texts), np.int64)
        for i, text in enumerate(texts):
            try:
                wall_ms[i] = round((datetime.fromisoformat(text) - _EPOCH).total_seconds() * 1000)
            except (ValueError, TypeError):
                raise whens[i].fault(A_TIME) from None
            if not EARLIEST_MS <= wall_ms[i] < LATEST_MS:
                raise whens[i].fault(A_TIME)
        self.local |= bool(texts)
        return [int(t_ms) for t_ms in wall_to_ms(wall_ms, self.zone)] if texts else []

    def _sure_moment(self, when: Json) -> int:
        t_ms = self.moment(when)
        if t_ms is None:
            raise when.fault(A_TIME)
        return t_ms

    def morning(self, when: Json, zone: str | None = None) -> int | None:
        """UTC ms of 04:00 on a date, where values of a whole day or night are kept; None when it is missing.

        Args:
            when: text that begins with a date.
            zone: zone of that morning, where the file tells it; else the zone of the person.
        Raises:
            Malformed: no date.
        """
        text = when.text()
        if text is None:
            return None
        try:
            day = date.fromisoformat(text[:10])
            t_ms = day_span(day, zone or self.zone).start_ms
        except (ValueError, OverflowError):
            raise when.fault(A_DATE) from None
        self.local |= zone is None
        return t_ms

    def stretch(
        self, kind: EntryKind, value: str, start_ms: int | None, end_ms: int | None, *, label: str = "", zone: str = ""
    ) -> None:
        """A diary line about a stretch of time; one without both ends, or of no or too long a time, is left out."""
        if start_ms is None or end_ms is None:
            return
        if not 0 < end_ms - start_ms <= _LONGEST_MS:
            self.gathered.n_left_out += 1
            return
        self.entry(Entry(start_ms, zone or self.zone, kind, value, end_ms, _words(label)))

    def line(self, kind: EntryKind, value: str, at_ms: int | None, *, label: str = "", zone: str = "") -> None:
        """A diary line about a moment; one without a moment or a word is left out."""
        if at_ms is not None and value:
            self.entry(Entry(at_ms, zone or self.zone, kind, _words(value), None, _words(label)))

    def entry(self, entry: Entry) -> None:
        """Take one diary line.

        Raises:
            TooLarge: more lines than are read from one file.
        """
        if len(self.entries) >= limits.ENTRIES:
            raise TooLarge(
                Phrase(
                    "{name} holds more than {most} diary lines. Export a shorter time.",
                    {"name": self.name, "most": limits.ENTRIES},
                )
            )
        self.entries.append(entry)

    def recordings(self, *notes: Phrase, clock: str | None = None) -> tuple[Recording, ...]:
        """What was gathered, as one recording, each diary line once, in order of time; none when there is nothing.

        Args:
            notes: what should be known beside what was gathered.
            clock: zone the file tells of itself; the person's zone when they gave one.
        """
        lines = sorted(dict.fromkeys(self.entries), key=_order)
        said = (*self.gathered.notes(), *(zone_notes(self.said_zone) if self.local else ()), *notes)
        zone = self.said_zone or clock or "UTC"
        series = self.gathered.series()
        if not series and not lines:
            return ()
        return (Recording(self.source, self.name, zone, None, series, tuple(lines), "D", said),)


def offset_of(text: str) -> str | None:
    """The offset a time says, "+02:00" or "UTC"; None when it says none.

    >>> offset_of("2026-08-21T23:12:00-0700"), offset_of("2026-08-21T23:12:00Z"), offset_of("2026-08-21")
    ('-07:00', 'UTC', None)
    """
    text = text.strip()
    if "T" not in text.replace(" ", "T", 1):
        return None
    if text.endswith(("Z", "z")):
        return "UTC"
    found = _OFFSET.search(text[11:])
    return f"{found[1][:3]}:{found[1][-2:]}" if found else None


def cell(table: Columns, row: int, column: str) -> Json:
    """One cell of a table, asked for by type like a value of JSON; missing when there is no such column."""
    index = table.header.index(column) if column in table.header else len(table.header)
    cells = table.rows[row]
    value = cells[index].strip() if index < len(cells) else None
    return Json(value, table.name, None, f"line {table.line[row]}, {column[:40]}")


def number_in(account: AccountFile, value: Json, *, filler: float | None = None) -> float | None:
    """A number; None when it is missing, is the vendor's word for missing, or is no number, which is counted."""
    try:
        number = value.number()
    except Malformed:
        account.gathered.n_left_out += 1
        return None
    return None if number == filler else number


def _order(line: Entry) -> tuple[int, int, str, str]:
    """By time, and what lasts longer first."""
    return line.at_ms, line.at_ms - (line.end_ms or line.at_ms), line.label, line.value


def _words(text: str) -> str:
    return text.strip()[: limits.WORDS]
