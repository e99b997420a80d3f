"""Which lines of the diary does nobody read, and why: a name that is not ours, a word that says nothing.

Such a line stays as it is and does nothing. It is told, so that nobody thinks it counts.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from uitknop.core import Entry, Phrase
from uitknop.core.errors import Malformed
from uitknop.guidance.answered import NO, PROPOSAL, YES
from uitknop.guidance.help_actions import known_signs
from uitknop.guidance.limits import limit
from uitknop.guidance.practices import conditions, practices
from uitknop.guidance.proposals import ASKED, EFFORTS, REQUEST, WITHDRAWN
from uitknop.guidance.raised import FLAG, PROXY
from uitknop.guidance.steps import steps
from uitknop.guidance.told import CONDITION, MEANS, MINUTES, OFF, SETTING
from uitknop.instruments.supplements import concerns

LONGEST_NAME = 40


def unread(entry: Entry, signs: Collection[str] = ()) -> Malformed | None:
    """Why nobody reads a line about a proposal, a request, a condition, a sign or minutes; None for every other line.

    Args:
        entry: a line that holds what such a line holds; `told.fault_of` looks at that.
        signs: names of signs that were raised, beside those that are known.
    """
    said = entry.value.removeprefix(PROXY)
    if entry.kind == "answer" and entry.label.startswith(CONDITION):
        # Who says to have something has it, by whatever name; saying no to what nobody asks about tells nothing.
        return _of_condition(entry.label.removeprefix(CONDITION)) if said == NO else None
    if entry.kind != "event":
        return None
    if entry.label.startswith(CONDITION):
        return Malformed("What you have is told in a line of the kind answer or condition. This line does nothing.")
    if entry.label.startswith(PROPOSAL):
        return _of_proposal(entry.label.removeprefix(PROPOSAL), said)
    if entry.label.startswith(REQUEST):
        return _of_request(entry.label.removeprefix(REQUEST), entry.value)
    if entry.label.startswith(FLAG):
        return _of_flag(entry.label.removeprefix(FLAG), signs)
    if entry.label.startswith(f"{SETTING}{MINUTES}") and said != OFF:
        return _of_minutes(entry.label.removeprefix(f"{SETTING}{MINUTES}"), float(said))
    return None


def _of_condition(name: str) -> Malformed | None:
    if name in _conditions():
        return None
    return Malformed(
        Phrase("Nothing here looks at {name}. The line stays as it is and does nothing.", {"name": name[:LONGEST_NAME]})
    )


@lru_cache(maxsize=1)
def _conditions() -> frozenset[str]:
    return frozenset((*conditions(), *MEANS, *(name for name, _ in concerns())))


def _of_proposal(name: str, said: str) -> Malformed | None:
    if name not in {step.name for step in steps().values() if step.answered}:
        return Malformed(
            Phrase(
                "There is no proposal called {name}. The line stays as it is and does nothing.",
                {"name": name[:LONGEST_NAME]},
            )
        )
    if said not in (YES, NO):
        return Malformed("A proposal takes yes or no. The line stays as it is and does nothing.")
    return None


def _of_request(effort: str, value: str) -> Malformed | None:
    if effort not in EFFORTS:
        return Malformed(
            Phrase(
                "More room goes for {known}; {name} is not among them. The line stays as it is and does nothing.",
                {"known": ", ".join(EFFORTS), "name": effort[:LONGEST_NAME]},
            )
        )
    if value.startswith(PROXY):
        return Malformed("Only the person can ask for more room. The line stays as it is and does nothing.")
    if value not in (ASKED, WITHDRAWN):
        return Malformed("More room is asked for or no longer asked for. This line says neither and does nothing.")
    return None


def _of_flag(sign: str, signs: Collection[str]) -> Malformed | None:
    if sign in known_signs() or sign in signs:
        return None
    return Malformed(
        Phrase(
            "There is no sign called {name}, so nothing was closed. The line stays as it is.",
            {"name": sign[:LONGEST_NAME]},
        )
    )


def _of_minutes(name: str, minutes: float) -> Malformed | None:
    practice = practices()[name]
    tables = practice.numbers, practice.numbers_p, practice.numbers_severe, *(care.numbers for care in practice.careful)
    bounds = [limit(table["minutes"].limit) for table in tables if "minutes" in table]
    if any(one.holds(minutes) for one in bounds):
        return None
    if not bounds:
        return Malformed(
            Phrase(
                "The practice {name} has no minutes to set. The line stays as it is and does nothing.", {"name": name}
            )
        )
    least, most = min(one.least or 0 for one in bounds), max(one.most or 1440 for one in bounds)
    return Malformed(
        Phrase(
            "For {name} from {least} to {most} minutes can be set. Nothing was changed.",
            {"name": name, "least": f"{least:g}", "most": f"{most:g}"},
        )
    )
