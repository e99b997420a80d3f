"""How a drive eases: courses from 0 to 1 that a body may take, none of them the exponential the detector fits.

Onset means the moment the course has gone a tenth of the way.
"""

from __future__ import annotations

import math
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Shape = Literal["logistic", "step", "biphasic", "slow_ramp", "two_step", "relapse"]

SHAPES: tuple[Shape, ...] = get_args(Shape)
WITHIN_PRIORS: tuple[Shape, ...] = ("logistic", "step", "biphasic")
"""Courses one settling of 1 to 8 min can follow; the others are far from any single settling."""

_LOGIT_TENTH = math.log(9.0)


def course(shape: Shape, since_onset_min: Array, pace_min: float) -> Array:
    """How far the drive has eased, 0..1, at each moment, float64, shape (n,).

    Args:
        shape: the course.
        since_onset_min: minutes since the onset (negative before), shape (n,).
        pace_min: how long the course takes, min; each shape reads it in its own way.

    >>> course("step", np.array([-5.0, 0.0, 10.0]), 1.0).round(2).tolist()
    [0.0, 0.1, 1.0]
    """
    t = since_onset_min
    if shape == "logistic":
        return _logistic(t, pace_min / 4)
    if shape == "step":
        return _logistic(t, 0.15)
    if shape == "biphasic":  # a quick vagal part, then a slow sympathetic one
        return 0.55 * _logistic(t, 0.25) + 0.45 * _ramp(t, 1.0, 3 * pace_min)
    if shape == "slow_ramp":
        return _ramp(t + 0.1 * pace_min, 0.0, pace_min)
    if shape == "two_step":
        return 0.5 * _logistic(t, 0.3) + 0.5 * _logistic(t - pace_min, 0.5)
    relapse = np.exp(-0.5 * ((t - 1.4 * pace_min) / (0.3 * pace_min)) ** 2)
    return _logistic(t, min(0.5, 0.1 * pace_min)) * (1.0 - 0.6 * relapse)


def minutes_until(shape: Shape, pace_min: float, share: float) -> float:
    """Minutes from the onset until the course has gone `share` of the way for the first time."""
    t = np.linspace(-5.0, 90.0, 9501)
    return float(t[int(np.argmax(course(shape, t, pace_min) >= share))])


def _logistic(since_onset_min: Array, width_min: float) -> Array:
    """The logistic course that is at a tenth at 0."""
    return 1.0 / (1.0 + np.exp(-np.clip(since_onset_min / width_min - _LOGIT_TENTH, -60.0, 60.0)))


def _ramp(t: Array, start: float, length: float) -> Array:
    """0 before `start`, 1 after `start + length`, a straight line between."""
    return np.clip((t - start) / length, 0.0, 1.0)
