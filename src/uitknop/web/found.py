"""What was found in the days of the file, kept at hand while nothing changes, and the one sentence of Vandaag."""

from __future__ import annotations

from datetime import timedelta

from uitknop.core import Entry, Findings, Verdict
from uitknop.core.timeline import day_of
from uitknop.person import findings_of
from uitknop.person.ground import REVISION
from uitknop.store import Store
from uitknop.web.visit import Visit

LATELY_DAYS = 2


def findings(visit: Visit) -> Findings:
    """Everything that was found."""
    return visit.house.vault.do(lambda store: _remembered(visit, store, None))


def lately(visit: Visit) -> Findings:
    """What was found in the last days."""
    return visit.house.vault.do(lambda store: _remembered(visit, store, LATELY_DAYS))


def stood_out(visit: Visit) -> tuple[str, int] | None:
    """The latest rest that did something, in a sentence, and when it began; None when nothing stands out.

    Only what eased is told here: whoever wants to know the rest looks back.
    """
    settled = [
        verdict
        for verdict in lately(visit).verdicts
        if verdict.answer == "settled" and verdict.bout.kind not in ("quiet", "task", "night", "baseline")
    ]
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


def _remembered(visit: Visit, store: Store, days: int | None) -> Findings:
    """The findings, read anew when facts or what is judged have changed."""
    since = None if days is None else day_of(visit.now_ms, visit.zone) - timedelta(days=days)
    state = (store.revision, store.setting(REVISION), store.setting("agenda"), store.setting("zone"), since)
    kept = visit.house.found.get(days)
    if kept is None or kept[0] != state:
        kept = visit.house.found[days] = (state, findings_of(store, since=since))
    return kept[1]
