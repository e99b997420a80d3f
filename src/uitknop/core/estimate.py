"""A number as it may be shown: with its interval, its n and its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core.table import Value

Censoring = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Estimate(Value):
    """An estimate with its interval.

    Args:
        value: the estimate, in `unit`.
        low, high: ends of the interval.
        level: share of the probability between them, 0..1.
        n: how many observations it rests on.
        unit: "" for a pure number.
        censored: "right" when the truth is only known to be above `value`, "left" when below.
    """

    value: float
    low: float
    high: float
    level: float
    n: int
    unit: str
    censored: Censoring | None = None


@dataclass(frozen=True, slots=True)
class Reason(Value):
    """Why an answer is what it is: a code, what was found and what was needed. The words come from the catalogues."""

    code: str
    found: int | float | str | None = None
    needed: int | float | str | None = None
    unit: str = ""
