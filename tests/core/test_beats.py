"""Beats: times and intervals that fit together, or none at all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Beats
from uitknop.core.errors import ShapeError

INTERVALS = st.lists(st.floats(min_value=1.0, max_value=5000.0), max_size=60)
GOOD: dict[str, Any] = {"t_ms": [800, 1600, 2400], "rr_ms": [800.0] * 3, "flag": [0, 0, 0], "run": [0]}


@given(INTERVALS, st.integers(min_value=-(10**12), max_value=2 * 10**12))
def test_beats_from_intervals_end_where_the_intervals_add_up_to(rr_ms: list[float], start_ms: int) -> None:
    beats = Beats.from_rr_ms(rr_ms, start_ms=start_ms)
    assert len(beats) == len(rr_ms)
    assert beats.rr_ms.tolist() == rr_ms
    assert beats.run.tolist() == ([0] if rr_ms else [])
    if rr_ms:  # each time is rounded by itself, so rounding does not add up
        assert np.abs(beats.t_ms - start_ms - np.cumsum(rr_ms)).max() <= 0.5 + 1e-6
        assert np.all(np.diff(beats.t_ms) >= 0)


@given(INTERVALS, st.integers(min_value=-(10**12), max_value=10**12))
def test_moving_the_start_moves_every_beat_and_nothing_else(rr_ms: list[float], by_ms: int) -> None:
    here, there = Beats.from_rr_ms(rr_ms), Beats.from_rr_ms(rr_ms, start_ms=by_ms)
    assert (there.t_ms - here.t_ms).tolist() == [by_ms] * len(rr_ms)
    assert there.rr_ms.tolist() == here.rr_ms.tolist()


@pytest.mark.parametrize("wrong", [np.nan, np.inf, 0.0, -800.0])
def test_intervals_that_no_heart_has_are_refused(wrong: float) -> None:
    with pytest.raises(ShapeError, match="finite and above zero"):
        Beats.from_rr_ms([800.0, wrong])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rr_ms", [800.0, 800.0]),
        ("flag", [0, 0]),
        ("t_ms", [1600, 800, 2400]),
        ("run", []),
        ("run", [1]),
        ("run", [0, 3]),
        ("run", [0, 2, 1]),
        ("run", [0, 1, 1]),
        ("t_ms", [[800], [1600], [2400]]),
    ],
)
def test_arrays_that_do_not_fit_are_refused(name: str, value: list[Any]) -> None:
    assert len(Beats(**GOOD)) == 3
    with pytest.raises(ShapeError):
        Beats(**{**GOOD, name: value})


def test_no_beats_have_no_run() -> None:
    assert len(Beats([], [], [], [])) == 0  # type: ignore[arg-type]
    with pytest.raises(ShapeError):
        Beats([], [], [], [0])  # type: ignore[arg-type]


def test_beats_at_the_same_moment_are_allowed() -> None:
    assert len(Beats(**{**GOOD, "t_ms": [800, 800, 2400]})) == 3


def test_the_arrays_can_not_be_written_to() -> None:
    beats = Beats.from_rr_ms([800.0, 810.0])
    for array in (beats.t_ms, beats.rr_ms, beats.flag, beats.run):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_caller_keeps_an_array_of_their_own() -> None:
    rr_ms = np.array([800.0, 810.0])
    beats = Beats.from_rr_ms(rr_ms)
    rr_ms[0] = 1.0
    assert beats.rr_ms.tolist() == [800.0, 810.0]


def test_starts_run_marks_the_first_interval_of_each_run() -> None:
    beats = Beats(**{**GOOD, "run": [0, 2]})
    assert beats.starts_run.tolist() == [True, False, True]


@pytest.mark.parametrize("n", [0, 1, 5])
def test_the_data_frame_has_a_row_per_beat_and_the_same_columns_for_any_number(n: int) -> None:
    frame = Beats.from_rr_ms([800.0] * n).to_dataframe()
    assert list(frame.columns) == ["t_ms", "rr_ms", "flag"]
    assert len(frame) == n
