"""Latency over many bouts, beside examples by hand, exact fractions and scipy."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from uitknop.core import Estimate
from uitknop.rest.survival import median_latency

BOUTS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)


def median_of(bouts: list[tuple[int, bool]]) -> Estimate:
    found = median_latency(np.array([float(t) for t, _ in bouts]), np.array([s for _, s in bouts], dtype=np.bool_))
    assert found is not None
    return found


def exact_median(bouts: list[tuple[int, bool]]) -> int | None:
    """Kaplan and Meier in fractions: the first time at which half or fewer have not settled."""
    survival = Fraction(1)
    for t in sorted({time for time, seen in bouts if seen}):
        at_risk = sum(time >= t for time, _ in bouts)
        survival *= 1 - Fraction(sum(time == t and seen for time, seen in bouts), at_risk)
        if survival <= Fraction(1, 2):
            return t
    return None


def test_without_bouts_there_is_no_latency() -> None:
    assert median_latency(np.empty(0), np.empty(0, dtype=np.bool_)) is None


def test_the_median_of_a_worked_example() -> None:
    # 6+ leaves 3 at risk of 5; at 7 and 10 one of 3 and one of 2 settle: 4/5 * 2/3 * 1/2 = 4/15
    found = median_of([(3, True), (6, False), (7, True), (10, True), (20, False)])
    assert found.value == 10.0  # survival 0.8 after 3, 0.53 after 7, 0.27 after 10
    assert (found.unit, found.n, found.censored) == ("min", 5, None)


@given(BOUTS)
def test_the_median_is_that_of_exact_fractions(bouts: list[tuple[int, bool]]) -> None:
    found, exact = median_of(bouts), exact_median(bouts)
    if exact is None:
        assert (found.value, found.censored, found.high) == (max(t for t, _ in bouts), "right", math.inf)
    else:
        assert (found.value, found.censored) == (exact, None)


@pytest.mark.parametrize("n", range(2, 60))
def test_without_censoring_it_is_the_lower_median_for_any_number_of_bouts(n: int) -> None:
    assert median_of([(t, True) for t in range(1, n + 1)]).value == math.ceil(n / 2)


@given(BOUTS)
def test_the_interval_holds_the_median_and_its_ends_are_times_that_occurred(bouts: list[tuple[int, bool]]) -> None:
    found = median_of(bouts)
    assert found.low <= found.value <= found.high
    assert {found.low, found.high} <= {float(t) for t, _ in bouts} | {math.inf}


def test_the_interval_inverts_the_band_that_scipy_gives() -> None:
    rng = np.random.default_rng(4)
    times, ends = rng.integers(1, 30, 60).astype(float), rng.integers(10, 30, 60)
    seen = times <= ends
    times = np.minimum(times, ends)
    found = median_latency(times, seen)
    curve = ecdf(CensoredData.right_censored(times, ~seen)).sf
    band = curve.confidence_interval(0.9, method="log-log")
    assert found is not None
    assert found.value == curve.quantiles[np.argmax(curve.probabilities <= 0.5)]
    assert found.low == band.low.quantiles[np.argmax(band.low.probabilities <= 0.5)]
    assert found.high == band.high.quantiles[np.argmax(band.high.probabilities <= 0.5)]


def test_when_most_never_settled_it_is_only_known_to_be_longer_than_was_looked_at() -> None:
    found = median_of([(5, True), (30, False), (30, False), (25, False)])
    assert (found.value, found.high, found.censored) == (30.0, math.inf, "right")


def test_calm_from_the_start_counts_as_zero_minutes() -> None:
    assert median_of([(0, True), (0, True), (20, True)]).value == 0.0


def test_a_bout_that_never_settled_does_not_count_as_one_that_settled_at_its_end() -> None:
    seen, unseen = ([(4, True), (6, True), (8, last), (9, last), (10, last)] for last in (True, False))
    assert median_of(seen).value == 8.0
    assert median_of(unseen).censored == "right"
