"""What was said today, in words, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uitknop.core import Entry, Value
from uitknop.guidance import action_of, conditions
from uitknop.guidance.told import CONDITION, STANDING
from uitknop.instruments import own_instruments
from uitknop.report.words import N_
from uitknop.web.visit import Visit

NOW, FELT, REFRESHED = "now", "felt", "refreshed"
"""Labels of the taps; their values as `docs/state.md` and the room of rest read them."""

SIGN, FLAG, PROPOSAL = "sign/", "flag/", "proposal/"
"""Starts of labels: a sign for which to get help first was pressed, one was talked about, a proposal was answered."""

PLAN = "setting/plan"
"""Label of the line that switches proposals to do more on or off."""

TWICE_MS = 1_500
"""A tap that comes so soon after one is the same one: a finger that shook, or a page that was slow."""

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
ON_OFF: Mapping[str, str] = {"on": N_("on"), "off": N_("off")}


@dataclass(frozen=True, slots=True)
class Said(Value):
    """One thing that was said.

    Args:
        batch: the number by which it is taken back.
        at: time of day.
        words: what was said, in short.
        told: the same as a sentence for the person who said it.
        about: label of the line.
    """

    batch: int
    at: str
    words: str
    told: str
    about: str = ""


def said_on(visit: Visit, day: tuple[int, int]) -> tuple[Said, ...]:
    """The taps of a day, the latest first."""
    lines = visit.house.vault.lines
    entries = visit.house.vault.do(lambda store: lines.between(store, *day))
    told = [
        Said(batch, visit.words.clock(entry.at_ms, visit.zone), words, _told(entry, words, visit), about_of(entry))
        for entry in entries
        if (batch := lines.batch_of(entry)) is not None and (words := in_words(entry, visit))
    ]
    return tuple(reversed(told))


def just_now(visit: Visit) -> list[Entry]:
    """The lines of the last moment, in which a second tap was not meant."""
    lines = visit.house.vault.lines
    return visit.house.vault.do(lambda store: lines.between(store, visit.now_ms - TWICE_MS, visit.now_ms + 1))


def about_of(entry: Entry) -> str:
    """The label of a line; a condition that holds is told like one that was asked about."""
    return f"{CONDITION}{entry.value}" if entry.kind in STANDING else entry.label


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
    if entry.kind == "event" and entry.label.startswith(SIGN):
        return say("asked for help")
    if entry.kind == "event" and entry.label.startswith(FLAG):
        what = action_of(entry.label.removeprefix(FLAG)).title.said(visit.view.lang)
        return say("talked about: {what}", what=what)
    if entry.kind == "event" and entry.label.startswith(PROPOSAL) and entry.value in YES_NO:
        return say("to a proposal: {answer}", answer=say(YES_NO[entry.value]))
    if entry.kind == "event" and entry.label == PLAN and entry.value in ON_OFF:
        return say("proposals to do more: {answer}", answer=say(ON_OFF[entry.value]))
    return _condition(entry, visit) or (_answered(entry, visit) if entry.kind == "answer" else "")


def _told(entry: Entry, words: str, visit: Visit) -> str:
    """A line as a sentence for the person who said it."""
    say, at = visit.words.say, visit.words.clock(entry.at_ms, visit.zone)
    if entry.kind == "rest" and entry.end_ms is not None:
        return say("You rested until {time}.", time=visit.words.clock(entry.end_ms, visit.zone))
    if entry.label == FELT:
        return say("After the rest: {answer}.", answer=say(FELT_WORDS[entry.value]))
    if entry.label == REFRESHED:
        return say("Refreshed by yesterday's rest: {answer} ({time}).", answer=say(YES_NO[entry.value]), time=at)
    if entry.label.startswith(SIGN):
        return say("You asked for help ({time}).", time=at)
    if entry.label.startswith(PROPOSAL):
        return say("To a proposal you said: {answer} ({time}).", answer=say(YES_NO[entry.value]), time=at)
    if entry.label == PLAN:
        return say("You chose proposals to do more: {answer} ({time}).", answer=say(ON_OFF[entry.value]), time=at)
    if entry.label == NOW or about_of(entry).startswith(CONDITION):
        return say("You said: {words} ({time}).", words=words, time=at)
    return say("Your answer is kept ({time}).", time=at)


def _condition(entry: Entry, visit: Visit) -> str:
    """That a condition holds or does not; what is over was told by a line of its own."""
    found = conditions().get(about_of(entry).removeprefix(CONDITION))
    if found is None or entry.end_ms is not None:
        return ""
    answer = "yes" if entry.kind in STANDING else entry.value
    told = answer in YES_NO and about_of(entry).startswith(CONDITION)
    what = found.words.said(visit.view.lang)
    return visit.words.say("{what}: {answer}", what=what, answer=visit.words.say(YES_NO[answer])) if told else ""


def _answered(entry: Entry, visit: Visit) -> str:
    """That a question of a list was answered; the answer itself stands where the list is."""
    found = next((one for one in own_instruments() if entry.label.startswith(f"{one.id}/{one.version}/")), None)
    return visit.words.say("answered: {list}", list=found.title.said(visit.view.lang)) if found else ""
