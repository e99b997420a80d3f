"""SelfLoops HRV export: "04 August 2017 12:53:19", then "Time (ms),HR (bpm),R-R (ms)" and rows; local time."""

from __future__ import annotations

import re
from datetime import datetime

import numpy as np

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Malformed
from uitknop.sources.arrived import read_arrived
from uitknop.sources.clock import local_to_ms, zone_notes
from uitknop.sources.columns import header_of, read_columns
from uitknop.sources.mapping import plain_name
from uitknop.sources.moved import noted
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "selfloops"

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_START = re.compile(r"^(\d{1,2}) ([A-Za-z]+) (\d{4}) (\d{1,2}):(\d{2}):(\d{2})$")


def sniff(probe: Probe) -> float:
    """A date in words, then the header."""
    if probe.shape != "file" or len(probe.head_lines) < 2 or not _START.match(probe.head_lines[0]):
        return 0.0
    header = [plain_name(cell) for cell in header_of(probe.head_lines[1])]
    return 0.95 if "r_r" in header and "time" in header else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording; the first time in a row may be below zero."""
    text = probe.text()
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip())
    start_ms = local_to_ms(_start(lines[at].strip(), probe.name), request.zone)
    table = read_columns(text, probe.name, skip=at + 1)
    plain = {plain_name(column): column for column in table.header}
    recording = read_arrived(
        start_ms + table.numbers(plain.get("time", "Time (ms)")),
        _missing_zeros(table.numbers(plain.get("r_r", "R-R (ms)"))),
        line=table.line,
        name=probe.name,
        source=NAME,
        clock=request.zone or "UTC",
    )
    return (noted(recording, *zone_notes(request.zone)),)


def _missing_zeros(
    rr_ms: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.where(rr_ms == 0, np.nan, rr_ms)


def _start(line: str, name: str) -> str:
    found = _START.match(line)
    month = found and next((i for i, word in enumerate(_MONTHS, 1) if word.startswith(found[2].lower()[:3])), None)
    if found is None or not month:
        raise Malformed(
            Phrase("{name} line 1: expected a date like 04 August 2017 12:53:19. Export it again.", {"name": name})
        )
    try:
        moment = datetime(int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), int(found[6]))
    except ValueError:
        raise Malformed(Phrase("{name} line 1: no such date. Export it again.", {"name": name})) from None
    return moment.isoformat()


SOURCE = Source(
    NAME,
    Phrase("SelfLoops"),
    Quality("fair", Phrase("The shape is verified; tests use files made by us.")),
    sniff,
    read,
)
