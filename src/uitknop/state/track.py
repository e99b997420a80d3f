"""Track P, pacing, or B: by the answers about getting worse after effort (PEM). Unknown counts as positive."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from uitknop.core import Entry, Value
from uitknop.instruments import Answers, Instrument, Pem, give, instrument, no_answers, pem_of, pem_together
from uitknop.instruments.answers import applies
from uitknop.instruments.entries import answer_from_entry
from uitknop.state.diary import Diary, readable

Track = Literal["B", "P"]

SCREENS = ("pem_screen", "dsq_pem")
"""The list worded here, and the official one when its wording was loaded; a positive answer to either decides."""


@dataclass(frozen=True, slots=True)
class TrackNow(Value):
    """Which track, and from what.

    Args:
        track: B only when PEM is known to be negative.
        pem: the answer behind it.
        asked: whether any question about PEM was answered or passed over.
        b_since_ms: since when it is track B without a break, UTC ms; None on track P.
    """

    track: Track
    pem: Pem
    asked: bool
    b_since_ms: int | None


@dataclass(frozen=True, slots=True)
class _Screened:
    """One list: what holds, when it last turned positive, and since when it is negative."""

    pem: Pem
    turned_ms: int | None
    negative_ms: int | None


def track_of(diary: Diary) -> TrackNow:
    """The track now.

    A screen that turns positive decides at once. It is negative again only when every question that is still asked
    was answered anew since, so that taking back a single answer does not lift the gate.
    """
    found = [_screened(instrument(name), lines) for name in SCREENS if (lines := readable(diary, instrument(name)))]
    pem = pem_together(one.pem for one in found)
    if pem.counts_as_positive:
        return TrackNow("P", pem, bool(found), None)
    negative = [one for one in found if one.negative_ms is not None]
    first_ms = min(one.negative_ms or 0 for one in negative)
    again_ms = max((one.negative_ms or 0 for one in negative if one.turned_ms is not None), default=first_ms)
    return TrackNow("B", pem, True, max(first_ms, again_ms))


def _screened(screen: Instrument, lines: tuple[Entry, ...]) -> _Screened:
    """One list with its history, moment by moment."""
    held, answers = _Screened(Pem("unknown"), None, None), no_answers(screen)
    for at_ms, group in groupby(lines, key=lambda entry: entry.at_ms):
        for entry in group:
            answers = give(screen, answers, answer_from_entry(screen, entry))
        held = _after(held, screen, answers, at_ms)
    return held


def _after(before: _Screened, screen: Instrument, answers: Answers, at_ms: int) -> _Screened:
    """What holds once these answers are there, given what held before."""
    pem, turned_ms = pem_of(screen, answers), before.turned_ms
    if pem.answer == "positive":
        return _Screened(pem, turned_ms if before.pem.answer == "positive" else at_ms, None)
    if before.pem.answer == "positive" and turned_ms is not None:
        # What is not asked any more, such as how bad it is where it never happens, need not be answered anew.
        asked = {item.id for item in screen.items if applies(item, answers)}
        anew = all(answer.at_ms > turned_ms for answer in answers.given if answer.item in asked)
        if pem.answer != "negative" or not anew:
            return _Screened(Pem("positive", pem.by_proxy), turned_ms, None)
    negative_ms = (before.negative_ms or at_ms) if pem.answer == "negative" else None
    return _Screened(pem, turned_ms, negative_ms)
