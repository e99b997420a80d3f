"""What readings would such people give, and how well do given readings fit each of them?

Per person, what is not asked for is integrated out exactly: offset, slope and noise of ln RMSSD and resting heart rate
by the conjugate prior of a regression with two outcomes (matrix normal and inverse Wishart), the chances of each tap by
a Dirichlet prior per level of symptoms. Both are standard: Gelman et al. 2013, Bayesian Data Analysis, ch. 3 and 14.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.inference_bank import Bank

Floats = npt.NDArray[np.float64]
Taps = npt.NDArray[np.int8]

TAPS = ("fine", "heavy", "crash")
NO_TAP = -1

VAGAL_CENTRE = 0.7
OFFSET = np.array([3.7, 65.0])
"""ln RMSSD (ln ms) and resting heart rate (bpm) at that vagal tone: any person's may lie far from it."""

SLOPE = np.array([0.31, -7.5])
"""Change of both per unit of vagal tone. The model's falls by about 0.55 when ill, which gives -0.17 and +4.1 bpm, as
between groups (Nelson 2019, doi:10.1097/MD.0000000000017600)."""

NOISE_SD = np.array([0.35, 5.0])
NOISE_CORRELATION = -0.4
"""From day to day. Medians of five people with at least twenty morning readings in an open set (Welltory), computed."""

NOISE_FREEDOM = 10.0
"""Degrees of freedom of the inverse Wishart prior of the noise: an assumption; people differ by about a third."""

OFFSET_VARIANCE, SLOPE_VARIANCE = 8.0, 0.2
"""Prior variances over that of the noise: SD of 1.0 and 14 bpm for the offsets, 0.16 and 2.2 bpm for the slopes."""

LEVELS = np.array([0.1, 0.2, 0.4, 0.6], dtype=np.float32)
"""Symptoms at which one level ends and the next begins; when well the model has 0.05, when ill 0.2 to 0.9."""

CHANCES = np.array([[0.80, 0.18, 0.02], [0.60, 0.35, 0.05], [0.35, 0.52, 0.13], [0.20, 0.55, 0.25], [0.10, 0.50, 0.40]])
"""Mean chance of each tap at each level, shape (levels, taps): an assumption."""

CERTAINTY = 8.0
"""How many taps that knowledge is worth, per level: an assumption."""

_BEYOND = NOISE_FREEDOM - 3.0
NOISE_SCALE = _BEYOND * np.array(
    [
        [NOISE_SD[0] ** 2, NOISE_CORRELATION * NOISE_SD[0] * NOISE_SD[1]],
        [NOISE_CORRELATION * NOISE_SD[0] * NOISE_SD[1], NOISE_SD[1] ** 2],
    ]
)
"""Of the inverse Wishart, so that its mean is the noise above."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings of several people over the same days.

    Args:
        ln_rmssd, hr_bpm: NaN where missing, shape (people, days); a day counts when both are there.
        taps: place in `TAPS`, `NO_TAP` where missing, int8, shape (people, days).
    """

    ln_rmssd: Floats
    hr_bpm: Floats
    taps: Taps

    def only(self, part: slice) -> Readings:
        """Those of some of the people."""
        return Readings(self.ln_rmssd[part], self.hr_bpm[part], self.taps[part])


def draw_readings(truth: Bank, *, seed: int, missing: float = 0.2, correlation: float = 0.0) -> Readings:
    """Readings that people would give.

    Args:
        seed: of everything that is drawn.
        missing: share of the days without heart readings, and, drawn apart, without a tap.
        correlation: of the noise of one day with that of the next; inference assumes none.
    """
    rng = np.random.default_rng([seed, 11])
    people, days = truth.vagal.shape
    spread = _inverse_wishart(rng, people)
    root = np.linalg.cholesky(spread)
    white = rng.standard_normal((people, days, 2))
    for day in range(1, days):
        white[:, day] = correlation * white[:, day - 1] + np.sqrt(1 - correlation**2) * white[:, day]
    line = np.array([OFFSET_VARIANCE, SLOPE_VARIANCE])
    drawn = np.sqrt(line)[:, None] * rng.standard_normal((people, 2, 2))
    own = np.stack([OFFSET, SLOPE]) + drawn @ root.transpose(0, 2, 1)
    vagal = truth.vagal.astype(np.float64) - VAGAL_CENTRE
    both = own[:, None, 0] + vagal[:, :, None] * own[:, None, 1] + white @ root.transpose(0, 2, 1)
    both[rng.random((people, days)) < missing] = np.nan
    chances = rng.standard_gamma(np.tile(CERTAINTY * CHANCES, (people, 1, 1)))
    chances /= chances.sum(axis=2, keepdims=True)
    here = chances[np.arange(people)[:, None], level_of(truth.symptoms)]
    taps = (rng.random((people, days))[:, :, None] > here.cumsum(axis=2)[:, :, :-1]).sum(axis=2).astype(np.int8)
    taps[rng.random((people, days)) < missing] = NO_TAP
    return Readings(both[:, :, 0], both[:, :, 1], taps)


