"""What was said today, in words, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uitknop.core import Entry, Span, Value
from uitknop.person.unlock import TAPS
from uitknop.report.words import N_
from uitknop.store import Store
from uitknop.web.visit import Visit

NOW, FELT, REFRESHED = "now", "felt", "refreshed"
"""Labels of the taps; their values as `docs/state.md` and the room of rest read them."""

TAP_WORDS: Mapping[str, str] = {
    "fine": N_("all right"),
    "heavy": N_("heavy"),
    "crash": N_("crash"),
    "skipped": N_("skip"),
}
"""How is it now?"""

FELT_WORDS: Mapping[str, str] = {"calmer": N_("calmer"), "same": N_("the same"), "restless": N_("more restless")}
"""How did a rest feel?"""

YES_NO: Mapping[str, str] = {"yes": N_("yes"), "no": N_("no")}


@dataclass(frozen=True, slots=True)
class Said(Value):
    """One thing that was said.

    Args:
        batch: the number by which it is taken back; None while it can't be.
        at: time of day.
        words: what was said.
    """

    batch: int | None
    at: str
    words: str


def said_on(visit: Visit, day: tuple[int, int]) -> tuple[Said, ...]:
    """The taps of a day, the latest first."""
    found = visit.house.vault.do(lambda store: _taps(store, day))
    told = [
        Said(batch, visit.words.clock(entry.at_ms, visit.zone), words)
        for batch, entry in found
        if (words := in_words(entry, visit))
    ]
    return tuple(reversed(told))


def in_words(entry: Entry, visit: Visit) -> str:
    """A line in words; empty for one that is told elsewhere."""
    say = visit.words.say
    if entry.kind == "answer" and entry.label == NOW and entry.value in TAP_WORDS:
        return say(TAP_WORDS[entry.value])
    if entry.kind == "answer" and entry.label == FELT and entry.value in FELT_WORDS:
        return say("after the rest: {answer}", answer=say(FELT_WORDS[entry.value]))
    if entry.kind == "answer" and entry.label == REFRESHED and entry.value in YES_NO:
        return say("refreshed: {answer}", answer=say(YES_NO[entry.value]))
    if entry.kind == "rest" and entry.end_ms is not None:
        return say("rest until {time}", time=visit.words.clock(entry.end_ms, visit.zone))
    return ""


def take_back(store: Store, batch: int, now_ms: int) -> bool:
    """Let something that was tapped no longer count; whether there was such a thing. Imports are not taps."""
    taps = {each.id for each in store.batches() if each.origin.source == TAPS and each.withdrawn_ms is None}
    if batch in taps:
        store.withdraw(batch, now_ms)
    return batch in taps


def _taps(store: Store, day: tuple[int, int]) -> list[tuple[int | None, Entry]]:
    """Lines of a day with the batch that brought each; what came from files is not here."""
    start_ms, end_ms = day
    batches = [
        each
        for each in store.batches()
        if each.origin.source == TAPS and each.withdrawn_ms is None and each.first_ms is not None
        if start_ms <= each.first_ms < end_ms
    ]
    by_moment = {each.first_ms: each.id for each in batches}
    entries = store.entries(Span(start_ms, end_ms))
    return [(by_moment[entry.at_ms], entry) for entry in entries if entry.at_ms in by_moment]
