"""The normal distribution, beside scipy's."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special

from uitknop.rest.normal import normal_cdf, normal_quantile


def test_the_cdf_is_that_of_scipy() -> None:
    z = np.concatenate([np.linspace(-9.0, 9.0, 2001), [-np.inf, np.inf, 40.0, -40.0]])
    assert np.abs(normal_cdf(z) - scipy.special.ndtr(z)).max() < 1e-7  # promised in the docstring


def test_the_two_tails_mirror_each_other() -> None:
    z = np.linspace(0.0, 6.0, 200)
    assert normal_cdf(z) + normal_cdf(-z) == pytest.approx(np.ones(200), abs=2e-7)


def test_unknown_stays_unknown() -> None:
    assert np.isnan(normal_cdf(np.nan))


@pytest.mark.parametrize("p", [0.001, 0.05, 0.5, 0.95, 0.999])
def test_quantiles_are_those_of_scipy(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(scipy.special.ndtri(p), abs=1e-9)
