"""The course of a recording: heart rate from the best there is, ln RMSSD from beats only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Beats, Recording, Samples, Span
from uitknop.rest.case import open_case
from uitknop.rest.course import Course

MakeCourse = Callable[..., Course]
MakeRecording = Callable[..., Recording]
MakeRr = Callable[..., np.ndarray]
SECONDS = np.arange(0, 1_200_000, 1000)


def series(bpm: float) -> Samples:
    return Samples("heart_rate", SECONDS, np.full(SECONDS.size, bpm))


def test_beats_give_the_heart_rate_where_they_cover_the_minute(recording_of: MakeRecording, rr_ms_of: MakeRr) -> None:
    course = open_case(recording_of(rr_ms_of(np.full(10, 70.0)), series(90.0))).course
    assert course.hr_bpm[:9] == pytest.approx(np.full(9, 70.0), abs=1.5)
    assert course.hr_bpm[12:18].tolist() == [90.0] * 6
    assert np.isnan(course.ln_rmssd[12:]).all()


def test_of_light_the_devices_own_series_goes_first(recording_of: MakeRecording, rr_ms_of: MakeRr) -> None:
    light = Beats.from_rr_ms(rr_ms_of(np.full(10, 70.0)), kind="ppg")
    course = open_case(recording_of(light, series(90.0))).course
    assert course.hr_bpm[:9].tolist() == [90.0] * 9
    assert np.isfinite(course.ln_rmssd[1:9]).any()


def test_without_beats_there_is_no_variation(recording_of: MakeRecording) -> None:
    case = open_case(recording_of(None, series(90.0)))
    assert case.cleaned is None
    assert case.course.kind is None
    assert np.isnan(case.course.ln_rmssd).all()
    assert not case.course.beats_cover.any()


def test_an_empty_recording_has_an_empty_course(recording_of: MakeRecording) -> None:
    assert len(open_case(recording_of(None)).course) == 0
    assert len(open_case(recording_of([])).course) == 0


def test_steps_and_shaking_are_movement_and_nothing_recorded_is_unknown(
    recording_of: MakeRecording, rr_ms_of: MakeRr
) -> None:
    rr_ms = rr_ms_of(np.full(20, 70.0))
    steps = Samples("steps", np.array([0, 300_000, 360_000]), np.array([0.0, 0.0, 80.0]))
    walked = open_case(recording_of(rr_ms, steps)).course
    assert walked.active[5]
    assert walked.moving[5]
    assert not walked.moving[0]
    still = open_case(recording_of(rr_ms)).course
    assert not still.movement_known.any()
    assert not still.moving.any()


@given(st.integers(0, 40 * 60_000), st.integers(0, 40 * 60_000))
def test_within_gives_the_epochs_that_lie_wholly_in_a_span(course_of: MakeCourse, a_ms: int, b_ms: int) -> None:
    course, span = course_of(np.full(30, 70.0)), Span(min(a_ms, b_ms), max(a_ms, b_ms))
    wanted = [
        i for i, start in enumerate(course.start_ms)
        if start >= span.start_ms and start + course.epoch_ms <= span.end_ms
    ]  # fmt: skip
    assert list(range(len(course)))[course.within(span)] == wanted


def test_a_part_keeps_its_epochs_as_they_were(course_of: MakeCourse) -> None:
    course = course_of(np.arange(30.0))
    part = course.part(slice(10, 15))
    assert part.hr_bpm.tolist() == [10.0, 11.0, 12.0, 13.0, 14.0]
    assert part.start_ms[0] == 600_000
    assert (part.epoch_s, part.kind, len(part)) == (course.epoch_s, course.kind, 5)
