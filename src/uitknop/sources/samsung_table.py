"""A table of a Samsung Health export: a first line of its own, prefixed column names, UTC times, an offset a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from uitknop.core import Phrase
from uitknop.core.errors import NotRecognised
from uitknop.sources.columns import Columns, header_of, read_columns
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS
from uitknop.sources.probe import Probe

_TYPE = re.compile(r"com\.samsung\.(?:s?health)\.([a-z_]+(?:\.[a-z_]+)*)")
_FIRST_LINE = re.compile(r"com\.samsung\.[a-z_.]+,\d+,\d+")
_OFFSET = re.compile(r"UTC([+-])(\d{1,2}):?(\d{2})?")
_FURTHEST_H = 14


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


def rows_of(probe: Probe) -> tuple[tuple[Row, ...], int]:
    """The rows with a time that can be, and how many had none or a broken offset.

    Raises:
        SourceError: no table in it, or too many rows.
    """
    text = probe.text()
    table = read_columns(text, probe.name, skip=_lines_before_header(text))
    where = _places(table)
    if "start_time" not in where:
        raise NotRecognised(
            Phrase("{name} is a Samsung Health table without times; nothing in it is read.", {"name": probe.name})
        )
    rows = tuple(_rows(table, where))
    return rows, len(table) - len(rows)


def _lines_before_header(text: str) -> int:
    lines = text.split("\n", 3)[:3]
    for number, line in enumerate(lines):
        if any(plain(cell) == "start_time" for cell in line.split(",")):
            return number
    return 0


def _places(table: Columns) -> dict[str, int]:
    """Where each column stands; of two with one last part, the one with a prefix is meant."""
    places: dict[str, int] = {}
    for i, column in enumerate(table.header):
        if plain(column) not in places or "." in column:
            places[plain(column)] = i
    return places


def _rows(table: Columns, where: dict[str, int]) -> Iterator[Row]:
    for found in table.rows:
        cells = {name: found[i].strip() for name, i in where.items() if i < len(found)}
        start_ms = time_ms(cells.get("start_time", ""))
        offset = offset_of(cells.get("time_offset", ""))
        if start_ms is None or offset is None:
            continue
        end_ms = time_ms(cells.get("end_time", ""))
        yield Row(cells, start_ms, end_ms if end_ms is not None and end_ms >= start_ms else None, offset)


def time_ms(cell: str) -> int | None:
    """UTC ms of "2026-03-01 07:12:56.992" (UTC) or of ms since 1970; None when it is neither.

    >>> time_ms("1970-01-01 00:00:01.000"), time_ms("2026-01-01 00:00:01.500"), time_ms("soon")
    (None, 1767225601500, None)
    """
    if cell.isdecimal() and len(cell) < 16:
        t_ms = int(cell)
    else:
        try:
            moment = datetime.fromisoformat(cell)
        except ValueError:
            return None
        t_ms = round(moment.replace(tzinfo=UTC).timestamp() * 1000) if moment.tzinfo is None else -1
    return t_ms if EARLIEST_MS <= t_ms < LATEST_MS else None


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
