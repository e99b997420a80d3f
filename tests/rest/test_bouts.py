"""Which stretches are judged."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Bout, Entry, Scale, Span
from uitknop.rest.bouts import find_bouts, posture_at, tagged_bouts, with_posture
from uitknop.rest.course import Course
from uitknop.rest.parameters import BOUT_SHORTEST_MIN, QUIET_LONGEST_MIN, REST_APART_MIN
from uitknop.rest.scale import Night

MakeCourse = Callable[..., Course]
Minutes = Callable[[float, float], Span]
MINUTE_MS = 60_000


def found_min(course: Course, *entries: Entry, nights: tuple[Night, ...] = (), scale: Scale | None = None) -> Any:
    """Ends of the bouts found, in minutes."""
    bouts = find_bouts(course, entries, nights, scale)
    return [(bout.span.start_ms / MINUTE_MS, bout.span.end_ms / MINUTE_MS) for bout in bouts]


def moving_but_for(*still: tuple[int, int], n: int = 120) -> np.ndarray:
    moving = np.ones(n, dtype=np.bool_)
    for first, last in still:
        moving[first:last] = False
    return moving


def rest(first_min: float, last_min: float, value: str = "passive", label: str = "") -> Entry:
    return Entry(round(first_min * MINUTE_MS), "UTC", "rest", value, round(last_min * MINUTE_MS), label)


def test_quiet_time_is_what_lies_between_movement(course_of: MakeCourse) -> None:
    course = course_of(np.full(120, 70.0), moving=moving_but_for((20, 40), (60, 85)))
    assert found_min(course) == [(20.0, 40.0), (60.0, 85.0)]
    assert [bout.kind for bout in find_bouts(course, (), (), None)] == ["quiet", "quiet"]
    assert not any(bout.given for bout in find_bouts(course, (), (), None))


@pytest.mark.parametrize(("length", "bouts"), [(BOUT_SHORTEST_MIN - 1, 0), (BOUT_SHORTEST_MIN, 1)])
def test_quiet_time_of_less_than_ten_minutes_is_no_bout(length: int, bouts: int, course_of: MakeCourse) -> None:
    course = course_of(np.full(120, 70.0), moving=moving_but_for((20, 20 + length)))
    assert len(found_min(course)) == bouts


def test_a_bout_is_split_at_a_gap_and_a_hole_of_one_minute_is_closed(course_of: MakeCourse) -> None:
    hr = np.full(120, 70.0)
    hr[30] = np.nan
    hr[50:53] = np.nan
    course = course_of(hr, moving=moving_but_for((20, 75)))
    assert found_min(course) == [(20.0, 50.0), (53.0, 75.0)]


def test_long_quiet_time_is_cut_into_equal_pieces_that_compare_with_rests(course_of: MakeCourse) -> None:
    found = found_min(course_of(np.full(120, 70.0), moving=moving_but_for((10, 100))))
    assert found[0][0] == 10.0
    assert found[-1][1] == 100.0
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert {last - first for first, last in found} == {QUIET_LONGEST_MIN}


def test_a_tagged_rest_is_taken_as_it_stands_whatever_was_measured(course_of: MakeCourse) -> None:
    course = course_of(np.full(120, 70.0), moving=np.ones(120, dtype=np.bool_))
    entries = (rest(20.4, 33.7, "nsdr", "voice"), Entry(0, "UTC", "posture", "supine", end_ms=120 * MINUTE_MS))
    assert find_bouts(course, entries, (), None) == (
        Bout(Span(1_224_000, 2_022_000), "supine", "nsdr", "voice", given=False),
    )


def test_quiet_time_keeps_away_from_tagged_rests(course_of: MakeCourse) -> None:
    course = course_of(np.full(120, 70.0), moving=moving_but_for((20, 100)))
    found = found_min(course, rest(50, 60))
    assert (50.0, 60.0) in found
    others = [pair for pair in found if pair != (50.0, 60.0)]
    assert others
    assert all(last <= 50 - REST_APART_MIN or first >= 60 + REST_APART_MIN for first, last in others)


def test_the_hour_after_exertion_is_no_quiet_time(course_of: MakeCourse) -> None:
    course = course_of(np.full(240, 70.0), moving=moving_but_for((0, 240), n=240))
    ride = Entry(60 * MINUTE_MS, "UTC", "exertion", "cycling", end_ms=90 * MINUTE_MS)
    found = found_min(course, ride)
    assert found
    assert all(last <= 60 or first >= 150 for first, last in found)
    assert found[-1][1] == 240.0


def test_quiet_time_is_not_found_in_the_night(course_of: MakeCourse, scale: Scale) -> None:
    hr = np.full(900, 80.0)
    hr[300:780] = 58.0
    moving = np.ones(900, dtype=np.bool_)
    moving[290:790] = False
    moving[100:130] = False
    night = Night(Span(400 * MINUTE_MS, 640 * MINUTE_MS), 58.0, 3.6)
    assert found_min(course_of(hr, moving=moving), nights=(night,), scale=scale) == [(100.0, 130.0)]


def test_without_movement_recorded_quiet_is_low_and_steady(course_of: MakeCourse) -> None:
    rng = np.random.default_rng(0)
    hr = 85.0 + rng.normal(0.0, 9.0, 240)
    hr[100:130] = 68.0 + rng.normal(0.0, 0.8, 30)
    hr[180:210] = 110.0 + rng.normal(0.0, 0.8, 30)
    found = found_min(course_of(hr, movement_known=np.zeros(240, dtype=np.bool_)))
    assert len(found) == 1
    ((first, last),) = found
    assert first == pytest.approx(100.0, abs=3.0)
    assert last == pytest.approx(130.0, abs=3.0)


def test_a_short_recording_of_which_nothing_is_known_is_one_bout(course_of: MakeCourse) -> None:
    rng = np.random.default_rng(0)
    course = course_of(85.0 + rng.normal(0.0, 9.0, 40), movement_known=np.zeros(40, dtype=np.bool_))
    assert found_min(course) == [(0.0, 40.0)]


def test_an_empty_recording_has_no_bouts(course_of: MakeCourse) -> None:
    assert find_bouts(course_of([]), (rest(0, 20),), (), None) == ()


def test_a_rest_outside_the_recording_belongs_to_another(course_of: MakeCourse) -> None:
    course = course_of(np.full(60, 70.0))
    assert tagged_bouts(course, (rest(100, 120), rest(60, 70), Entry(5, "UTC", "rest", "passive"))) == ()
    assert len(tagged_bouts(course, (rest(59, 70),))) == 1


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=150), st.integers(0, 120))
def test_bouts_come_in_order_do_not_overlap_and_quiet_ones_hold_their_promises(
    course_of: MakeCourse, minutes_of_day: list[tuple[bool, bool]], rest_at: int
) -> None:
    known, moving = (np.array(column) for column in zip(*minutes_of_day, strict=True))
    course = course_of(np.where(known, 70.0, np.nan), moving=moving)
    bouts = find_bouts(course, (rest(rest_at, rest_at + 15),), (), None)
    assert list(bouts) == sorted(bouts, key=lambda bout: bout.span)
    for one, other in pairwise(bouts):
        assert one.span.end_ms <= other.span.start_ms
    for bout in bouts:
        if bout.kind == "quiet":
            part = course.within(bout.span)
            assert BOUT_SHORTEST_MIN <= bout.span.duration_min <= QUIET_LONGEST_MIN
            holes = "".join("." if k and not m else "x" for k, m in zip(known[part], moving[part], strict=True))
            assert "xx" not in holes


def test_the_posture_is_that_of_most_of_the_bout(minutes: Minutes) -> None:
    told = (
        Entry(0, "UTC", "posture", "seated", 12 * MINUTE_MS),
        Entry(12 * MINUTE_MS, "UTC", "posture", "supine", 30 * MINUTE_MS),
        Entry(0, "UTC", "posture", "floating", 90 * MINUTE_MS),
    )
    assert posture_at(told, minutes(0, 20)) == "seated"
    assert posture_at(told, minutes(10, 20)) == "supine"
    assert posture_at(told, minutes(40, 60)) == "unknown"


def test_a_given_posture_goes_before_the_diary(minutes: Minutes) -> None:
    told = (Entry(0, "UTC", "posture", "supine", 30 * MINUTE_MS),)
    assert with_posture(Bout(minutes(0, 20), "seated"), told).posture == "seated"
    assert with_posture(Bout(minutes(0, 20)), told).posture == "supine"
