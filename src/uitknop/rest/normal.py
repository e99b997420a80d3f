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


_T_95 = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812)


def t_quantile_95(degrees: int) -> float:
    """The value below which 95 % of Student's t with some degrees of freedom lies; absolute error below 0.001.

    Source: table for up to ten degrees, Cornish-Fisher series beyond, Abramowitz & Stegun 1964, 26.7.5.

    >>> t_quantile_95(1), round(t_quantile_95(30), 2)
    (6.314, 1.7)
    """
    if degrees <= len(_T_95):
        return _T_95[max(degrees, 1) - 1]
    z = normal_quantile(0.95)
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
