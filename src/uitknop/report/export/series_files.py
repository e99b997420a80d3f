"""Beats and samples as CSV, one file per series, walked once: pieces come in, blocks go out, nothing is gathered.

A series is one kind from one source, device, person, zone, tick and grade; its first line is a comment that says so.
Rows of a file are in order of time. A piece that begins with the very beat the piece before ended with goes on from
it; a piece that lies before what was written opens a further file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from uitknop.core import Beats, Recording, Samples
from uitknop.report.export.block import BLOCK_ROWS, Block, Ledger, encoded, slug
from uitknop.report.export.cells import number_cells, utc_cells

FORMAT = 1
"""Version of the shape of the exported files; raised when an older reader would misread them."""

MARKER = "uitknop_export"
"""First key of the comment line, by which the files are known again."""

BEAT_COLUMNS = ("t_ms", "time", "rr_ms", "starts_run", "flag")
SAMPLE_COLUMNS = ("t_ms", "time", "value")

_ENDS = [f"{starts},{flag}\n" for starts in (0, 1) for flag in range(256)]
"""The last two cells of a row of beats."""


class SeriesKey(NamedTuple):
    """What makes a series one series; the comment line of its file."""

    table: str
    kind: str
    unit: str
    source: str
    device: str
    person: str
    clock: str | None
    tick_ms: float | None
    grade: str

    @property
    def comment(self) -> str:
        """The first line of the file: "# " and a JSON object on one line."""
        about: dict[str, Any] = {MARKER: FORMAT, **self._asdict()}
        return f"# {json.dumps(about)}\n"


@dataclass(frozen=True, slots=True)
class _Last:
    """Where a file stands: its name, its last moment, and its last beat."""

    name: str
    t_ms: int
    row: tuple[int, float, int] | None = None


@dataclass(slots=True)
class SeriesFiles:
    """Turns pieces of recordings with a clock into blocks of CSV.

    Args:
        ledger: where rows are counted.
        keys: which file holds which series, filled on the way.
    """

    ledger: Ledger
    keys: dict[str, SeriesKey] = field(default_factory=dict)
    _last: dict[SeriesKey, _Last] = field(default_factory=dict)

    def add(self, piece: Recording) -> Iterator[Block]:
        """The blocks of one piece; pieces of a series should come in order of time."""
        if piece.beats is not None and len(piece.beats):
            beats = piece.beats
            key = SeriesKey("beats", beats.kind, "ms", *_whose(piece, beats.device), beats.tick_ms, piece.grade)
            yield from self._beats(key, beats)
        for series in piece.samples:
            if len(series):
                key = SeriesKey("samples", series.kind, series.unit, *_whose(piece, series.device), None, piece.grade)
                yield from self._samples(key, series)

    def _beats(self, key: SeriesKey, beats: Beats) -> Iterator[Block]:
        last = self._last.get(key)
        goes_on = last is not None and last.row == _row(beats, 0)
        name, head = self._file(key, int(beats.t_ms[0]), BEAT_COLUMNS)
        yield from head
        ends_at = beats.starts_run * 256 + beats.flag
        for cut in _cuts(int(goes_on), len(beats)):
            rows = zip(
                beats.t_ms[cut].tolist(),
                utc_cells(beats.t_ms[cut]),
                number_cells(beats.rr_ms[cut]),
                ends_at[cut].tolist(),
                strict=True,
            )
            yield self._block(name, [f"{t},{time},{rr},{_ENDS[at]}" for t, time, rr, at in rows])
        self._last[key] = _Last(name, int(beats.t_ms[-1]), _row(beats, -1))

    def _samples(self, key: SeriesKey, series: Samples) -> Iterator[Block]:
        name, head = self._file(key, int(series.t_ms[0]), SAMPLE_COLUMNS)
        yield from head
        for cut in _cuts(0, len(series)):
            cells = (utc_cells(series.t_ms[cut]), number_cells(series.value[cut]))
            rows = zip(series.t_ms[cut].tolist(), *cells, strict=True)
            yield self._block(name, [f"{t},{time},{value}\n" for t, time, value in rows])
        self._last[key] = _Last(name, int(series.t_ms[-1]))

    def _file(self, key: SeriesKey, first_ms: int, columns: tuple[str, ...]) -> tuple[str, tuple[Block, ...]]:
        """The file that rows from `first_ms` on go to, with its head when it is new."""
        last = self._last.get(key)
        if last is not None and first_ms >= last.t_ms:
            return last.name, ()
        words = (key.table, f"{len(self.keys) + 1:03d}", slug(key.kind), slug(key.source), slug(key.device))
        name = "_".join(word for word in words if word) + ".csv"
        self.keys[name] = key
        return name, (Block(name, encoded(f"{key.comment}{','.join(columns)}\n")),)

    def _block(self, name: str, rows: list[str]) -> Block:
        self.ledger.rows[name] = self.ledger.rows.get(name, 0) + len(rows)
        return Block(name, encoded("".join(rows)))


def _whose(piece: Recording, device: str) -> tuple[str, str, str, str | None]:
    return piece.source, device, piece.person, piece.clock


def _row(beats: Beats, at: int) -> tuple[int, float, int]:
    return int(beats.t_ms[at]), float(beats.rr_ms[at]), int(beats.flag[at])


def _cuts(first: int, n: int) -> Iterator[slice]:
    return (slice(start, min(start + BLOCK_ROWS, n)) for start in range(first, n, BLOCK_ROWS))
