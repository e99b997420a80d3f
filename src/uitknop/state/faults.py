"""Which lines of the diary this room can't use, and why: they are kept as they are and count for nothing."""

from __future__ import annotations

from uitknop.core import Entry, Phrase
from uitknop.core.errors import Malformed
from uitknop.instruments import instrument
from uitknop.state.diary import LOAD, NOW, PHASE, SOLVED, STRESSOR, TAPS, said_by

_PHASES = ("1", "2", "3")


def fault_of(entry: Entry) -> Malformed | None:
    """Why a tap, a note of load, a step or a solved stressor can't be used; None for every other line."""
    said = said_by(entry)
    if entry.kind == "answer" and entry.label == NOW and said not in TAPS:
        return Malformed(
            Phrase(
                'The question "how is it now?" has no such answer; it takes {known}. The line stays as it is.',
                {"known": ", ".join(TAPS)},
            )
        )
    if entry.kind != "event":
        return None
    if entry.label.startswith(LOAD):
        return _of_load(entry.label.removeprefix(LOAD), said)
    if entry.label == PHASE and said not in _PHASES:
        return Malformed("A step goes to phase 1, 2 or 3. The line stays as it is and moves nothing.")
    if entry.label in (PHASE, STRESSOR) and said != entry.value:
        return Malformed(
            "Only the person can go to another phase or call something solved. The line stays and moves nothing."
        )
    if entry.label == STRESSOR and said != SOLVED:
        return Malformed('A line about something that weighed says "solved". This one stays as it is.')
    return None


def _of_load(domain: str, said: str) -> Malformed | None:
    item = instrument("load").item(domain)
    if item is None:
        return Malformed(
            Phrase(
                "There is no domain of load called {name}; there are {known}. The line stays as it is.",
                {"name": domain, "known": ", ".join(one.id for one in instrument("load").items)},
            )
        )
    if not (said.isascii() and said.isdecimal()) or int(said) not in item.numbers:
        return Malformed(
            Phrase(
                "Load is a whole number from {low} to {high}. The line stays as it is and counts for nothing.",
                {"low": item.low, "high": item.high},
            )
        )
    return None
