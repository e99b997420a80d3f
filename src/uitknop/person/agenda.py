"""What is still to judge, kept in the file itself: judging can be stopped at any moment and goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from uitknop.core import Value
from uitknop.core.timeline import day_of, day_span
from uitknop.person.ground import CODE, LINES, REVISION, ZONE, Ground
from uitknop.store import Store
from uitknop.walk import MARGIN_H

HOUR_MS = 3_600_000
REACH_DAYS = 61
"""How far a day bears on later ones: the scale is made of sixty days, and clocks change."""

AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Agenda(Value):
    """What is still to do.

    Args:
        again: days to judge whatever was kept of them.
        first: from this day on days are looked at; None when there is nothing to do.
        last: until this day.
    """

    again: frozenset[date] = frozenset()
    first: date | None = None
    last: date | None = None

    def reaches(self, day: date) -> bool:
        """Whether a day must be looked at: what it leans on may have changed."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last

    def with_days(self, days: Iterable[date]) -> Agenda:
        """The same with more days to judge again, and to look at what leans on them."""
        again = self.again.union(days)
        if not again:
            return self
        first, last = min(again), max(again) + timedelta(days=REACH_DAYS)
        return Agenda(again, min(first, self.first or first), max(last, self.last or last))

    def after(self, day: date) -> Agenda:
        """The same once a day and all before it are done, where another window has not come further yet."""
        again = frozenset(one for one in self.again if one > day)
        return replace(self, again=again, first=self.first and max(self.first, day + timedelta(days=1)))


def days_of(hours: Iterable[int], zone: str) -> list[date]:
    """The days that UTC hours lie in, in order; an hour in which a day begins lies in two."""
    found: list[date] = []
    end_ms: int | None = None
    for hour in sorted(set(hours)):
        for at_ms in (hour * HOUR_MS, (hour + 1) * HOUR_MS - 1):
            if end_ms is None or at_ms >= end_ms:
                found.append(day_of(at_ms, zone))
                end_ms = day_span(found[-1], zone).end_ms
    return found


def day_before(day: date) -> date:
    """The first day that bears on a day."""
    return day - timedelta(days=REACH_DAYS)


def look_up(store: Store, days: Sequence[date], ground: Ground) -> Agenda:
    """What was left to do, and what has changed since; written down before any work is done, within a transaction.

    Args:
        store: the person's file.
        days: all days of which facts are or were known, in order.
        ground: what days are judged by from now on.
    """
    agenda = kept(store)
    if store.setting(ZONE) != ground.zone:
        store.forget_derived()
        agenda = Agenda().with_days(days)
    elif store.setting(CODE) != ground.stamp:
        agenda = Agenda().with_days(days)
    else:
        agenda = agenda.with_days(_touched(store, int(store.setting(REVISION) or 0), ground.zone) & set(days))
        if days and store.setting(LINES) != ground.lines:
            agenda = replace(agenda, first=days[0], last=days[-1])
    keep(store, agenda)
    for name, value in ground.settings.items():
        if store.setting(name) != value:
            store.keep_setting(name, value)
    return agenda


def keep(store: Store, agenda: Agenda) -> None:
    """Write down what is still to do."""
    told = {
        "again": sorted(day.isoformat() for day in agenda.again),
        "first": agenda.first and agenda.first.isoformat(),
        "last": agenda.last and agenda.last.isoformat(),
    }
    text = json.dumps(told)
    if store.setting(AGENDA) != text:
        store.keep_setting(AGENDA, text)


def kept(store: Store) -> Agenda:
    """What was written down last."""
    told = json.loads(store.setting(AGENDA) or "{}")
    first, last = (date.fromisoformat(told[name]) if told.get(name) else None for name in ("first", "last"))
    return Agenda(frozenset(map(date.fromisoformat, told.get("again", ()))), first, last)


def _touched(store: Store, since: int, zone: str) -> set[date]:
    """Days within reach of which facts changed after a revision."""
    moments = (hour * HOUR_MS + at_ms for hour in store.hours_since(since) for at_ms in (0, HOUR_MS - 1))
    reach_ms = MARGIN_H * HOUR_MS
    return {day_of(at_ms + around, zone) for at_ms in moments for around in (-reach_ms, 0, reach_ms)}
