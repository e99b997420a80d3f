"""A day is opened with its margins, and nothing further away bears on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Entry, Recording, Span
from uitknop.rest import judge_opened, open_day, scale_of_day, sketch_of
from uitknop.rest.day_scale import BEFORE_H, MARGIN_H
from uitknop.rest.days import OpenDay, entries_around, window_of
from uitknop.rest.scale import DAY_MS, HOUR_MS

MakeRecording = Callable[..., Recording]
Moved = Callable[[Recording, int], Recording]
DAY = Span(10 * DAY_MS, 11 * DAY_MS)


@pytest.fixture(scope="module")
def half_hour(recording_of: MakeRecording) -> Recording:
    rng = np.random.default_rng(4)
    return recording_of(800.0 + rng.normal(0, 20, 2250))  # thirty minutes


def found_in(day: OpenDay) -> list[Span]:
    return [verdict.bout.span for verdict, _ in judge_opened(day, scale_of_day(DAY, [sketch_of(day)]))]


def test_a_day_holds_what_starts_in_it(half_hour: Recording, moved: Moved) -> None:
    starts = [DAY.start_ms - 1, DAY.start_ms, DAY.end_ms - 1, DAY.end_ms]
    found = [found_in(open_day(DAY, [moved(half_hour, start)])) for start in starts]
    assert [len(spans) for spans in found] == [0, 1, 1, 0]
    assert [spans[0].start_ms for spans in found if spans] == starts[1:3]


def test_each_sitting_is_judged_as_if_it_were_alone(half_hour: Recording, moved: Moved) -> None:
    hours = (5, 12, 20)
    files = [moved(half_hour, DAY.start_ms + hour * HOUR_MS) for hour in hours]
    beats = [each.beats for each in files if each.beats is not None]
    joined = replace(
        beats[0],
        **{name: np.concatenate([getattr(part, name) for part in beats]) for name in ("t_ms", "rr_ms", "flag")},
        run=np.cumsum([0, *(len(part) for part in beats[:-1])]),
    )
    whole = replace(half_hour, beats=joined)
    assert found_in(open_day(DAY, [whole])) == found_in(open_day(DAY, files)) != []


def test_what_lies_beyond_the_margins_is_not_looked_at(half_hour: Recording, moved: Moved) -> None:
    window = window_of(DAY)
    assert (DAY.start_ms - window.start_ms, window.end_ms - DAY.end_ms) == (BEFORE_H * HOUR_MS, MARGIN_H * HOUR_MS)
    far = [moved(half_hour, start) for start in (window.start_ms - DAY_MS, window.end_ms, window.end_ms + DAY_MS)]
    assert open_day(DAY, far).cases == ()


def test_no_order_of_recordings_matters(half_hour: Recording, moved: Moved) -> None:
    files = [replace(moved(half_hour, DAY.start_ms + hour * HOUR_MS), name=str(hour)) for hour in (8, 3, 8)]
    for order in (files, files[::-1]):
        assert [case.recording.name for case in open_day(DAY, order).cases] == ["3", "8", "8"]


def test_a_recording_without_a_clock_takes_no_part(half_hour: Recording, moved: Moved) -> None:
    there = moved(half_hour, DAY.start_ms + HOUR_MS)
    assert open_day(DAY, [replace(there, clock=None)]).cases == ()


def test_a_day_without_anything_has_an_empty_sketch_and_no_verdicts() -> None:
    day = open_day(DAY, [])
    assert (day.cases, sketch_of(day).courses, found_in(day)) == ((), (), [])


def test_a_sketch_holds_the_epochs_that_start_within_the_day(half_hour: Recording, moved: Moved) -> None:
    across = moved(half_hour, DAY.end_ms - 10 * 60_000 - 1)
    (course,) = sketch_of(open_day(DAY, [across])).courses
    assert (len(course), int(course.start_ms[0])) == (11, DAY.end_ms - 10 * 60_000 - 1)


def entry(at_ms: int, kind: str, end_ms: int | None = None) -> Entry:
    return Entry(at_ms, "UTC", kind, "beta_blocker", end_ms)  # type: ignore[arg-type]


def test_a_diary_line_bears_on_the_days_it_touches_and_medication_on_all_that_follow() -> None:
    window = window_of(DAY)
    told = [
        entry(0, "medication"),
        entry(0, "rest", window.start_ms + 1),
        entry(window.start_ms, "posture"),
        entry(window.end_ms - 1, "event"),
    ]
    other = [
        entry(0, "medication", window.start_ms - 1),
        entry(window.start_ms - 1, "posture"),
        entry(window.end_ms, "medication"),
        entry(window.end_ms, "rest", window.end_ms + 5),
    ]
    assert set(entries_around(DAY, [*told, *other, *told])) == set(told)
    assert len(entries_around(DAY, [*told, *told])) == len(told)
    assert entries_around(DAY, told[::-1]) == entries_around(DAY, told)
