from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.synthetic import SHAPES, Shape
from uitknop.synthetic.shapes import course, minutes_until

shapes = st.sampled_from(SHAPES)
paces = st.floats(1.0, 15.0)


@given(shapes, paces)
def test_a_course_goes_from_nothing_to_everything(shape: Shape, pace_min: float) -> None:
    ends = course(shape, np.array([-60.0, 240.0]), pace_min)
    assert ends == pytest.approx([0.0, 1.0], abs=1e-6)


@given(shapes, paces)
def test_a_course_stays_between_nothing_and_everything(shape: Shape, pace_min: float) -> None:
    gone = course(shape, np.linspace(-30, 120, 3001), pace_min)
    assert gone.min() >= 0
    assert gone.max() <= 1 + 1e-12


@given(shapes, paces)
def test_onset_is_where_a_tenth_is_done(shape: Shape, pace_min: float) -> None:
    assert abs(minutes_until(shape, pace_min, 0.1)) < 0.6


@given(st.sampled_from([shape for shape in SHAPES if shape != "relapse"]), paces)
def test_only_a_relapse_turns_back(shape: Shape, pace_min: float) -> None:
    assert np.diff(course(shape, np.linspace(-30, 120, 3001), pace_min)).min() >= -1e-12


@given(paces)
def test_a_relapse_turns_back_and_recovers(pace_min: float) -> None:
    gone = course("relapse", np.linspace(0, 10 * pace_min, 2001), pace_min)
    deepest = int(np.argmin(np.where(np.arange(2001) > np.argmax(gone > 0.5), gone, 2.0)))
    assert gone[: deepest + 1].max() > gone[deepest] + 0.2
    assert gone[-1] > 0.99
