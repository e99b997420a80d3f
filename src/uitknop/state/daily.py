"""What each day held, as far as it was noted: one number per day and measure, and nothing for a day that is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from uitknop.core import Span, Verdict
from uitknop.core.timeline import day_of
from uitknop.state.diary import CRASH, HEAVY, Diary, day_of_entry
from uitknop.state.load import load_by_day
from uitknop.state.parameters import WINDOW_DAYS

Daily = Mapping[date, float]

NO_REST = ("quiet", "task", "night")
"""Kinds of bout that were not meant as rest by day."""

ASLEEP = ("asleep", "light", "deep", "rem")


def exertion_min(diary: Diary) -> Daily:
    """Minutes of noted exertion a day. A day with a tap and none noted counts as none; one with neither is unknown."""
    spans: dict[date, list[Span]] = defaultdict(list)
    for entry in diary.entries:
        if entry.kind == "exertion" and entry.span is not None:
            spans[day_of_entry(entry)].append(entry.span)
    return {day: _covered_min(spans.get(day, ())) for day in {*spans, *diary.taps}}


def heavy_days(diary: Diary) -> Daily:
    """1 for a day called heavy, 0 for one called fine. A crash is what follows, so it is neither."""
    return {day: float(said == HEAVY) for day, said in diary.taps.items() if said != CRASH}


def sleep_h(diary: Diary) -> Daily:
    """Hours asleep, on the day of waking up; stages of several devices that overlap count once."""
    spans: dict[date, list[Span]] = defaultdict(list)
    for entry in diary.entries:
        if entry.kind == "sleep" and entry.value in ASLEEP and entry.end_ms is not None:
            # A night belongs to the day that begins at 18:00 on the evening before.
            day = day_of(entry.at_ms + 10 * 3_600_000, entry.zone)
            spans[day].append(Span(entry.at_ms, max(entry.at_ms, entry.end_ms)))
    return {day: _covered_min(parts) / 60 for day, parts in spans.items()}


def rests(diary: Diary, verdicts: Sequence[Verdict], zone: str) -> Daily:
    """How many rests a day: those noted, and those found in recordings; one noted and recorded counts once."""
    meant = [verdict.bout.span for verdict in verdicts if verdict.bout.kind not in NO_REST]
    found: dict[date, float] = dict.fromkeys(diary.taps, 0.0)
    for span in meant:
        day = day_of(span.start_ms, zone)
        found[day] = found.get(day, 0.0) + 1
    for entry in diary.entries:
        if entry.kind == "rest" and entry.value not in NO_REST:
            span = entry.span or Span(entry.at_ms, entry.at_ms + 1)
            if not any(span.overlaps(other) for other in meant):
                found[day_of_entry(entry)] = found.get(day_of_entry(entry), 0.0) + 1
    return found


def measures(diary: Diary, verdicts: Sequence[Verdict], zone: str) -> Mapping[str, tuple[Daily, str]]:
    """Every measure by its name, with its unit; those of the load are called `load/<domain>`.

    Who never notes exertion, or a rest, is not told of days without any: for them it is unknown.
    """
    domains = {f"load/{name}": (days, "points") for name, days in load_by_day(diary).items() if days}
    noted = {"exertion": (exertion_min(diary), "min"), "rests": (rests(diary, verdicts, zone), "rests")}
    kept = {name: told for name, told in noted.items() if any(told[0].values())}
    always = {"heavy_days": (heavy_days(diary), "days"), "sleep": (sleep_h(diary), "h")}
    return {**kept, **always, **domains}


def over_window(daily: Daily, last: date) -> tuple[float, int] | None:
    """Mean per known day over the window that ends on a day, and how many of its days are known; None for none."""
    days = [last - timedelta(days=back) for back in range(WINDOW_DAYS)]
    known = [daily[day] for day in days if day in daily]
    return (sum(known) / len(known), len(known)) if known else None


def windows(daily: Daily, *, without: Collection[date]) -> Mapping[date, float]:
    """Each window by its last day, where most of its days are known and none is left out."""
    found: dict[date, float] = {}
    for last in daily:
        days = {last - timedelta(days=back) for back in range(WINDOW_DAYS)}
        amount = over_window(daily, last)
        if amount is not None and 2 * amount[1] > WINDOW_DAYS and days.isdisjoint(without):
            found[last] = amount[0]
    return found


def _covered_min(spans: Iterable[Span]) -> float:
    """Minutes that lie in any of the spans."""
    total, until = 0, None
    for span in sorted(spans):
        start = span.start_ms if until is None else max(span.start_ms, until)
        total += max(span.end_ms - start, 0)
        until = span.end_ms if until is None else max(until, span.end_ms)
    return total / 60_000
