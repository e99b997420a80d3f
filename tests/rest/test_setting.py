"""What stands around a bout, and which minutes count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Bout, Posture, Span
from uitknop.rest.course import Course
from uitknop.rest.setting import setting_of, with_slow_breathing

MakeCourse = Callable[..., Course]
Minutes = Callable[[float, float], Span]


def flags(n: int, *true: int) -> np.ndarray:
    out = np.zeros(n, dtype=np.bool_)
    out[list(true)] = True
    return out


@pytest.fixture
def course(course_of: MakeCourse) -> Course:
    return course_of(np.full(60, 70.0))


def test_it_holds_the_ten_minutes_before_and_the_bout_itself(course: Course, minutes: Minutes) -> None:
    setting = setting_of(course, Bout(minutes(20, 35), "seated"))
    assert setting.t_min.tolist() == list(range(-10, 15))
    assert setting.inside.sum() == 15
    assert setting.has_before


def test_another_before_is_looked_at_when_one_is_given(course: Course, minutes: Minutes) -> None:
    setting = setting_of(course, Bout(minutes(20, 35), "seated"), before=minutes(5, 9))
    assert setting.t_min[:4].tolist() == [-15.0, -14.0, -13.0, -12.0]
    assert setting.t_min[4] == 0.0


@pytest.mark.parametrize(
    ("before", "during", "changed"),
    [
        ("seated", "supine", True),
        ("supine", "supine", False),
        ("unknown", "supine", True),  # nobody lies all day
        ("unknown", "seated", False),
        ("seated", "unknown", False),
    ],
)
def test_a_change_of_posture_is_known_from_the_diary(
    before: Posture, during: Posture, changed: bool, course: Course, minutes: Minutes
) -> None:
    setting = setting_of(course, Bout(minutes(20, 35), during), posture_before=before)
    assert setting.posture_changed == changed
    assert (setting.heart_rate().step is not None) == changed
    first = setting.counts[setting.inside][:3]
    assert first.tolist() == [not changed] * 3  # blood finds its new place


def test_after_an_exercise_the_posture_did_not_change(course: Course, minutes: Minutes) -> None:
    setting = setting_of(course, Bout(minutes(20, 35), "supine"), posture_before="seated", after_exercise=True)
    assert not setting.posture_changed


def test_minutes_on_the_feet_and_of_slow_breathing_do_not_count(course: Course, minutes: Minutes) -> None:
    moved = replace(course, active=flags(60, 27), slow_breathing=flags(60, 29, 30))
    setting = setting_of(moved, Bout(minutes(20, 35), "seated"), posture_before="seated")
    assert setting.t_min[~setting.counts].tolist() == [7.0, 9.0, 10.0]
    assert with_slow_breathing(setting).t_min[~with_slow_breathing(setting).counts].tolist() == [7.0]


def test_with_hardly_any_quiet_minutes_before_there_is_nothing_to_compare_with(
    course: Course, minutes: Minutes
) -> None:
    walking = replace(course, active=flags(60, *range(8, 18)))
    setting = setting_of(walking, Bout(minutes(20, 35), "seated"), posture_before="seated")
    assert not setting.has_before
    assert setting.heart_rate().t_min.min() >= 0.0
    assert not setting_of(course, Bout(minutes(0, 20), "seated")).has_before


def test_variation_may_speak_only_where_beats_cover_half_of_the_bout(course: Course, minutes: Minutes) -> None:
    bout = Bout(minutes(20, 40), "seated")
    for cover, speaks in ((0.9, True), (0.4, False)):
        setting = setting_of(replace(course, beats_cover=np.full(60, cover)), bout)
        assert (setting.variation() is not None) == setting.ln_usable == speaks
        assert bool(np.isfinite(setting.ln_rmssd).any()) == speaks
    assert not setting_of(replace(course, kind=None), bout).ln_usable


def test_light_is_trusted_less_than_a_strap(course: Course, minutes: Minutes) -> None:
    bout = Bout(minutes(20, 35), "seated")
    strap, light = (setting_of(replace(course, kind=kind), bout).ln_channel for kind in ("rr", "ppg"))
    assert light.noise_sd > strap.noise_sd


def test_a_series_is_calm_side_up_and_without_nan(course: Course, minutes: Minutes) -> None:
    hr = course.hr_bpm.copy()
    hr[25] = np.nan
    series = setting_of(replace(course, hr_bpm=hr), Bout(minutes(20, 35), "seated")).heart_rate()
    assert series.t_min.size == 24
    assert set(series.y.tolist()) == {-70.0}


@pytest.mark.parametrize(("active", "known"), [(True, True), (False, False)])
def test_a_change_of_posture_is_reckoned_with_after_movement_or_where_none_was_recorded(
    active: bool, known: bool, course: Course, minutes: Minutes
) -> None:
    altered = replace(course, active=flags(60, *[19] * active), movement_known=np.full(60, known))
    assert setting_of(altered, Bout(minutes(20, 35), "seated")).posture_changed
    assert not setting_of(altered, Bout(minutes(20, 35), "seated"), posture_before="seated").posture_changed
