"""WHOOP: the tables of its account export, in any language.

Headers are translated and drift in capitals. A table is known by its header in English, German or Spanish, or, in
another language, by its shape: two local times, then a zone, and as many columns as the table always has.
"""

from __future__ import annotations

import re

from uitknop.core import Phrase, Recording
from uitknop.sources.columns import Columns, delimiter_of, header_of, read_columns
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.whoop_columns import COLUMNS, Table, columns_of
from uitknop.sources.whoop_tables import read_cycles, read_journal, read_sleeps, read_workouts

NAME = "whoop"

_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}$")
_ZONE = re.compile(r"^(?:UTC)?(?:Z|[+-]\d{2}:?\d{2})?$", re.I)
_READERS = {"cycles": read_cycles, "sleeps": read_sleeps, "workouts": read_workouts, "journal": read_journal}


def sniff(probe: Probe) -> float:
    """A header that is known, or the shape of one of the four tables."""
    if probe.shape != "file" or not probe.head_lines:
        return 0.0
    header = header_of(probe.head_lines[0])
    if columns_of(header) is not None:
        return 0.97
    return 0.9 if _by_shape(probe) is not None else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording: daily values, sleep, workouts, or answers of the journal.

    Raises:
        SourceError: no table, or a time that can't be read, with its line.
    """
    table = read_columns(probe.text(), probe.name)
    found = columns_of(table.header)
    if found is None:
        kind = _by_shape(probe)
        if kind is None:
            return ()
        found = kind, dict(zip(COLUMNS[kind], table.header, strict=False))
    kind, columns = found
    return _READERS[kind](_named(table, columns), request.zone)


def _named(table: Columns, columns: dict[str, str]) -> Columns:
    """The table under our own names of its columns."""
    ours = {theirs: name for name, theirs in columns.items()}
    header = tuple(ours.get(name, name) for name in table.header)
    return Columns(table.name, header, table.rows, table.line, table.decimal_comma)


def _by_shape(probe: Probe) -> Table | None:
    if len(probe.head_lines) < 2:
        return None
    header = header_of(probe.head_lines[0])
    first = header_of(probe.head_lines[1]) if delimiter_of(probe.head_lines[1]) == "," else ()
    if len(first) < 3 or not _TIME.match(first[0]) or not (_TIME.match(first[1]) or not first[1]):
        return None
    if not first[2] or not _ZONE.match(first[2]):
        return None
    return next((kind for kind, columns in COLUMNS.items() if len(columns) == len(header)), None)


SOURCE = Source(
    NAME,
    Phrase("WHOOP"),
    Quality("fair", Phrase("Headers in three languages are known from public readers; no authentic file was seen.")),
    sniff,
    read,
)