def fit(bank: Bank, readings: Readings) -> Floats:
    """Log likelihood of readings under each of the bank, but for a constant per person, shape (bank, people)."""
    return _fit_heart(bank.vagal, readings) + _fit_taps(bank.symptoms, readings.taps)


def level_of(symptoms: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
    """The level of symptoms, 0 the lightest."""
    return np.searchsorted(LEVELS, symptoms, side="right")


def _fit_heart(vagal: npt.NDArray[np.float32], readings: Readings) -> Floats:
    here = np.isfinite(readings.ln_rmssd) & np.isfinite(readings.hr_bpm)
    first, second = (
        np.where(here, values - offset, 0.0)
        for values, offset in zip((readings.ln_rmssd, readings.hr_bpm), OFFSET, strict=True)
    )
    centred = vagal - np.float32(VAGAL_CENTRE)
    n = here.sum(axis=1) + 1 / OFFSET_VARIANCE
    v, vv = _summed(centred, here), _summed(centred**2, here) + 1 / SLOPE_VARIANCE
    determinant = n * vv - v * v
    sums, products, kept = [], [], []
    for values, slope in zip((first, second), SLOPE, strict=True):
        sums.append(values.sum(axis=1))
        products.append(_summed(centred, values) + slope / SLOPE_VARIANCE)
        # Offset and slope after the readings.
        kept.append(((vv * sums[-1] - v * products[-1]) / determinant, (n * products[-1] - v * sums[-1]) / determinant))
    scale = {}
    for i, j in ((0, 0), (1, 1), (0, 1)):
        before = NOISE_SCALE[i, j] + ((first, second)[i] * (first, second)[j]).sum(axis=1)
        scale[i, j] = before + SLOPE[i] * SLOPE[j] / SLOPE_VARIANCE - kept[i][0] * sums[j] - kept[i][1] * products[j]
    freedom = NOISE_FREEDOM + here.sum(axis=1)
    return np.asarray(-np.log(determinant) - 0.5 * freedom * np.log(scale[0, 0] * scale[1, 1] - scale[0, 1] ** 2))


def _fit_taps(symptoms: npt.NDArray[np.float32], taps: Taps) -> Floats:
    days, people = taps.shape[1], taps.shape[0]
    asked = np.concatenate([taps == tap for tap in range(len(TAPS))])
    found, levels = np.zeros((symptoms.shape[0], people)), level_of(symptoms)
    for level, chances in enumerate(CHANCES):
        # Whole numbers below a year or so: exact in float32.
        counts = ((levels == level).astype(np.float32) @ asked.T.astype(np.float32)).astype(np.int32)
        for tap, chance in enumerate(CERTAINTY * chances):
            found += _log_rising(chance, days).take(counts[:, tap * people : (tap + 1) * people])
        found -= _log_rising(CERTAINTY, days).take(counts.reshape(-1, len(TAPS), people).sum(axis=1, dtype=np.int32))
    return found


def _log_rising(start: float, most: int) -> Floats:
    """The logarithm of start (start + 1) ... (start + n - 1), for n from 0 to `most`."""
    return np.concatenate([[0.0], np.cumsum(np.log(start + np.arange(most)))])


def _summed(bank: npt.NDArray[np.float32], weights: npt.NDArray[np.generic]) -> Floats:
    """For each of the bank and each person: the sum over the days of one times the other."""
    return np.asarray(bank @ weights.T.astype(np.float32), dtype=np.float64)


def _inverse_wishart(rng: np.random.Generator, n: int) -> Floats:
    """Covariances of the noise, shape (n, 2, 2), by Bartlett's decomposition (Bartlett 1933)."""
    lower = np.zeros((n, 2, 2))
    lower[:, 0, 0] = np.sqrt(rng.chisquare(NOISE_FREEDOM, n))
    lower[:, 1, 1] = np.sqrt(rng.chisquare(NOISE_FREEDOM - 1, n))
    lower[:, 1, 0] = rng.standard_normal(n)
    wishart_root = np.linalg.cholesky(np.linalg.inv(NOISE_SCALE)) @ lower
    return np.asarray(np.linalg.inv(wishart_root @ wishart_root.transpose(0, 2, 1)))
