"""Spans of a protocol beside what stood around them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from uitknop.core import Bout, Span
from uitknop.rest.course import Course
from uitknop.rest.parameters import PROTOCOL_FEWEST_SPANS
from uitknop.rest.surroundings import contrast, is_followed, is_protocol

MakeCourse = Callable[..., Course]
Minutes = Callable[[float, float], Span]


@pytest.fixture
def steps(course_of: MakeCourse) -> Course:
    """80 bpm for ten minutes, 70 for nine, 76 after."""
    return course_of(np.repeat([80.0, 70.0, 76.0], [10, 9, 10]))


def test_the_contrast_is_the_mean_of_both_sides_minus_the_span(steps: Course, minutes: Minutes) -> None:
    found = contrast(steps, minutes(10, 19), both_sides=True)
    assert found is not None
    assert (found.around_bpm, found.n_sides) == (8.0, 2)


def test_elsewhere_only_what_came_before_is_looked_at(steps: Course, minutes: Minutes) -> None:
    found = contrast(steps, minutes(10, 19), both_sides=False)
    assert found is not None
    assert (found.around_bpm, found.n_sides) == (10.0, 1)


def test_the_first_third_of_a_span_does_not_count(minutes: Minutes, course_of: MakeCourse) -> None:
    course = course_of(np.repeat([80.0, 90.0, 70.0], [10, 3, 6]))
    found = contrast(course, minutes(10, 19), both_sides=False)
    assert found is not None
    assert found.around_bpm == 10.0


def test_without_heart_rate_on_any_side_or_within_there_is_no_contrast(steps: Course, minutes: Minutes) -> None:
    assert contrast(steps, minutes(0, 10), both_sides=False) is None
    assert contrast(steps, minutes(40, 50), both_sides=True) is None


def test_a_lower_span_is_more_likely_to_have_settled(steps: Course, minutes: Minutes) -> None:
    low, high = contrast(steps, minutes(10, 19), both_sides=True), contrast(steps, minutes(19, 29), both_sides=True)
    assert low is not None
    assert high is not None
    assert 0.0 < high.probability < 0.5 < low.probability < 1.0


def test_a_few_spans_make_a_protocol_and_one_rest_does_not(minutes: Minutes) -> None:
    rests = [Bout(minutes(10 * i, 10 * i + 5)) for i in range(PROTOCOL_FEWEST_SPANS)]
    assert is_protocol([*rests, Bout(minutes(100, 105), kind="task")])
    assert not is_protocol(rests[:1])
    assert not is_protocol(rests), "rests alone are somebody's day, however many"


def test_the_minutes_after_count_only_where_another_span_follows_soon(minutes: Minutes) -> None:
    spans = [Bout(minutes(0, 5)), Bout(minutes(9, 14)), Bout(minutes(60, 70))]
    assert is_followed(spans, spans[0].span)
    assert not is_followed(spans, spans[1].span)
    assert not is_followed(spans, spans[2].span)
