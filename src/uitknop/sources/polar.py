"""Polar: RR and PPI logs of sensor apps ("Phone timestamp;RR-interval [ms]"), and the older .hrm files with RR data.

PPI is measured with light: pulses that the sensor marks as blocked are left out.
"""

from __future__ import annotations

import numpy as np

from uitknop.core import BeatKind, Phrase, Recording
from uitknop.core.errors import Malformed
from uitknop.sources.arrived import read_arrived
from uitknop.sources.clock import local_to_ms, zone_notes
from uitknop.sources.columns import header_of, read_columns
from uitknop.sources.hrv_logger import arrival_of
from uitknop.sources.mapping import plain_name
from uitknop.sources.moved import at_time, noted
from uitknop.sources.probe import Probe
from uitknop.sources.rr_text import gap_notes, read_list
from uitknop.sources.source import Quality, Request, Source

NAME = "polar"

_RR_DATA = "238"
"""`Interval` of an .hrm file whose data are RR intervals instead of a heart rate every so many seconds."""


def sniff(probe: Probe) -> float:
    """The header of a sensor log, or the first section of an .hrm file."""
    if probe.shape != "file" or not probe.head_lines:
        return 0.0
    if probe.head_lines[0] == "[Params]":
        return 0.9
    header = {plain_name(cell) for cell in header_of(probe.head_lines[0])}
    return 0.9 if "phone_timestamp" in header and header & {"rr_interval", "pp_interval"} else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording."""
    if probe.head_lines[0] == "[Params]":
        return (_read_hrm(probe, request),)
    table = read_columns(probe.text(), probe.name)
    plain = {plain_name(column): column for column in table.header}
    kind: BeatKind = "rr" if "rr_interval" in plain else "ppg"
    values = table.numbers(plain["rr_interval"] if kind == "rr" else plain["pp_interval"])
    if "blocker" in plain:
        values = np.where(table.numbers(plain["blocker"]) > 0, np.nan, values)
    arrival_ms, notes = arrival_of(table, plain["phone_timestamp"], request.zone)
    recording = read_arrived(
        arrival_ms,
        values,
        line=table.line,
        name=probe.name,
        source=NAME,
        clock=request.zone or "UTC",
        kind=kind,
        tick_ms=1.0,
    )
    return (noted(recording, *notes),)


def _read_hrm(probe: Probe, request: Request) -> Recording:
    text = probe.text()
    settings = dict(line.strip().split("=", 1) for line in text.splitlines()[:60] if "=" in line)
    if settings.get("Interval") != _RR_DATA:
        raise Malformed(
            Phrase(
                "{name} holds heart rates, not RR intervals. Expected Interval=238: switch on RR recording.",
                {"name": probe.name},
            )
        )
    _, section, data = text.partition("[HRData]")
    if not section:
        raise Malformed(Phrase("{name} has no section [HRData]; it is cut off. Copy it again.", {"name": probe.name}))
    made, notes, _ = read_list(data.split("[")[0].lstrip("\r\n"), probe.name, NAME)
    recording = Recording(NAME, probe.name, None, made.beats, grade="B", notes=notes + gap_notes(made))
    date, time = settings.get("Date", ""), settings.get("StartTime", "")
    if len(date) != 8 or not time:
        return recording
    hour, _, rest = time.partition(":")
    start_ms = local_to_ms(f"{date[:4]}-{date[4:6]}-{date[6:]}T{hour:0>2}:{rest.partition('.')[0]}", request.zone)
    return noted(at_time(recording, start_ms, request.zone or "UTC"), *zone_notes(request.zone))


SOURCE = Source(
    NAME,
    Phrase("Polar sensor logs and .hrm files"),
    Quality("experimental", Phrase("No authentic file was seen.")),
    sniff,
    read,
)
