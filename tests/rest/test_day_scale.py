"""The scale of a day rests on that day and the 59 before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Scale, Span
from uitknop.rest import DayScale, DaySketch, scale_of_day
from uitknop.rest.course import Course
from uitknop.rest.scale import DAY_MS, HOUR_MS, find_nights, make_scale, own_noise
from uitknop.rest.sketch import rounded

MakeCourse = Callable[..., Course]


def span_of(day: int) -> Span:
    return Span(day * DAY_MS, (day + 1) * DAY_MS)


def course_of_days(course_of: MakeCourse, days: int, floor_bpm: float = 55.0) -> Course:
    """Days on the feet with a heart rate that rises, and nights from five hours before a day's end to three after it,
    in which it falls."""
    minute = np.arange(days * 1440)
    asleep = (minute % 1440 >= 1140) | ((minute % 1440 < 180) & (minute >= 1440))
    falling = floor_bpm - ((minute + 300) % 1440) / 100.0 + np.sin(minute / 9.0)
    hr = np.where(asleep, falling, 75.0 + (minute % 1440) / 100.0)
    return course_of(hr, moving=~asleep)


def sketches_of(course: Course, days: int) -> list[DaySketch]:
    return [
        DaySketch(span_of(day), ("strap",), (rounded(course.part(slice(1440 * day, 1440 * (day + 1)))),), ())
        for day in range(days)
    ]


@pytest.fixture(scope="module")
def ten_days(course_of: MakeCourse) -> list[DaySketch]:
    return sketches_of(course_of_days(course_of, 10), 10)


def test_days_laid_together_give_the_scale_of_one_long_recording(course_of: MakeCourse) -> None:
    whole = rounded(course_of_days(course_of, 10))
    nights = find_nights((whole,))
    found = scale_of_day(span_of(9), sketches_of(whole, 10))
    assert found.scale == make_scale((whole,), nights, ())
    assert found.noise == own_noise((whole,), nights)
    assert [night for night in nights if night.span.start_ms >= span_of(8).start_ms + 12 * HOUR_MS] == list(
        found.nights
    )


def test_no_order_of_sketches_matters(ten_days: list[DaySketch]) -> None:
    assert repr(scale_of_day(span_of(9), ten_days[::-1])) == repr(scale_of_day(span_of(9), ten_days))


def test_what_comes_later_changes_nothing_but_the_night_that_still_goes_on(
    course_of: MakeCourse, ten_days: list[DaySketch]
) -> None:
    other = sketches_of(course_of_days(course_of, 10, floor_bpm=65.0), 10)
    later = [*ten_days[:5], *other[5:]]
    assert scale_of_day(span_of(3), later) == scale_of_day(span_of(3), ten_days)
    night = scale_of_day(span_of(4), ten_days).nights[-1]
    assert night.span.end_ms > span_of(4).end_ms
    assert scale_of_day(span_of(4), later).nights[-1] != night


def test_a_day_sixty_days_ago_is_forgotten(ten_days: list[DaySketch]) -> None:
    day = ten_days[0]

    def at(number: int) -> DaySketch:
        by_ms = number * DAY_MS
        course = day.courses[0]
        return replace(day, span=span_of(number), courses=(replace(course, start_ms=course.start_ms + by_ms),))

    near, far = ([at(100 - ago), at(100)] for ago in (59, 60))
    alone = scale_of_day(span_of(100), [at(100)])
    assert scale_of_day(span_of(100), far) == alone
    with_both = scale_of_day(span_of(100), near)
    assert with_both.scale is not None
    assert alone.scale is not None
    assert (with_both.scale.n_days, alone.scale.n_days) == (2, 1)


def test_tagged_rests_are_no_upright_day(ten_days: list[DaySketch]) -> None:
    rest = Span(9 * DAY_MS + 6 * HOUR_MS, 9 * DAY_MS + 10 * HOUR_MS)
    one = [ten_days[9]]
    without, told = (scale_of_day(span_of(9), sketches) for sketches in (one, [replace(one[0], rests=(rest,))]))
    assert without != told


def test_without_sketches_there_is_no_scale() -> None:
    assert scale_of_day(span_of(0), []) == DayScale(None, 1.0, ())


def test_steps_are_a_quarter_of_what_the_anchors_are_uncertain_by() -> None:
    exact = DayScale(Scale(80.13, 60.2, None, None, 14, 14), 1.234, ())
    stepped = exact.in_steps()
    assert stepped == DayScale(Scale(80.25, 60.25, None, None, 14, 14), 1.25, ())
    assert stepped.in_steps() == stepped
    assert DayScale(None, 1.0, ()).in_steps() == DayScale(None, 1.0, ())
