"""The pace of slow breathing: a longer breath out, nothing held, never outside four to eight breaths a minute.

Source: 4 s in, 6 s out, clinical reference, section 5; limits, section 10, hazard 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Value
from uitknop.guidance.limits import checked

SHARE_IN = 0.4
"""Breathing in takes four tenths of each breath, as in 4 in, 6 out."""


@dataclass(frozen=True, slots=True)
class Pace(Value):
    """How long each breath goes in and out.

    Raises:
        LimitError: a part, or the number of breaths a minute, passes its hard limit.
    """

    in_s: float
    out_s: float

    def __post_init__(self) -> None:
        checked("breath_in_s", self.in_s)
        checked("breath_out_s", self.out_s)
        checked("breathing_rate", self.rate_brpm)

    @property
    def rate_brpm(self) -> float:
        """Breaths a minute."""
        return 60.0 / (self.in_s + self.out_s)


USUAL = Pace(4, 6)
WITH_AIR_HUNGER = Pace(3, 5)


def pace_at(rate_brpm: float) -> Pace:
    """A person's own pace, in the proportion of 4 in, 6 out.

    Raises:
        LimitError: outside the range for a pace of one's own.

    >>> pace_at(6)
    Pace(in_s=4.0, out_s=6.0)
    """
    breath_s = 60.0 / checked("breathing_personal_rate", rate_brpm).value
    return Pace(SHARE_IN * breath_s, (1.0 - SHARE_IN) * breath_s)
