"""Elite HRV export: RR intervals in ms, one a line; the file name "2026-03-01 08-15-00.txt" is its only clock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uitknop.core import Phrase, Recording
from uitknop.sources.clock import local_to_ms, zone_notes
from uitknop.sources.moved import at_time, noted
from uitknop.sources.probe import Probe
from uitknop.sources.rr_stream import is_long, list_parts
from uitknop.sources.rr_text import gap_notes, read_list
from uitknop.sources.rr_text import sniff as sniff_list
from uitknop.sources.source import Quality, Request, Source

NAME = "elite_hrv"

_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})[ _](\d{2})-(\d{2})-(\d{2})")


def sniff(probe: Probe) -> float:
    """A list of numbers under a name that is a time."""
    return 0.9 if _CLOCK.match(probe.name) and sniff_list(probe) > 0 else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording that starts at the time in the file name, local."""
    made, notes, clocked = read_list(probe.text(), probe.name, NAME)
    recording = Recording(NAME, probe.name, None, made.beats, grade="B", notes=notes + gap_notes(made))
    return (recording if clocked else _placed(recording, request),)


def parts(probe: Probe, request: Request) -> Iterator[Recording]:
    """The same in pieces of a day where the list is longer than what is held at once."""
    if not is_long(probe):
        yield from read(probe, request)
        return
    for part in list_parts(probe, NAME):
        recording = Recording(NAME, probe.name, None, part.made.beats, grade="B", notes=part.notes)
        yield recording if part.clocked else _placed(recording, request)


def _placed(recording: Recording, request: Request) -> Recording:
    """The recording at the time that its name says."""
    found = _CLOCK.match(recording.name)
    if found is None:
        return recording
    start_ms = local_to_ms(f"{found[1]}T{found[2]}:{found[3]}:{found[4]}", request.zone)
    moved = at_time(recording, start_ms, request.zone or "UTC")
    return noted(moved, Phrase("The start was taken from the file name."), *zone_notes(request.zone))


SOURCE = Source(
    NAME,
    Phrase("Elite HRV"),
    Quality("fair", Phrase("The shape is known from public readers; no authentic file was seen.")),
    sniff,
    read,
    parts,
)
