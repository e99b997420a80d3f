"""How many minutes restored, and how long it took: estimates with intervals, censored where the truth lies beyond."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from uitknop.core import Estimate
from uitknop.rest.level import Place
from uitknop.rest.movement import Shift
from uitknop.rest.normal import normal_quantile
from uitknop.rest.parameters import HEART_RATE, LATENCY_WIDEN_MIN

Floats = npt.NDArray[np.float64]

_LEVEL = 0.9
_SIZES = 9


def restorative_minutes(shift: Shift, place: Place, t_min: Floats) -> Estimate:
    """Sum over the bout's minutes of the probability of lying on the calm side, min, with a 90 % interval.

    A minute lies there when the shift has passed the smallest worthwhile change on heart rate (ln RMSSD not against
    it) and the bout did not stay high on the own scale, or when the bout lies low on the scale altogether.

    Args:
        shift: of the bout.
        place: on the own scale; where it is unknown the shift decides alone.
        t_min: start of each epoch of the bout, shape (n,).
    """
    shapes = shift.grid.shapes(t_min, shift.epoch_min)
    quantiles = np.array([normal_quantile((i + 0.5) / _SIZES) for i in range(_SIZES)])
    sizes = shift.heart_rate.mean[:, None] + shift.heart_rate.sd[:, None] * quantiles[None, :]
    calm = shapes[:, :, None] * sizes[None, :, :] > HEART_RATE.swc
    minutes = calm.sum(axis=0) * shift.epoch_min
    chance = np.repeat((shift.joint_weight() / _SIZES)[:, None], _SIZES, axis=1)
    p_low = place.p_low_throughout if place.known else 0.0
    chance *= max(0.0, place.p_low + place.p_between - p_low) if place.known else 1.0
    whole = t_min.size * shift.epoch_min
    values = np.concatenate([minutes.ravel(), [whole, 0.0]])
    weights = np.concatenate([chance.ravel(), [p_low, 0.0]])
    weights[-1] = max(0.0, 1.0 - float(weights.sum()))
    low, high = _quantiles(values, weights, ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2))
    value = float(values @ weights)  # a mean: with nearly all weight on one end it can lie beyond both quantiles
    return Estimate(value, min(low, value), max(high, value), _LEVEL, int(t_min.size), "min")


def latency(shift: Shift, *, settled: bool, already_calm: bool, duration_min: float, n: int) -> Estimate:
    """Minutes from the start of the bout to the settled state.

    Left-censored at 0 when the body was calm from the start; right-censored at the length of the bout when no shift
    was seen with enough certainty.
    """
    if already_calm:
        return Estimate(0.0, 0.0, 0.0, _LEVEL, n, "min", censored="left")
    if settled:
        low, middle, high = shift.onset_quantiles_min((0.05, 0.5, 0.95))
        return Estimate(
            middle, max(0.0, low - LATENCY_WIDEN_MIN), min(duration_min, high + LATENCY_WIDEN_MIN), _LEVEL, n, "min"
        )
    return Estimate(duration_min, duration_min, math.inf, _LEVEL, n, "min", censored="right")


def _quantiles(values: Floats, weights: Floats, shares: tuple[float, float]) -> tuple[float, float]:
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weights[order])
    at = np.minimum(np.searchsorted(cumulated, np.asarray(shares) - 1e-12), values.size - 1)
    return float(values[order][at[0]]), float(values[order][at[1]])
