"""HRV Logger, FatMaxxer and OpenHRV: tables of RR intervals with the time each arrived.

HRV Logger writes "date,rr,since start" or, newer, "timestamp, rr, since_start" with ms since 1970; FatMaxxer the same;
OpenHRV "event,value,timestamp" with ISO times, one row per event of which "IBI" rows are intervals.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Malformed
from uitknop.sources.arrived import read_arrived
from uitknop.sources.clock import epoch_column, has_offset, iso_column, looks_like_time, zone_notes
from uitknop.sources.columns import Columns, header_of, read_columns
from uitknop.sources.mapping import plain_name
from uitknop.sources.moved import noted
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "hrv_logger"

_INTERVAL_EVENTS = frozenset({"ibi", "rr", "rri", "rr_interval"})


def sniff(probe: Probe) -> float:
    """One of the three headers."""
    if probe.shape != "file" or not probe.head_lines:
        return 0.0
    header = tuple(plain_name(cell) for cell in header_of(probe.head_lines[0]))
    if header[:3] in {("date", "rr", "since_start"), ("timestamp", "rr", "since_start")}:
        return 0.95
    return 0.9 if header == ("event", "value", "timestamp") else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording; beat times are rebuilt from the intervals, the written times only anchor them."""
    table = read_columns(probe.text(), probe.name)
    if plain_name(table.header[0]) == "event":
        table = _intervals_only(table)
    when = next(column for column in table.header if plain_name(column) in {"date", "timestamp"})
    what = next(column for column in table.header if plain_name(column) in {"rr", "value"})
    arrival_ms, notes = arrival_of(table, when, request.zone)
    recording = read_arrived(
        arrival_ms,
        table.numbers(what),
        line=table.line,
        name=probe.name,
        source=NAME,
        clock=request.zone or "UTC",
    )
    return (noted(recording, *notes),)


def arrival_of(table: Columns, column: str, zone: str | None) -> tuple[npt.NDArray[np.float64], tuple[Phrase, ...]]:
    """UTC ms of a column of times, with the note on an assumed zone.

    Raises:
        Malformed: no times.
    """
    cells = table.cells(column)
    if looks_like_time(cells[0]):
        t_ms = iso_column(cells, zone, table.name, table.line[0])
        return t_ms.astype(np.float64), () if has_offset(cells[0]) else zone_notes(zone)
    values = table.numbers(column)
    epoch_ms = epoch_column(values[np.isfinite(values)])
    if epoch_ms is None:
        raise Malformed(
            Phrase(
                '{name}: column "{column}" should hold times (ISO 8601, or seconds or ms since 1970).',
                {"name": table.name, "column": column},
            )
        )
    factor = 1.0 if np.nanmedian(values) > 1e11 else 1000.0
    return values * factor, ()


def _intervals_only(table: Columns) -> Columns:
    keep = [i for i, cell in enumerate(table.cells(table.header[0])) if plain_name(cell) in _INTERVAL_EVENTS]
    if not keep:
        raise Malformed(Phrase("{name} holds no RR intervals, only other events.", {"name": table.name}))
    rows, line = tuple(table.rows[i] for i in keep), tuple(table.line[i] for i in keep)
    return Columns(table.name, table.header, rows, line, table.decimal_comma)


SOURCE = Source(
    NAME,
    Phrase("HRV Logger, FatMaxxer, OpenHRV"),
    Quality("fair", Phrase("The shapes are verified; tests use files made by us.")),
    sniff,
    read,
)
