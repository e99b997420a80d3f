"""WHOOP: translated headers, every spelling of a zone, the cycle that is still open, nights of the day of waking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Recording
from uitknop.core.errors import SourceError
from uitknop.core.timeline import iso, parse_iso
from uitknop.sources import read, whoop
from uitknop.synthetic.whoop import ZONES, Language, whoop_export

Write = Callable[[str, str | bytes], Path]
CYCLES = "Cycle start time,Cycle end time,Cycle timezone,Recovery score %,Resting heart rate (bpm),"
CYCLES += "Heart rate variability (ms),Sleep onset,Wake onset\n"


@pytest.fixture
def tables(write: Write) -> Callable[..., list[Recording]]:
    def get(language: Language = "en", days: int = 10) -> list[Recording]:
        files = whoop_export(days=days, seed=2, language=language)
        return [read(write(f"{language}/{name}", content)) for name, content in files.items()]

    return get


def held(recording: Recording) -> tuple[object, ...]:
    samples = {series.kind: (series.t_ms.tolist(), series.value.tolist()) for series in recording.samples}
    return recording.clock, samples, recording.entries, recording.notes


@pytest.mark.parametrize("language", ["es", "other"])
def test_a_translated_export_says_the_same_as_the_english_one(
    tables: Callable[..., list[Recording]], language: Language
) -> None:
    for english, translated in zip(tables(), tables(language), strict=True):
        assert (english.source, translated.source) == (whoop.NAME, whoop.NAME)
        assert held(translated) == held(english)


def test_every_kind_of_value_is_kept_at_four_on_the_day_of_waking(tables: Callable[..., list[Recording]]) -> None:
    cycles = tables()[0]
    assert {series.kind: len(series) for series in cycles.samples} == {
        "vendor_rmssd": 9,  # one of ten is 0, which is none
        "vendor_resting_heart_rate": 10,
        "vendor_recovery": 10,
        "respiration_rate": 10,
        "oxygen_saturation": 10,
        "skin_temperature": 10,
    }
    resting = cycles.of_kind("vendor_resting_heart_rate")
    assert resting is not None
    offsets = ["+01:00", "-05:00", "-07:00", "+00:00", "+00:00"]
    expected = [parse_iso(f"2026-03-{i + 1:02}T04:00:00{offsets[i % 5]}", None) for i in range(10)]
    assert resting.t_ms.tolist() == expected
    assert cycles.notes == ()
    assert cycles.beats is None


@pytest.mark.parametrize(("zone", "hour"), [*zip(ZONES, ("03", "09", "11", "04", "04"), strict=True)])
def test_every_spelling_of_a_zone_is_read(write: Write, zone: str, hour: str) -> None:
    row = f"2026-03-01 23:10:00,,{zone},50,60,40,2026-03-01 23:10:00,2026-03-02 07:00:00\n"
    recording = read(write("a.csv", CYCLES + row), zone="Asia/Tokyo")
    assert iso(int(recording.samples[0].t_ms[0]), "UTC") == f"2026-03-02T{hour}:00:00+00:00"
    assert recording.notes == ()


def test_without_a_zone_beside_it_a_time_is_local(write: Write) -> None:
    row = "2026-03-01 23:10:00,,,50,60,40,2026-03-01 23:10:00,2026-03-02 07:00:00\n"
    recording = read(write("a.csv", CYCLES + row), zone="Europe/Amsterdam")
    assert iso(recording.entries[0].at_ms, "UTC") == "2026-03-01T22:10:00+00:00"
    assert "have no zone" in str(read(write("b.csv", CYCLES + row)).notes[0])


def test_the_open_cycle_says_the_same_once_it_is_closed(write: Write) -> None:
    row = "2026-03-01 23:10:00,{},UTC+01:00,Felt worse?,true,\n"
    header = "Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes\n"
    still_open, closed = (
        read(write(name, header + row.format(end))) for name, end in (("a.csv", ""), ("b.csv", "2026-03-02 23:00:00"))
    )
    assert still_open.entries == closed.entries
    assert [(entry.kind, entry.label, entry.value) for entry in closed.entries] == [("answer", "Felt worse?", "yes")]


def test_a_cycle_without_sleep_is_of_the_day_it_is_lived(write: Write) -> None:
    rows = "2026-03-01 23:10:00,,UTC,50,60,40,,\n2026-03-03 00:40:00,,UTC,50,60,40,,\n"
    recording = read(write("a.csv", CYCLES + rows))
    days = [iso(int(t_ms), "UTC")[:10] for t_ms in recording.samples[0].t_ms]
    assert days == ["2026-03-02", "2026-03-03"]
    assert recording.entries == ()


def test_sleep_naps_workouts_and_the_persons_own_words(tables: Callable[..., list[Recording]]) -> None:
    cycles, sleeps, workouts, journal = tables()
    nights = [entry for entry in sleeps.entries if entry.label == ""]
    assert nights == list(cycles.entries)  # so that they count once
    assert len([entry for entry in sleeps.entries if entry.label == "nap"]) == 4
    assert {(entry.kind, entry.value) for entry in sleeps.entries} == {("sleep", "asleep")}
    assert {(entry.kind, entry.value, entry.label) for entry in workouts.entries} == {
        ("exertion", "workout", "Walking")
    }
    assert all((entry.end_ms or 0) - entry.at_ms == 25 * 60_000 for entry in workouts.entries)
    assert {(entry.kind, entry.value) for entry in journal.entries} == {
        ("answer", "yes"),
        ("answer", "no"),
        ("tag", 'Crashed after "just" a shower, in bed by 2'),
    }


def test_words_are_bounded(write: Write) -> None:
    header = "Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes\n"
    recording = read(write("a.csv", header + f"2026-03-01 23:10:00,,UTC,{'q' * 9000},true,{'n' * 9000}\n"))
    assert {(len(entry.label), len(entry.value)) for entry in recording.entries} == {(500, 3), (500, 500)}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("soon,,UTC,50,60,40,,\n", "line 2, cycle_start: expected a time"),
        ("2026-03-01 23:10:00,,Mars,50,60,40,,\n", "line 2, zone: expected a zone like"),
        ("2026-03-01 23:10:00,,UTC+99:00,50,60,40,,\n", "line 2, zone: expected a zone like"),
        ("2026-03-01 23:10:00,,UTC,50,60,40,,2026\n", "line 2, wake_onset: expected a date"),
    ],
)
def test_broken_rows_are_told_with_their_line(write: Write, row: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(write("a.csv", CYCLES + row))
