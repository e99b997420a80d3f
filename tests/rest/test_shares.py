"""Shares beside scipy's beta distribution, and differences that few bouts can't make large."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from uitknop.rest.shares import difference, share

COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, st.sampled_from([0.8, 0.9, 0.95]))
def test_the_interval_of_a_share_is_that_of_jeffreys(counts: tuple[int, int], level: float) -> None:
    k, n = counts
    found = share(k, n, level=level)
    low, high = beta(k + 0.5, n - k + 0.5).ppf([(1 - level) / 2, (1 + level) / 2])
    assert found.value == k / n
    # by convention the interval reaches 0 when none did, and 1 when all did; a thousandth is the step of the grid
    assert found.low == pytest.approx(0.0 if k == 0 else low, abs=4e-3)
    assert found.high == pytest.approx(1.0 if k == n else high, abs=4e-3)
    assert (found.n, found.level) == (n, level)


@given(COUNTS)
def test_a_share_lies_within_its_interval_and_mirrors_its_complement(counts: tuple[int, int]) -> None:
    k, n = counts
    found, rest = share(k, n), share(n - k, n)
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert found.low == pytest.approx(1.0 - rest.high, abs=2e-3)


@given(st.integers(1, 20))
def test_more_bouts_with_the_same_share_make_it_surer(n: int) -> None:
    few, many = share(n, 2 * n), share(4 * n, 8 * n)
    assert many.high - many.low < few.high - few.low


@given(COUNTS, COUNTS)
def test_a_difference_is_a_difference_of_shares_and_lies_within_its_interval(
    rest: tuple[int, int], quiet: tuple[int, int]
) -> None:
    found = difference(*rest, *quiet)
    assert -1.0 <= found.low <= found.value <= found.high <= 1.0
    assert found.n == min(rest[1], quiet[1])


@given(COUNTS, COUNTS)
def test_a_difference_is_drawn_towards_none(rest: tuple[int, int], quiet: tuple[int, int]) -> None:
    (a, n), (b, m) = rest, quiet
    plain = (a + 0.5) / (n + 1) - (b + 0.5) / (m + 1)
    found = difference(a, n, b, m).value
    assert abs(found) <= abs(plain) + 0.05  # shares that hardly differ, known from very unequal numbers
    assert found * plain >= 0.0 or abs(plain) < 0.1


@given(COUNTS)
def test_the_same_counts_differ_by_nothing(counts: tuple[int, int]) -> None:
    found = difference(*counts, *counts)
    assert found.value == pytest.approx(0.0, abs=1e-9)
    assert found.low < 0.0 < found.high


def test_two_bouts_say_less_of_a_difference_than_forty_with_the_same_shares() -> None:
    few, many = difference(2, 2, 1, 4), difference(40, 40, 10, 40)
    assert 0.0 < few.value < many.value
    assert few.low < 0.0 < many.low


def test_many_bouts_come_to_the_plain_difference() -> None:
    assert difference(600, 1000, 200, 1000).value == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize("n", [1, 4, 15])
@pytest.mark.parametrize("quiet", [(0, 4), (2, 4), (5, 12), (12, 12)])
def test_one_more_settled_bout_never_makes_the_difference_smaller(n: int, quiet: tuple[int, int]) -> None:
    values = [difference(k, n, *quiet).value for k in range(n + 1)]
    assert values == sorted(values)
