"""A table of a Samsung Health export: a first line of its own, prefixed column names, UTC times, an offset a row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, NotRecognised, TooLarge
from uitknop.sources.columns import header_of
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS
from uitknop.sources.limits import ROWS
from uitknop.sources.probe import Probe

_TYPE = re.compile(r"com\.samsung\.(?:s?health)\.([a-z_]+(?:\.[a-z_]+)*)")
_FIRST_LINE = re.compile(r"com\.samsung\.[a-z_.]+,\d+,\d+")
_OFFSET = re.compile(r"UTC([+-])(\d{1,2}):?(\d{2})?")
_FURTHEST_H = 14
_EPOCH, _MS = datetime(1970, 1, 1), timedelta(milliseconds=1)
_HEADER_LINES = 3

WANTED = frozenset(
    {
        *("start_time", "end_time", "time_offset", "deviceuuid", "pkg_name", "binning_data", "binning"),
        *("heart_rate", "spo2", "score", "average", "temperature", "count", "stage", "exercise_type"),
    }
)
"""Columns that are read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        cells: by the last part of the column's name.
        start_ms: UTC ms.
        end_ms: UTC ms, at or after the start; None when the row has none.
        offset: "+05:30" of where the person was; empty when the row has none.
    """

    cells: dict[str, str]
    start_ms: int
    end_ms: int | None
    offset: str


def type_of(probe: Probe) -> str:
    """The kind of a table, such as "tracker.heart_rate": by its first line, else its name, else the prefix of its
    columns; empty when it is none.
    """
    first = probe.head_lines[0] if probe.head_lines else ""
    for text in (first if _FIRST_LINE.match(first) else "", probe.name, first):
        found = _TYPE.match(text)
        if found:
            return found[1].removesuffix(".start_time").removesuffix(".csv")
    return ""


def is_table(probe: Probe) -> bool:
    """Whether a file is such a table: a kind, and a header with a start."""
    if probe.shape != "file" or not type_of(probe):
        return False
    return any("start_time" in (plain(cell) for cell in header_of(line)) for line in probe.head_lines[:2])


def plain(column: str) -> str:
    """The name of a column without its prefix."""
    return column.rpartition(".")[2].strip().lower()


@dataclass(slots=True)
class Rows:
    """The rows of a table, one after the other, for a table may hold years.

    Args:
        name: of the file, for errors.
        where: place of each column by the last part of its name.
        lines: the table from its header on.
        n_broken: rows so far without a time, or with a broken offset; they are left out.
        offsets: how often each offset was told so far.
    """

    name: str
    where: dict[str, int]
    lines: Iterator[list[str]]
    n_broken: int = 0
    offsets: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Row]:
        """Each row that has a time.

        Raises:
            Malformed: a broken table.
            TooLarge: too many rows.
        """
        n = 0
        try:
            for cells in self.lines:
                n += 1
                if n > ROWS:
                    raise TooLarge(
                        Phrase("{name} has more than {most} rows. Split it.", {"name": self.name, "most": ROWS})
                    )
                row = self._row(cells)
                if row is not None:
                    self.offsets[row.offset] += 1
                    yield row
                elif any(cells):
                    self.n_broken += 1
        except csv.Error as fault:
            raise Malformed(
                Phrase(
                    "{name}: broken table after row {n} (a quote that never closes?). Export it again.",
                    {"name": self.name, "n": n},
                )
            ) from fault

    @property
    def usual_offset(self) -> str:
        """The offset told most often so far; empty when none was."""
        told = [offset for offset in self.offsets if offset]
        return min(told, key=lambda offset: (-self.offsets[offset], offset)) if told else ""

    def _row(self, found: list[str]) -> Row | None:
        cells = {name: found[i].strip() for name, i in self.where.items() if i < len(found)}
        start_ms = time_ms(cells.get("start_time", ""))
        offset = offset_of(cells.get("time_offset", ""))
        if start_ms is None or offset is None:
            return None
        end_ms = time_ms(cells.get("end_time", ""))
        return Row(cells, start_ms, end_ms if end_ms is not None and end_ms >= start_ms else None, offset)


def rows_of(probe: Probe) -> Rows:
    """The rows of a table.

    Raises:
        NotRecognised: a table without times.
        SourceError: too large, or damaged packing.
    """
    stream = io.TextIOWrapper(io.BytesIO(probe.read()), "utf-8-sig", errors="replace", newline="")
    header: list[str] = []
    for _ in range(_HEADER_LINES):
        header = stream.readline().split(",")
        if any(plain(cell) == "start_time" for cell in header):
            break
    where: dict[str, int] = {}
    for i, column in enumerate(header):
        # Of two with one last part, the one with a prefix is meant.
        if plain(column) in WANTED and (plain(column) not in where or "." in column):
            where[plain(column)] = i
    if "start_time" not in where:
        raise NotRecognised(
            Phrase("{name} is a Samsung Health table without times; nothing in it is read.", {"name": probe.name})
        )
    return Rows(probe.name, where, csv.reader(stream))


def time_ms(cell: str) -> int | None:
    """UTC ms of "2026-03-01 07:12:56.992" (UTC) or of ms since 1970; None when it is neither.

    >>> time_ms("1970-01-01 00:00:01.000"), time_ms("2026-01-01 00:00:01.500"), time_ms("soon")
    (None, 1767225601500, None)
    """
    try:
        t_ms = int(cell) if len(cell) < 16 else (datetime.fromisoformat(cell) - _EPOCH) // _MS
    except (ValueError, TypeError):  # a time with an offset of its own was never seen here
        return None
    return t_ms if EARLIEST_MS <= t_ms < LATEST_MS else None


@lru_cache(maxsize=256)
def offset_of(cell: str) -> str | None:
    """The offset a row tells, "" when it tells none; None when it is broken, such as "UTC+28550".

    >>> offset_of("UTC+0530"), offset_of(""), offset_of("UTC+28550")
    ('+05:30', '', None)
    """
    if not cell:
        return ""
    found = _OFFSET.fullmatch(cell)
    if found is None or int(found[2]) > _FURTHEST_H or int(found[3] or 0) > 59:
        return None
    return f"{found[1]}{int(found[2]):02}:{found[3] or '00'}"
