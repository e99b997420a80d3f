"""From packets, as they come, to pieces of one recording: every beat once, in order, at the time it was made.

A packet says how long the beats took, not when they were. Their time is the arrival minus the sum of the intervals
(`sources.assemble.from_arrivals`), for each connection anew. A piece continues the one before it: it opens with the
last beat of that piece, told again with the same time, so that whoever keeps both knows that the run was not broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Phrase, Recording, Samples
from uitknop.core.errors import Malformed
from uitknop.live.copies import Arrived, WithoutCopies
from uitknop.live.packet import HeartRatePacket, decode
from uitknop.sources import assemble
from uitknop.sources.limits import GAP_MS, HEART_RATE_BPM
from uitknop.sources.tick import STRAP_TICK_MS

NAME = "live"

HOLD_MS = 10_000.0
"""How long a packet waits until it is known whether it is a copy."""

_SLIDE_MS = 100.0
"""Most that a run is moved against the clock at the start of a piece: the two clocks drift apart by far less."""

_GAP_STEP_MS = 1500.0
"""A step of this much between two pieces is a gap, as it is inside one."""

_AHEAD_MS = 5000
"""Beats that run ahead of the clock by more than this are told in a note: the strap sends more than there were."""

_SET_BACK_MS = 1000.0
"""A clock that goes back by more was set; by less, it was trimmed."""

_SHORTEST_RR_MS = 2.0
"""Below this it is a filler, not an interval."""

_RATE_STEP_MS = 500.0
"""Heart rates closer than this came at once, after a delay."""

_NO_BEATS_MS = 10_000.0
"""A heart rate is kept where no interval came for this long on either side."""

Times = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Beat:
    t_ms: int
    rr_ms: float


class Assembler:
    """Packets in, pieces of a recording out.

    Args:
        device: name of the strap.
        zone: zone in which the person is, kept with the recording.
        after: time (UTC ms) and length (ms) of the last beat that was kept, where a recording goes on after a stop of
            the program: what comes next starts a new run after it.
    """

    def __init__(self, device: str, zone: str, after: tuple[int, float] | None = None) -> None:
        self.device = device
        self.n_malformed = 0
        self._zone = zone
        self._copies = WithoutCopies()
        self._ended: list[list[Arrived]] = []
        self._rates: list[tuple[float, int]] = []
        self._n_rates_before = 0
        self._with_beats_ms: list[float] = []
        self._last = None if after is None else _Beat(*after)
        self._last_rate_ms = -np.inf
        self._continues = False
        self._ahead_ms = 0
        self._now_ms = -np.inf

    @property
    def last(self) -> tuple[int, float] | None:
        """Time (UTC ms) and length (ms) of the last beat that was handed over."""
        return None if self._last is None else (self._last.t_ms, self._last.rr_ms)

    def add(self, arrival_ms: float, data: bytes) -> HeartRatePacket | None:
        """Hear one packet; None when it can't be read.

        Args:
            arrival_ms: when it came, UTC ms. A clock that is set back starts a new run.
            data: the bytes of the notification.
        """
        try:
            packet = decode(data)
        except Malformed:
            self.n_malformed += 1
            return None
        if arrival_ms < self._now_ms - _SET_BACK_MS:
            self.lost()
            self._n_rates_before, self._last_rate_ms = len(self._rates), -np.inf
        else:
            arrival_ms = max(arrival_ms, self._now_ms)
        self._now_ms = arrival_ms
        if any(rr_ms >= _SHORTEST_RR_MS for rr_ms in packet.rr_ms):
            self._copies.add(Arrived(arrival_ms, bytes(data), packet.rr_ms))
            self._with_beats_ms.append(arrival_ms)
        elif HEART_RATE_BPM[0] <= packet.rate_bpm <= HEART_RATE_BPM[1]:
            self._rates.append((arrival_ms, packet.rate_bpm))
        return packet

    def lost(self) -> None:
        """The connection is gone: what comes next starts a new run."""
        self._ended.append(self._copies.take(np.inf))
        self._copies = WithoutCopies()

    def take(self, before_ms: float | None = None) -> Recording | None:
        """The next piece: everything that arrived before a moment (None: everything); None when there is nothing.

        Packets that arrived less than `HOLD_MS` before the newest one should wait, unless it is the end.
        """
        cut_ms = np.inf if before_ms is None else before_ms
        blocks: list[Beats] = []
        for packets in self._ended:
            blocks += self._timed(packets, len(packets))
            self._continues = False
        heard = self._copies.so_far()
        blocks += self._timed(heard, len(self._copies.take(cut_ms)))
        self._ended = []
        notes, self._ahead_ms = _notes(self._ahead_ms), 0
        samples = self._samples(cut_ms)
        if not blocks and not samples:
            return None
        return Recording(NAME, self.device, self._zone, _joined(blocks), samples, (), "B" if blocks else "D", notes)

    def _timed(self, heard: list[Arrived], n_taken: int) -> list[Beats]:
        """The beats of the first `n_taken` packets of one connection; the later ones help to tell the time."""
        if not n_taken:
            return []
        rows = [(packet.at_ms, rr_ms, i) for i, packet in enumerate(heard) for rr_ms in packet.rr_ms]
        arrival_ms, rr_ms, of_packet = (np.array(column, np.float64) for column in zip(*rows, strict=True))
        filler = rr_ms < _SHORTEST_RR_MS
        broken = np.concatenate(([False], filler[:-1]))[~filler]
        arrival_ms, rr_ms, of_packet = arrival_ms[~filler], rr_ms[~filler], of_packet[~filler]
        continues = self._continues and self._last is not None and not filler[0] and rr_ms[0] <= GAP_MS
        made = assemble.from_arrivals(
            arrival_ms, rr_ms, source=NAME, broken=broken, tick_ms=STRAP_TICK_MS, device=self.device
        )
        n = int(np.count_nonzero((of_packet < n_taken) & (rr_ms <= GAP_MS)))
        blocks = [self._placed(block, continues and i == 0) for i, block in enumerate(_runs(made.beats, n))]
        self._continues = heard[n_taken - 1].rr_ms[-1] >= _SHORTEST_RR_MS
        return blocks

    def _placed(self, block: Beats, continues: bool) -> Beats:
        """A run at a time after everything before it; where it continues, the last beat is told again."""
        t_ms, last = block.t_ms, self._last
        if last is not None:
            least_ms = last.t_ms + round(float(block.rr_ms[0]))
            step_ms = int(t_ms[0]) - least_ms
            self._ahead_ms = max(self._ahead_ms, -step_ms)
            if continues and step_ms <= _GAP_STEP_MS:
                t_ms = t_ms - step_ms + round(min(max(step_ms, -_slide(block)), _SLIDE_MS))
                block = _beats([last.t_ms, *t_ms], [last.rr_ms, *block.rr_ms], self.device)
            elif step_ms < 0:
                block = _beats(t_ms - step_ms, block.rr_ms, self.device)
        self._last = _Beat(int(block.t_ms[-1]), float(block.rr_ms[-1]))
        return block

    def _samples(self, cut_ms: float) -> tuple[Samples, ...]:
        """Heart rates from where the strap sent no intervals."""
        before, after = self._rates[: self._n_rates_before], self._rates[self._n_rates_before :]
        taken = [*before, *(rate for rate in after if rate[0] < cut_ms)]
        self._rates, self._n_rates_before = [rate for rate in after if rate[0] >= cut_ms], 0
        with_beats_ms = np.array(sorted(self._with_beats_ms))
        self._with_beats_ms = [t_ms for t_ms in self._with_beats_ms if t_ms > cut_ms - 2 * _NO_BEATS_MS]
        kept: list[tuple[float, int]] = []
        for i, (t_ms, rate_bpm) in enumerate(taken):
            if before and i == len(before):  # from here on the clock was set back
                self._last_rate_ms = -np.inf
            near = np.searchsorted(with_beats_ms, (t_ms - _NO_BEATS_MS, t_ms + _NO_BEATS_MS))
            if near[0] == near[1] and t_ms - self._last_rate_ms >= _RATE_STEP_MS:
                kept.append((t_ms, rate_bpm))
                self._last_rate_ms = t_ms
        if not kept:
            return ()
        t, value = zip(*sorted(kept), strict=True)
        return (Samples("heart_rate", np.rint(np.array(t)).astype(np.int64), np.array(value, np.float64), self.device),)


def _notes(ahead_ms: int) -> tuple[Phrase, ...]:
    if ahead_ms <= _AHEAD_MS:
        return ()
    return (
        Phrase(
            "The beats lie {seconds} s ahead of the clock: the strap sent more than there were, or the clock of this "
            "computer was set back.",
            {"seconds": round(ahead_ms / 1000)},
        ),
    )


def _slide(block: Beats) -> float:
    """How far a run may be moved back: never to the beat before it."""
    return min(_SLIDE_MS, float(block.rr_ms[0]) - 1.0)


def _runs(beats: Beats, n: int) -> list[Beats]:
    """Each run of the first `n` beats as beats of its own."""
    edges = [*(int(start) for start in beats.run if start < n), n]
    return [
        _beats(beats.t_ms[first:last], beats.rr_ms[first:last], beats.device)
        for first, last in pairwise(edges)
        if last > first
    ]


def _beats(t_ms: npt.ArrayLike, rr_ms: npt.ArrayLike, device: str) -> Beats:
    t = np.asarray(t_ms, np.int64)
    rr = np.asarray(rr_ms, np.float64)
    start = np.zeros(min(t.size, 1), np.int64)
    return Beats(t, rr, np.zeros(t.size, np.uint8), start, STRAP_TICK_MS, NAME, device)


def _joined(blocks: list[Beats]) -> Beats | None:
    if not blocks:
        return None
    size = np.array([len(block) for block in blocks])
    return Beats(
        np.concatenate([block.t_ms for block in blocks]),
        np.concatenate([block.rr_ms for block in blocks]),
        np.zeros(int(size.sum()), np.uint8),
        np.cumsum(size) - size,
        STRAP_TICK_MS,
        NAME,
        blocks[0].device,
    )
