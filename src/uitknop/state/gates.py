"""The gates between phases: each a question to what was in fact collected, with what was found and what is needed.

No gate asks for a heart measurement. A gate whose own minimum is not there says "too little", never "shut".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from uitknop.core import Reason, Value
from uitknop.core.errors import Malformed
from uitknop.instruments import Answers, decide, instrument, score, total_from_entry
from uitknop.instruments.lines import TOTAL
from uitknop.state.crashes import CrashFree
from uitknop.state.diary import FINE, HEAVY, SOLVED, STRESSOR, Diary, numbers_of, rounds_of
from uitknop.state.parameters import (
    CONTROL_YES,
    DAY_MS,
    ENERGY_DROP,
    ENERGY_SD,
    ENERGY_UP,
    FEWEST_ENERGY_MEAN,
    FEWEST_ENERGY_SD,
    FINE_DAYS,
    GATE_DAYS,
    GATE_KNOWN_DAYS,
    HEAVY_DAYS,
    LONG_DAYS,
    MOOD_DAYS,
    MOOD_TOTAL,
    MOOD_TOTAL_DAYS,
)


@dataclass(frozen=True, slots=True)
class Gate(Value):
    """One condition.

    Args:
        code: its name.
        answer: open, shut, or too_little to say.
        reason: what was found and what is needed, in its unit; of too little, how much there is and how much must be.
    """

    code: str
    answer: Literal["open", "shut", "too_little"]
    reason: Reason


def at_least(code: str, found: float, needed: float, unit: str) -> Gate:
    """A gate that opens from a figure on."""
    return Gate(code, "open" if found >= needed else "shut", Reason(code, found, needed, unit))


def at_most(code: str, found: float, needed: float, unit: str) -> Gate:
    """A gate that is open up to a figure."""
    return Gate(code, "open" if found <= needed else "shut", Reason(code, found, needed, unit))


def too_little(code: str, found: float, needed: float, unit: str) -> Gate:
    """A gate that cannot tell: so much is there, so much must be."""
    return Gate(code, "too_little", Reason(f"{code}_too_little", found, needed, unit))


def enough_taps(diary: Diary, days: int, needed: int) -> Gate:
    """Whether enough of the last days are known; if not, nothing is proposed."""
    known = diary.known(days)
    if known < needed:
        return too_little("known_days", known, needed, "days")
    return at_least("known_days", known, needed, "days")


def without_crash(free: CrashFree, days: int) -> Gate:
    """Whether no crash was told of for so many days."""
    if free.days is None:
        return too_little("crash_free", 0, days, "days")
    return at_least("crash_free", free.days, days, "days")


def fine_days(diary: Diary) -> Gate:
    """Track B, phase 1: enough days of the last three weeks were called fine."""
    if diary.known(GATE_DAYS) < GATE_KNOWN_DAYS:
        return too_little("fine_days", diary.known(GATE_DAYS), GATE_KNOWN_DAYS, "days")
    return at_least("fine_days", diary.count(GATE_DAYS, (FINE,)), FINE_DAYS, "days")


def energy_up(diary: Diary) -> Gate:
    """Track B, phase 1: mean energy of the last three weeks against the three weeks before."""
    energy = numbers_of(diary, instrument("energy"), "energy")
    now = _last(energy, diary.today, 0, GATE_DAYS)
    before = _last(energy, diary.today, GATE_DAYS, 2 * GATE_DAYS)
    fewest = min(len(now), len(before))
    if fewest < FEWEST_ENERGY_MEAN:
        return too_little("energy_up", fewest, FEWEST_ENERGY_MEAN, "answers")
    return at_least("energy_up", _mean(now) - _mean(before), ENERGY_UP, "points")


def control(diary: Diary) -> Gate:
    """Track B, phase 1: a hold on the days, by the last answer of three weeks."""
    said = _last(numbers_of(diary, instrument("energy"), "control"), diary.today, 0, GATE_DAYS)
    if not said:
        return too_little("control", 0, 1, "answers")
    return at_least("control", said[-1], CONTROL_YES, "")


def steady(diary: Diary) -> Gate:
    """Track P, phase 1: energy that does not swing; by the taps where it was not answered often enough."""
    energy = _last(numbers_of(diary, instrument("energy"), "energy"), diary.today, 0, LONG_DAYS)
    if len(energy) >= FEWEST_ENERGY_SD:
        mean = _mean(energy)
        sd = math.sqrt(math.fsum((points - mean) ** 2 for points in energy) / (len(energy) - 1))
        return at_most("steady_energy", sd, ENERGY_SD, "points")
    if diary.known(GATE_DAYS) < GATE_KNOWN_DAYS:
        return too_little("steady_days", diary.known(GATE_DAYS), GATE_KNOWN_DAYS, "days")
    return at_most("steady_days", diary.count(GATE_DAYS, (HEAVY,)), HEAVY_DAYS, "days")


def energy_kept(diary: Diary) -> Gate:
    """Phase 2-B: no fall of energy from one answer to the next in four weeks."""
    energy = _last(numbers_of(diary, instrument("energy"), "energy"), diary.today, 0, LONG_DAYS)
    if len(energy) < FEWEST_ENERGY_MEAN:
        return too_little("energy_kept", len(energy), FEWEST_ENERGY_MEAN, "answers")
    fall = max(max(before - after, 0.0) for before, after in pairwise(energy))
    code = "energy_kept"
    return Gate(code, "open" if fall < ENERGY_DROP else "shut", Reason(code, fall, ENERGY_DROP, "points"))


def mood_calm(diary: Diary) -> Gate:
    """Phase 2-B: our own two questions show no low time, and the official list, where filled in, lies below its limit.

    Only answers of the last weeks count, each round by itself; a total of a form that was filled in elsewhere counts
    like one of here. Too little when nothing was answered in that time.
    """
    total = _mood_total(diary)
    if total is not None and total >= MOOD_TOTAL:
        return Gate("mood", "shut", Reason("mood_total", total, MOOD_TOTAL, "points"))
    own = instrument("mood")
    lately = [one for one in rounds_of(diary, own) if _within(one, diary, MOOD_DAYS)]
    low = {found.id: found.holds for found in decide(own, lately[-1])}["low_mood"] if lately else None
    if low is None and total is None:
        return too_little("mood", 0, 1, "answers")
    return at_most("mood", int(low is True), 0, "signs")


def _mood_total(diary: Diary) -> float | None:
    """The last total of the official list, from answers or typed in; None without one in the last weeks."""
    official = instrument("phq9")
    found: list[tuple[int, float]] = []
    for one in rounds_of(diary, official):
        value = score(official, one)[0].value
        if value is not None and _within(one, diary, MOOD_TOTAL_DAYS):
            found.append((max(answer.at_ms for answer in one.given), value))
    for entry in diary.entries:
        typed = entry.kind == "event" and entry.label == f"{TOTAL}{official.id}/{official.scales[0].id}"
        if typed and diary.now_ms - entry.at_ms < MOOD_TOTAL_DAYS * DAY_MS:
            try:
                found.append((entry.at_ms, total_from_entry(official, entry, now_ms=diary.now_ms).value or 0.0))
            except Malformed:
                continue  # kept as it is; `fault_of` of the lines typed in says why
    return max(found)[1] if found else None


def _within(answers: Answers, diary: Diary, days: int) -> bool:
    """Whether the last answer of a round lies within so many days."""
    return diary.now_ms - max(answer.at_ms for answer in answers.given) < days * DAY_MS


def stressor_solved(diary: Diary, since_ms: int) -> Gate:
    """Phase 2-B: the person says that something that weighed is solved; nobody says so for them."""
    lines = [entry for entry in diary.entries if entry.kind == "event" and entry.label == STRESSOR]
    solved = sum(entry.value == SOLVED and entry.at_ms >= since_ms for entry in lines)
    return at_least("stressor_solved", solved, 1, "")


def _last(numbers: Sequence[tuple[date, float]], today: date, first: int, end: int) -> list[float]:
    """What was answered from `first` up to `end` days ago, in order of time."""
    return [points for day, points in numbers if first <= (today - day).days < end]


def _mean(points: Sequence[float]) -> float:
    return math.fsum(points) / len(points)
