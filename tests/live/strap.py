"""A strap on a made-up heart, and a radio that drops, repeats and holds up what it sends."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from uitknop.core import Recording
from uitknop.live.assembler import HOLD_MS, Assembler

TICK_MS = 1000 / 1024
START_MS = 1_760_000_000_000.0


@dataclass(frozen=True)
class Sent:
    """One notification at the moment it leaves the strap; `ticks` are its intervals in 1/1024 s."""

    at_ms: float
    data: bytes
    ticks: tuple[int, ...]
    end_ms: float


@dataclass(frozen=True)
class Came:
    """A packet as it arrives, or the loss of the connection (data is None)."""

    at_ms: float
    data: bytes | None
    number: int = -1


def packet(ticks: tuple[int, ...], rate_bpm: int = 60, flags: int = 0x16) -> bytes:
    return struct.pack(f"<BB{len(ticks)}H", flags, rate_bpm, *ticks)


def heart(rng: np.random.Generator, n: int, mean_ms: float, sd_ms: float) -> list[int]:
    """Intervals in ticks: slow waves and noise."""
    wave = np.sin(np.arange(n) / 5.0 + rng.uniform(0, 6)) * sd_ms
    return [int(tick) for tick in np.rint((mean_ms + wave + rng.normal(0, sd_ms / 2, n)) / TICK_MS)]


def unlike(ticks: list[int], n_back: int = 12) -> list[int]:
    """The same heart, but no interval equals one of the few before it: then an equal packet is a copy for certain."""
    made: list[int] = []
    for tick in ticks:
        while tick in made[-n_back:]:
            tick += 1
        made.append(tick)
    return made


def send(ticks: list[int], start_ms: float = START_MS, rng: np.random.Generator | None = None) -> list[Sent]:
    """One notification a second, with the beats of that second; none in a second without a beat."""
    sent: list[Sent] = []
    waiting: list[int] = []
    beat_ms, due_ms = start_ms, start_ms + (0.0 if rng is None else float(rng.uniform(0, 1000)))
    for tick in ticks:
        beat_ms += tick * TICK_MS
        while due_ms < beat_ms:
            if waiting:
                sent.append(_notification(waiting, due_ms, beat_ms - tick * TICK_MS))
                waiting = []
            due_ms += 1000.0
        waiting.append(tick)
    return [*sent, _notification(waiting, due_ms, beat_ms)] if waiting else sent


def _notification(ticks: list[int], at_ms: float, end_ms: float) -> Sent:
    rate_bpm = min(255, round(60_000 / (np.mean(ticks) * TICK_MS)))
    return Sent(at_ms, packet(tuple(ticks), rate_bpm), tuple(ticks), end_ms)


def deliver(
    sent: list[Sent],
    rng: np.random.Generator,
    *,
    held: float = 0.0,
    twice: float = 0.0,
    lost: float = 0.0,
) -> list[Came]:
    """What arrives, in order: late by 10 to 60 ms; `held`, `twice` and `lost` are chances per packet.

    A hold stops the radio for 2 to 8 s and lets everything out at once; a copy follows within a third of a second,
    or a whole burst comes twice; a loss takes the connection away for 3 to 30 s.
    """
    came: list[Came] = []
    burst: list[Came] = []
    free_ms = gone_ms = clock_ms = -1.0
    for number, one in enumerate(sent):
        if one.at_ms < gone_ms:
            continue
        if rng.random() < lost:
            came += burst
            burst = []
            clock_ms = max(clock_ms, one.at_ms)
            came.append(Came(clock_ms, None))
            gone_ms = one.at_ms + float(rng.uniform(3000, 30_000))
            continue
        if one.at_ms >= free_ms and rng.random() < held:
            free_ms = one.at_ms + float(rng.uniform(2000, 8000))
        clock_ms = max(clock_ms, one.at_ms + float(rng.uniform(10, 60)), free_ms)
        here = Came(clock_ms, one.data, number)
        in_burst = one.at_ms < free_ms
        if burst and not in_burst:
            came += burst
            burst = []
        if in_burst:
            burst.append(here)
            is_last = number + 1 == len(sent) or sent[number + 1].at_ms >= free_ms
            if is_last:
                came += burst
                if rng.random() < 4 * twice:
                    came += [Came(clock_ms, one.data, one.number) for one in burst]
                burst = []
            continue
        came.append(here)
        if rng.random() < twice:
            next_ms = sent[number + 1].at_ms if number + 1 < len(sent) else np.inf
            clock_ms = min(clock_ms + float(rng.uniform(0, 300)), max(next_ms, clock_ms))
            came.append(Came(clock_ms, one.data, number))
    return came + burst


def arrived_ticks(sent: list[Sent], came: list[Came]) -> list[int]:
    """The intervals of every packet that arrived, each once."""
    numbers = dict.fromkeys(one.number for one in came if one.data is not None)
    return [tick for number in numbers for tick in sent[number].ticks]


def pieces_of(came: list[Came], every_ms: float = 45_000.0) -> list[Recording]:
    """What the assembler hands over while packets come."""
    assembler, pieces, taken_ms = Assembler("Test strap", "Europe/Amsterdam"), [], came[0].at_ms
    for one in came:
        if one.data is None:
            assembler.lost()
        else:
            assembler.add(one.at_ms, one.data)
        if one.at_ms - taken_ms >= every_ms:
            pieces.append(assembler.take(one.at_ms - HOLD_MS))
            taken_ms = one.at_ms
    return [piece for piece in [*pieces, assembler.take()] if piece is not None]
