"""Polar Flow: pulses from light with their gaps, times without seconds, null lists, nights that end in a mark."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats, Recording
from uitknop.core.errors import SourceError
from uitknop.core.timeline import from_ms, iso, parse_iso
from uitknop.sources import polar_flow, read
from uitknop.synthetic import make_bout_recording
from uitknop.synthetic.polar_flow import polar_flow as write_polar_flow

Write = Callable[[str, str | bytes], Path]
Make = Callable[..., npt.NDArray[np.float64]]
ZONE = "Europe/Amsterdam"


@pytest.fixture(scope="module")
def person() -> Recording:
    """An hour on whole milliseconds, with a gap."""
    beats = make_bout_recording("shift", seed=8).recording.beats
    assert beats is not None
    rr_ms = np.rint(beats.rr_ms)
    keep = np.arange(rr_ms.size) // 60 != 15
    t_ms = beats.t_ms[0] + np.concatenate(([0], np.cumsum(rr_ms[1:]))).astype(np.int64)
    run = np.array([0, 900])
    whole = Beats(t_ms[keep], rr_ms[keep], beats.flag[keep], run, 1.0, "synthetic", "strap")
    return Recording("synthetic", "hour", ZONE, whole)


@pytest.fixture
def exported(write: Write, person: Recording) -> Callable[[str], Recording]:
    files = write_polar_flow(person)

    def get(beginning: str) -> Recording:
        (name,) = [name for name in files if name.startswith(beginning)]
        return read(write(name, files[name]), zone=ZONE)

    return get


def pulses(*rows: tuple[str, Any]) -> str:
    samples = [{"sampleDateTime": when, "pulseLength": length} for when, length in rows]
    return json.dumps([{"date": "", "devicePpiSamplesList": [{"deviceId": "A", "ppiSamples": samples}]}])


def spoken(start: datetime, rr_ms: npt.NDArray[np.float64], *, at_start: bool = False) -> list[tuple[str, float]]:
    ends = np.cumsum(rr_ms) - (rr_ms if at_start else 0)
    return [
        ((start + timedelta(milliseconds=float(end))).isoformat(timespec="milliseconds"), float(rr))
        for end, rr in zip(ends, rr_ms, strict=True)
    ]


def test_pulses_come_back_as_beats_from_light_with_their_gap(
    exported: Callable[[str], Recording], person: Recording
) -> None:
    recording = exported("ppi_samples")
    assert recording.source == polar_flow.NAME
    assert person.beats is not None
    assert recording.beats is not None
    assert (recording.beats.kind, recording.beats.device, recording.grade) == ("ppg", "Polar A1B2C3D4", "C")
    assert recording.beats.t_ms.tolist() == person.beats.t_ms.tolist()
    assert recording.beats.rr_ms.tolist() == person.beats.rr_ms.tolist()
    assert recording.beats.run.tolist() == [0, 900]


def test_times_that_are_starts_of_pulses_are_noticed(write: Write, rr: Make) -> None:
    rr_ms = rr(200)
    start = datetime(2026, 3, 1, 23, 0, 0, 5000)
    beats = [read(write("ppi.json", pulses(*spoken(start, rr_ms, at_start=at_start))), zone=ZONE).beats
             for at_start in (False, True)]  # fmt: skip
    assert beats[0] is not None
    assert beats[1] is not None
    assert beats[0].t_ms.tolist() == beats[1].t_ms.tolist()
    assert beats[0].run.tolist() == beats[1].run.tolist() == [0]


def test_times_without_fractions_only_anchor_the_pulses(write: Write, rr: Make) -> None:
    rr_ms = rr(200)
    rows = [(when[:19], length) for when, length in spoken(datetime(2026, 3, 1, 23, 0, 1), rr_ms)]
    beats = read(write("ppi.json", pulses(*rows)), zone=ZONE).beats
    assert beats is not None
    assert beats.run.tolist() == [0]
    assert np.abs(np.diff(beats.t_ms) - rr_ms[1:]).max() <= 1


def test_the_night_goes_on_through_the_hour_that_comes_twice(write: Write, rr: Make) -> None:
    rr_ms = rr(9000)  # more than two hours, from 01:30
    ends = parse_iso("2026-10-25T01:30:00.003", ZONE) + np.cumsum(rr_ms)
    local = [from_ms(int(end), ZONE).replace(tzinfo=None).isoformat(timespec="milliseconds") for end in ends]
    rows = [(when, float(length)) for when, length in zip(local, rr_ms, strict=True)]
    assert rows[2600][0][11:13] == rows[7000][0][11:13] == "02"
    recording = read(write("ppi.json", pulses(*rows)), zone=ZONE)
    assert recording.beats is not None
    assert recording.beats.t_ms.tolist() == ends.astype(np.int64).tolist()
    assert recording.beats.run.tolist() == [0]


def test_pulses_that_stand_twice_count_once_and_devices_stay_apart(write: Write, rr: Make) -> None:
    from uitknop.sources import read_many

    samples = json.loads(pulses(*spoken(datetime(2026, 3, 1, 23), rr(100))))[0]["devicePpiSamplesList"][0]["ppiSamples"]
    day = [{"deviceId": name, "ppiSamples": samples} for name in ("A", "B", "A")]
    found = read_many(write("ppi.json", json.dumps([{"date": "", "devicePpiSamplesList": day}])), zone=ZONE)
    (recording,) = found.recordings
    assert recording.beats is not None
    assert (recording.name, recording.beats.device, len(recording.beats)) == ("ppi.json A", "Polar A", 100)
    assert ["is the same recording" in str(error) for _, error in found.refused] == [True]


def test_missing_lengths_and_times_break_the_run(write: Write, rr: Make) -> None:
    rows: list[tuple[Any, Any]] = [*spoken(datetime(2026, 3, 1, 23), rr(100))]
    rows[30], rows[60] = (rows[30][0], 0), (None, rows[60][1])
    recording = read(write("ppi.json", pulses(*rows)))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 30, 59]
    assert "have no zone" in " ".join(map(str, recording.notes))


def test_heart_rate_through_the_day_is_no_beat(exported: Callable[[str], Recording], person: Recording) -> None:
    recording = exported("247ohr")
    (series,) = recording.samples
    assert (series.kind, len(series), recording.beats) == ("heart_rate", 11, None)  # one of twelve is 0
    assert person.beats is not None
    assert int(series.t_ms[0]) // 1000 == int(person.beats.t_ms[0]) // 1000


def test_a_night_ends_with_its_end_and_leaves_out_what_is_not_known(exported: Callable[[str], Recording]) -> None:
    entries = exported("sleep_result").entries
    start_ms = entries[0].at_ms
    assert [(e.value, (e.at_ms - start_ms) / 60_000, ((e.end_ms or 0) - start_ms) / 60_000) for e in entries] == [
        ("in_bed", 0, 480),
        ("light", 0, 90),
        ("deep", 90, 180),
        ("rem", 180, 240.5),
        ("light", 300, 420),
        ("awake", 420, 430),
        ("light", 430, 480),
    ]


def test_recovery_is_of_the_morning_and_zero_is_missing(
    exported: Callable[[str], Recording], person: Recording
) -> None:
    recording = exported("nightly_recovery")
    rmssd = recording.of_kind("vendor_rmssd")
    assert rmssd is not None
    assert rmssd.value.tolist() == [42.0]
    assert iso(int(rmssd.t_ms[0]), ZONE)[11:19] == "04:00:00"
    assert {series.kind: len(series) for series in recording.samples} == {
        "vendor_rmssd": 1,
        "vendor_recovery": 3,
        "respiration_rate": 3,
    }


def test_a_session_is_exertion_with_its_heart_rate(exported: Callable[[str], Recording]) -> None:
    recording = exported("training-session")
    (entry,) = recording.entries
    assert (entry.kind, entry.value, entry.label) == ("exertion", "workout", "Polar 3")
    (series,) = recording.samples
    assert (series.kind, len(series)) == ("heart_rate", 1199)
    assert int(series.t_ms[0]) == entry.at_ms
    assert iso(entry.at_ms, ZONE)[11:16] == "18:00"
    assert recording.notes == ()


def test_older_sessions_name_their_sport_and_time_each_heart_rate(write: Write) -> None:
    beats = [{"dateTime": f"2020-03-01T18:00:0{i}.000", "value": 90 + i} for i in range(5)]
    session = {
        "exportVersion": "1.6",
        "startTime": "2020-03-01T18:00:00.000",
        "stopTime": "2020-03-01T18:20:00.000",
        "exercises": [{"sport": "WALKING", "samples": {"heartRate": [*beats, {"dateTime": beats[0]["dateTime"]}]}}],
    }
    recording = read(write("training-session-2020-03-01.json", json.dumps(session)), zone=ZONE)
    assert recording.entries[0].label == "WALKING"
    assert recording.samples[0].value.tolist() == [90, 91, 92, 93, 94]
    assert iso(recording.entries[0].at_ms, "UTC")[11:16] == "17:00"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            pulses(("yesterday", 800)),
            r"\[0\]\.devicePpiSamplesList\[0\]\.ppiSamples\[0\]\.sampleDateTime: expected a time",
        ),
        (pulses(("0001-01-01T00:00", 800)), "expected a time"),
        (pulses(("2026-03-01T00:00", {})), "pulseLength: a value of another kind"),
        ('[{"devicePpiSamplesList": 3}]', r"\[0\]\.devicePpiSamplesList: expected a list"),
        ('{"deviceDays": [{"date": "now", "samples": []}]}', r"deviceDays\[0\]\.date: expected a date"),
        (
            '[{"night":"","sleepResult":{"hypnogram":{"sleepStart":"2026-01-05T22:30:00+01:00","sleepEnd":'
            '"2026-01-06T06:30:00+01:00","sleepStateChanges":[{"offsetFromStart":"8 h","state":"REM"}]}}}]',
            "expected a duration like",
        ),
    ],
)
def test_broken_content_is_told_with_its_place(write: Write, content: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(write("a.json", content), zone=ZONE)
