"""The Dutch calendar of being away from work through illness, counted from the first day; no medical content.

Weeks of the Wet verbetering poortwachter: clinical reference, section 12.1. The sheet for the talk itself is
`sheet("work_talk")`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from uitknop.core import Value
from uitknop.guidance.data_file import read_data
from uitknop.guidance.text import Text


@dataclass(frozen=True, slots=True)
class WorkWeek(Value):
    """What happens in a week of the calendar."""

    week: int
    nl: str
    en: str

    @property
    def words(self) -> Text:
        """What happens."""
        return Text(self.nl, self.en)


@dataclass(frozen=True, slots=True)
class WorkCalendar(Value):
    """Where in the calendar a day lies.

    Args:
        week: from 1; 0 before the first day.
        past, ahead: what lies behind and ahead, each with the first day of its week.
    """

    week: int
    past: tuple[tuple[date, WorkWeek], ...]
    ahead: tuple[tuple[date, WorkWeek], ...]


@dataclass(frozen=True, slots=True)
class _File:
    week: tuple[WorkWeek, ...]


@lru_cache(maxsize=1)
def work_weeks() -> tuple[WorkWeek, ...]:
    """The whole calendar.

    Raises:
        KnowledgeError: the file breaks its form.
    """
    return read_data("work_weeks.toml", _File).week


def work_calendar(first_day: date, today: date) -> WorkCalendar:
    """The calendar of somebody who has been away from work since `first_day`."""
    dated = [(first_day + timedelta(weeks=row.week - 1), row) for row in work_weeks()]
    return WorkCalendar(
        max(0, (today - first_day).days // 7 + 1),
        tuple(one for one in dated if one[0] <= today),
        tuple(one for one in dated if one[0] > today),
    )
