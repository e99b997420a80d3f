"""The load bucket: what weighs, domain by domain. Nothing adds the domains up: that number would look like a truth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from uitknop.core import Estimate, Reason, Value
from uitknop.instruments import instrument
from uitknop.state.diary import LOAD, Diary, day_of_entry, numbers_by_item, said_by
from uitknop.state.estimates import mean_of
from uitknop.state.parameters import FEWEST_DOMAINS, FEWEST_LOAD_DAYS, LOAD_DAYS, ROUNDING_SD

_MOST = 10


@dataclass(frozen=True, slots=True)
class DomainLoad(Value):
    """What one domain weighs.

    Args:
        domain: name of the item in the list `load`.
        estimate: in points from 0 to 10, n in days; None when there is too little.
        reason: why there is none; None when there is one.
    """

    domain: str
    estimate: Estimate | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Load(Value):
    """The bucket.

    Args:
        domains: every domain of the list, in its order.
        stands_out: those whose interval lies above the mean of the other known ones.
    """

    domains: tuple[DomainLoad, ...]
    stands_out: tuple[str, ...]

    def of(self, domain: str) -> DomainLoad | None:
        """One domain by its name."""
        return next((found for found in self.domains if found.domain == domain), None)


def load_of(diary: Diary) -> Load:
    """What weighs now, from the answers and notes of the last `LOAD_DAYS` days."""
    daily = load_by_day(diary)
    domains = tuple(_domain(name, _recent(daily[name], diary.today)) for name in daily)
    return Load(domains, _stands_out(domains))


def load_by_day(diary: Diary) -> Mapping[str, Mapping[date, float]]:
    """For each domain the points of each day that has any: the mean of its answers and notes of that day."""
    return diary.once(("load_by_day",), lambda: _by_day(diary))


def _by_day(diary: Diary) -> Mapping[str, Mapping[date, float]]:
    bucket = instrument("load")
    found: dict[str, dict[date, list[float]]] = {item.id: defaultdict(list) for item in bucket.items}
    for name, numbers in numbers_by_item(diary, bucket).items():
        for day, points in numbers.items():
            found[name][day].append(points)
    for entry in diary.entries:
        if entry.kind != "event" or not entry.label.startswith(LOAD):
            continue
        domain, said = entry.label.removeprefix(LOAD), said_by(entry)
        if domain in found and said.isascii() and said.isdecimal() and int(said) <= _MOST:
            found[domain][day_of_entry(entry)].append(float(said))
    return {name: {day: math.fsum(all_) / len(all_) for day, all_ in days.items()} for name, days in found.items()}


def _recent(days: Mapping[date, float], today: date) -> list[float]:
    return [points for day, points in sorted(days.items()) if 0 <= (today - day).days < LOAD_DAYS]


def _domain(name: str, points: list[float]) -> DomainLoad:
    if len(points) < FEWEST_LOAD_DAYS:
        return DomainLoad(name, None, Reason("too_few_answers", len(points), FEWEST_LOAD_DAYS, "days"))
    return DomainLoad(name, mean_of(points, "points", least_sd=ROUNDING_SD, low=0, high=_MOST))


def _stands_out(domains: tuple[DomainLoad, ...]) -> tuple[str, ...]:
    known = [(found.domain, found.estimate) for found in domains if found.estimate is not None]
    if len(known) < FEWEST_DOMAINS:
        return ()
    total = math.fsum(estimate.value for _, estimate in known)
    return tuple(name for name, one in known if one.low > (total - one.value) / (len(known) - 1))
