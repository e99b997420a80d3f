"""A share with its interval."""

from __future__ import annotations

import math

from uitknop.core import Estimate

LEVEL = 0.95
Z = 1.959964


def share(count: int, n: int) -> Estimate:
    """A share with its Wilson interval (Wilson 1927, doi:10.1080/01621459.1927.10502953).

    Args:
        count: how many of n.

    >>> found = share(0, 1000)
    >>> found.value, round(found.high, 4)
    (0.0, 0.0038)
    """
    p = count / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    low = 0.0 if count == 0 else max(middle - half, 0.0)
    high = 1.0 if count == n else min(middle + half, 1.0)
    return Estimate(p, low, high, LEVEL, n, "")
