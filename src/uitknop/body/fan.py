"""How people spread at every moment: the middle, the range of the middle half, and that of 95 in 100."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.outcome import BAND
from uitknop.core import Value
from uitknop.core.arrays import frozen

Floats = npt.NDArray[np.float64]
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Fan(Value):
    """A quantity of many people over time.

    Args:
        middle: half lie below, shape (kept,).
        half_low, half_high: the middle half of the people lies between, shape (kept,).
        low, high: 95 in 100 lie between, shape (kept,).
    """

    middle: Floats
    half_low: Floats
    half_high: Floats
    low: Floats
    high: Floats


def fan_of(courses: Floats) -> Fan:
    """The fan of courses.

    Args:
        courses: shape (n, kept), n at least one.

    >>> fan_of(np.array([[0.0], [1.0], [2.0]])).middle
    array([1.])
    """
    at = [0.5, *((1 + side * width) / 2 for width in (HALF, BAND) for side in (-1, 1))]
    return Fan(*(frozen(values, np.float64) for values in np.quantile(courses, at, axis=0)))
