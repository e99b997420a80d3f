"""Oura: series of five minutes with nulls, stages as digits, naps apart, the day of waking in its own offset."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from uitknop.core import Recording
from uitknop.core.errors import SourceError
from uitknop.core.timeline import iso, parse_iso
from uitknop.sources import oura, read, read_many
from uitknop.synthetic.oura import oura_account, oura_trends

Write = Callable[[str, str | bytes], Path]
ZONE = "Europe/Amsterdam"


@pytest.fixture
def account(write: Write) -> Recording:
    return read(write("account.json", oura_account(days=8, seed=4, zone=ZONE)), zone=ZONE)


def by_kind(recording: Recording) -> dict[tuple[str, str], int]:
    return {(series.kind, series.device): len(series) for series in recording.samples}


def test_trends_are_kept_at_four_on_the_day_of_waking(write: Write) -> None:
    # The night to 29 March is an hour shorter, and its morning has another offset.
    recording = read(write("trends.csv", oura_trends(days=6, seed=4, zone=ZONE, first=date(2026, 3, 27))))
    resting = recording.of_kind("vendor_resting_heart_rate")
    assert resting is not None
    offsets = ["+01:00", "+01:00", "+02:00", "+02:00", "+02:00"]
    mornings = [f"2026-03-{27 + i}T04:00:00{offset}" for i, offset in enumerate(offsets)]
    assert resting.t_ms.tolist() == [parse_iso(morning, None) for morning in mornings]
    assert by_kind(recording) == dict.fromkeys(
        [
            ("vendor_rmssd", "Oura, night"),
            ("vendor_resting_heart_rate", "Oura, night"),
            ("respiration_rate", "Oura, night"),
            ("vendor_recovery", "Oura, night"),
        ],
        5,
    )
    night = recording.entries[2]
    assert (night.value, night.zone) == ("in_bed", "+02:00")
    assert 6 * 3_600_000 < (night.end_ms or 0) - night.at_ms < 8 * 3_600_000


def test_headers_that_drift_in_capitals_are_the_same(write: Write) -> None:
    text = oura_trends(days=6, seed=4, zone=ZONE).decode()
    header, rows = text.split("\n", 1)
    drifted = read(write("trends.csv", f"{header.lower()}\n{rows}"))
    assert drifted.entries == read(write("again.csv", text)).entries


def test_series_of_five_minutes_stay_apart_from_averages(account: Recording) -> None:
    found = by_kind(account)
    assert found["vendor_rmssd", "Oura, night"] == 8
    assert found["vendor_rmssd", "Oura"] > 8 * 60
    assert found["heart_rate", "Oura"] > 8 * 60
    assert found["vendor_recovery", "Oura, night"] == 8
    assert account.beats is None
    assert account.notes == ()  # nulls are nothing left out


def test_a_null_in_a_series_moves_nothing(write: Write) -> None:
    series = {"interval": 300, "items": [None, 40, None, 42], "timestamp": "2026-03-01T23:00:00+01:00"}
    period = {"bedtime_start": "2026-03-01T22:58:00+01:00", "bedtime_end": "2026-03-02T07:00:00+01:00", "hrv": series}
    recording = read(write("sleep.json", json.dumps({"data": [period]})))
    (found,) = recording.samples
    assert [iso(int(t_ms), "+01:00")[11:16] for t_ms in found.t_ms] == ["23:05", "23:15"]
    assert found.value.tolist() == [40.0, 42.0]


def test_stages_are_five_minutes_each_and_end_with_the_night(write: Write) -> None:
    period = {
        "bedtime_start": "2026-03-01T23:00:00+01:00",
        "bedtime_end": "2026-03-01T23:27:00+01:00",
        "sleep_phase_5_min": "422x13",
    }
    entries = read(write("sleep.json", json.dumps([period]))).entries
    start_ms = parse_iso("2026-03-01T23:00:00+01:00", None)
    told = [(e.value, (e.at_ms - start_ms) // 60_000, ((e.end_ms or 0) - start_ms) // 60_000) for e in entries]
    assert told == [("in_bed", 0, 27), ("awake", 0, 5), ("light", 5, 15), ("deep", 20, 25), ("rem", 25, 27)]


def test_naps_are_labelled_and_deleted_periods_left_out(account: Recording) -> None:
    in_bed = [entry for entry in account.entries if entry.value == "in_bed"]
    assert [entry.label for entry in in_bed].count("nap") == 2
    assert len(in_bed) == 10


def test_workouts_and_the_persons_own_tags(account: Recording) -> None:
    assert {(e.kind, e.value, e.label) for e in account.entries if e.kind != "sleep"} == {
        ("exertion", "workout", "walking"),
        ("tag", "tag_sleep_late", ""),
        ("tag", "legs of lead", "text"),
    }


def test_heart_rate_by_day_is_a_series_of_its_own(write: Write) -> None:
    beats = [
        {"bpm": bpm, "source": "awake", "timestamp": f"2026-03-01T12:0{i}:00+00:00"}
        for i, bpm in enumerate((70, 0, 72))
    ]
    recording = read(write("my_oura.json", json.dumps({"heartrate": beats})))
    (series,) = recording.samples
    assert (series.kind, series.device, series.value.tolist()) == ("heart_rate", "Oura, day", [70.0, 72.0])


def test_years_are_recordings_of_their_own(write: Write) -> None:
    path = write("account.json", oura_account(days=430, seed=4, zone=ZONE, first=date(2024, 11, 1)))
    found = read_many(path)
    assert [recording.name for recording in found.recordings] == [f"account.json {year}" for year in (2024, 2025, 2026)]
    assert found.refused == ()


def test_an_account_that_begins_with_something_else_is_known_by_its_name(write: Write) -> None:
    content = (
        b'{"daily_activity": ['
        + b'{"steps": 1},' * 9000
        + b'{"steps": 1}],'
        + oura_account(days=2, seed=1, zone=ZONE)[1:]
    )
    assert read(write("my_oura_data.json", content)).source == oura.NAME


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '[{"bedtime_start":"soon","bedtime_end":"2026-03-01T23:00:00Z","hrv":null}]',
            r"\[0\]\.bedtime_start: expected",
        ),
        ('[{"bedtime_start":1,"bedtime_end":2,"hrv":null}]', r"\[0\]\.bedtime_start: expected a time"),
        (
            '[{"bedtime_start":"2026-03-01T23:00:00Z","bedtime_end":"2026-03-02T06:00:00Z","hrv":[1]}]',
            r"\[0\]\.hrv: expected an object",
        ),
        ('{"sleep":{"bedtime_start":1,"bedtime_end":1,"hrv":1}}', "at sleep: expected a list"),
    ],
)
def test_broken_content_is_told_with_its_place(write: Write, content: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(write("sleep.json", content))
