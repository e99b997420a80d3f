"""Which packets came twice? Told by the clock, because equal packets may also be equal beats.

A heart with little variability makes the same packet twice within a minute, and a radio that stumbles delivers one
packet twice. The difference shows in the clock: beats can't end after they arrive. Arrival minus the sum of all
intervals so far falls for good by the length of a copy that was kept, and rises for good by that of a beat that was
dropped. Both stories are followed for every packet that equals a recent one, and the cheapest is believed once ten
seconds more have been heard: packets that were held up and came all at once are on time again by then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import takewhile

RECENT_MS = 4000.0
"""A copy follows within this time; a connection is ordered, so it never comes much later."""

_STORIES = 24
"""Most stories followed at once."""

_PHASE_MS = 1000.0
"""A strap sends once a second what it has, so being late by up to this says nothing."""

_EARLY_MS, _MOST_EARLY = 250.0, 12.0
_LATE_MS = 1000.0
_FREE_MS = 500.0
"""Being early costs one unit for each 250 ms; being late costs the logarithm, for when packets are held up."""

_COPY = 2.5
_EQUAL = 1.5
"""Price of "it is a copy", and of "by chance it is equal" for each interval in it."""

_UNLIKELY = 10.0
"""Added where the time since the equal packet speaks against the story: too short for a beat, long enough for one."""

_SOON = 0.65
"""A packet that comes sooner than this share of the time its beats took, or of a second, was not just made."""

_SILENT_MS = 1300.0
"""A packet that comes this much later after another one than its beats took was held up."""

_RISE = 0.01
"""The earliest possible moment is forgotten at 10 ms each second: clocks drift, and packets get lost."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One packet with intervals: when it came, its bytes, and its intervals in ms."""

    at_ms: float
    data: bytes
    rr_ms: tuple[float, ...]

    @property
    def sum_ms(self) -> float:
        """How much time its intervals fill."""
        return sum(self.rr_ms)


@dataclass(frozen=True, slots=True)
class _Story:
    """One account of which packets are copies; times are arrivals minus the sum of the intervals kept."""

    cost: float = 0.0
    sum_ms: float = 0.0
    least_ms: float | None = None
    """Nothing arrives before this."""
    seen_ms: float = 0.0
    """The earliest that was seen."""
    kept: tuple[bool, ...] = ()

    def keeps(self, packet: Arrived, price: float, risen_ms: float) -> _Story:
        """Goes on with the packet as one that was just made."""
        sum_ms = self.sum_ms + packet.sum_ms
        here_ms = packet.at_ms - sum_ms
        least_ms, seen_ms = here_ms - _PHASE_MS, here_ms
        if self.least_ms is not None:
            least_ms, seen_ms = self.least_ms + risen_ms, self.seen_ms + risen_ms
        price += min(max(least_ms - here_ms, 0.0) / _EARLY_MS, _MOST_EARLY) + _price_of_late(here_ms - seen_ms)
        least_ms = min(max(least_ms, seen_ms - _PHASE_MS), here_ms)
        return _Story(self.cost + price, sum_ms, least_ms, min(seen_ms, here_ms), (*self.kept, True))

    def drops(self, packet: Arrived, price: float, risen_ms: float) -> _Story:
        """Goes on without the packet, a copy."""
        least_ms = None if self.least_ms is None else self.least_ms + risen_ms
        seen_ms = self.seen_ms + risen_ms
        price += _price_of_late(packet.at_ms - self.sum_ms - seen_ms)
        return _Story(self.cost + price, self.sum_ms, least_ms, seen_ms, (*self.kept, False))

    @property
    def kept_last(self) -> bool:
        """What was decided about the packet before."""
        return not self.kept or self.kept[-1]


def _price_of_late(late_ms: float) -> float:
    return math.log1p(max(late_ms - _FREE_MS, 0.0) / _LATE_MS)


@dataclass(slots=True)
class WithoutCopies:
    """The packets of one connection, in order of arrival, each once."""

    _waiting: list[Arrived] = field(default_factory=list)
    _recent: list[Arrived] = field(default_factory=list)
    _stories: list[_Story] = field(default_factory=lambda: [_Story()])
    _back: int = -1
    _older_ms: float = math.inf

    def add(self, packet: Arrived) -> None:
        """Hear one packet."""
        risen_ms = _RISE * (packet.at_ms - self._recent[-1].at_ms) if self._recent else 0.0
        old = [other.at_ms for other in self._recent if packet.at_ms - other.at_ms > RECENT_MS]
        self._older_ms = old[-1] if old else self._older_ms
        self._recent = [other for other in self._recent if packet.at_ms - other.at_ms <= RECENT_MS]
        back, equal = next(
            ((i, other) for i, other in enumerate(reversed(self._recent)) if other.data == packet.data), (-1, None)
        )
        if equal is None:
            told = [story.keeps(packet, 0.0, risen_ms) for story in self._stories]
        else:
            chance, copy = self._prices(packet, equal)
            odd = _UNLIKELY if back > 0 and back == self._back else 0.0  # a burst comes twice as a whole, or not
            told = [story.keeps(packet, chance + odd * (not story.kept_last), risen_ms) for story in self._stories]
            told += [story.drops(packet, copy + odd * story.kept_last, risen_ms) for story in self._stories]
        self._back = back
        self._waiting.append(packet)
        self._recent.append(packet)
        self._stories = sorted(told, key=lambda story: story.cost)[:_STORIES]

    def _prices(self, packet: Arrived, equal: Arrived) -> tuple[float, float]:
        """What it costs to believe that a packet is equal by chance, and that it is a copy.

        The time since the equal one decides, unless packets came so close that they must have been held up.
        """
        chance, copy = _EQUAL * len(packet.rr_ms), _COPY
        soon_ms = _SOON * min(packet.sum_ms, _PHASE_MS)
        if packet.at_ms - equal.at_ms >= soon_ms:
            return chance, copy + _UNLIKELY
        others = [other.at_ms for other in self._recent if other.data != packet.data]
        before_ms = max((at_ms for at_ms in others if at_ms <= equal.at_ms), default=self._older_ms)
        silent_ms = equal.at_ms - before_ms - equal.sum_ms
        held_up = any(at_ms > equal.at_ms - soon_ms for at_ms in others) or silent_ms > _SILENT_MS
        return (chance if held_up else chance + _UNLIKELY), copy

    def so_far(self) -> list[Arrived]:
        """The packets of the likeliest story that were not taken yet."""
        return [packet for packet, kept in zip(self._waiting, self._stories[0].kept, strict=True) if kept]

    def take(self, before_ms: float) -> list[Arrived]:
        """The packets that arrived before a moment; what was decided about them stands."""
        n = sum(1 for _ in takewhile(lambda packet: packet.at_ms < before_ms, self._waiting))
        best = self._stories[0]
        taken = [packet for packet, kept in zip(self._waiting[:n], best.kept[:n], strict=True) if kept]
        self._waiting = self._waiting[n:]
        self._stories = [
            replace(story, cost=story.cost - best.cost, kept=story.kept[n:])
            for story in self._stories
            if story.kept[:n] == best.kept[:n]
        ]
        return taken
