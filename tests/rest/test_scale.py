"""The person's own scale: nights found without a clock, anchors outside quiet rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Span
from uitknop.rest.course import Course
from uitknop.rest.parameters import (
    CALIBRATED_NIGHTS,
    NARROWEST_SCALE_BPM,
    NOISIEST,
    REFERENCE_DAYS,
    TREND_FEWEST_NIGHTS,
)
from uitknop.rest.scale import find_nights, make_scale, own_noise

MakeCourse = Callable[..., Course]
Array = npt.NDArray[np.float64]
DAY_MIN, MINUTE_MS = 1440, 60_000
BED_MIN, UP_MIN = 900, 1380
"""The synthetic days begin in the morning; sleep lies in these minutes of each."""


def days(
    course_of: MakeCourse,
    n: int,
    *,
    night_bpm: float = 58.0,
    day_bpm: float = 84.0,
    rise_bpm: float = 0.0,
    seed: int = 0,
) -> Course:
    """Days of movement and nights without, a minute each; `rise_bpm` is added per night."""
    rng = np.random.default_rng(seed)
    minute = np.arange(n * DAY_MIN) % DAY_MIN
    asleep = (minute >= BED_MIN) & (minute < UP_MIN)
    night = night_bpm + rise_bpm * (np.arange(n * DAY_MIN) // DAY_MIN)
    hr = np.where(asleep, night, day_bpm) + rng.normal(0.0, 2.0, minute.size)
    ln = np.where(asleep, 3.6, 3.1) + rng.normal(0.0, 0.1, minute.size)
    return course_of(hr, ln_rmssd=ln, moving=~asleep)


def test_the_nights_are_the_lowest_hours_of_each_day(course_of: MakeCourse) -> None:
    nights = find_nights((days(course_of, 5),))
    assert len(nights) == 5
    for number, night in enumerate(nights):
        start = night.span.start_ms / MINUTE_MS - number * DAY_MIN
        assert night.span.duration_min == 240
        assert BED_MIN - 5 <= start <= UP_MIN - 235
        assert night.hr_bpm == pytest.approx(58.0, abs=1.0)
        assert night.ln_rmssd == pytest.approx(3.6, abs=0.05)


@settings(max_examples=20)
@given(st.integers(-(10**12), 10**12))
def test_at_another_time_the_nights_and_the_scale_are_the_same(course_of: MakeCourse, by_ms: int) -> None:
    here = days(course_of, 3)
    there = replace(here, start_ms=here.start_ms + by_ms)
    moved = [replace(n, span=Span(n.span.start_ms + by_ms, n.span.end_ms + by_ms)) for n in find_nights((here,))]
    assert list(find_nights((there,))) == moved
    assert make_scale((there,), tuple(moved), ()) == make_scale((here,), find_nights((here,)), ())


def test_the_night_before_noon_of_a_shift_worker_is_found_as_well(course_of: MakeCourse) -> None:
    course = days(course_of, 3)
    turned = replace(course, start_ms=course.start_ms + 11 * 3_600_000)
    assert len(find_nights((turned,))) == 3


def test_nights_are_found_across_recordings_in_any_order(course_of: MakeCourse) -> None:
    whole = days(course_of, 3)
    parts = [whole.part(slice(i * DAY_MIN, (i + 1) * DAY_MIN)) for i in range(3)]
    assert find_nights(tuple(reversed(parts))) == find_nights((whole,))


def test_nights_lie_at_least_sixteen_hours_apart(course_of: MakeCourse) -> None:
    nights = find_nights((days(course_of, 6, seed=3),))
    assert all(b.span.start_ms - a.span.start_ms >= 16 * 3_600_000 for a, b in pairwise(nights))


@pytest.mark.parametrize("hr", [np.full(0, 70.0), np.full(300, 60.0), np.full(700, np.nan), np.full(3000, 70.0)])
def test_without_a_night_there_is_none(hr: Array, course_of: MakeCourse) -> None:
    assert find_nights((course_of(hr),)) == ()
    assert find_nights(()) == ()


def test_the_scale_runs_from_the_upright_day_to_the_night_floor(course_of: MakeCourse) -> None:
    course = days(course_of, 10)
    scale = make_scale((course,), find_nights((course,)), ())
    assert scale is not None
    assert scale.day_hr_bpm == pytest.approx(84.0, abs=0.5)
    assert scale.night_hr_bpm == pytest.approx(58.0, abs=0.5)
    assert scale.day_ln_rmssd == pytest.approx(3.1, abs=0.05)
    assert scale.night_ln_rmssd == pytest.approx(3.6, abs=0.05)
    assert (scale.n_days, scale.n_nights, scale.reasons) == (10, 10, ())


def test_few_nights_make_a_scale_that_says_it_is_provisional(course_of: MakeCourse) -> None:
    course = days(course_of, 2)
    scale = make_scale((course,), find_nights((course,)), ())
    assert scale is not None
    assert scale.day_hr_bpm is not None
    (reason,) = scale.reasons
    assert (reason.code, reason.found, reason.needed) == ("calibrating", 2.0, CALIBRATED_NIGHTS)


def test_day_and_night_close_together_make_no_anchors(course_of: MakeCourse) -> None:
    course = days(course_of, 8, night_bpm=84.0 - NARROWEST_SCALE_BPM + 1.0)
    scale = make_scale((course,), find_nights((course,)), ())
    assert scale is not None
    assert (scale.day_hr_bpm, scale.night_hr_bpm, scale.day_ln_rmssd) == (None, None, None)


def test_quiet_hours_and_tagged_rests_do_not_move_the_day(course_of: MakeCourse) -> None:
    course = days(course_of, 4)
    hr, moving = course.hr_bpm.copy(), course.moving.copy()
    hr[200:320], moving[200:320] = 64.0, False  # two quiet hours, as of somebody who is calm or stuck
    hr[400:460] = 64.0  # a tagged rest, restless
    altered = replace(course, hr_bpm=hr, moving=moving)
    rests = (Span(400 * MINUTE_MS, 460 * MINUTE_MS),)
    scale = make_scale((altered,), find_nights((altered,)), rests)
    assert scale is not None
    assert scale.day_hr_bpm == pytest.approx(84.0, abs=0.5)


def test_without_movement_the_upper_half_of_the_day_is_the_anchor(course_of: MakeCourse) -> None:
    course = replace(days(course_of, 4), movement_known=np.zeros(4 * DAY_MIN, dtype=np.bool_))
    scale = make_scale((course,), find_nights((course,)), ())
    assert scale is not None
    assert scale.day_hr_bpm is not None
    assert 84.0 < scale.day_hr_bpm < 88.0


def test_nothing_known_makes_no_scale(course_of: MakeCourse) -> None:
    assert make_scale((), (), ()) is None
    assert make_scale((course_of(np.full(30, 70.0)),), (), ()) is None


def test_a_rising_floor_is_told_with_its_slope_and_only_after_enough_nights(course_of: MakeCourse) -> None:
    for n, known in ((TREND_FEWEST_NIGHTS - 1, False), (TREND_FEWEST_NIGHTS + 6, True)):
        course = days(course_of, n, rise_bpm=0.3)
        scale = make_scale((course,), find_nights((course,)), ())
        assert scale is not None
        assert (scale.hr_trend_bpm_per_week is not None) == known
    assert scale is not None
    assert scale.hr_trend_bpm_per_week is not None
    trend = scale.hr_trend_bpm_per_week
    assert trend.low <= 2.1 <= trend.high  # 0.3 bpm a night
    assert trend.value == pytest.approx(2.1, abs=0.2)


def test_nights_long_ago_no_longer_count(course_of: MakeCourse) -> None:
    old, new = days(course_of, 3, night_bpm=50.0), days(course_of, 3, night_bpm=62.0)
    later = replace(new, start_ms=new.start_ms + (REFERENCE_DAYS + 10) * DAY_MIN * MINUTE_MS)
    courses = (old, later)
    scale = make_scale(courses, find_nights(courses), ())
    assert scale is not None
    assert scale.n_nights == 3
    assert scale.night_hr_bpm == pytest.approx(62.0, abs=0.5)


def test_a_restless_night_tells_of_more_noise_and_a_calm_one_never_of_less(course_of: MakeCourse) -> None:
    calm = days(course_of, 4)
    wander = 4.0 * np.sin(np.arange(calm.hr_bpm.size) * 2 * np.pi / 27)
    restless = replace(calm, hr_bpm=calm.hr_bpm + wander)
    nights = find_nights((calm,))
    assert own_noise((calm,), nights) == 1.0
    assert 1.0 < own_noise((restless,), nights) <= NOISIEST
    assert own_noise((), ()) == own_noise((calm,), ()) == 1.0


def test_holes_in_the_night_do_no_harm_to_its_noise(course_of: MakeCourse) -> None:
    course = days(course_of, 4)
    nights = find_nights((course,))
    hr = course.hr_bpm.copy()
    hr[::3] = np.nan
    hr[1000:1050] = np.nan
    assert 1.0 <= own_noise((replace(course, hr_bpm=hr),), nights) <= NOISIEST
    assert own_noise((replace(course, hr_bpm=np.full(hr.size, np.nan)),), nights) == 1.0


def test_a_recording_of_a_few_minutes_with_movement_is_no_trouble(course_of: MakeCourse) -> None:
    for minutes in (1, 5, 10, 11, 12):
        course = course_of(np.full(minutes, 70.0), moving=np.ones(minutes, dtype=np.bool_))
        assert make_scale((course,), (), ()) is None
