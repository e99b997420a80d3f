"""Any table: usual names are guessed, other names mapped; clocks with and without a date; one recording a subject."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Implausible, Malformed
from uitknop.core.timeline import parse_iso
from uitknop.sources import Mapping, generic_csv, read, read_many
from uitknop.sources.mapping import guess_mapping, parse_mapping
from uitknop.sources.probe import Probe
from uitknop.sources.source import Request

Floats = npt.NDArray[np.float64]
Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]


def second_by_second(header: str, n: int = 120, *, start_s: int = 0, subject: str = "a") -> str:
    rows = []
    for i in range(n):
        hour, minute, second = (start_s + i) // 3600 % 24, (start_s + i) // 60 % 60, (start_s + i) % 60
        rows.append(f"{hour},{minute},{second},{70 + i % 5},97,{'rest' if i < n // 2 else 'task'},{subject}")
    return "\n".join([header, *rows]) + "\n"


CLOCK_PARTS = "Hour,Minute,Second,HeartRate,SpO2,Label,Subject"


def test_hour_minute_second_without_a_date_is_no_clock(write: Write) -> None:
    recording = read(write("hr.csv", second_by_second(CLOCK_PARTS, start_s=50_000)))
    assert (recording.clock, recording.beats, recording.grade) == (None, None, "D")
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert series.t_ms.tolist() == [1000 * i for i in range(120)]
    assert recording.of_kind("oxygen_saturation") is not None


def test_labels_become_spans(write: Write) -> None:
    entries = read(write("hr.csv", second_by_second(CLOCK_PARTS))).entries
    assert [(entry.at_ms, entry.end_ms, entry.label) for entry in entries] == [
        (0, 60_000, "rest"),
        (60_000, 120_000, "task"),
    ]


def test_midnight_goes_on(write: Write) -> None:
    series = read(write("hr.csv", second_by_second(CLOCK_PARTS, start_s=86_400 - 60))).of_kind("heart_rate")
    assert series is not None
    assert np.diff(series.t_ms).tolist() == [1000] * 119


def test_every_subject_is_a_recording(write: Write) -> None:
    other = second_by_second(CLOCK_PARTS, n=90, subject="b").split("\n", 1)[1]
    found = read_many(write("hr.csv", second_by_second(CLOCK_PARTS) + other))
    assert [recording.name for recording in found.recordings] == ["hr.csv a", "hr.csv b"]


def test_one_recording_is_expected_by_read(write: Write) -> None:
    other = second_by_second(CLOCK_PARTS, n=90, subject="b").split("\n", 1)[1]
    with pytest.raises(Malformed, match="holds 2 recordings where one was expected"):
        read(write("hr.csv", second_by_second(CLOCK_PARTS) + other))


def test_a_clock_that_was_wrong_for_a_stretch_is_mended_and_said(write: Write) -> None:
    lines = second_by_second(CLOCK_PARTS, start_s=50_000).splitlines()
    wrong = second_by_second(CLOCK_PARTS, start_s=47_000).splitlines()
    lines[50:80] = wrong[50:80]
    recording = read(write("hr.csv", "\n".join(lines)))
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert np.diff(series.t_ms).min() >= 0
    assert series.t_ms[-1] == 119_000
    assert any("moved into place" in str(note) for note in recording.notes)


def test_a_time_that_goes_back_for_good_is_refused_with_its_line(write: Write) -> None:
    text = "time,heart_rate\n" + "".join(f"{i if i < 60 else i - 50},70\n" for i in range(120))
    with pytest.raises(Implausible, match="line 62: the time goes back"):
        read(write("hr.csv", text))


def test_a_mapping_names_columns_of_any_name_and_unit(write: Write) -> None:
    rows = "\n".join(
        f"2026-03-01 08:{i // 60:02}:{i % 60:02};{70 + i % 3},5;{i % 2};0,0;0,6;0,8;{'start' if i == 5 else ''}"
        for i in range(120)
    )
    path = write("mijn.csv", "wanneer;hartslag;stappen;bx;by;bz;merk\n" + rows)
    mapping = Mapping(
        time="wanneer", heart_rate="hartslag", steps="stappen", acceleration_xyz=("bx", "by", "bz"), tag="merk"
    )
    recording = read(path, mapping=mapping, zone="Europe/Amsterdam")
    heart_rate, steps = recording.of_kind("heart_rate"), recording.of_kind("steps")
    acceleration = recording.of_kind("acceleration")
    assert heart_rate is not None
    assert steps is not None
    assert acceleration is not None
    assert heart_rate.value[:3].tolist() == [70.5, 71.5, 72.5]
    assert float(steps.value.sum()) == 60
    assert acceleration.value.tolist() == pytest.approx([1000.0] * 120)  # one g, told from its size
    start_ms = parse_iso("2026-03-01T08:00:00+01:00", None)
    assert heart_rate.t_ms[0] == start_ms
    assert [(entry.at_ms, entry.value) for entry in recording.entries] == [(start_ms + 5000, "start")]


def test_a_mapped_column_that_is_not_there_is_named_with_those_that_are(write: Write) -> None:
    with pytest.raises(Malformed, match=r'no column "pols"\. It has: time, heart_rate'):
        read(write("hr.csv", "time,heart_rate\n0,70\n1,71\n"), mapping=Mapping(time="time", heart_rate="pols"))


def test_a_cell_that_is_no_number_is_refused_with_its_line(write: Write) -> None:
    with pytest.raises(Malformed, match='line 3: column "heart_rate" should hold a number'):
        read(write("hr.csv", "time,heart_rate\n0,70\n1,high\n2,70\n"))


def test_intervals_in_a_column_become_beats(write: Write, rr: Make) -> None:
    rr_ms = rr()
    text = "nr,rr_ms\n" + "".join(f"{i},{value:.0f}\n" for i, value in enumerate(rr_ms))
    recording = read(write("rr.csv", text))
    assert recording.source == "generic_csv"
    assert recording.beats is not None
    assert recording.beats.rr_ms.tolist() == rr_ms.tolist()


def test_a_row_without_an_interval_breaks_the_run(write: Write, rr: Make) -> None:
    cells = [f"{value:.0f}" for value in rr()]
    cells[100] = ""
    text = "nr,rr_ms\n" + "".join(f"{i},{cell}\n" for i, cell in enumerate(cells))
    recording = read(write("rr.csv", text))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 100]


def test_the_hour_that_happens_twice_goes_on(write: Write) -> None:
    before = [f"2026-10-25 02:{i:02}:00,70" for i in range(60)]
    text = "\n".join(["time,heart_rate", *before, *before, "2026-10-25 03:00:00,70"])
    series = read(write("hr.csv", text), zone="Europe/Amsterdam").of_kind("heart_rate")
    assert series is not None
    assert np.diff(series.t_ms).tolist() == [60_000] * 120


@given(
    rates=st.lists(st.one_of(st.floats(30, 200), st.just(0.0), st.just(255.0)), min_size=5, max_size=60),
    name=st.sampled_from(["heart_rate", "HR (bpm)", "bpm", "Pulse", "HeartRate"]),
    step_s=st.integers(1, 60),
)
@settings(max_examples=60, deadline=None)
def test_a_heart_rate_never_becomes_beats(rates: list[float], name: str, step_s: int) -> None:
    text = f"time,{name}\n" + "".join(f"{i * step_s},{rate}\n" for i, rate in enumerate(rates))
    probe = _probe_of(text)
    assert generic_csv.sniff(probe) > 0
    for recording in generic_csv.read(probe, Request()):
        assert recording.beats is None
        assert recording.grade == "D"


class _TextProbe(Probe):
    """A probe of a text that is on no disk."""

    def text(self) -> str:
        return self.head.decode()


def _probe_of(text: str) -> Probe:
    return _TextProbe(Path("hr.csv"), "hr.csv", "file", len(text), text.encode())


@pytest.mark.parametrize(
    "header", ["day,resting_pulse,pulse_average", "user,score", "time,value", "start,end,kind,label", "hr,name"]
)
def test_a_table_without_a_heart_or_a_time_is_not_claimed(header: str) -> None:
    assert generic_csv.sniff(_probe_of(f"{header}\n1,2,3\n")) == 0.0


def test_the_guess_is_a_mapping_that_can_be_saved() -> None:
    from uitknop.sources import dump_mapping

    guessed = guess_mapping(CLOCK_PARTS.split(","))
    assert guessed.clock == ("Hour", "Minute", "Second")
    assert parse_mapping(dump_mapping(guessed), "map.toml") == guessed
