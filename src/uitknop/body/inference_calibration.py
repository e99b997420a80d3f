"""Is inference right about people whose numbers are known? Simulation-based calibration, and how much is learned.

Sources: Talts 2018, arXiv:1804.06788; Modrák 2025, doi:10.1214/23-BA1404, for the fit itself as a quantity, without
which an inference that ignores the readings would pass.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.inference_bank import CANDIDATES, Bank
from uitknop.body.inference_readings import Readings, fit
from uitknop.core import Value

Floats = npt.NDArray[np.float64]

BINS = 10
INTERVAL = 0.8
NARROWED = 0.6
"""A number counts as learned when the SD of its posterior is at most this share of that of its prior."""

FEWEST_EFFECTIVE = 30.0
"""Below this many effective draws the bank is too coarse for these readings, and there is no answer."""

AT_ONCE = 50

NEGLIGIBLE = 1e-7
"""Of the largest weight: what is lighter is left out of the intervals."""


@dataclass(frozen=True, slots=True)
class Posteriors:
    """What is known of each person after the readings, per candidate.

    Args:
        mean, sd, low, middle, high: on the scale of the prior, shape (people, candidates); `low` to `high` holds 80 %.
        effective: draws that the weighted bank is worth, shape (people,).
    """

    mean: Floats
    sd: Floats
    low: Floats
    middle: Floats
    high: Floats
    effective: Floats


@dataclass(frozen=True, slots=True)
class Calibration(Value):
    """How inference did on one quantity.

    Args:
        name: a candidate, or "fit" for the log likelihood.
        ranks: people per bin of the place of the truth in the posterior, `BINS` of them.
        p: of the chi-square test that the bins are equal.
        contraction: median over people of SD of the posterior over SD of the prior; NaN for the fit.
        contraction_ill: the same among those whose defence came on at any moment.
        correlation: of posterior mean and truth; NaN for the fit.
        coverage: share of the people whose 80 % interval holds the truth; NaN for the fit.
        narrowed, coverage_narrowed: share of the people about whom it was learned, and the coverage among them.
        people, refused: with an answer, and without one because the bank was too coarse.
    """

    name: str
    ranks: tuple[int, ...]
    p: float
    people: int
    refused: int
    contraction: float
    contraction_ill: float
    correlation: float
    coverage: float
    narrowed: float
    coverage_narrowed: float


def weigh(log_fit: Floats) -> Floats:
    """Weights of the bank that add up to one for each person, shape (bank, people)."""
    weights = np.exp(log_fit - log_fit.max(axis=0))
    return np.asarray(weights / weights.sum(axis=0))


def posteriors(candidates: Floats, weights: Floats) -> Posteriors:
    """Means, deviations and intervals from a weighted bank.

    Args:
        candidates: shape (bank, candidates).
        weights: shape (bank, people).
    """
    mean = weights.T @ candidates
    sd = np.sqrt(np.maximum(weights.T @ candidates**2 - mean**2, 0.0))
    ends = np.array([(1 - INTERVAL) / 2, 0.5, (1 + INTERVAL) / 2])
    found = np.empty((3, *mean.shape))
    for person, own in enumerate(weights.T):
        heavy = np.flatnonzero(own > NEGLIGIBLE * own.max())
        order = np.argsort(candidates[heavy], axis=0)
        heaped = np.cumsum(own[heavy][order], axis=0)
        for column, heap in enumerate(heaped.T):
            place = np.searchsorted(heap, ends * heap[-1])
            found[:, person, column] = candidates[heavy[order[place, column]], column]
    return Posteriors(mean, sd, found[0], found[1], found[2], 1 / np.square(weights).sum(axis=0))


def calibrate(bank: Bank, truth: Bank, readings: Readings) -> tuple[Calibration, ...]:
    """Infer the numbers of each of `truth` from its readings, and compare.

    Args:
        bank: from the prior, drawn apart from the truth.
        truth: the people who gave the readings.

    Returns: one for each candidate, and one for the fit.
    """
    parts, places = [], []
    for first in range(0, truth.vagal.shape[0], AT_ONCE):
        part = slice(first, first + AT_ONCE)
        log_fit, own = fit(bank, readings.only(part)), _own_fit(truth, readings, part)
        weights = weigh(log_fit)
        parts.append(posteriors(bank.candidates, weights))
        below = [
            (weights * (bank.candidates[:, [column]] < values)).sum(axis=0)
            for column, values in enumerate(truth.candidates[part].T)
        ]
        below.append((weights * (log_fit < own)).sum(axis=0))
        places.append(np.stack(below, axis=1))
    # Weights that add up to one may add up to a hair more, and then fall out of the last bin.
    place = np.minimum(np.concatenate(places), 1.0)
    effective = np.concatenate([part.effective for part in parts])
    answered = effective >= FEWEST_EFFECTIVE
    mean, sd, low, high = (
        np.concatenate([getattr(part, name) for part in parts])[answered] for name in ("mean", "sd", "low", "high")
    )
    known, ill = truth.candidates[answered], truth.fell_ill[answered]
    share = sd / bank.candidates.std(axis=0)
    inside = (low <= known) & (known <= high)
    rows = []
    for column, name in enumerate([*CANDIDATES, "fit"]):
        told = [np.nan] * 6
        if name in CANDIDATES:
            own, held = share[:, column], inside[:, column]
            alike, learned = _correlation(mean[:, column], known[:, column]), own <= NARROWED
            told = [_median(own), _median(own[ill]), alike, _mean(held), _mean(learned), _mean(held[learned])]
        counts = tuple(np.histogram(place[answered, column], bins=BINS, range=(0.0, 1.0))[0].tolist())
        answers = int(answered.sum())
        rows.append(Calibration(name, counts, uniformity(counts), answers, answered.size - answers, *told))
    return tuple(rows)


def uniformity(ranks: tuple[int, ...]) -> float:
    """The p-value of a chi-square test that all bins are equally likely; NaN when they are empty.

    >>> uniformity((5, 5, 5, 5))
    1.0
    """
    expected = sum(ranks) / len(ranks)
    if expected == 0:
        return np.nan
    return _above(sum((count - expected) ** 2 for count in ranks) / expected, len(ranks) - 1)


def _above(value: float, freedom: int) -> float:
    """How likely a chi-square of so many degrees of freedom lies above a value.

    Abramowitz and Stegun 1964, 26.4.4 and 26.4.5.
    """
    half, odd = value / 2, freedom % 2
    likely = math.erfc(math.sqrt(half)) if odd else 0.0
    for place in range(freedom // 2):
        power = place + odd / 2
        likely += math.exp(power * math.log(half) - half - math.lgamma(power + 1)) if half > 0 else float(power == 0)
    return likely if freedom else 1.0


def _median(values: Floats) -> float:
    return float(np.median(values)) if values.size else np.nan


def _correlation(first: Floats, second: Floats) -> float:
    return float(np.corrcoef(first, second)[0, 1]) if first.size > 2 else np.nan


def _mean(values: npt.NDArray[np.bool_]) -> float:
    return float(values.mean()) if values.size else np.nan


def _own_fit(truth: Bank, readings: Readings, part: slice) -> Floats:
    """The log likelihood of the readings under those who gave them, shape (people,)."""
    return np.diagonal(fit(truth.only(part), readings.only(part))).copy()
