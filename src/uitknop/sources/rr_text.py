"""A list of RR intervals or of beat times, in seconds or milliseconds: the shape nearly every tool can write.

One number a line (PhysioNet, Elite HRV, Kubios, RHRV), a time beside each interval, or all on one line; comma,
semicolon, tab or blanks; decimal point or comma. The unit is told from the size of the numbers, and said in a note.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Malformed
from uitknop.sources import assemble
from uitknop.sources.assemble import gap_notes as gap_notes
from uitknop.sources.limits import HEAD_BYTES
from uitknop.sources.lines import layout_of, read_numbers
from uitknop.sources.list_beats import ListBeats
from uitknop.sources.number_list import plan_of
from uitknop.sources.number_list import unit_of as unit_of
from uitknop.sources.probe import Probe
from uitknop.sources.rr_stream import is_long, list_parts
from uitknop.sources.source import Quality, Request, Source

NAME = "rr_text"


def sniff(probe: Probe) -> float:
    """Rows of one to three numbers."""
    if probe.shape != "file" or not probe.head_text:
        return 0.0
    layout = layout_of(probe.head_text.splitlines())
    if layout is None:
        return 0.0
    if layout.columns > 3:
        return 0.0
    return 0.5 if layout.first == 0 else 0.4


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording without a clock, unless the list holds times since 1970."""
    made, notes, clocked = read_list(probe.text(), probe.name)
    clock = (request.zone or "UTC") if clocked else None
    return (Recording(NAME, probe.name, clock, made.beats, grade="B", notes=notes + gap_notes(made)),)


def parts(probe: Probe, request: Request) -> Iterator[Recording]:
    """The same in pieces of a day where the list is longer than what is held at once."""
    if not is_long(probe):
        yield from read(probe, request)
        return
    for part in list_parts(probe, NAME):
        clock = (request.zone or "UTC") if part.clocked else None
        yield Recording(NAME, probe.name, clock, part.made.beats, grade="B", notes=part.notes)


def read_list(text: str, name: str, source: str = NAME) -> tuple[assemble.Made, tuple[Phrase, ...], bool]:
    """Beats out of the text of a list, notes, and whether its times are UTC ms.

    Raises:
        Malformed: no list of intervals or times; too few of them; zero, negative or not finite; with the line.
        Implausible: neither seconds nor milliseconds, or times that go back.
    """
    layout = layout_of(text[:HEAD_BYTES].splitlines())
    if layout is None:
        raise Malformed(Phrase("{name} holds no list of numbers. Expected one RR interval a line.", {"name": name}))
    numbers = read_numbers(text, layout, name)
    plan = plan_of(numbers, name)
    beats = ListBeats(plan, name, source)
    made = beats.add(numbers, last=True)
    if made is None:
        made = assemble.from_intervals(np.zeros(0), source=source)
    return made, beats.notes, plan.clocked


SOURCE = Source(
    NAME,
    Phrase("RR intervals or beat times as text"),
    Quality("solid", Phrase("24 authentic recordings in four shapes; every shape and unit is tested by round trip.")),
    sniff,
    read,
    parts,
)
