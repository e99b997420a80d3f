"""Calibration, on a toy whose answer is known, and on courses that no kernel has to make."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from uitknop.body.inference_bank import CANDIDATES, Bank
from uitknop.body.inference_calibration import FEWEST_EFFECTIVE, calibrate, posteriors, uniformity, weigh
from uitknop.body.inference_readings import Readings, draw_readings

DAYS = 60
SYMPTOMS = list(CANDIDATES).index("reach")


def toy(people: int, seed: int, *, late: int = 0) -> Bank:
    """`th` says on which day vagal tone falls, `reach` how heavy the symptoms then are; the rest does nothing."""
    rng = np.random.default_rng(seed)
    candidates = rng.random((people, len(CANDIDATES)))
    day = np.arange(DAYS) - late
    fallen = np.clip((day - 10 - 35 * candidates[:, :1]) / 8, 0.0, 1.0)
    vagal = (0.75 - 0.6 * fallen).astype(np.float32)
    symptoms = (0.05 + fallen * candidates[:, [SYMPTOMS]]).astype(np.float32)
    return Bank(candidates, vagal, symptoms, np.full(people, True))


def test_a_weighted_bank_gives_the_posterior_of_a_normal_mean() -> None:
    rng = np.random.default_rng(1)
    bank, seen = rng.standard_normal((20_000, 1)), np.array([-0.5, 1.5])
    found = posteriors(bank, weigh(-0.5 * (bank - seen) ** 2))
    # Exactly N(y / 2, 1 / 2); 20,000 draws give a hundredth.
    assert found.mean[:, 0] == pytest.approx(seen / 2, abs=0.03)
    assert found.sd[:, 0] == pytest.approx([0.5**0.5] * 2, rel=0.03)
    assert found.middle[:, 0] == pytest.approx(seen / 2, abs=0.03)
    assert found.high[:, 0] - found.low[:, 0] == pytest.approx([2 * 1.2816 * 0.5**0.5] * 2, rel=0.03)
    assert 1_000 < found.effective.min() < 20_000


def test_right_inference_has_uniform_ranks_and_learns_what_the_readings_hang_on() -> None:
    truth = toy(200, 4)
    found = {row.name: row for row in calibrate(toy(1_500, 3), truth, draw_readings(truth, seed=5))}
    assert list(found) == [*CANDIDATES, "fit"]
    assert min(row.p for row in found.values()) > 0.01
    assert found["th"].contraction < 0.3
    assert found["th"].correlation > 0.9
    assert found["reach"].contraction < 0.8
    assert found["tauW"].contraction > 0.95
    assert all(0.74 < row.coverage < 0.86 for name, row in found.items() if name != "fit")
    assert found["th"].narrowed > 0.9 > 0.1 > found["tauW"].narrowed
    assert sum(found["th"].ranks) == found["th"].people == 200 - found["th"].refused


def test_inference_with_another_model_than_that_of_the_readings_is_caught() -> None:
    truth = toy(200, 4)
    found = {row.name: row for row in calibrate(toy(1_500, 3, late=5), truth, draw_readings(truth, seed=5))}
    assert found["th"].p < 1e-6
    assert found["th"].coverage < 0.5


def test_readings_of_somebody_else_are_caught_by_the_fit_where_a_number_nobody_learns_looks_right() -> None:
    truth = toy(200, 4)
    own = draw_readings(truth, seed=5)
    others = Readings(np.roll(own.ln_rmssd, 1, axis=0), np.roll(own.hr_bpm, 1, axis=0), np.roll(own.taps, 1, axis=0))
    found = {row.name: row for row in calibrate(toy(1_500, 3), truth, others)}
    assert found["tauW"].p > 0.01
    assert found["fit"].p < 1e-6


def test_a_bank_that_is_too_coarse_gives_no_answer() -> None:
    truth = toy(60, 4)
    found = calibrate(toy(int(2 * FEWEST_EFFECTIVE), 3), truth, draw_readings(truth, seed=5))
    assert found[0].refused > 40
    nobody = calibrate(toy(20, 3), truth, draw_readings(truth, seed=5))
    assert nobody[0].people == 0
    assert math.isnan(nobody[0].p + nobody[0].correlation + nobody[0].coverage)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=24).filter(any))
def test_uniformity_is_the_chi_square_test_of_scipy(ranks: list[int]) -> None:
    assert uniformity(tuple(ranks)) == pytest.approx(chisquare(ranks).pvalue, rel=1e-9, abs=1e-12)


def test_bins_that_differ_are_not_uniform() -> None:
    assert uniformity((30,) * 10) == pytest.approx(1.0)
    assert uniformity((60, *(25,) * 8, 40)) < 0.001
