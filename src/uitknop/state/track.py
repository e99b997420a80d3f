"""Track P, pacing, or B: by the answers about getting worse after effort (PEM). Unknown counts as positive.

A negative screen counts as long as nothing speaks against it: `pem_doubt` says what does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from uitknop.core import Entry, Reason, Value
from uitknop.instruments import Answers, Instrument, Pem, give, instrument, no_answers, pem_of, pem_together
from uitknop.instruments.answers import applies
from uitknop.instruments.entries import answer_from_entry
from uitknop.state.crashes import Crash, find_crashes
from uitknop.state.diary import PROXY, Diary, readable
from uitknop.state.pem_doubt import doubts

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
        b_since_ms: since when no answer spoke against track B, UTC ms; None on track P. A screen that only got too
            old and was answered anew does not begin it again.
        reasons: why a negative screen counts as unknown: `pem_by_proxy`, `pem_old`, `pem_against_diary`.
    """

    track: Track
    pem: Pem
    asked: bool
    b_since_ms: int | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Screened:
    """One list: what holds, when it last turned positive, since when it is negative, and its oldest answer that counts.

    `whole_ms` is that oldest answer while the list is negative, else None.
    """

    pem: Pem
    turned_ms: int | None
    negative_ms: int | None
    whole_ms: int | None = None


def track_of(diary: Diary, crashes: tuple[Crash, ...] | None = None) -> TrackNow:
    """The track now.

    A screen that turns positive decides at once. It is negative again only when every question that is still asked
    was answered anew since, so that taking back a single answer does not lift the gate. A screen that was begun and
    not finished leaves PEM unknown, whatever another one says.

    Args:
        diary: the person's.
        crashes: in it; None to look for them.
    """
    lines = {name: told for name in SCREENS if (told := readable(diary, instrument(name)))}
    found = [_screened(instrument(name), told) for name, told in lines.items()]
    pem = pem_together(one.pem for one in found)
    if pem.counts_as_positive:
        return TrackNow("P", pem, bool(found), None)
    doubted = doubts(_own_ms(lines), diary, find_crashes(diary) if crashes is None else crashes)
    if doubted:
        return TrackNow("P", Pem("unknown", pem.by_proxy), True, None, doubted)
    negative = [one for one in found if one.negative_ms is not None]
    first_ms = min(one.negative_ms or 0 for one in negative)
    again_ms = max((one.negative_ms or 0 for one in negative if one.turned_ms is not None), default=first_ms)
    return TrackNow("B", pem, True, max(first_ms, again_ms))


def _own_ms(lines: Mapping[str, tuple[Entry, ...]]) -> int | None:
    """The oldest answer of the person's own newest negative screen, UTC ms; None where their own answers give none."""
    found = []
    for name, told in lines.items():
        own = tuple(entry for entry in told if not entry.value.startswith(PROXY))
        found.append(_screened(instrument(name), own).whole_ms)
    return max((at_ms for at_ms in found if at_ms is not None), default=None)


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
        anew = all(at_ms > turned_ms for at_ms in _asked_ms(screen, answers))
        if pem.answer != "negative" or not anew:
            return _Screened(Pem("positive", pem.by_proxy), turned_ms, None)
    if pem.answer != "negative":
        return _Screened(pem, turned_ms, None)
    return _Screened(pem, turned_ms, before.negative_ms or at_ms, min(_asked_ms(screen, answers)))


def _asked_ms(screen: Instrument, answers: Answers) -> list[int]:
    """When each question that is still asked was answered, UTC ms."""
    asked = {item.id for item in screen.items if applies(item, answers)}
    return [answer.at_ms for answer in answers.given if answer.item in asked]
