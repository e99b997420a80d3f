"""What a heart rate strap says in one notification: Bluetooth characteristic 0x2A37, decoded by us.

Source: Heart Rate Service 1.0 and the GATT Specification Supplement, "Heart Rate Measurement".
"""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Phrase
from uitknop.core.errors import Malformed
from uitknop.core.table import Value
from uitknop.sources.tick import STRAP_TICK_MS

HEART_RATE_SERVICE = "0000180d-0000-1000-8000-00805f9b34fb"
HEART_RATE_MEASUREMENT = "00002a37-0000-1000-8000-00805f9b34fb"

_WIDE_RATE = 0b0_0001
_CONTACT = 0b0_0010
_CONTACT_KNOWN = 0b0_0100
_ENERGY = 0b0_1000
_INTERVALS = 0b1_0000

MOST_BYTES = 512
"""Longest value of any characteristic (Core Specification 5.4, volume 3, part F, 3.2.9)."""


@dataclass(frozen=True, slots=True)
class HeartRatePacket(Value):
    """One notification.

    Args:
        rate_bpm: heart rate as the strap averages it; 0 when it has none.
        rr_ms: RR intervals since the packet before, oldest first; often none, one or two.
        contact: whether the skin is felt; None when the strap can't tell.
        energy_kj: energy expended since the last reset, where the strap counts it.
    """

    rate_bpm: int
    rr_ms: tuple[float, ...]
    contact: bool | None = None
    energy_kj: int | None = None


def decode(data: bytes) -> HeartRatePacket:
    """Decode one notification.

    Raises:
        Malformed: cut short, longer than any packet, or half an interval at its end.

    >>> decode(bytes([0x16, 62, 0xE0, 0x03]))
    HeartRatePacket(rate_bpm=62, rr_ms=(968.75,), contact=True, energy_kj=None)
    """
    if not data or len(data) > MOST_BYTES:
        raise _malformed(len(data))
    flags, at = data[0], 1
    rate_bpm, at = _number(data, at, 2 if flags & _WIDE_RATE else 1)
    energy_kj = None
    if flags & _ENERGY:
        energy_kj, at = _number(data, at, 2)
    ticks: list[int] = []
    while flags & _INTERVALS and at < len(data):
        tick, at = _number(data, at, 2)
        ticks.append(tick)
    contact = bool(flags & _CONTACT) if flags & _CONTACT_KNOWN else None
    return HeartRatePacket(rate_bpm, tuple(tick * STRAP_TICK_MS for tick in ticks), contact, energy_kj)


def _number(data: bytes, at: int, n_bytes: int) -> tuple[int, int]:
    end = at + n_bytes
    if end > len(data):
        raise _malformed(len(data))
    return int.from_bytes(data[at:end], "little"), end


def _malformed(n_bytes: int) -> Malformed:
    return Malformed(
        Phrase(
            "The strap sent {n} bytes that are no heart rate measurement. The packet was left out; if this goes on, "
            "take the strap off and on again.",
            {"n": n_bytes},
        )
    )
