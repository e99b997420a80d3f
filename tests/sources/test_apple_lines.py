"""The quick way and the careful way say the same of every export."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Recording
from uitknop.sources.apple_blocks import Block
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_lines import read_quickly
from uitknop.sources.apple_parse import parse_block
from uitknop.sources.apple_pieces import make_recordings
from uitknop.sources.apple_rows import Gathered, Tally
from uitknop.sources.apple_xml import read_carefully
from uitknop.synthetic.apple_writer import CLOCK_STYLES, AppleExport, ClockStyle, apple_export_xml


def body(plan: AppleExport) -> bytes:
    text = b"".join(apple_export_xml(plan))
    return text[text.index(b" <ExportDate") : text.index(b"</HealthData>")]


def said(recordings: tuple[Recording, ...]) -> Iterator[object]:
    """Everything that recordings hold, to compare."""
    for recording in recordings:
        yield recording.clock, recording.grade, recording.entries
        for series in recording.samples:
            yield series.kind, series.device, series.t_ms.tolist(), series.value.tolist()
        if recording.beats is not None:
            beats = recording.beats
            yield beats.device, beats.t_ms.tolist(), beats.rr_ms.tolist(), beats.run.tolist()


def careful(text: bytes) -> tuple[list[object], Tally]:
    gathered = Gathered(Heads())
    read_carefully(text, 0, len(text), gathered)
    return list(said(make_recordings(gathered, "export.xml", None))), gathered.tally


def mixed(text: bytes) -> tuple[list[object], Tally]:
    parsed = parse_block(Block(text), "export.xml", None, Heads())
    return list(said(parsed.recordings)), parsed.tally


@pytest.mark.parametrize("clock", CLOCK_STYLES)
def test_both_ways_say_the_same_in_every_language(clock: ClockStyle) -> None:
    text = body(AppleExport(days=2, clock=clock))
    assert mixed(text) == careful(text)


def test_nearly_everything_is_read_quickly() -> None:
    text = body(AppleExport(days=2))
    left = sum(end - start for start, end in read_quickly(text, Gathered(Heads())))
    assert left < 0.02 * len(text)


DAY = body(AppleExport(days=1))
CAMPAIGN = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"
LINES = DAY.splitlines(keepends=True)
some_lines = st.lists(st.integers(0, len(LINES) - 1), max_size=12)
odd = st.sampled_from(
    [
        (b'value="', b"value='"), (b' value="', b'  value="'), (b'"/>', b'" />'), (b"\n", b"\r\n"), (b" <", b"\t<"),
        (b'value="', b'value="&#49;'), (b'value="', b'value="1_'), (b'value="', b'value="x'), (b'value="', b'value="-'),
        (b"+0100", b"-0930"), (b"+0100", b"+1"), (b"2024", b"2O24"), (b"2024", b"1924"), (b"count", b"stones"),
        (b'bpm="', b'bpm="2'), (b'bpm="', b'bpm="x'), (b'time="', b'time="x'), (b'time="', b'time="9'),
        (b",", b"."), (b'"/>', b' AM"/>'), (b'"/>', b'&amp;"/>'), (b'"/>', b'"></InstantaneousBeatsPerMinute>'),
        (b"Apple", b"A&amp;pple"), (b"startDate", b"stopDate"), (b"type=", b"type ="),
    ]
)  # fmt: skip


@settings(max_examples=3_000 if CAMPAIGN else 25)  # a whole day is read twice for each
@given(some_lines, st.lists(odd, min_size=1, max_size=3))
def test_both_ways_say_the_same_of_odd_lines(at: list[int], changes: list[tuple[bytes, bytes]]) -> None:
    lines = list(LINES)
    for i in at:
        for old, new in changes:
            lines[i] = lines[i].replace(old, new, 1)
    text = b"".join(lines)
    one, other = mixed(text), careful(text)
    if not (one[1].breaks or other[1].breaks):
        assert one == other


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=8, unique=True))
def test_a_line_that_is_missing_costs_little(at: list[int]) -> None:
    text = b"".join(line for i, line in enumerate(LINES) if i not in at)
    found, _ = mixed(text)
    assert sum(len(part[2]) for part in found if isinstance(part, tuple) and len(part) == 4) > 0.8 * 1000


def test_a_comment_over_many_lines_hides_what_is_in_it() -> None:
    lines = [line for line in LINES if b"StepCount" in line]
    text = b"".join([*lines[:5], b" <!-- \n", *lines[5:10], b" -->\n", *lines[10:]])
    assert mixed(text) == careful(text)
    assert mixed(text)[1].breaks == 0
