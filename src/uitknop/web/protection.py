"""Which red flags are open, with what to do: shown before anything else."""

from __future__ import annotations

from collections.abc import Sequence

from uitknop.core import Entry
from uitknop.guidance import Action, Closed, OpenFlag, Raised, action_of, open_flags
from uitknop.instruments import Answer, Flag, flags, from_entries, instrument
from uitknop.store import Store
from uitknop.web.visit import Visit

SIGN, FLAG = "sign/", "flag/"
"""Labels: the button was pressed, and a flag was talked about."""

SIGNS = "red_flags"
SUICIDALITY = "suicidality"


def open_now(visit: Visit) -> tuple[tuple[OpenFlag, Action], ...]:
    """What is open, the most urgent first, each with what to do."""
    entries = visit.house.vault.do(_entries)
    return tuple((flag, action_of(flag.id)) for flag in open_among(entries))


def open_among(entries: Sequence[Entry]) -> tuple[OpenFlag, ...]:
    """What is open by the lines of a diary."""
    page = instrument(SIGNS)
    start = f"{page.id}/{page.version}/"
    raised: list[Raised | Flag] = []
    for entry in entries:
        if entry.kind == "answer" and entry.label.startswith(start):
            raised += flags(page, from_entries(page, (entry,)))
        elif entry.kind == "event" and entry.label.startswith(SIGN):
            raised.append(Raised(entry.label.removeprefix(SIGN), entry.at_ms))
    closed = [
        Closed(entry.label.removeprefix(FLAG), entry.at_ms, entry.value == "known")
        for entry in entries
        if entry.kind == "event" and entry.label.startswith(FLAG)
    ]
    return open_flags(raised, closed)


def signs_entry(visit: Visit, picked: Sequence[str]) -> Entry:
    """The answer to the page of red flags as a line; nothing picked is "none of these".

    Raises:
        Malformed: a sign that is not on the page.
    """
    from uitknop.instruments import give, no_answers, to_entry

    page = instrument(SIGNS)
    answer = Answer("signs", tuple(picked) or ("none",), visit.now_ms)
    given = give(page, no_answers(page), answer).of("signs") or answer
    return to_entry(page, given, visit.zone)


def _entries(store: Store) -> tuple[Entry, ...]:
    return store.entries()
