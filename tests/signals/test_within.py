"""Values per epoch, against a loop over epochs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.signals.within import deviation_within, median_within, steps_within


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0, 3000)), max_size=80))
@settings(deadline=None)
def test_medians_equal_those_of_a_loop(pairs: list[tuple[int, float]]) -> None:
    pairs = sorted(pairs, key=lambda pair: pair[0])
    place = np.array([p for p, _ in pairs], dtype=np.int64)
    value = np.array([v for _, v in pairs])
    found = median_within(place, value, 10)
    for epoch in range(10):
        inside = value[place == epoch]
        expected = np.median(inside) if inside.size else np.nan
        np.testing.assert_allclose(found[epoch], expected, rtol=1e-9, atol=1e-7)


def test_deviations_equal_those_of_a_loop_and_need_eight_values() -> None:
    t_ms = np.arange(0, 10_000, 500)
    value = np.random.default_rng(0).normal(1000, 30, 20)
    found = deviation_within(t_ms, value, np.array([0, 5000, 9000, 12_000]))
    assert found[0] == pytest.approx(value[:10].std())
    assert found[1] == pytest.approx(value[10:18].std())
    assert np.isnan(found[2])


def test_steps_are_shared_over_the_time_they_were_counted_in() -> None:
    found = steps_within(np.array([0, 120_000, 240_000]), np.array([0.0, 100.0, 20.0]), np.arange(0, 300_000, 60_000))
    assert found.tolist() == [50, 50, 10, 10]


def test_steps_over_an_hour_say_nothing_of_a_minute() -> None:
    found = steps_within(np.array([0, 3_600_000]), np.array([0.0, 500.0]), np.arange(0, 300_000, 60_000))
    assert np.isnan(found).all()
