from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from uitknop.core import KINDS, Recording
from uitknop.core.timeline import day_of, from_ms
from uitknop.synthetic import PERSON_KINDS, SETTLE_PROBABILITY, SyntheticPerson, long_person, make_person
from uitknop.synthetic.people import draw_person
from uitknop.synthetic.plan import DayWish, plan_day
from uitknop.synthetic.render import truth_of


@cache
def made(seed: int, days: int = 1, **wish: Any) -> SyntheticPerson:
    return make_person(seed=seed, days=days, **wish)


def told(**wish: Any) -> SyntheticPerson:
    """What a person does, and its truth: both are drawn before any beat, so none is made."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("uitknop.synthetic.fortnight.render", _without_beats)
        return make_person(**wish)


def _without_beats(person: object, segments: object, *, zone: str, name: str, **rest: Any) -> Recording:
    return Recording("synthetic", name, zone, None, (), rest["entries"], "B")


@pytest.fixture(scope="module")
def fortnight() -> SyntheticPerson:
    return told(seed=11)


@pytest.fixture(scope="module")
def days() -> SyntheticPerson:
    """The first days of that fortnight, beat for beat."""
    return made(11, 3)


def _same(one: Recording, other: Recording) -> bool:
    assert one.beats is not None
    assert other.beats is not None
    return np.array_equal(one.beats.t_ms, other.beats.t_ms) and one.entries == other.entries


def test_same_seed_same_person() -> None:
    first, again, other = made(7), make_person(seed=7, days=1), made(8)
    assert first.person == again.person
    assert first.truth == again.truth
    assert all(_same(one, two) for one, two in zip(first.recordings, again.recordings, strict=True))
    assert not _same(first.recordings[0], other.recordings[0])


def test_first_days_do_not_depend_on_how_many_follow() -> None:
    assert _same(made(11).recordings[0], made(11, 3).recordings[0])


def test_what_is_done_does_not_depend_on_the_beats_that_are_made(days: SyntheticPerson) -> None:
    assert (days.truth, days.entries) == (told(seed=11, days=3).truth, told(seed=11, days=3).entries)


def test_a_fortnight_holds_every_kind_of_bout(fortnight: SyntheticPerson) -> None:
    assert {bout.kind for bout in fortnight.truth} == set(KINDS)
    assert {bout.label for bout in fortnight.truth} == {"", "kruik"}
    for kind in ("passive", "breathing", "nsdr", "nap", "quiet"):
        assert sum(bout.kind == kind for bout in fortnight.truth) >= 6


def test_bouts_follow_each_other_inside_their_recordings(fortnight: SyntheticPerson, days: SyntheticPerson) -> None:
    for one, other in zip(fortnight.truth, fortnight.truth[1:], strict=False):
        assert one.span.end_ms <= other.span.start_ms
    spans = [recording.span for recording in days.recordings]
    for bout in days.truth:
        inside = [s for s in spans if s is not None and s.start_ms <= bout.span.start_ms + 60_000 < s.end_ms]
        assert len(inside) == 1


def test_truth_says_when_and_how_much_exactly_when_it_settles(fortnight: SyntheticPerson) -> None:
    for bout in fortnight.truth:
        assert (bout.onset_min is not None) == bout.settles
        if bout.settles and bout.shape is not None:
            assert bout.hr_change_bpm < 0
            assert bout.onset_min is not None
            assert 0 < bout.onset_min < bout.span.duration_min
        if not bout.settles:
            assert bout.hr_change_bpm >= 0


def test_diary_holds_every_tagged_rest_and_no_quiet_time(fortnight: SyntheticPerson) -> None:
    told = [(entry.span, entry.value, entry.label) for entry in fortnight.entries if entry.kind == "rest"]
    assert told == [(bout.span, bout.kind, bout.label) for bout in fortnight.truth if bout.tagged]
    assert not {value for _, value, _ in told} & {"quiet", "task", "night"}
    felt = [entry for entry in fortnight.entries if entry.label == "felt"]
    assert len(felt) == len(told)
    assert {entry.value for entry in felt} <= {"calmer", "same", "restless"}
    assert sum(entry.label == "refreshed" for entry in fortnight.entries) == 14


def test_recordings_carry_the_diary_once(days: SyntheticPerson) -> None:
    assert tuple(e for recording in days.recordings for e in recording.entries) == days.entries


def test_rest_that_settles_feels_calmer_more_often() -> None:
    def share(kind: str) -> float:
        entries = told(kind=kind, seed=2, days=10).entries
        felt = [entry.value == "calmer" for entry in entries if entry.label == "felt"]
        return float(np.mean(felt))

    assert share("always_settles") > share("never_settles") + 0.2  # 0.75 against 0.20, 30 answers each


@pytest.mark.parametrize(
    ("kind", "settles"), [("never_settles", False), ("breathing_only", False), ("always_settles", True)]
)
def test_kind_of_person_decides(kind: str, settles: bool) -> None:
    truth = told(kind=kind, seed=4, days=4).truth
    rests = [bout for bout in truth if bout.kind not in ("night", "task")]
    assert {bout.settles for bout in rests} == {settles}


def test_always_settling_rests_fall_by_six_bpm_unless_told_otherwise() -> None:
    truth = told(kind="always_settles", seed=4, days=4).truth
    assert max(bout.hr_change_bpm for bout in truth if bout.shape is not None) <= -6.0
    forced = told(kind="always_settles", seed=4, days=2, effect=(-4.5, 0.07)).truth
    sizes = {(bout.hr_change_bpm, bout.ln_rmssd_change) for bout in forced if bout.shape is not None}
    assert sizes == {(-4.5, 0.07)}


def test_calm_person_starts_calm() -> None:
    truth = told(kind="calm_from_start", seed=4, days=3).truth
    rests = [bout for bout in truth if bout.kind not in ("night", "task")]
    assert {(bout.settles, bout.onset_min) for bout in rests} == {(True, 0.0)}


def test_about_three_cases_in_ten_lie_outside_the_priors() -> None:
    outside = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        person = draw_person("ordinary", rng)
        truth = truth_of(plan_day(person, DayWish(tuple(SETTLE_PROBABILITY), SETTLE_PROBABILITY), rng), 0, person)
        outside += [bout.outside_priors for bout in truth if bout.kind not in ("night", "task")]
    assert np.mean(outside) == pytest.approx(0.3, abs=0.05)
    tame = told(seed=1, days=2, outside_share=0.0)
    assert not any(bout.outside_priors for bout in tame.truth)


def test_settle_probability_can_be_set_and_adds_safety_signals() -> None:
    wish = {"music": 1.0, "passive": 0.0}
    truth = told(seed=3, days=6, settle_probability=wish).truth
    assert {bout.settles for bout in truth if bout.label == "music"} == {True}
    assert {bout.settles for bout in truth if bout.kind == "passive" and not bout.label} == {False}


def test_strap_watch_and_heart_rate_only_differ_as_devices_do() -> None:
    strap, watch, bare = (made(5, quality=q).recordings[0] for q in ("strap", "wrist", "hr_only"))
    assert strap.beats is not None
    assert watch.beats is not None
    assert bare.beats is None
    assert (strap.grade, watch.grade, bare.grade) == ("B", "C", "D")
    assert (strap.beats.kind, watch.beats.kind) == ("rr", "ppg")
    assert strap.beats.tick_ms == 1000 / 1024
    assert watch.beats.tick_ms in (1000 / 64, 1000 / 128)
    assert watch.beats.run.size > 20 * strap.beats.run.size
    ticks = watch.beats.rr_ms / watch.beats.tick_ms
    assert np.allclose(ticks, np.rint(ticks))
    heart = bare.of_kind("heart_rate")
    assert heart is not None
    assert np.array_equal(heart.value, np.rint(heart.value))


def test_watch_loses_beats_with_movement() -> None:
    watch = made(5, quality="wrist").recordings[0]
    beats, steps = watch.beats, watch.of_kind("steps")
    assert beats is not None
    assert steps is not None
    held_ms = np.bincount(np.searchsorted(steps.t_ms, beats.t_ms), beats.rr_ms, len(steps) + 1)[: len(steps)]
    walking = steps.value > 60
    assert np.mean(held_ms[walking]) < 0.8 * np.mean(held_ms[~walking])


def test_no_interval_spans_a_gap(days: SyntheticPerson) -> None:
    beats = days.recordings[0].beats
    assert beats is not None
    step_ms = np.diff(beats.t_ms)
    inside = ~beats.starts_run[1:]
    assert np.abs(step_ms - beats.rr_ms[1:])[inside].max() <= 2.0  # one tick and one rounding


def test_steps_and_acceleration_tell_rest_from_walking(days: SyntheticPerson) -> None:
    recording = days.recordings[0]
    steps, acceleration = recording.of_kind("steps"), recording.of_kind("acceleration")
    assert steps is not None
    assert acceleration is not None
    assert recording.span is not None
    spans = [bout.span for bout in days.truth if bout.tagged and bout.span.overlaps(recording.span)]
    assert len(spans) == 3
    for span in spans:
        still = (acceleration.t_ms > span.start_ms) & (acceleration.t_ms <= span.end_ms)
        assert np.median(np.abs(acceleration.value[still] - 1000.0)) < 13.0
        within = (steps.t_ms >= span.start_ms + 60_000) & (steps.t_ms <= span.end_ms)
        assert steps.value[within].sum() == 0
    assert steps.value.max() > 80


def test_clock_change_costs_an_hour_of_night_and_nothing_else() -> None:
    made = make_person(seed=9, days=2, start="2026-03-28", only_rests=True)  # clocks go forward in the second night
    mornings = [from_ms(r.span.start_ms, made.zone) for r in made.recordings if r.span is not None]
    assert {(morning.hour, morning.minute) for morning in mornings} <= {(8, 12), (8, 13)}
    nights = [bout.span for bout in made.truth if bout.kind == "night"]
    assert [day_of(span.start_ms, made.zone).isoformat() for span in nights] == ["2026-03-28", "2026-03-29"]


def test_only_rests_keeps_every_rest_and_saves_beats() -> None:
    whole, saved = made(11), made(11, only_rests=True)
    assert whole.truth == saved.truth
    for recording, complete in zip(saved.recordings, whole.recordings, strict=True):
        assert recording.beats is not None
        assert complete.beats is not None
        assert len(recording.beats) < 0.7 * len(complete.beats)
    beats = [recording.beats for recording in saved.recordings if recording.beats is not None]
    for bout in (bout for bout in saved.truth if bout.tagged):
        held_ms = sum(float(b.rr_ms[(b.t_ms > bout.span.start_ms) & (b.t_ms <= bout.span.end_ms)].sum()) for b in beats)
        assert held_ms > 0.6 * (bout.span.end_ms - bout.span.start_ms)  # a strap may lose some minutes


def test_long_person_covers_its_days() -> None:
    made = long_person("never_settles", 3, 2)
    assert [recording.name for recording in made.recordings] == [f"2026-03-0{day}" for day in (2, 3)]
    assert not any(bout.settles for bout in made.truth if bout.kind != "night")


def test_beats_grow_in_step_with_days() -> None:
    per_day = [sum(len(r.beats or ()) for r in made(11, days).recordings) / days for days in (1, 3)]
    assert per_day[0] == pytest.approx(per_day[1], rel=0.15)


@pytest.mark.parametrize("wish", [{"kind": "sleepy"}, {"days": 0}, {"quality": "stethoscope"}])
def test_impossible_wishes_are_refused(wish: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be"):
        make_person(**{"seed": 1, **wish})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", PERSON_KINDS)
def test_every_kind_of_person_can_be_made_and_told(kind: str) -> None:
    made = make_person(kind, seed=1, days=1, only_rests=True)  # type: ignore[arg-type]
    light = replace(made, recordings=())
    assert light.to_dict()["person"]["kind"] == kind
