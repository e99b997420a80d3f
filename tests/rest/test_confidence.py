"""Grades A to D, from what was measured and what was known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Bout, Estimate, Grade, Level, Recording, Span
from uitknop.rest.case import open_case
from uitknop.rest.confidence import breathing_known, confidence_of
from uitknop.rest.course import Course
from uitknop.rest.level import UNKNOWN, Place
from uitknop.rest.setting import setting_of

MakeCourse = Callable[..., Course]
PLACE = Place(Level("between", Estimate(0.4, 0.3, 0.5, 0.9, 9, "")), 0.1, 0.8, 0.1)
BOUT = Bout(Span(1_200_000, 2_400_000), "seated")


@pytest.mark.parametrize(
    ("recorded", "breathing", "cover", "bout", "where", "short", "wanted"),
    [
        ("A", 14.0, 1.0, BOUT, PLACE, False, "A"),
        ("B", 14.0, 1.0, BOUT, PLACE, False, "A"),  # graded B for breathing, which the beats then told
        ("A", np.nan, 1.0, BOUT, PLACE, False, "B"),
        ("A", 14.0, 0.8, BOUT, PLACE, False, "B"),
        ("C", 14.0, 1.0, BOUT, PLACE, False, "C"),
        ("A", 14.0, 1.0, replace(BOUT, posture="unknown"), PLACE, False, "C"),
        ("A", 14.0, 1.0, BOUT, PLACE, True, "C"),
        ("A", 14.0, 1.0, BOUT, UNKNOWN, False, "C"),
        ("A", 14.0, 0.4, BOUT, PLACE, False, "D"),
    ],
)
def test_each_grade_has_its_condition(
    recorded: Grade, breathing: float, cover: float, bout: Bout, where: Place, short: bool, wanted: Grade,
    course_of: MakeCourse, recording_of: Callable[..., Recording],
) -> None:  # fmt: skip
    course = course_of(np.full(60, 70.0), breathing_brpm=np.full(60, breathing), beats_cover=np.full(60, cover))
    case = open_case(recording_of([800.0] * 9, grade=recorded))
    assert confidence_of(case, bout, setting_of(course, bout), where, short=short) == wanted


def test_breathing_is_known_when_half_of_the_minutes_tell_it(course_of: MakeCourse) -> None:
    for minutes_known, known in ((9, False), (10, True)):
        breathing = np.full(60, np.nan)
        breathing[20 : 20 + minutes_known] = 14.0
        setting = setting_of(course_of(np.full(60, 70.0), breathing_brpm=breathing), BOUT)
        assert breathing_known(setting) == known
