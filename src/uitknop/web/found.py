"""What was found in the days of the file, read beside the pages, and the one sentence of Vandaag."""

from __future__ import annotations

from datetime import timedelta
from weakref import WeakKeyDictionary

from uitknop.core import Entry, Findings, Verdict
from uitknop.core.timeline import day_of
from uitknop.walk import Standing, standing
from uitknop.web.lines import Lines
from uitknop.web.visit import Visit

NOTHING = Findings((), (), (), (), None, None)
"""What is told of the heart while nothing was read yet, and where nothing is measured."""

MINUTE_MS = 60_000
NOT_REST = ("quiet", "task", "night", "baseline")


def findings(visit: Visit) -> Findings:
    """What was found, as it was read last; nothing is waited for. Where somebody else wrote, it is looked at anew."""
    lines, house = visit.house.vault.lines, visit.house
    house.vault.do(lambda store: lines.between(store, 0, 0))
    if lines.overtaken:
        lines.overtaken = False
        house.wake()
    return (house.judging.found or NOTHING) if visit.measures else NOTHING


def stands_now(visit: Visit) -> Standing:
    """Where the person stands now, by the diary and what was found; read anew when these or the minute change."""
    vault, found = visit.house.vault, findings(visit)
    key = vault.do(lambda store: store.revision), visit.now_ms // MINUTE_MS, visit.zone
    known = _STANDING.get(vault.lines)
    if known is not None and known[0] == key and known[1] is found:
        return known[2]
    stands = standing(vault.entries(), found.verdicts, now_ms=visit.now_ms, zone=visit.zone)
    _STANDING[vault.lines] = key, found, stands
    return stands


_STANDING: WeakKeyDictionary[Lines, tuple[tuple[int, int, str], Findings, Standing]] = WeakKeyDictionary()
"""By the diary at hand; it is gone when the file is locked."""


def stood_out(visit: Visit) -> tuple[str, int] | None:
    """The latest rest that did something, in a sentence, and when it began; None when nothing stands out.

    Only what eased is told here: whoever wants to know the rest looks back.
    """
    verdicts = findings(visit).verdicts
    settled = [one for one in verdicts[-50:] if one.answer == "settled" and one.bout.kind not in NOT_REST]
    if not settled:
        return None
    start_ms = settled[-1].bout.span.start_ms
    now, then = day_of(visit.now_ms, visit.zone), day_of(start_ms, visit.zone)
    say, at = visit.words.say, visit.words.clock(start_ms, visit.zone)
    if then == now:
        return say("What stood out: today's rest of {time} seems to have done something.", time=at), start_ms
    if then == now - timedelta(days=1):
        return say("What stood out: yesterday's rest of {time} seems to have done something.", time=at), start_ms
    return None


def verdict_of(rest: Entry, verdicts: tuple[Verdict, ...]) -> Verdict | None:
    """The verdict on a rest of the diary; None while there is none."""
    return next((one for one in verdicts if one.bout.span == rest.span and one.bout.kind == rest.value), None)
