"""Means, and amounts below which a share lies, each with its interval and n."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from uitknop.core import Estimate
from uitknop.rest.normal import normal_quantile, t_quantile_95

LEVEL = 0.9


def mean_of(values: Sequence[float], unit: str, *, least_sd: float = 0.0, low: float, high: float) -> Estimate:
    """Mean with a 90 % interval from the spread (Student's t).

    Args:
        values: two or more.
        unit: theirs.
        least_sd: spread that is assumed at the least.
        low, high: the interval never leaves these.

    >>> mean_of([4.0, 5.0, 6.0], "points", low=0, high=10).value
    5.0
    """
    mean = math.fsum(values) / len(values)
    sd = max(math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)), least_sd)
    reach = t_quantile_95(len(values) - 1) * sd / math.sqrt(len(values))
    return Estimate(mean, max(mean - reach, low), min(mean + reach, high), LEVEL, len(values), unit)


def amount_below_which(share: float, values: Sequence[float], unit: str, *, each_counts: float = 1.0) -> Estimate:
    """The amount below which a share of the values lies, with a 90 % interval from their order alone.

    Args:
        share: 0..1.
        values: one or more.
        unit: theirs.
        each_counts: how much of a value of its own each is; windows that overlap share their days.
    Source: interval of a quantile by order, normal approximation; Conover 1999, "Practical Nonparametric Statistics".
    """
    ordered = np.sort(np.array(values, dtype=np.float64))
    error = normal_quantile((1 + LEVEL) / 2) * math.sqrt(share * (1 - share) / (len(values) * each_counts))
    ends = np.quantile(ordered, np.clip([share, share - error, share + error], 0.0, 1.0))
    middle, low, high = (float(end) for end in ends)
    return Estimate(middle, low, high, LEVEL, len(values), unit)
