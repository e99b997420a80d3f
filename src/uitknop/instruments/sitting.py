"""Which question comes next. Answering stops and goes on at any item, and a day is never long.

At most five items a day until it is known how ill somebody is, and always for those who are severely ill
(clinical reference 2.4 and hazard 19). Red flags are protection and are never held back by that limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Value
from uitknop.instruments.answers import Answers, applies, check_version, no_answers
from uitknop.instruments.instrument import Instrument, Item

Severity = Literal["unknown", "mild", "moderate", "severe", "very_severe"]
Stopped = Literal["done", "enough_today", "another_day", "wording_absent"]

_DAY_MS = 86_400_000
ITEMS_A_DAY = 5
"""Items a day while severity is unknown, and for the severely ill."""


@dataclass(frozen=True, slots=True)
class Next(Value):
    """The next question, or why there is none.

    Args:
        instrument: name of the list.
        item: None when it stopped.
        stopped: done (everything answered or passed over); enough_today (the limit of the day); another_day (the rest
            is for a later day); wording_absent (load it, or type in a total).
    """

    instrument: str
    item: Item | None
    stopped: Stopped | None = None


def items_left(answered_today: int, severity: Severity) -> int | None:
    """How many items may still be asked today; None for no limit.

    >>> items_left(2, "unknown"), items_left(9, "severe"), items_left(9, "mild")
    (3, 0, None)
    """
    return None if severity in ("mild", "moderate") else max(0, ITEMS_A_DAY - answered_today)


def next_item(
    instrument: Instrument,
    answers: Answers,
    *,
    answered_today: int = 0,
    severity: Severity = "unknown",
    day: int = 1,
) -> Next:
    """The first item of an instrument that is asked and has no answer yet.

    Args:
        instrument: the list.
        answers: what was answered so far, in whatever order.
        answered_today: items answered today, over all lists.
        severity: how ill the person is, as far as known.
        day: day of using the app, from 1.
    Raises:
        Malformed: the answers belong to another list or version.
    """
    check_version(instrument, answers)
    if instrument.wording == "absent":
        return Next(instrument.id, None, "wording_absent")
    waiting = [item for item in instrument.items if answers.of(item.id) is None and applies(item, answers)]
    due = [item for item in waiting if item.from_day <= day]
    if not waiting:
        return Next(instrument.id, None, "done")
    if not due:
        return Next(instrument.id, None, "another_day")
    if not instrument.unlimited and items_left(answered_today, severity) == 0:
        return Next(instrument.id, None, "enough_today")
    return Next(instrument.id, due[0])


def next_of(
    instruments: Iterable[Instrument],
    answered: Mapping[str, Answers],
    *,
    answered_today: int = 0,
    severity: Severity = "unknown",
    day: int = 1,
) -> Next | None:
    """The next question over several lists in their order; the reason of the first that is not done when none is due.

    Args:
        instruments: the lists, the most important first.
        answered: what was answered, by name of the list.
        answered_today, severity, day: see `next_item`.
    Returns: None when every list is done.
    """
    waiting: list[Next] = []
    for instrument in instruments:
        answers = answered.get(instrument.id, no_answers(instrument))
        found = next_item(instrument, answers, answered_today=answered_today, severity=severity, day=day)
        if found.item is not None:
            return found
        if found.stopped != "done":
            waiting.append(found)
    return waiting[0] if waiting else None


def is_due(instrument: Instrument, answers: Answers, *, now_ms: int) -> bool:
    """Whether a list may be begun anew: its oldest answer lies `repeat_days` back, or nothing was answered yet.

    A list without `repeat_days` is due until it was begun, and then only when the person wants it.
    """
    if not answers.given:
        return True
    begun_ms = min(answer.at_ms for answer in answers.given)
    return instrument.repeat_days > 0 and now_ms - begun_ms >= instrument.repeat_days * _DAY_MS


def count_since(answered: Iterable[Answers], since_ms: int) -> int:
    """How many items were answered or passed over from a moment on: the `answered_today` of a day that began then."""
    return sum(answer.at_ms >= since_ms for answers in answered for answer in answers.given)
