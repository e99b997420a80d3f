"""The diary as it is: `entries_*.json` reads back exactly, `entries_*.csv` opens in a spreadsheet."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uitknop.core import Entry
from uitknop.core.errors import UitknopError
from uitknop.core.timeline import iso
from uitknop.report.export.block import Block, Ledger, encoded
from uitknop.report.export.cells import csv_text, text_cell
from uitknop.report.export.series_files import FORMAT, MARKER

COLUMNS = ("at_ms", "start", "end_ms", "end", "zone", "kind", "value", "label", "person")

_BLOCK_LINES = 5_000
_FILE_BLOCKS = 20
"""Blocks in one file: 100,000 lines, which every importer, ours too, still reads at once."""


@dataclass(slots=True)
class EntryFiles:
    """Writes lines as they come, `block_lines` at a time, `file_blocks` in a file; no file when none came."""

    ledger: Ledger
    block_lines: int = _BLOCK_LINES
    file_blocks: int = _FILE_BLOCKS
    _n_blocks: int = 0

    def add(self, entries: Iterable[Entry], person: str = "") -> Iterator[Block]:
        """The blocks of some more lines of one person."""
        lines = iter(entries)
        while some := tuple(itertools.islice(lines, self.block_lines)):
            number, place = divmod(self._n_blocks, self.file_blocks)
            if place == 0:
                yield from self.end()
                yield Block(_name(number, "json"), encoded(f'{{"{MARKER}": {FORMAT}, "table": "entries", "entries": ['))
                yield Block(_name(number, "csv"), encoded(csv_text([COLUMNS])))
            told = ",\n".join(json.dumps(told_entry(entry, person), ensure_ascii=False) for entry in some)
            yield Block(_name(number, "json"), encoded((",\n" if place else "\n") + told))
            yield Block(_name(number, "csv"), encoded(csv_text(_row(entry, person) for entry in some)))
            for ending in ("json", "csv"):
                name = _name(number, ending)
                self.ledger.rows[name] = self.ledger.rows.get(name, 0) + len(some)
            self._n_blocks += 1

    def end(self) -> Iterator[Block]:
        """What closes the last JSON file."""
        if self._n_blocks:
            yield Block(_name((self._n_blocks - 1) // self.file_blocks, "json"), b"\n]}\n")


def _name(number: int, ending: str) -> str:
    return f"entries_{number + 1:03d}.{ending}"


def told_entry(entry: Entry, person: str = "") -> dict[str, object]:
    """One line as JSON; local times are for people, `at_ms` and `end_ms` are what counts."""
    return {
        "at_ms": entry.at_ms,
        "start": _local(entry.at_ms, entry.zone),
        "end_ms": entry.end_ms,
        "end": _local(entry.end_ms, entry.zone),
        "zone": entry.zone,
        "kind": entry.kind,
        "value": entry.value,
        "label": entry.label,
        "person": person,
    }


def _row(entry: Entry, person: str) -> list[str]:
    told = told_entry(entry, person)
    return [
        "" if told[name] is None else str(told[name]) if name.endswith("_ms") else text_cell(str(told[name]))
        for name in COLUMNS
    ]


def _local(t_ms: int | None, zone: str) -> str | None:
    """Local time with its offset; None where it can't be said."""
    try:
        return None if t_ms is None else iso(t_ms, zone)
    except (UitknopError, ValueError, OverflowError, OSError):
        return None
