"""What the made-up person of the demo answered in the app: the questions, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from uitknop.core import Entry
from uitknop.core.timeline import to_ms, zone_of

if TYPE_CHECKING:
    from uitknop.instruments import Item
    from uitknop.synthetic import LivedDay

ANSWERED_H = 18
BETWEEN_MS = 7000
"""From one answer to the next."""

EVERY = {"red_flags": (80, 12), "pem_screen": (28, 10), "function": (28, 4), "mood": (28, 4), "energy": (7, 2)}
"""Days from one round of a list to the next, and from the last round to the last day; each on the first day too."""

BEGINS = {"safety": ("stressor", "solved"), "way_back": ("phase", "2")}
"""What the person says of own accord on the first day of a season."""

Value = int | tuple[str, ...]


def answers_of(day: LivedDay, before: LivedDay | None, days_left: int, zone: str) -> tuple[Entry, ...]:
    """The lines of the questions answered on a day, in order of time.

    Args:
        day: as it was lived.
        before: the day before; None on the first day, when conditions are told too.
        days_left: until the last day.
        zone: where the person is.
    """
    at_ms = _moment_ms(day.day, zone)
    lines: list[Entry] = list(_conditions(at_ms, zone)) if before is None else []
    if before is not None and before.season != day.season and day.season in BEGINS:
        label, value = BEGINS[day.season]
        lines.append(Entry(at_ms - BETWEEN_MS, zone, "event", value, label=label))
    for name, (every, before_end) in EVERY.items():
        if before is None or days_left % every == before_end:
            lines += _round(name, at_ms + BETWEEN_MS * (len(lines) + 1), zone, lambda item: _said(item, day.symptoms))
    return tuple(sorted(lines, key=lambda line: line.at_ms))


def _round(name: str, at_ms: int, zone: str, said: Callable[[Item], Value]) -> Iterator[Entry]:
    """One list, answered from its first question to its last."""
    from uitknop.instruments import Answer, give, instrument, next_item, no_answers, to_entry

    asked = instrument(name)
    answers = no_answers(asked)
    while (item := next_item(asked, answers, severity="mild", day=99).item) is not None:
        answers = give(asked, answers, Answer(item.id, said(item), at_ms))
        given = answers.of(item.id)
        assert given is not None
        yield to_entry(asked, given, zone)
        at_ms += BETWEEN_MS


def _said(item: Item, symptoms: float) -> Value:
    """Nothing alarming, and otherwise what the complaints of the day let expect."""
    if item.kind == "many":
        return ("none",)
    if item.id == "energy":
        return round(8.0 - 10.0 * symptoms)
    if item.id in ("fatigue", "sleep_refreshing"):
        return round(2.0 + 10.0 * symptoms) if item.id == "fatigue" else round(7.0 - 8.0 * symptoms)
    return item.low


def _conditions(at_ms: int, zone: str) -> Iterator[Entry]:
    """That none of the conditions holds that more would wait for."""
    from uitknop.guidance import condition_entry, practice

    for number, name in enumerate(practice("careful_restart").not_with):
        yield condition_entry(name, False, at_ms - BETWEEN_MS * (number + 1), zone, medicine=name == "beta_blocker")


def _moment_ms(day: date, zone: str) -> int:
    return to_ms(datetime(day.year, day.month, day.day, ANSWERED_H, tzinfo=zone_of(zone)))
