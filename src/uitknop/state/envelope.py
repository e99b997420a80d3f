"""The energy envelope from the own history: inside, at the edge, outside, or can't tell. It is never a target.

What the last three days held stands beside all windows of three days that no crash followed. The edge is the amount
below which most of these lie. Around it is a band in which nothing is decided, and the answer remembers the side it
comes from, so that a small change does not flip it (peers flip between rest and exertion on one beat a minute).
Minutes of exertion are used where they are noted, the taps where they are not; no heart measurement is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from uitknop.core import Estimate, Reason, Value
from uitknop.state.crashes import Crash, crash_now
from uitknop.state.daily import exertion_min, heavy_days, over_window, windows
from uitknop.state.diary import Diary
from uitknop.state.estimates import amount_below_which
from uitknop.state.parameters import (
    FEWEST_EXERTION_DAYS,
    FEWEST_WINDOWS,
    HISTORY_DAYS,
    LEAST_MARGIN,
    LEAST_MARGIN_HEAVY,
    LEAST_MARGIN_MIN,
    LIMIT_SHARE,
    MEMORY_DAYS,
    WINDOW_DAYS,
)

Side = Literal["inside", "edge", "outside"]
Where = Literal["inside", "edge", "outside", "cannot_tell"]
Basis = Literal["exertion", "taps"]


@dataclass(frozen=True, slots=True)
class Seen(Value):
    """How often the own record bears the edge out.

    Args:
        above: windows above the edge that are over.
        followed: how many of them a crash followed within the next three days.
        without: crashes that came after a window below the edge.
    """

    above: int
    followed: int
    without: int


@dataclass(frozen=True, slots=True)
class Envelope(Value):
    """Where the last days lie.

    Args:
        where: inside, edge, outside, or cannot_tell.
        basis: what it was counted in; None when neither is there.
        amount: mean per known day of the last window; None when it is not known.
        edge: with the band in which nothing is decided; n in windows that were carried.
        seen: the record of this edge; None without an edge.
        reasons: why.
    """

    where: Where
    basis: Basis | None
    amount: float | None
    edge: Estimate | None
    seen: Seen | None
    reasons: tuple[Reason, ...] = ()


def envelope_of(diary: Diary, crashes: tuple[Crash, ...]) -> Envelope:
    """Where the last three days lie in the person's own history.

    Args:
        diary: the person's.
        crashes: of this diary. A crash that is on now is outside by the person's own word.
    """
    noted = sum(minutes > 0 for minutes in exertion_min(diary).values())
    basis: Basis = "exertion" if noted >= FEWEST_EXERTION_DAYS else "taps"
    daily, unit = (exertion_min(diary), "min") if basis == "exertion" else (heavy_days(diary), "days")
    amounts = _recent_windows(windows(daily, without=_crash_days(crashes)), diary.today)
    last = over_window(daily, diary.today)
    amount = last[0] if last is not None and 2 * last[1] > WINDOW_DAYS else None
    if crash_now(crashes, diary.today):
        return Envelope("outside", basis if daily else None, amount, None, None, (Reason("crash_now"),))
    if not daily:
        return Envelope("cannot_tell", None, None, None, None, (Reason("no_days", 0, FEWEST_WINDOWS, "windows"),))
    carried = [one for day, one in amounts.items() if _is_over(day, diary.today) and not _followed(day, crashes)]
    if len(carried) < FEWEST_WINDOWS:
        lack = Reason("too_few_windows", len(carried), FEWEST_WINDOWS, "windows")
        return Envelope("cannot_tell", basis, amount, None, None, (lack,))
    edge = _edge(carried, unit)
    seen = _seen(amounts, edge, crashes, diary.today)
    if amount is None:
        lack = Reason("days_unknown", 0 if last is None else last[1], WINDOW_DAYS // 2 + 1, "days")
        return Envelope("cannot_tell", basis, None, edge, seen, (lack,))
    return _placed(basis, amount, edge, seen, _followed_side(amounts, edge, diary.today), crashes)


def step(before: Side | None, amount: float, edge: Estimate) -> Side:
    """The next answer, given the one before: a side is left only at the middle of the band or beyond it.

    >>> edge = Estimate(30.0, 20.0, 40.0, 0.9, 40, "min")
    >>> step("inside", 25.0, edge), step("edge", 25.0, edge), step("outside", 35.0, edge)
    ('inside', 'edge', 'outside')
    """
    if amount > edge.high:
        return "outside"
    if amount < edge.low:
        return "inside"
    if before == "inside" and amount < edge.value:
        return "inside"
    if before == "outside" and amount > edge.value:
        return "outside"
    return "edge"


def follow(amounts: Iterable[float], edge: Estimate, before: Side | None = None) -> Side | None:
    """The answer after a row of amounts in order of time; `before` when the row is empty."""
    for amount in amounts:
        before = step(before, amount, edge)
    return before


def _placed(
    basis: Basis, amount: float, edge: Estimate, seen: Seen, before: Side | None, crashes: tuple[Crash, ...]
) -> Envelope:
    side = step(before, amount, edge)
    if side != "inside" and not crashes:
        # Without a crash nobody knows where the edge of this person lies, only what was carried so far.
        lack = Reason("no_crash_seen", 0, 1, "crashes")
        return Envelope("cannot_tell", basis, amount, edge, seen, (lack,))
    reason = Reason(f"{side}_of_own_history" if side != "edge" else "in_unsure_band", amount, edge.value, edge.unit)
    return Envelope(side, basis, amount, edge, seen, (reason,))


def _edge(carried: list[float], unit: str) -> Estimate:
    """The edge, with a band that is never narrower than the smallest difference that should count."""
    found = amount_below_which(LIMIT_SHARE, carried, unit, each_counts=1 / WINDOW_DAYS)
    least = max(LEAST_MARGIN * found.value, LEAST_MARGIN_MIN if unit == "min" else LEAST_MARGIN_HEAVY)
    low, high = min(found.low, found.value - least), max(found.high, found.value + least)
    return Estimate(found.value, low, high, found.level, found.n, unit)


def _recent_windows(amounts: Mapping[date, float], today: date) -> dict[date, float]:
    return {day: amounts[day] for day in sorted(amounts) if 0 <= (today - day).days < HISTORY_DAYS}


def _followed_side(amounts: Mapping[date, float], edge: Estimate, today: date) -> Side | None:
    """The answer of yesterday, followed over the last days."""
    return follow((amounts[day] for day in sorted(amounts) if 0 < (today - day).days <= MEMORY_DAYS), edge)


def _seen(amounts: Mapping[date, float], edge: Estimate, crashes: tuple[Crash, ...], today: date) -> Seen:
    above = [day for day in amounts if amounts[day] > edge.value and _is_over(day, today)]
    reach = [timedelta(days=back) for back in range(1, WINDOW_DAYS + 1)]
    before = [[amounts[day] for back in reach if (day := crash.first_day - back) in amounts] for crash in crashes]
    without = sum(bool(found) and max(found) <= edge.value for found in before)
    return Seen(len(above), sum(_followed(day, crashes) for day in above), without)


def _is_over(day: date, today: date) -> bool:
    """Whether all days in which a crash could follow have passed."""
    return (today - day).days > WINDOW_DAYS


def _followed(day: date, crashes: tuple[Crash, ...]) -> bool:
    return any(0 < (crash.first_day - day).days <= WINDOW_DAYS for crash in crashes)


def _crash_days(crashes: tuple[Crash, ...]) -> set[date]:
    return {
        crash.first_day + timedelta(days=step)
        for crash in crashes
        for step in range((crash.last_day - crash.first_day).days + 1)
    }
