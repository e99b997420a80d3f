"""The normal distribution without scipy, whose import would cost more than the whole verdict."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_STANDARD = NormalDist()


def normal_quantile(p: float) -> float:
    """z below which a share `p` of a standard normal lies.

    >>> round(normal_quantile(0.95), 3)
    1.645
    """
    return _STANDARD.inv_cdf(p)


def normal_cdf(z: npt.ArrayLike) -> Floats:
    """Share of a standard normal below z, elementwise; absolute error below 1e-7.

    Source: Abramowitz & Stegun 1964, "Handbook of Mathematical Functions", 26.2.17.

    >>> normal_cdf([0.0, 1.0]).round(4).tolist()
    [0.5, 0.8413]
    """
    x = np.asarray(z, dtype=np.float64)
    t = 1.0 / (1.0 + 0.2316419 * np.abs(x))
    series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail = np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi) * series
    return np.asarray(np.where(x >= 0.0, 1.0 - tail, tail), dtype=np.float64)
