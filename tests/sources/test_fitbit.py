"""Fitbit: American dates, nights under another day's name, zeros for nothing, sleep in local time beside UTC."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Recording
from uitknop.core.errors import NotRecognised, SourceError
from uitknop.core.timeline import iso, parse_iso
from uitknop.sources import fitbit, read, read_many
from uitknop.synthetic.fitbit import fitbit_takeout

Write = Callable[[str, str | bytes], Path]
ZONE = "Europe/Amsterdam"


@pytest.fixture
def takeout(write: Write) -> Callable[[str], Recording]:
    files = fitbit_takeout(days=12, seed=5, zone=ZONE)

    def get(part: str) -> Recording:
        (name,) = [name for name in files if name.endswith(part)]
        return read(write(name, files[name]), zone=ZONE)

    return get


def moments(recording: Recording, kind: str) -> list[str]:
    series = recording.of_kind(kind)  # type: ignore[arg-type]
    return [] if series is None else [iso(int(t_ms), recording.clock or "UTC") for t_ms in series.t_ms]


def test_every_file_of_an_account_is_read_and_none_holds_beats(write: Write, tmp_path: Path) -> None:
    files = fitbit_takeout(days=12, seed=5, zone=ZONE)
    for name, content in files.items():
        write(name, content)
    found = read_many(tmp_path, zone=ZONE)
    assert {recording.source for recording in found.recordings} == {fitbit.NAME}
    assert all(recording.beats is None for recording in found.recordings)
    kinds = {series.kind for recording in found.recordings for series in recording.samples}
    assert kinds == {"heart_rate", "steps", "respiration_rate", "vendor_rmssd", "vendor_resting_heart_rate"}
    assert len(found.skipped) == 2  # nights of RMSSD 0 hold nothing
    # The heart rate of each day is there in the old and in the new shape.
    assert ["is the same recording as" in str(error) for _, error in found.refused] == [True] * 12
    assert len(found.recordings) + 12 + 2 == len(files)


def test_a_night_is_of_the_date_inside_and_not_of_the_name(takeout: Callable[[str], Recording]) -> None:
    recording = takeout("Summary - 2026-03-(6).csv")
    assert moments(recording, "vendor_rmssd") == ["2026-03-07T04:00:00+01:00"]


def test_the_first_day_of_a_month_stands_under_a_name_without_a_day(takeout: Callable[[str], Recording]) -> None:
    assert moments(takeout("Summary - 2026-03-.csv"), "vendor_rmssd") == ["2026-03-01T04:00:00+01:00"]


def test_american_dates_zeros_and_empty_dates(takeout: Callable[[str], Recording]) -> None:
    recording = takeout("resting_heart_rate-2026-03-01.json")
    assert moments(recording, "vendor_resting_heart_rate") == [
        f"2026-03-{day:02}T04:00:00+01:00" for day in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)
    ]
    assert recording.notes == ()  # a filler is nothing left out


def test_sleep_is_local_and_heart_rate_is_not(takeout: Callable[[str], Recording]) -> None:
    night = takeout("sleep-2026-03-01.json").entries[0]
    assert iso(night.at_ms, ZONE).startswith("2026-02-28T23:")
    assert (night.kind, night.value) == ("sleep", "in_bed")
    for part in ("/heart_rate-2026-03-01.json", "/heart_rate_2026-03-01.csv"):
        times = moments(takeout(part), "heart_rate")
        assert (times[0], times[-1]) == ("2026-03-01T12:00:00+01:00", "2026-03-01T12:59:50+01:00")
    assert any("were read as UTC" in str(note) for note in takeout("/heart_rate-2026-03-01.json").notes)


def test_short_wakes_are_cut_out_of_the_stages(takeout: Callable[[str], Recording]) -> None:
    recording = takeout("sleep-2026-03-01.json")
    in_bed, *stages = recording.entries[:10]
    first, wake, rest = stages[:3]
    assert [stage.value for stage in (first, wake, rest)] == ["light", "awake", "light"]
    assert (first.at_ms, first.end_ms, wake.end_ms) == (in_bed.at_ms, wake.at_ms, rest.at_ms)
    assert wake.end_ms == wake.at_ms + 60_000
    assert sum((stage.end_ms or 0) - stage.at_ms for stage in stages[:9]) == (in_bed.end_ms or 0) - in_bed.at_ms


def test_stages_go_through_the_hour_that_comes_twice(write: Write) -> None:
    stages = [
        {"dateTime": "2026-10-25T01:30:00.000", "level": "light", "seconds": 3600},
        {"dateTime": "2026-10-25T02:30:00.000", "level": "rem", "seconds": 1800},
        {"dateTime": "2026-10-25T02:00:00.000", "level": "deep", "seconds": 3600},  # the clock was set back
        {"dateTime": "2026-10-25T03:00:00.000", "level": "wake", "seconds": 600},
    ]
    night = {
        "logId": 1,
        "dateOfSleep": "2026-10-25",
        "startTime": "2026-10-25T01:30:00.000",
        "endTime": "2026-10-25T03:10:00.000",
        "levels": {"data": stages, "shortData": None},
    }
    recording = read(write("sleep-2026-10-01.json", json.dumps([night])), zone=ZONE)
    told = [(iso(entry.at_ms, "UTC")[11:16], entry.value) for entry in recording.entries if entry.value != "in_bed"]
    assert told == [("23:30", "light"), ("00:30", "rem"), ("01:00", "deep"), ("02:00", "awake")]


def test_a_night_over_the_hour_that_is_left_out_is_an_hour_shorter(write: Write) -> None:
    night = {"logId": 1, "dateOfSleep": "", "startTime": "2026-03-28T23:00:00", "endTime": "2026-03-29T07:00:00"}
    (entry,) = read(write("sleep-2026-03-01.json", json.dumps([{**night, "levels": None}])), zone=ZONE).entries
    assert entry.end_ms == entry.at_ms + 7 * 3_600_000


def test_without_a_zone_local_times_are_read_as_utc_with_a_note(write: Write) -> None:
    text = "timestamp,rmssd,coverage,low_frequency,high_frequency\n2026-03-01T01:05:00,38.2,0.93,512.1,301.2\n"
    recording = read(write("a.csv", text))
    assert recording.samples[0].t_ms.tolist() == [parse_iso("2026-03-01T01:05:00", "UTC")]
    assert any("have no zone" in str(note) for note in recording.notes)


def test_newer_variability_keeps_rmssd_and_sdnn_apart(write: Write) -> None:
    header = "timestamp,root mean square of successive differences milliseconds,standard deviation milliseconds"
    recording = read(write("a.csv", f"{header}\n2026-03-01T01:05:00Z,38.2,51.0\n2026-03-01T01:10:00Z,0.0,0\n"))
    assert {series.kind: series.value.tolist() for series in recording.samples} == {
        "vendor_rmssd": [38.2],
        "vendor_sdnn": [51.0],
    }


def test_newer_sleep_stages_tell_their_own_time(write: Write) -> None:
    text = (
        "sleep_id,sleep_stage_id,sleep_stage_type,start_utc_offset,sleep_stage_start,end_utc_offset,sleep_stage_end\n"
        "1,1,LIGHT,+02:00,2026-10-04 20:42:00+0000,+02:00,2026-10-04 22:52:00+0000\n"
        "1,2,OUT_OF_BED,+02:00,2026-10-04 22:52:00+0000,+02:00,2026-10-04 23:00:00+0000\n"
    )
    recording = read(write("UserSleepStages_2026-10-01.csv", text))
    assert [(iso(entry.at_ms, "UTC"), entry.value) for entry in recording.entries] == [
        ("2026-10-04T20:42:00+00:00", "light")
    ]
    assert recording.notes == ()


def test_a_year_of_resting_heart_rate_is_no_heart_rate(write: Write) -> None:
    rows = "".join(f"2026-{month:02}-01T00:00:00,5{month % 10}\n" for month in range(1, 13))
    recording = read(write("beats.csv", "timestamp,beats per minute\n" + rows), zone=ZONE)
    assert [series.kind for series in recording.samples] == ["vendor_resting_heart_rate"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sleep-1.json", '[{"logId":1,"dateOfSleep":"","startTime":"noon","endTime":""}]', r"\[0\]\.startTime"),
        ("heart_rate-1.json", '[{"dateTime":"03/01/24 08:00:05","value":{"bpm":[]}}]', r"\[0\]\.value\.bpm"),
        (
            "heart_rate-1.json",
            '[{"dateTime":"13/01/24 08:00:05","value":{"bpm":61}}]',
            r"\[0\]\.dateTime: expected a time",
        ),
        ("resting.json", '{"dateTime":1,"value":{"date":1,"error":2}}', "expected a list"),
        ("a.csv", "timestamp,rmssd,nremhr,entropy\nyesterday,1,2,3\n", "line 2, timestamp: expected a date"),
        ("a.csv", "timestamp,rmssd,coverage,low_frequency\n2026-03-01T01:05,x,1,2\n", "should hold a number"),
    ],
)
def test_broken_content_is_told_with_its_place(write: Write, name: str, content: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(write(name, content), zone=ZONE)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("calories-2024-03-01.json", '[{"dateTime":"03/01/24 00:00:00","value":"1.07"}]'),
        ("time_in_heart_rate_zones-2024.json", '[{"dateTime":"03/01/24 00:00:00","value":{"valuesInZones":{}}}]'),
        ("live_pace_2024-03-01.csv", "timestamp,steps,distance millimeters\n2024-03-01T10:00:00Z,12,8000\n"),
        ("Minute SpO2 - 2024-03-01.csv", "timestamp,value\n" + "2024-03-01T10:00:00Z,96.1\n" * 60),
        (
            "sleep_score.csv",
            "sleep_log_entry_id,timestamp,overall_score,resting_heart_rate\n1,2024-03-01T07:00:00Z,80,58\n",
        ),
        ("Stress Score.csv", "DATE,UPDATED_AT,STRESS_SCORE\n2024-03-01T00:00:00,2024-03-02T12:00:00,70\n"),
    ],
)
def test_files_of_an_account_that_hold_something_else_are_not_recognised(write: Write, name: str, content: str) -> None:
    with pytest.raises(NotRecognised):
        read(write(name, content))


def test_a_table_of_more_rows_than_are_held_at_once_is_read_to_its_end(write: Write) -> None:
    rows = [
        f"2026-03-0{1 + i // 43_200}T{i // 3600 % 12:02}:{i // 60 % 60:02}:{i % 60:02}Z,{60 + i % 9}"
        for i in range(60_000)
    ]
    text = "\n\ntimestamp,beats per minute\n" + "\n".join(rows)
    recording = read(write("heart_rate.csv", text))
    assert len(recording.samples[0]) == 60_000
    broken = text.replace(rows[55_000], "soon,61")
    with pytest.raises(SourceError, match=f"line {55_000 + 4}: the time can't be read"):
        read(write("heart_rate.csv", broken))


def test_a_device_named_in_a_row_keeps_its_own_series(write: Write) -> None:
    rows = "2026-03-01T10:00:00Z,12,Charge 6\n2026-03-01T10:01:00Z,13,\n"
    recording = read(write("steps_2026-03-01.csv", f"timestamp,steps,data source\n{rows}"))
    assert {series.device: series.value.tolist() for series in recording.samples} == {"Charge 6": [12], "Fitbit": [13]}
