"""The fit of readings, against the same thing worked out the long way."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body import inference_readings as model
from uitknop.body.inference_bank import Bank
from uitknop.body.inference_readings import NO_TAP, Readings, draw_readings, fit, level_of

Floats = npt.NDArray[np.float64]


def made_up(people: int, days: int, seed: int) -> Bank:
    """Courses of vagal tone and symptoms that no model made."""
    rng = np.random.default_rng(seed)
    start, end = rng.uniform(0.1, 0.9, (2, people, 1))
    vagal = start + (end - start) * np.linspace(0, 1, days)
    return Bank(
        np.zeros((people, 7)), vagal.astype(np.float32), (1 - vagal).astype(np.float32), np.zeros(people, np.bool_)
    )


@pytest.fixture(scope="module")
def few() -> tuple[Bank, Readings]:
    bank = made_up(4, 30, 1)
    return bank, draw_readings(bank, seed=2, missing=0.3)


def test_the_fit_of_the_heart_is_that_of_the_matrix_t_distribution(few: tuple[Bank, Readings]) -> None:
    bank, given = few
    taps = np.full_like(given.taps, NO_TAP)
    found = fit(bank, Readings(given.ln_rmssd, given.hr_bpm, taps))
    expected = np.array([[long_way(vagal, given, person) for person in range(4)] for vagal in bank.vagal])
    # A constant per person stays out of the fit; float32 sums leave about six digits.
    assert found - found[0] == pytest.approx(expected - expected[0], abs=2e-3)


def long_way(vagal: npt.NDArray[np.float32], given: Readings, person: int) -> float:
    """Log density of one person's readings, with the full covariance of all days."""
    both = np.stack([given.ln_rmssd[person], given.hr_bpm[person]], axis=1)
    here = np.isfinite(both[:, 0])
    x = np.stack([np.ones(here.sum()), vagal[here].astype(float) - model.VAGAL_CENTRE], axis=1)
    rest = both[here] - x @ np.stack([model.OFFSET, model.SLOPE])
    days = np.eye(x.shape[0]) + x @ np.diag([model.OFFSET_VARIANCE, model.SLOPE_VARIANCE]) @ x.T
    scale = model.NOISE_SCALE + rest.T @ np.linalg.solve(days, rest)
    freedom = model.NOISE_FREEDOM + x.shape[0]
    return float(-np.linalg.slogdet(days)[1] - 0.5 * freedom * np.linalg.slogdet(scale)[1])


def test_the_fit_of_the_taps_is_the_product_of_what_each_tap_was_expected_at(few: tuple[Bank, Readings]) -> None:
    bank, given = few
    nothing = np.full_like(given.ln_rmssd, np.nan)
    found = fit(bank, Readings(nothing, nothing, given.taps)) - fit(
        bank, Readings(nothing, nothing, np.full_like(given.taps, NO_TAP))
    )
    for row, symptoms in enumerate(bank.symptoms):
        for person, taps in enumerate(given.taps):
            known, total = model.CERTAINTY * model.CHANCES, 0.0
            for level, tap in zip(level_of(symptoms), taps, strict=True):
                if tap != NO_TAP:
                    total += math.log(known[level, tap] / known[level].sum())
                    known[level, tap] += 1
            assert found[row, person] == pytest.approx(total, abs=1e-9)


def test_a_day_without_readings_is_as_if_it_had_not_been(few: tuple[Bank, Readings]) -> None:
    bank, given = few
    here = np.isfinite(given.ln_rmssd[0]) & (given.taps[0] != NO_TAP)
    sparse = Readings(
        np.where(here, given.ln_rmssd, np.nan)[:1], given.hr_bpm[:1], np.where(here, given.taps, NO_TAP)[:1]
    )
    short = Readings(given.ln_rmssd[:1, here], given.hr_bpm[:1, here], given.taps[:1, here])
    kept = Bank(bank.candidates, bank.vagal[:, here], bank.symptoms[:, here], bank.fell_ill)
    assert fit(bank, sparse) == pytest.approx(fit(kept, short), abs=1e-3)


def test_readings_are_as_noisy_and_as_sparse_as_agreed() -> None:
    level = np.full((400, 100), 0.7, np.float32)
    flat = Bank(np.zeros((400, 7)), level, level, np.zeros(400, np.bool_))
    given = draw_readings(flat, seed=3, missing=0.25)
    for values, sd in zip((given.ln_rmssd, given.hr_bpm), model.NOISE_SD, strict=True):
        own = np.nanvar(values, axis=1, ddof=1)
        # Variances average to that of the noise; 400 people give it to 5 %, and people differ.
        assert own.mean() == pytest.approx(sd**2, rel=0.1)
        assert np.isnan(values).mean() == pytest.approx(0.25, abs=0.01)
    assert (given.taps == NO_TAP).mean() == pytest.approx(0.25, abs=0.01)
    rows = zip(given.ln_rmssd, given.hr_bpm, strict=True)
    together = np.mean([np.corrcoef(a[~np.isnan(a)], b[~np.isnan(a)])[0, 1] for a, b in rows])
    assert together == pytest.approx(model.NOISE_CORRELATION, abs=0.05)
