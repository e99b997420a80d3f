"""Which red flags are open, with what to do: shown before anything else."""

from __future__ import annotations

from collections.abc import Sequence

from uitknop.core import Entry
from uitknop.guidance import Action, OpenFlag, action_of
from uitknop.instruments import Answer, give, instrument, no_answers, to_entry
from uitknop.web.visit import Visit

SIGNS = "red_flags"
SUICIDALITY = "suicidality"


def open_now(visit: Visit) -> tuple[tuple[OpenFlag, Action], ...]:
    """What is open, the one to act at soonest first, each with what to do."""
    return tuple((flag, action_of(flag.id)) for flag in visit.flags())


def signs_entry(visit: Visit, picked: Sequence[str]) -> Entry:
    """The answer to the page of red flags as a line; nothing picked is "none of these".

    Raises:
        Malformed: a sign that is not on the page.
    """
    page = instrument(SIGNS)
    answer = Answer("signs", tuple(picked) or ("none",), visit.now_ms)
    given = give(page, no_answers(page), answer).of("signs") or answer
    return to_entry(page, given, visit.zone)
