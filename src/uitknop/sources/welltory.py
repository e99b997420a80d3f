"""Welltory research export: one short recording per row, its intervals as a list in one cell; phone camera.

Shape as in Ponomarev et al. 2021 (open data). The time is local and taken as the start of the measurement.
"""

from __future__ import annotations

import numpy as np

from uitknop.core import Entry, Phrase, Recording
from uitknop.core.errors import Malformed
from uitknop.sources import assemble
from uitknop.sources.clock import local_to_ms, zone_notes
from uitknop.sources.columns import header_of, read_columns
from uitknop.sources.probe import Probe
from uitknop.sources.rr_text import gap_notes
from uitknop.sources.source import Quality, Request, Source

NAME = "welltory"

_ANSWERS = ("how_feel", "how_mood", "how_sleep")


def sniff(probe: Probe) -> float:
    """The columns of the time and the list."""
    if probe.shape != "file" or not probe.head_lines:
        return 0.0
    header = header_of(probe.head_lines[0])
    return 0.95 if {"measurement_datetime", "rr_data"} <= set(header) else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording per row, in the order of the file; answers and tags as entries."""
    table = read_columns(probe.text(), probe.name)
    columns = {name: table.cells(name) for name in table.header}
    notes = zone_notes(request.zone)
    recordings = []
    for i, (when, cell) in enumerate(zip(columns["measurement_datetime"], columns["rr_data"], strict=True)):
        rr_ms = _intervals(cell, probe.name, table.line[i])
        start_ms = local_to_ms(when.replace("  ", " "), request.zone)
        made = assemble.from_intervals(rr_ms, source=NAME, start_ms=float(start_ms), kind="ppg")
        row = {name: cells[i] for name, cells in columns.items()}
        label = " ".join(row.get(name, "") for name in ("user_code", "rr_code")).strip() or str(i + 1)
        entries = _entries(row, start_ms, request.zone or "UTC")
        recordings.append(
            Recording(
                NAME,
                f"{probe.name} {label}",
                request.zone or "UTC",
                made.beats,
                entries=entries,
                grade="C",
                notes=notes + gap_notes(made),
                person=row.get("user_code", ""),
            )
        )
    return tuple(recordings)


def _intervals(cell: str, name: str, line: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    try:
        rr_ms = np.array([float(value) for value in cell.strip("[] ").split(",")], np.float64)
    except ValueError:
        rr_ms = np.zeros(1)
    if not bool(np.all(np.isfinite(rr_ms) & (rr_ms > 0))):
        raise Malformed(
            Phrase("{name} line {line}: rr_data should be a list of RR intervals in ms.", {"name": name, "line": line})
        )
    return rr_ms


def _entries(row: dict[str, str], at_ms: int, zone: str) -> tuple[Entry, ...]:
    answers = [Entry(at_ms, zone, "answer", row[name], label=name) for name in _ANSWERS if row.get(name)]
    tags = [Entry(at_ms, zone, "tag", tag.strip()) for tag in row.get("tags", "").split(";") if tag.strip()]
    return tuple(answers + tags)


SOURCE = Source(
    NAME,
    Phrase("Welltory table of measurements"),
    Quality("solid", Phrase("1553 authentic rows were read; whether the time is the start or the end is not known.")),
    sniff,
    read,
)
