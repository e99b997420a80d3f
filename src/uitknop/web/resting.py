"""A rest as it is chosen, kept while it runs, and written down at its end, as the rooms of rest and state read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uitknop.core import Entry, Value
from uitknop.store import Store

if TYPE_CHECKING:
    from uitknop.web.visit import Visit

LAST, RUNNING = "rest_last", "rest_running"
"""Settings: what was chosen last, and the rest that runs."""

POSTURES: tuple[str, ...] = ("supine", "seated")
BESIDE: Mapping[str, str] = {
    "nothing": "",
    "dark": "dark_quiet",
    "bottle": "warm_bottle",
    "blanket": "weighted_blanket",
    "mask": "eye_mask",
    "cool": "cold_cloth",
    "company": "social_safety",
    "nature": "nature_sounds",
    "breathing": "slow_breathing",
}
"""What can be with a rest, and the id of its practice, which becomes the label of the line."""

KINDS: Mapping[str, str] = {"breathing": "breathing"}
"""Where the rest is of another kind than "passive"."""

SHORTEST_MS = 60_000
LONGEST_MS = 12 * 3_600_000
OWN_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Resting(Value):
    """A rest as it was chosen.

    Args:
        since_ms: when it began, UTC ms.
        posture: one of `POSTURES`.
        beside: what is with it, one of `BESIDE`, or "own".
        own: the person's own word for it.
    """

    since_ms: int = 0
    posture: str = "supine"
    beside: str = "nothing"
    own: str = ""

    @property
    def text(self) -> str:
        """As it is kept."""
        return json.dumps([self.since_ms, self.posture, self.beside, self.own])

    def lines(self, end_ms: int, zone: str) -> tuple[Entry, ...]:
        """The rest and the posture as lines of the diary; none when it was over before it began.

        Args:
            end_ms: when it ended, UTC ms; later than `LONGEST_MS` after the start nobody rested so long.
            zone: where the person was.
        """
        if not SHORTEST_MS <= end_ms - self.since_ms <= LONGEST_MS:
            return ()
        label = self.own if self.own else BESIDE.get(self.beside, "")
        kind = "passive" if self.own else KINDS.get(self.beside, "passive")
        return (
            Entry(self.since_ms, zone, "rest", kind, end_ms, label if kind == "passive" else ""),
            Entry(self.since_ms, zone, "posture", self.posture, end_ms),
        )


def resting(since_ms: int, posture: str, beside: str, own: str) -> Resting:
    """A rest from what a form said; what is no choice is the usual one."""
    own = " ".join(own.split())[:OWN_LONGEST]
    return Resting(
        since_ms, posture if posture in POSTURES else "supine", beside if beside in BESIDE else "nothing", own
    )


def kept(store: Store, name: str) -> Resting | None:
    """The rest kept under a setting; None when there is none, or it can't be read."""
    try:
        since_ms, posture, beside, own = json.loads(store.setting(name) or "null")
        return resting(int(since_ms), str(posture), str(beside), str(own))
    except (TypeError, ValueError):
        return None


def last_of(visit: Visit) -> Resting:
    """What was chosen last time."""
    return visit.house.vault.do(lambda store: kept(store, LAST)) or Resting()


def running_of(visit: Visit) -> Resting | None:
    """The rest that runs; one that nobody ended is not remembered for ever."""
    found = visit.house.vault.do(lambda store: kept(store, RUNNING))
    return found if found is not None and 0 <= visit.now_ms - found.since_ms <= LONGEST_MS else None


def is_kept(visit: Visit, since_ms: int) -> bool:
    """Whether a rest that began then was written down already: it was ended in another tab."""
    lines = visit.house.vault.lines
    entries = visit.house.vault.do(lambda store: lines.between(store, since_ms, since_ms + 1))
    return any(entry.kind == "rest" for entry in entries)
