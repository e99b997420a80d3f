"""Visible: days from 04:00, blanks after names and values, and no heart rate variability under a name it may not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Recording
from uitknop.core.errors import Malformed
from uitknop.core.timeline import iso
from uitknop.sources import visible
from uitknop.sources.probe import look
from uitknop.sources.registry import best_source
from uitknop.sources.source import Request
from uitknop.synthetic.visible import visible_csv

Write = Callable[[str, str | bytes], Path]
ZONE = "Europe/Amsterdam"
HEADER = "observation_date,tracker_name,tracker_category,observation_value \n"


def read(path: Path, zone: str | None = ZONE) -> Recording:
    probe = look(path)
    assert best_source(probe) is visible.SOURCE
    (recording,) = visible.read(probe, Request(zone))
    return recording


def test_figures_are_samples_of_their_day_and_the_rest_are_answers(write: Write) -> None:
    recording = read(write("export.csv", visible_csv(days=20, seed=3)))
    resting = recording.of_kind("vendor_resting_heart_rate")
    assert resting is not None
    assert len(resting) == 17  # no measurement on days 4, 11 and 18
    assert iso(int(resting.t_ms[0]), ZONE) == "2026-03-01T04:00:00+01:00"
    assert (recording.grade, recording.beats) == ("D", None)
    labels = {entry.label for entry in recording.entries}
    assert labels == {
        *("HR Variability", "Sleep", "Fatigue", "Crash", "Note"),
        *("Funcap_hygiene Washing your body", "Funcap_hygiene Walking between rooms"),
    }
    note = next(entry for entry in recording.entries if entry.kind == "event")
    assert note.value == 'Long day, said "enough" at noon'


def test_the_day_the_clocks_change_is_an_hour_shorter(write: Write) -> None:
    (entry,) = read(write("export.csv", HEADER + "2026-03-28,Sleep,Sleep,2 \n")).entries
    assert entry.span is not None
    assert (entry.value, entry.span.duration_min) == ("2", 23 * 60)


def test_the_variability_is_never_taken_for_a_measure_it_may_not_be(write: Write) -> None:
    recording = read(write("export.csv", visible_csv(days=3, seed=1)))
    assert {series.kind for series in recording.samples} == {"vendor_resting_heart_rate", "vendor_recovery"}
    assert any("which measure" in str(note) for note in recording.notes)


def test_without_a_zone_the_days_are_read_as_utc_and_a_note_says_so(write: Write) -> None:
    recording = read(write("export.csv", visible_csv(days=1, seed=1)), None)
    assert recording.clock == "UTC"
    assert any("no zone" in str(note) for note in recording.notes)


def test_a_figure_no_body_makes_is_left_out_and_counted(write: Write) -> None:
    recording = read(write("export.csv", HEADER + "2026-03-01,Resting HR,Measurement,0 \n2026-03-01,Crash,General,1\n"))
    assert recording.samples == ()
    assert any("1 values that no body makes" in str(note) for note in recording.notes)


def test_a_row_without_a_date_is_refused_with_its_line(write: Write) -> None:
    path = write("export.csv", HEADER + "2026-03-01,Crash,General,1\n01/03/2026,Crash,General,1\n")
    with pytest.raises(Malformed, match=r"export.csv line 3: expected a date"):
        visible.read(look(path), Request())
