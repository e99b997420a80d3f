"""Track P, pacing, or B: by the answers about getting worse after effort (PEM). Unknown counts as positive."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from uitknop.core import Value
from uitknop.instruments import Instrument, Pem, from_entries, instrument, pem_of, pem_together
from uitknop.instruments.answers import applies
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
        turned_ms: when a screen last turned positive, UTC ms, also where it was answered anew since.
    """

    track: Track
    pem: Pem
    asked: bool
    turned_ms: int | None


def track_of(diary: Diary) -> TrackNow:
    """The track now.

    A screen that turns positive decides at once. It is negative again only when every one of its answers was given
    anew since, so that taking back a single answer does not lift the gate.
    """
    lines = {name: readable(diary, instrument(name)) for name in SCREENS}
    found = [_screened(instrument(name), diary) for name in SCREENS if lines[name]]
    pem = pem_together(one for one, _ in found)
    turned = [at_ms for _, at_ms in found if at_ms is not None]
    return TrackNow("P" if pem.counts_as_positive else "B", pem, bool(found), max(turned, default=None))


def _screened(screen: Instrument, diary: Diary) -> tuple[Pem, int | None]:
    """PEM by one list with its history, and when it last turned positive."""
    lines = readable(diary, screen)
    turned_ms: int | None = None
    positive = False
    n = 0
    for at_ms, group in groupby(lines, key=lambda entry: entry.at_ms):
        n += len(tuple(group))
        now = pem_of(screen, from_entries(screen, lines[:n])).answer == "positive"
        turned_ms = at_ms if now and not positive else turned_ms
        positive = now
    answers = from_entries(screen, lines)
    pem = pem_of(screen, answers)
    if pem.answer != "positive" and turned_ms is not None:
        # What is not asked any more, such as how bad it is where it never happens, need not be answered anew.
        asked = {item.id for item in screen.items if applies(item, answers)}
        since = [answer.at_ms > turned_ms for answer in answers.given if answer.item in asked]
        renewed = pem.answer == "negative" and all(since)
        pem = pem if renewed else Pem("positive", pem.by_proxy)
    return pem, turned_ms
