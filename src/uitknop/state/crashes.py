"""Crashes: what the person calls one, by a tap or told afterwards. No measurement makes or unmakes a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from uitknop.core import Estimate, Reason, Value
from uitknop.core.timeline import day_of
from uitknop.instruments import instrument
from uitknop.state.diary import CRASH, NOW, Diary, day_of_entry, numbers_of, said_by
from uitknop.state.parameters import ENERGY_DROP, SILENT_DAYS


@dataclass(frozen=True, slots=True)
class Crash(Value):
    """One crash.

    Args:
        start_ms: first line that tells of it, UTC ms.
        first_day, last_day: the person's days, both called a crash.
        ended: first day called something else; None while there is none.
        duration: days. From the last day called a crash up to the day before it was called something else; censored
            on the right while it has not been.
    """

    start_ms: int
    first_day: date
    last_day: date
    ended: date | None
    duration: Estimate


@dataclass(frozen=True, slots=True)
class CrashFree(Value):
    """How long no crash was told of.

    Args:
        days: whole days after the last crash, or since the first tap; None without any tap.
        known: how many of those days have a tap. A day without one is not known to be free of a crash.
    """

    days: int | None
    known: int


def find_crashes(diary: Diary) -> tuple[Crash, ...]:
    """Every crash in order of time. Up to `SILENT_DAYS` days without a tap may lie inside one; another tap ends it."""
    told = _crash_days(diary)
    groups: list[list[date]] = []
    for day in sorted(told):
        if groups and _one_crash(groups[-1][-1], day, diary):
            groups[-1].append(day)
        else:
            groups.append([day])
    nexts: list[date | None] = [*(days[0] for days in groups), None][1:]
    return tuple(_crash(days, following, told, diary) for days, following in zip(groups, nexts, strict=True))


def crash_free(diary: Diary, crashes: tuple[Crash, ...]) -> CrashFree:
    """The days since the last crash, today included."""
    if crashes:
        days = (diary.today - crashes[-1].last_day).days
    elif diary.taps:
        days = (diary.today - min(diary.taps)).days + 1
    else:
        return CrashFree(None, 0)
    return CrashFree(max(days, 0), diary.known(days))


def crash_now(crashes: tuple[Crash, ...], today: date) -> bool:
    """Whether the last crash is not known to have ended, and not long past."""
    return bool(crashes) and crashes[-1].ended is None and (today - crashes[-1].last_day).days <= SILENT_DAYS


def ask_whether_crash(diary: Diary, crashes: tuple[Crash, ...]) -> Reason | None:
    """Energy that fell since the answer before, with no crash told of: a reason to ask, never a crash.

    Returns: the fall in points, or None.
    """
    energy = numbers_of(diary, instrument("energy"), "energy")
    if len(energy) < 2 or energy[-2][1] - energy[-1][1] < ENERGY_DROP:
        return None
    before, last = energy[-2][0], energy[-1][0]
    if any(before <= crash.last_day and crash.first_day <= last for crash in crashes):
        return None
    return Reason("energy_fell", energy[-2][1] - energy[-1][1], ENERGY_DROP, "points")


def _crash_days(diary: Diary) -> Mapping[date, int]:
    """Each day called a crash, with the first moment at which it was."""
    found: dict[date, int] = {}
    for entry in diary.entries:
        told = entry.kind == "event" or (entry.kind == "answer" and entry.label == NOW)
        if not told or said_by(entry) != CRASH:
            continue
        first = day_of_entry(entry)
        last = max(first, day_of(min(entry.end_ms - 1, diary.now_ms), entry.zone)) if entry.end_ms else first
        for step in range((last - first).days + 1):
            found.setdefault(first + timedelta(days=step), entry.at_ms)
    return found


def _one_crash(last: date, day: date, diary: Diary) -> bool:
    """Whether nothing but a few silent days lies between two days called a crash."""
    between = [last + timedelta(days=step) for step in range(1, (day - last).days)]
    return len(between) <= SILENT_DAYS and not any(other in diary.taps for other in between)


def _crash(days: list[date], following: date | None, told: Mapping[date, int], diary: Diary) -> Crash:
    first, last = days[0], days[-1]
    ended = min((day for day in diary.taps if last < day < (following or date.max)), default=None)
    shortest = (last - first).days + 1
    longest = shortest if ended is None else (ended - first).days
    duration = Estimate(
        *(float(shortest), float(shortest), float("inf") if ended is None else float(longest), 1.0, len(days), "d"),
        censored="right" if ended is None else None,
    )
    return Crash(min(told[day] for day in days), first, last, ended, duration)
