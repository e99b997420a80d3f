"""The clock's tick is found from the intervals, or said to be unknown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Beats
from uitknop.signals.tick import find_tick_ms, tick_of


@given(tick_ms=st.sampled_from([1.0, 4.0, 7.8125, 10.0, 15.625, 1000 / 1024]), seed=st.integers(0, 50))
def test_the_grid_of_rounded_intervals_is_found(tick_ms: float, seed: int) -> None:
    rr_ms = np.rint(np.random.default_rng(seed).normal(800, 40, 400) / tick_ms) * tick_ms
    assert find_tick_ms(rr_ms) == pytest.approx(tick_ms, rel=1e-3)


def test_continuous_intervals_have_no_tick() -> None:
    assert find_tick_ms(np.random.default_rng(0).normal(800, 40, 400)) is None


def test_too_few_levels_show_no_grid() -> None:
    assert find_tick_ms(np.array([800.0, 850.0, 800.0])) is None


def test_what_the_source_says_goes_before_what_is_found() -> None:
    assert tick_of(Beats.from_rr_ms(np.arange(800.0, 900.0), tick_ms=2.0)) == 2.0
    assert tick_of(Beats.from_rr_ms(np.arange(800.0, 900.0))) == 1.0
