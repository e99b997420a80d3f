"""What speaks against a negative PEM screen: its age, who filled it in, and what the diary tells since.

Nothing here makes PEM positive. It makes a "no" unknown until the person answers the questions anew.
"""

from __future__ import annotations

from itertools import pairwise

from uitknop.core import Reason
from uitknop.instruments import instrument
from uitknop.state.crashes import Crash
from uitknop.state.diary import Diary, readable, said_by
from uitknop.state.parameters import CRASHES_APART_DAYS, DAY_MS, EFFORT_LONG, PEM_WEEKS, WEEK_DAYS


def doubts(own_ms: int | None, diary: Diary, crashes: tuple[Crash, ...]) -> tuple[Reason, ...]:
    """Why a negative screen counts as unknown now; empty when nothing speaks against it.

    Args:
        own_ms: the oldest answer of the person's own negative screen, UTC ms; None where somebody else gave part of it.
        diary, crashes: the person's.
    """
    if own_ms is None:
        return (Reason("pem_by_proxy"),)
    found = []
    weeks = (diary.now_ms - own_ms) // (WEEK_DAYS * DAY_MS)
    if weeks >= PEM_WEEKS:
        found.append(Reason("pem_old", weeks, PEM_WEEKS, "weeks"))
    told_ms = max((*_long_after_effort(diary), *_crash_upon_crash(crashes)), default=None)
    if told_ms is not None and told_ms >= own_ms:
        found.append(Reason("pem_against_diary", (diary.now_ms - told_ms) // DAY_MS, None, "days"))
    return tuple(found)


def _long_after_effort(diary: Diary) -> list[int]:
    """Each time the person noted that complaints grew for long, or were still there, UTC ms."""
    noted = readable(diary, instrument("effort_diary"))
    return [
        entry.at_ms
        for entry in noted
        if entry.label.endswith("/how_long") and said_by(entry).isdecimal() and int(said_by(entry)) >= EFFORT_LONG
    ]


def _crash_upon_crash(crashes: tuple[Crash, ...]) -> list[int]:
    """Each crash that came soon after another, by its first line, UTC ms."""
    return [
        crash.start_ms
        for before, crash in pairwise(crashes)
        if (crash.first_day - before.first_day).days <= CRASHES_APART_DAYS
    ]
