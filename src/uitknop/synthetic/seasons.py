"""What life does to somebody over months: load that builds, a blow, weeks of going on, stopping, safety, a way back."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Value


@dataclass(frozen=True, slots=True)
class Season(Value):
    """Days that are alike; the inputs are those of the body model.

    Args:
        name: what it is called in the truth.
        days: how many.
        stress, safety, exertion: from outside, outside of rests.
        rests: told rests a day.
        exercise: chance of exercise on a day.
        over_day: day of the season on which the person does far too much; None without.
    """

    name: str
    days: int
    stress: float
    safety: float
    exertion: float
    rests: int
    exercise: float = 0.0
    over_day: int | None = None


RESTS_MOST = 3
SHARES = (("load", 0.12, 40), ("blow", 0.03, 3), ("going_on", 0.15, 40), ("stopped", 0.08, 14), ("safety", 0.42, 75))
"""Name of each season, its share of all days, and the most days it takes; what is left is the way back."""


def seasons(days: int) -> tuple[Season, ...]:
    """The seasons of so many days, in order; the later ones are left out where there is no time for them.

    >>> [season.days for season in seasons(112)], [season.name for season in seasons(7)]
    ([13, 3, 17, 9, 47, 23], ['load', 'blow', 'going_on', 'stopped', 'safety'])
    """
    found: list[Season] = []
    left = days
    for name, share, most in SHARES:
        length = min(left, max(1, min(most, round(share * days))))
        if length:
            found.append(_season(name, length))
            left -= length
    return (*found, _season("way_back", left)) if left else tuple(found)


def _season(name: str, days: int) -> Season:
    if name == "load":
        return Season(name, days, stress=0.74, safety=0.15, exertion=0.25, rests=2, exercise=0.2)
    if name == "blow":
        return Season(name, days, stress=2.2, safety=0.1, exertion=0.25, rests=2)
    if name == "going_on":
        over_day = days - 2 if days > 12 else None
        return Season(name, days, stress=0.7, safety=0.1, exertion=0.2, rests=2, over_day=over_day)
    if name == "stopped":
        return Season(name, days, stress=0.15, safety=0.05, exertion=0.1, rests=3)
    if name == "safety":
        return Season(name, days, stress=0.1, safety=0.6, exertion=0.12, rests=3)
    return Season(name, days, stress=0.3, safety=0.45, exertion=0.2, rests=3, exercise=0.1)
