from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Entry
from uitknop.guidance import practices
from uitknop.sources import read_many
from uitknop.synthetic import Life, LivedDay, days_of_months, files_of_all, files_of_day, life_of, live
from uitknop.synthetic.inside import body_under_load, day_of_inputs, inside, is_crash, lived
from uitknop.synthetic.months import DOES, SIGNALS
from uitknop.synthetic.seasons import seasons

DAYS = 2


@pytest.fixture(scope="module")
def life() -> Life:
    return life_of(3, DAYS)


@pytest.fixture(scope="module")
def days(life: Life) -> tuple[LivedDay, ...]:
    return tuple(live(life))


def lines(days: Sequence[LivedDay], kind: str, label: str | None = None) -> list[Entry]:
    every = (line for day in days for line in (*day.entries, *day.night.entries))
    return [line for line in every if line.kind == kind and label in (None, line.label)]


def test_a_person_is_the_same_beat_for_beat_and_another_seed_is_another(life: Life, days: tuple[LivedDay, ...]) -> None:
    again, other = next(live(life)), next(live(life_of(4, DAYS)))
    assert again.truth == days[0].truth
    assert again.entries == days[0].entries
    for day, same in ((again, True), (other, False)):
        assert day.strap.beats is not None
        assert days[0].strap.beats is not None
        assert np.array_equal(day.strap.beats.rr_ms, days[0].strap.beats.rr_ms) == same


def test_two_safety_signals_of_the_menu_do_something_and_two_do_not(life: Life) -> None:
    assert sorted(life.does[name] == DOES for name in SIGNALS) == [False, False, True, True]
    assert set(SIGNALS) <= set(practices())


def test_beats_stand_around_rests_and_in_nights_and_each_device_tells_its_own_part(
    days: tuple[LivedDay, ...],
) -> None:
    for day in days:
        assert day.strap.beats is not None
        assert day.night.beats is not None
        night = next(bout.span for bout in day.truth if bout.kind == "night")
        assert night.start_ms <= day.night.beats.t_ms[0] < day.night.beats.t_ms[-1] < night.end_ms
        assert not ((day.strap.beats.t_ms >= night.start_ms) & (day.strap.beats.t_ms < night.end_ms)).any()
        for bout in day.truth:
            if bout.tagged:
                around = (day.strap.beats.t_ms >= bout.span.start_ms - 600_000) & (
                    day.strap.beats.t_ms < bout.span.end_ms + 600_000
                )
                assert around.sum() > 10 * bout.span.duration_min
        steps = day.phone.of_kind("steps")
        assert steps is not None
        assert len(steps) > 22 * 60


def test_the_diary_holds_rests_taps_answers_and_nights(days: tuple[LivedDay, ...]) -> None:
    rests = lines(days, "rest")
    assert len(rests) == sum(bout.tagged for day in days for bout in day.truth) >= 2
    assert len(lines(days, "answer", "felt")) == len(rests)
    assert {line.value for line in lines(days, "answer", "now")} <= {"fine", "heavy", "crash"}
    assert lines(days, "answer", "refreshed")
    assert {line.value for line in lines(days, "sleep")} == {"light", "deep", "rem"}
    assert {line.value for line in lines(days, "posture")} <= {"supine", "seated"}


def test_the_seasons_fill_the_days_in_order() -> None:
    for n in (1, 2, 7, 30, 183, 731):
        found = seasons(n)
        assert sum(season.days for season in found) == n
        assert all(season.days >= 1 for season in found)
    assert [season.name for season in seasons(183)] == ["load", "blow", "going_on", "stopped", "safety", "way_back"]
    assert [days_of_months(n) for n in (1, 6, 24)] == [30, 183, 730]


def test_load_that_stays_shuts_and_sustained_safety_opens_again() -> None:
    body = body_under_load(3)
    well = inside(body)
    for _ in range(40):
        body, _ = lived(body, day_of_inputs({"stress": 2.0, "safety": 0.05}, []))
    stuck = inside(body)
    for _ in range(90):
        body, _ = lived(body, day_of_inputs({"stress": 0.1, "safety": 0.7, "exertion": 0.1}, []))
    later = inside(body)
    assert stuck.openness < 0.1 < 0.7 < min(well.openness, later.openness)
    assert stuck.hr_bpm > 1.0 > later.hr_bpm
    assert stuck.ln_rmssd < -0.1 < later.ln_rmssd
    assert stuck.symptoms > 3 * well.symptoms


def test_a_crash_is_complaints_far_above_the_days_before() -> None:
    assert is_crash(0.4, [0.3, 0.1, 0.1])
    assert not is_crash(0.4, [0.4, 0.4, 0.4])
    assert not is_crash(0.4, [])


def test_the_files_of_several_devices_read_back_as_what_was_made(
    life: Life, days: tuple[LivedDay, ...], tmp_path: Path
) -> None:
    day = days[0]
    at_ms = day.entries[-1].at_ms
    walked = Entry(at_ms, life.zone, "exertion", "exercise", at_ms + 1_800_000)
    exercised = replace(day, entries=(*day.entries, walked))
    for name, content in {**files_of_day(exercised), **files_of_all(exercised.entries)}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    found = read_many([tmp_path], zone=life.zone, start_ms=None, mapping=None, now_ms=at_ms + 86_400_000)
    assert found.refused == ()
    by_source = {recording.source: recording for recording in found.recordings if recording.beats is not None}
    for source, made in (("hrv_logger", day.strap), ("garmin_fit", day.night)):
        assert made.beats is not None
        read = by_source[source].beats
        assert read is not None
        # Both formats keep whole milliseconds, and a lost stretch may cost the interval after it.
        assert len(read) == pytest.approx(len(made.beats), abs=len(made.beats.run) + 1)
        assert np.median(read.rr_ms) == pytest.approx(np.median(made.beats.rr_ms), abs=1.0)
        assert abs(int(read.t_ms[-1]) - int(made.beats.t_ms[-1])) < 2000
    told = {line.kind for recording in found.recordings for line in recording.entries}
    assert {"rest", "answer", "posture", "sleep", "exertion"} <= told
    steps = [series for recording in found.recordings if (series := recording.of_kind("steps")) is not None]
    assert sum(len(series) for series in steps) == len(day.phone.samples[0])
    assert any(recording.of_kind("vendor_resting_heart_rate") is not None for recording in found.recordings)


def test_less_than_a_day_is_no_life() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        life_of(1, 0)
