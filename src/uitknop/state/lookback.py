"""The 72 hours before a crash, as facts beside what is usual for this person. It names no cause and nobody's fault."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from uitknop.core import Entry, Estimate, Reason, Span, Value, Verdict
from uitknop.state.crashes import Crash
from uitknop.state.daily import Daily, measures, over_window, windows
from uitknop.state.diary import Diary
from uitknop.state.estimates import amount_below_which
from uitknop.state.parameters import FEWEST_USUAL, LOOK_BACK_H, WINDOW_DAYS

_LISTED = ("exertion", "rest", "event", "tag", "answer", "sleep", "medication")
_USUAL = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Fact(Value):
    """One thing that was noted before a crash.

    Args:
        code: `exertion`, `heavy_days`, `sleep`, `rests`, or `load/<domain>`.
        found: mean per known day over the three days before, in `unit`.
        known: how many of these days are known.
        unit: per day.
        usual: median over the own other windows, with the range in which eight of ten lie; None when there are too few.
        reason: why there is nothing usual yet.
    """

    code: str
    found: float
    known: int
    unit: str
    usual: Estimate | None
    reason: Reason | None = None

    @property
    def stands_out(self) -> bool:
        """Whether it lies outside what is usual; never without a usual."""
        return self.usual is not None and not self.usual.low <= self.found <= self.usual.high


@dataclass(frozen=True, slots=True)
class LookBack(Value):
    """What was there before a crash.

    Args:
        crash: the crash.
        span: the 72 hours before it.
        entries: the lines of the diary that lie in them.
        verdicts: the rests that were judged in them.
        facts: what is known of the three days before, day by day.
    """

    crash: Crash
    span: Span
    entries: tuple[Entry, ...]
    verdicts: tuple[Verdict, ...]
    facts: tuple[Fact, ...]

    @property
    def stands_out(self) -> tuple[Fact, ...]:
        """What was not as usual; empty when nothing stands out, which is an answer too."""
        return tuple(fact for fact in self.facts if fact.stands_out)


def look_back(crashes: Sequence[Crash], diary: Diary, verdicts: Sequence[Verdict], zone: str) -> tuple[LookBack, ...]:
    """The look-back of each crash.

    Args:
        crashes: of this diary.
        diary: the person's.
        verdicts: on bouts of rest; none without recordings.
        zone: in which the days of the recordings are told.
    """
    if not crashes:
        return ()
    daily = measures(diary, verdicts, zone)
    near = {day for crash in crashes for day in _days_near(crash)}
    usual = {code: _usual(list(windows(days, without=near).values()), unit) for code, (days, unit) in daily.items()}
    return tuple(_one(crash, diary, verdicts, daily, usual) for crash in crashes)


def _days_near(crash: Crash) -> list[date]:
    """The days before a crash and those in it: they are not the usual that it is held against."""
    length = (crash.last_day - crash.first_day).days + 1
    return [crash.first_day + timedelta(days=step) for step in range(-WINDOW_DAYS, length)]


def _one(
    crash: Crash,
    diary: Diary,
    verdicts: Sequence[Verdict],
    daily: Mapping[str, tuple[Daily, str]],
    usual: Mapping[str, Estimate | Reason],
) -> LookBack:
    span = Span(crash.start_ms - LOOK_BACK_H * 3_600_000, crash.start_ms)
    first, end = (bisect_left(diary.entries, at, key=lambda entry: entry.at_ms) for at in (span.start_ms, span.end_ms))
    facts = []
    for code, (days, unit) in daily.items():
        # The night before a crash ends on its first day; all else is of the days before.
        last = crash.first_day if code == "sleep" else crash.first_day - timedelta(days=1)
        there = over_window(days, last)
        if there is not None:
            known = usual[code]
            facts.append(
                Fact(code, *there, unit, None, known) if isinstance(known, Reason) else Fact(code, *there, unit, known)
            )
    return LookBack(
        crash,
        span,
        tuple(entry for entry in diary.entries[first:end] if entry.kind in _LISTED),
        tuple(verdict for verdict in verdicts if span.overlaps(verdict.bout.span)),
        tuple(facts),
    )


def _usual(amounts: list[float], unit: str) -> Estimate | Reason:
    """What the own other windows hold, or why that can't be told."""
    if len(amounts) < FEWEST_USUAL:
        return Reason("too_few_windows", len(amounts), FEWEST_USUAL, "windows")
    low, high = (amount_below_which(share, amounts, unit).value for share in _USUAL)
    middle = amount_below_which(0.5, amounts, unit).value
    return Estimate(middle, low, high, _USUAL[1] - _USUAL[0], len(amounts), unit)
