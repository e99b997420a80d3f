"""Slow breathing as it is offered to this person, chosen, kept while it runs, and written down at its end.

Whether it fits, how long and how often is for the room of guidance to say; here nothing is longer than that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from uitknop.core import Entry, Value
from uitknop.guidance import Offer, within_limits
from uitknop.guidance.pacer import USUAL, WITH_AIR_HUNGER, Pace, pace_at
from uitknop.report.words import N_
from uitknop.store import Store
from uitknop.web.found import stands_now
from uitknop.web.resting import LONGEST_MS, SHORTEST_MS
from uitknop.web.visit import Visit

PRACTICE = "slow_breathing"
LAST, RUNNING, IN_REST = "breathing_last", "breathing_running", "breathing_in_rest"
"""Settings: what was chosen last, the breathing that runs, and the day and times that a rest had its tone."""

RATES: Mapping[str, float] = {"slowest": 4.5, "slower": 5.0, "bit_slower": 5.5, "usual": 6.0, "quicker": 6.5}
"""Paces of one's own, breaths a minute; each lies within the limit for it."""

PACE_WORDS: Mapping[str, str] = {
    "usual": N_("usual"),
    "quicker": N_("a little quicker"),
    "bit_slower": N_("a little slower"),
    "slower": N_("slower"),
    "slowest": N_("very slow"),
}
SOUNDS = ("none", "tone", "bell")
SOUND_WORDS: Mapping[str, str] = {
    "none": N_("no sound"),
    "tone": N_("a soft tone"),
    "bell": N_("only a bell at the end"),
}
LONGEST_MIN = 5.0
"""What a form may say at most; the limit `breathing_min`."""


@dataclass(frozen=True, slots=True)
class Offered(Value):
    """What is offered now.

    Args:
        minutes: how long.
        pace: the usual pace for this person.
        own: whether another pace may be chosen.
        otherwise: what changes for this person, in words.
    """

    minutes: float
    pace: Pace
    own: bool
    otherwise: tuple[str, ...] = ()

    def pace_of(self, name: str) -> Pace:
        """The pace that was chosen; what is no choice is the usual one."""
        rate_brpm = rate_of(name)
        return pace_at(rate_brpm) if self.own and rate_brpm is not None else self.pace


@dataclass(frozen=True, slots=True)
class Breathing(Value):
    """Breathing that runs.

    Args:
        since_ms: when it began, UTC ms.
        minutes: after how long it ends.
        pace: how it goes.
        sound: one of `SOUNDS`.
    """

    since_ms: int
    minutes: float
    pace: Pace = USUAL
    sound: str = "none"

    @property
    def text(self) -> str:
        """As it is kept."""
        return json.dumps([self.since_ms, self.minutes, self.pace.in_s, self.pace.out_s, self.sound])

    def lines(self, end_ms: int, zone: str) -> tuple[Entry, ...]:
        """The breathing as a line of the diary; none when it was over before it began.

        Args:
            end_ms: when the person said so, UTC ms; what came after its own minutes was no exercise any more.
            zone: where the person was.
        """
        if not SHORTEST_MS <= end_ms - self.since_ms <= LONGEST_MS or self.minutes * 60_000 < SHORTEST_MS:
            return ()
        end_ms = min(end_ms, self.since_ms + round(self.minutes * 60_000))
        return (Entry(self.since_ms, zone, "rest", "breathing", end_ms),)


def own_rate(text: str) -> float | None:
    """A pace as it was typed, breaths a minute in tenths; None for what is none, or outside the limit for it.

    >>> own_rate("5,3"), own_rate("8"), own_rate("8.1"), own_rate("5.25")
    (5.3, 8.0, None, None)
    """
    typed = re.fullmatch(r"(\d)(?:[.,](\d))?", text.strip(), flags=re.ASCII)
    rate_brpm = float(f"{typed[1]}.{typed[2] or 0}") if typed else 0.0
    return rate_brpm if within_limits("breathing_personal_rate", rate_brpm) else None


def rate_of(name: str) -> float | None:
    """The rate of a pace that was chosen, by its name or typed; None for what is no choice."""
    return RATES[name] if name in RATES else own_rate(name)


def style_name(pace: Pace) -> str:
    """What the style sheet calls a pace: breaths a minute; three in and five out has a shape of its own."""
    return "short" if pace == WITH_AIR_HUNGER else f"{pace.rate_brpm:g}"


def offered(visit: Visit) -> Offered | None:
    """What is offered now; None when it does not fit, or was done often enough today."""
    found = _offer(visit)
    if found is None or done_today(visit) >= found.numbers["most_per_day"].value:
        return None
    numbers = {name: number.value for name, number in found.numbers.items()}
    pace = Pace(numbers["in_s"], numbers["out_s"])
    otherwise = tuple(text.said(visit.view.lang) for text in found.otherwise)
    return Offered(numbers["minutes"], pace, pace == USUAL, otherwise)


def done_today(visit: Visit) -> int:
    """How often it was done today."""
    lines = visit.house.vault.lines
    start_ms, end_ms = visit.today

    def done(store: Store) -> int:
        entries = lines.between(store, start_ms, end_ms)
        alone = sum(entry.kind == "rest" and entry.value == "breathing" for entry in entries)
        return alone + _in_rest(store, start_ms)

    return visit.house.vault.do(done)


def note_in_rest(store: Store, today_ms: int) -> None:
    """The tone for breathing was chosen in a rest: that counts for the most there is in a day.

    Args:
        store: the person's open file.
        today_ms: start of the person's day, UTC ms.
    """
    store.keep_setting(IN_REST, json.dumps([today_ms, _in_rest(store, today_ms) + 1]))


def _in_rest(store: Store, today_ms: int) -> int:
    day_ms, times = json.loads(store.setting(IN_REST) or "[0, 0]")
    return int(times) if day_ms == today_ms else 0


def begin(visit: Visit, pace: str, sound: str) -> Breathing | None:
    """Begin, and keep what was chosen; None when it is not offered now."""
    offer = offered(visit)
    if offer is None:
        return None
    sound = sound if sound in SOUNDS else "none"
    begun = Breathing(visit.now_ms, offer.minutes, offer.pace_of(pace), sound)

    def keep(store: Store) -> None:
        store.keep_setting(LAST, json.dumps([pace if rate_of(pace) is not None else "usual", sound]))
        store.keep_setting(RUNNING, begun.text)

    visit.house.vault.do(keep)
    return begun


def last_of(visit: Visit) -> tuple[str, str]:
    """Pace and sound that were chosen last."""
    kept = visit.house.vault.do(lambda store: store.setting(LAST))
    pace, sound = json.loads(kept) if kept else ("usual", "none")
    return pace, sound


def running_of(visit: Visit) -> Breathing | None:
    """The breathing that runs; None once its time has long passed."""
    kept = visit.house.vault.do(lambda store: store.setting(RUNNING))
    if not kept:
        return None
    since_ms, minutes, in_s, out_s, sound = json.loads(kept)
    found = Breathing(since_ms, minutes, Pace(in_s, out_s), sound)
    return found if 0 <= visit.now_ms - since_ms <= 2 * 60_000 * minutes else None


def ended(since_ms: int, minutes: float) -> Breathing:
    """Breathing from what a form says at its end."""
    return Breathing(since_ms, min(minutes, LONGEST_MIN))


def _offer(visit: Visit) -> Offer | None:
    """What guidance offers now."""
    fits = stands_now(visit).guided.fits
    return next((one for one in fits if one.practice == PRACTICE), None)
