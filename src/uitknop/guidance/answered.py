"""What the person said to a proposal: kept as a line of the diary, and respected.

| line | kind | label | value |
|---|---|---|---|
| yes or no to a proposal | `event` | `proposal/<proposal>` | `yes` or `no` |

A yes that somebody else gave does not count: only the person can ask for more. A no counts whoever gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uitknop.core import Entry, Reason, Value
from uitknop.guidance.limits import limit
from uitknop.guidance.raised import PROXY
from uitknop.state import Diary
from uitknop.state.diary import PHASE

PROPOSAL = "proposal/"
YES, NO = "yes", "no"
DAY_MS = 86_400_000
ADDED = ("restart", "increase", "room")
"""Proposals a yes to which adds something."""

_PHASES = {"phase_2": "2", "phase_3": "3"}


@dataclass(frozen=True, slots=True)
class Said(Value):
    """When the person last said yes and no to a proposal, UTC ms."""

    yes_ms: int | None = None
    no_ms: int | None = None

    @property
    def last_ms(self) -> int | None:
        """When it was last answered."""
        return max((at_ms for at_ms in (self.yes_ms, self.no_ms) if at_ms is not None), default=None)

    @property
    def refused(self) -> bool:
        """Whether the last answer was no."""
        return self.no_ms is not None and self.no_ms == self.last_ms


def ask_again_days() -> int:
    """Days in which a proposal that was answered with no is not made again."""
    return round((limit("ask_again_weeks").least or 0) * 7)


def answers_to(entries: Iterable[Entry]) -> Mapping[str, Said]:
    """What was last said to each proposal, by its name."""
    found: dict[str, Said] = {}
    lines = (entry for entry in entries if entry.kind == "event" and entry.label.startswith(PROPOSAL))
    for entry in sorted(lines, key=lambda entry: entry.at_ms):
        name = entry.label.removeprefix(PROPOSAL)
        before = found.get(name, Said())
        if entry.value == YES:
            found[name] = Said(entry.at_ms, before.no_ms)
        elif entry.value.removeprefix(PROXY) == NO:
            found[name] = Said(before.yes_ms, entry.at_ms)
    return found


def refused(proposal: str, diary: Diary) -> Reason | None:
    """That the person said no to a proposal, as long as it is not made again."""
    said = answers_to(diary.entries).get(proposal, Said())
    days = days_since(said.no_ms, diary.now_ms)
    if not said.refused or days is None or days >= ask_again_days():
        return None
    return Reason("said_no", days, ask_again_days(), "days")


def settled_lately(proposal: str, diary: Diary, days: int) -> bool:
    """Whether a proposal was answered, with yes or no, in so many days."""
    since = days_since(answers_to(diary.entries).get(proposal, Said()).last_ms, diary.now_ms)
    return since is not None and since < days


def last_added(diary: Diary) -> Entry | None:
    """The line of the last own yes to something more; None without any."""
    labels = {f"{PROPOSAL}{name}" for name in ADDED}
    said = [entry for entry in diary.entries if entry.label in labels and entry.kind == "event" and entry.value == YES]
    return said[-1] if said else None


def days_since(at_ms: int | None, now_ms: int) -> int | None:
    """Whole days since a moment; None without one."""
    return None if at_ms is None else (now_ms - at_ms) // DAY_MS


def answer_entries(proposal: str, yes: bool, at_ms: int, zone: str) -> tuple[Entry, ...]:
    """The lines that keep the person's answer to a proposal; a yes to another phase also moves the phase."""
    kept = Entry(at_ms, zone, "event", YES if yes else NO, label=f"{PROPOSAL}{proposal}")
    if yes and proposal in _PHASES:
        return kept, Entry(at_ms, zone, "event", _PHASES[proposal], label=PHASE)
    return (kept,)
