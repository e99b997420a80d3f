"""When no verdict is given, and when one is not withheld."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats, Bout, Entry, Recording, Scale, Span, Verdict
from uitknop.rest.assess import judge_rest
from uitknop.rest.case import open_case
from uitknop.rest.checks import (
    VERDICT_OFF,
    after_effort,
    constant,
    irregular,
    medication,
    too_little_data,
    too_short,
)
from uitknop.rest.course import Course
from uitknop.rest.parameters import AFTER_EFFORT_MIN
from uitknop.signals import clean

Array = npt.NDArray[np.float64]
MakeCourse = Callable[..., Course]
MakeRecording = Callable[..., Recording]
MakeRr = Callable[..., Array]
Minutes = Callable[[float, float], Span]


def only(verdicts: tuple[Verdict, ...]) -> Verdict:
    (verdict,) = verdicts
    return verdict


def assert_says_nothing(verdict: Verdict, code: str) -> None:
    assert verdict.answer == "cannot_tell"
    assert code in [reason.code for reason in verdict.reasons]
    assert (verdict.probability, verdict.latency_min, verdict.restorative_min) == (None, None, None)


@pytest.mark.parametrize(("length_min", "stops"), [(1.0, True), (1.99, True), (2.0, False), (30.0, False)])
def test_a_span_under_two_minutes_is_too_short(length_min: float, stops: bool, minutes: Minutes) -> None:
    reason = too_short(Bout(minutes(0, length_min)))
    assert (reason is not None) == stops


def test_a_given_span_under_two_minutes_can_not_be_told(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    recording = recording_of(rr_ms_of([70.0] * 30))
    verdict = only(judge_rest(recording, [Bout(minutes(10, 11.5))]))
    assert_says_nothing(verdict, "too_short")
    assert [reason.code for reason in verdict.reasons] == ["too_short"]


def test_heart_data_must_cover_half_of_the_bout(course_of: MakeCourse, minutes: Minutes) -> None:
    hr = np.full(40, 70.0)
    hr[15:30] = np.nan
    course = course_of(hr)
    assert too_little_data(course, minutes(10, 39)) is not None  # 14 of 29
    assert too_little_data(course, minutes(10, 40)) is None  # 15 of 30
    reason = too_little_data(course, minutes(16, 29))
    assert reason is not None
    assert reason.code == "no_beats"


def test_a_span_in_which_nothing_was_recorded_has_no_beats(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    recording = recording_of(rr_ms_of([70.0] * 30))
    for span in (minutes(300, 320), minutes(-300, -280)):
        assert_says_nothing(only(judge_rest(recording, [Bout(span)])), "no_beats")


@pytest.mark.parametrize("end_min", [1e6, 5e8])
def test_a_span_with_a_wrong_year_is_covered_too_little(
    end_min: float, recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    recording = recording_of(rr_ms_of([70.0] * 30))
    for span in (minutes(10, end_min), minutes(-end_min, 20), minutes(-end_min, 1 - end_min / 2)):
        assert_says_nothing(only(judge_rest(recording, [Bout(span)])), "no_beats")


def test_a_recording_without_anything_has_no_beats(recording_of: MakeRecording, minutes: Minutes) -> None:
    empty = recording_of(None)
    assert judge_rest(empty) == ()
    assert_says_nothing(only(judge_rest(empty, [Bout(minutes(0, 20))])), "no_beats")


def test_a_heart_rate_that_never_changes_was_not_measured(
    recording_of: MakeRecording, minutes: Minutes, course_of: MakeCourse
) -> None:
    verdict = only(judge_rest(recording_of(np.full(2400, 800.0)), [Bout(minutes(10, 30))]))
    assert_says_nothing(verdict, "constant_input")
    assert constant(course_of([70.0] * 9 + [70.5]), minutes(0, 10)) is None


@pytest.mark.parametrize("value", VERDICT_OFF)
def test_medication_that_steers_the_heart_stops_the_verdict(
    value: str, recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    entry = Entry(0, "UTC", "condition" if "f" in value else "medication", value)
    recording = recording_of(rr_ms_of([70.0] * 30), entries=(entry,))
    assert_says_nothing(only(judge_rest(recording, [Bout(minutes(10, 25))])), "medication")


def test_medication_counts_from_its_start_until_its_end_and_other_medication_never(minutes: Minutes) -> None:
    span = minutes(60, 90)
    until = [Entry(0, "UTC", "medication", "beta_blocker", end_ms=round(60_000 * end)) for end in (59.0, 61.0)]
    assert [medication((entry,), span) is not None for entry in until] == [False, True]
    assert medication((Entry(span.end_ms, "UTC", "medication", "beta_blocker"),), span) is None
    assert medication((Entry(0, "UTC", "medication", "paracetamol"),), span) is None
    assert medication((Entry(0, "UTC", "tag", "beta_blocker"),), span) is None


def test_after_hard_effort_in_the_diary_nothing_is_said_for_a_quarter_of_an_hour(
    course_of: MakeCourse, minutes: Minutes
) -> None:
    course = course_of([70.0] * 120)
    for rested_min, stops in ((1.0, True), (AFTER_EFFORT_MIN - 1, True), (AFTER_EFFORT_MIN, False)):
        ride = Entry(0, "UTC", "exertion", "cycling", end_ms=30 * 60_000)
        span = minutes(30 + rested_min, 60 + rested_min)
        assert (after_effort(course, (ride,), span, None) is not None) == stops


def test_hard_effort_is_seen_in_the_heart_rate_too(course_of: MakeCourse, minutes: Minutes, scale: Scale) -> None:
    hr = np.full(60, 70.0)
    hr[20:26] = 150.0
    assert after_effort(course_of(hr), (), minutes(30, 50), scale) is not None
    assert after_effort(course_of(hr), (), minutes(45, 60), scale) is None
    hr[20:26] = 100.0
    assert after_effort(course_of(hr), (), minutes(30, 50), scale) is None


def fibrillation_ms(rng: np.random.Generator, n: int = 2000) -> Array:
    """Intervals without memory of the ones before."""
    return np.clip(rng.normal(680.0, 150.0, n), 330.0, 1300.0)


def strong_breathing_ms(rng: np.random.Generator, n: int = 1800) -> Array:
    """A young heart: breathing swings it by 200 ms either way, twelve times a minute."""
    rr_ms, t_s = [], 0.0
    for _ in range(n):
        rr_ms.append(900.0 + 200.0 * np.sin(2 * np.pi * 0.2 * t_s) + rng.normal(0.0, 15.0))
        t_s += rr_ms[-1] / 1000.0
    return np.array(rr_ms)


@pytest.mark.parametrize("seed", range(5))
def test_a_rhythm_without_memory_is_irregular(seed: int, minutes: Minutes, recording_of: MakeRecording) -> None:
    recording = recording_of(fibrillation_ms(np.random.default_rng(seed)))
    assert_says_nothing(only(judge_rest(recording, [Bout(minutes(5, 20))])), "irregular_rhythm")


@pytest.mark.parametrize("seed", range(5))
def test_a_young_heart_that_breathing_swings_widely_is_not_irregular(
    seed: int, minutes: Minutes, recording_of: MakeRecording
) -> None:
    recording = recording_of(strong_breathing_ms(np.random.default_rng(seed)))
    (verdict,) = judge_rest(recording, [Bout(minutes(5, 20))])
    assert not {"irregular_rhythm", "ectopy"} & {reason.code for reason in verdict.reasons}
    assert verdict.probability is not None


@pytest.mark.parametrize(("every", "stops"), [(10, True), (100, False), (0, False)])
def test_more_than_one_ectopic_beat_in_twenty_stops_the_verdict(
    every: int, stops: bool, minutes: Minutes, rr_ms_of: MakeRr
) -> None:
    rr_ms = rr_ms_of([70.0] * 30)
    if every:
        early = np.arange(20, rr_ms.size - 2, every)
        rr_ms[early] *= 0.65  # comes early, and the next after a pause that makes up for it
        rr_ms[early + 1] *= 1.35
    reason = irregular(clean(Beats.from_rr_ms(rr_ms)), minutes(5, 25))
    # as many as this may also count as irregular throughout
    assert (reason is not None and reason.code in {"ectopy", "irregular_rhythm"}) == stops


def test_a_recording_without_beats_has_no_rhythm_to_judge(minutes: Minutes, recording_of: MakeRecording) -> None:
    assert irregular(open_case(recording_of(None)).cleaned, minutes(0, 10)) is None
