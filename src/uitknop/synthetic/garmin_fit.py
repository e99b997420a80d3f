"""FIT files as a Garmin watch writes them over a day and a night: fillers, 16-bit times that roll over, local time."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from uitknop.core.errors import ShapeError

FIT_EPOCH_S = 631_065_600
START_S = 1_142_000_000
"""Evening of 9 March 2026, in seconds of the watch's own count."""

_U8, _U16, _U32, _S16, _ENUM = 0x02, 0x84, 0x86, 0x83, 0x00
_FORMAT = {_ENUM: "B", _U8: "B", _U16: "H", _U32: "I", _S16: "h"}
_LEVELS = ((1, 5), (2, 50), (3, 40), (2, 60), (4, 30), (0, 10), (2, 70))
_OFFSET_S = 3600

Fields = Sequence[tuple[int, int, int]]
"""Number of the field, its base type, its value."""


def monitoring_night(*, seed: int, start_s: int = START_S) -> bytes:
    """A night: heart rate by 16-bit times, stress, respiration, oxygen, five-minute and nightly variability, sleep.

    The 16-bit time starts again in the middle; one value of each kind is a filler or a mark for "none".
    """
    chance = np.random.default_rng(seed)
    messages: list[tuple[int, Fields]] = [
        (0, [(0, _ENUM, 32), (1, _U16, 1), (2, _U16, 2697), (4, _U32, start_s)]),
        (103, [(253, _U32, start_s), (0, _U32, start_s + _OFFSET_S)]),
        (55, [(253, _U32, start_s), (27, _U8, 61)]),
    ]
    for minute in range(8 * 60):
        at_s = start_s + 60 * (minute + 1)
        rate = 255 if minute == 30 else int(chance.integers(48, 62))
        messages.append((55, [(26, _U16, at_s & 0xFFFF), (27, _U8, rate)]))
        if minute % 3 == 0:
            stress = -2 if minute == 30 else int(chance.integers(5, 40))
            messages.append((227, [(1, _U32, at_s), (0, _S16, stress)]))
        if minute % 5 == 0:
            value = 65535 if minute == 30 else round(128 * float(chance.uniform(25, 60)))
            messages.append((371, [(253, _U32, at_s), (0, _U16, value)]))
            messages.append((297, [(253, _U32, at_s), (0, _S16, -100 if minute == 30 else 1450)]))
        if minute % 60 == 0:
            messages.append((269, [(253, _U32, at_s), (0, _U8, 94), (1, _U8, 40)]))
    at_s = start_s
    for level, minutes in _LEVELS:
        messages.append((275, [(253, _U32, at_s), (0, _ENUM, level)]))
        at_s += 60 * minutes
    end_s = start_s + 8 * 3600
    messages.append((211, [(253, _U32, end_s), (0, _U8, 56), (1, _U8, 54)]))
    summary = [(253, _U32, end_s), (0, _U16, 128 * 41), (1, _U16, 128 * 44), (2, _U16, 65535), (6, _ENUM, 4)]
    messages.append((370, summary))
    return fit_file(messages)


def fit_file(messages: Sequence[tuple[int, Fields]]) -> bytes:
    """A FIT file of messages, each with a definition of its own, and both check sums."""
    body = b"".join(_message(number, fields) for number, fields in messages)
    head = struct.pack("<BBHI4s", 14, 0x10, 2134, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + body + struct.pack("<H", checksum(head + body))


def checksum(content: bytes) -> int:
    """CRC-16 of FIT: polynomial 0xA001, starting at 0."""
    found = 0
    for byte in content:
        found ^= byte
        for _ in range(8):
            found = (found >> 1) ^ (0xA001 if found & 1 else 0)
    return found


def _message(number: int, fields: Fields) -> bytes:
    if len(fields) > 255:
        raise ShapeError(f"{len(fields)} fields")
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    definition += b"".join(struct.pack("BBB", field, struct.calcsize(_FORMAT[base]), base) for field, base, _ in fields)
    return definition + b"\0" + b"".join(struct.pack(f"<{_FORMAT[base]}", value) for _, base, value in fields)
