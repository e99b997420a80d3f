"""A sketch is small, comes back as it was kept, and says so when it can't be read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Span
from uitknop.core.errors import Damaged
from uitknop.rest import DaySketch
from uitknop.rest.course import Course
from uitknop.rest.sketch import rounded

MakeCourse = Callable[..., Course]
DAY = Span(0, 86_400_000)


def sketch(course: Course) -> DaySketch:
    return DaySketch(DAY, ("strap/a",), (rounded(course),), (Span(5, 9),))


def columns(course: Course) -> dict[str, list[float]]:
    return {name: getattr(course, name).tolist() for name in Course.__slots__ if name not in {"epoch_s", "kind"}}


@given(st.lists(st.floats(25, 240) | st.just(float("nan")), max_size=40))
def test_a_sketch_comes_back_as_it_was_kept(course_of: MakeCourse, hr_bpm: list[float]) -> None:
    whole = sketch(course_of(hr_bpm, ln_rmssd=np.array(hr_bpm) / 60.0))
    back = DaySketch.from_bytes(whole.to_bytes())
    assert (back.span, back.sources, back.rests) == (whole.span, whole.sources, whole.rests)
    assert repr(columns(back.courses[0])) == repr(columns(whole.courses[0]))
    assert (back.courses[0].kind, back.courses[0].epoch_s) == ("rr", 60.0)


@given(st.lists(st.floats(25, 240), min_size=1, max_size=40))
def test_rounding_changes_less_than_a_minute_tells(course_of: MakeCourse, hr_bpm: list[float]) -> None:
    course = course_of(hr_bpm)
    assert float(np.abs(rounded(course).hr_bpm - course.hr_bpm).max()) <= 0.0051  # kept in hundredths
    assert columns(rounded(rounded(course))) == columns(rounded(course))


def test_flags_come_back_each_in_its_own_column(course_of: MakeCourse) -> None:
    flags = {
        name: np.array([i == at for i in range(4)])
        for at, name in enumerate(("slow_breathing", "moving", "active", "movement_known"))
    }
    back = rounded(course_of(np.full(4, 60.0), **flags))
    assert {name: getattr(back, name).tolist() for name in flags} == {name: f.tolist() for name, f in flags.items()}


def test_the_noisiest_day_is_small(course_of: MakeCourse) -> None:
    rng = np.random.default_rng(0)
    course = course_of(rng.uniform(40, 180, 1440), ln_rmssd=rng.uniform(1, 5, 1440))
    assert len(sketch(course).to_bytes()) < 20_000


def test_an_empty_day_has_a_sketch() -> None:
    empty = DaySketch(DAY, (), (), ())
    assert DaySketch.from_bytes(empty.to_bytes()) == empty


@pytest.mark.parametrize("hurt", [lambda b: b"", lambda b: b[:-5], lambda b: b"x" + b, lambda b: bytes(len(b))])
def test_a_damaged_sketch_is_refused(course_of: MakeCourse, hurt: Callable[[bytes], bytes]) -> None:
    kept = sketch(course_of(np.arange(50.0, 90.0))).to_bytes()
    with pytest.raises(Damaged, match="made again"):
        DaySketch.from_bytes(hurt(kept))
