"""FIT files as a Garmin watch writes them over a day and a night: fillers, 16-bit times that roll over, local time."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from uitknop.core import Beats, Entry
from uitknop.core.errors import ShapeError

FIT_EPOCH_S = 631_065_600
START_S = 1_142_000_000
"""Evening of 9 March 2026, in seconds of the watch's own count."""

_U8, _U16, _U32, _S16, _ENUM = 0x02, 0x84, 0x86, 0x83, 0x00
_FORMAT = {_ENUM: "B", _U8: "B", _U16: "H", _U32: "I", _S16: "h"}
_LEVELS = ((1, 5), (2, 50), (3, 40), (2, 60), (4, 30), (0, 10), (2, 70))
_OFFSET_S = 3600

_ACTIVITY, _MONITORING = 4, 32
_NO_TIME = 0xFFFF
_INTERVALS = 5
"""How many intervals one message holds."""

_STAGES = {"awake": 1, "light": 2, "deep": 3, "rem": 4}

Fields = Sequence[tuple[int, int, int | Sequence[int]]]
"""Number of the field, its base type, its value or values."""


def monitoring_night(*, seed: int, start_s: int = START_S) -> bytes:
    """A night: heart rate by 16-bit times, stress, respiration, oxygen, five-minute and nightly variability, sleep.

    The 16-bit time starts again in the middle; one value of each kind is a filler or a mark for "none".
    """
    chance = np.random.default_rng(seed)
    messages: list[tuple[int, Fields]] = [
        _file_id(_MONITORING, start_s),
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


def beats_fit(beats: Beats, offset_s: int) -> bytes:
    """An activity with a strap: its intervals five at a time, each five with the second in which they were written.

    Args:
        beats: at least one; lost stretches show as time that passes.
        offset_s: local time minus UTC.
    """
    start_s = _began_s(beats, 0)
    messages = [_file_id(_ACTIVITY, start_s), _record(start_s, 60)]
    edges = sorted({*range(0, len(beats), _INTERVALS), *beats.run.tolist(), len(beats)})
    for first, last in pairwise(edges):
        if first in beats.run[1:]:  # what was lost before it
            messages.append(
                _record((int(beats.t_ms[first]) - round(float(beats.rr_ms[first]))) // 1000 - FIT_EPOCH_S, 60)
            )
        rr_ms = [round(value) for value in beats.rr_ms[first:last].tolist()]
        messages.append((78, [(0, _U16, [*rr_ms, *[_NO_TIME] * (_INTERVALS - len(rr_ms))])]))
        messages.append(_record(-(-int(beats.t_ms[last - 1]) // 1000) - FIT_EPOCH_S, round(60_000 / rr_ms[-1])))
    end_s = int(beats.t_ms[-1]) // 1000 - FIT_EPOCH_S + 1
    messages.append((34, [(253, _U32, end_s), (5, _U32, end_s + offset_s)]))
    return fit_file(messages)


def night_fit(stages: Sequence[Entry], resting_bpm: float, rmssd_ms: float, offset_s: int) -> bytes:
    """What a watch makes of a night: the stages of sleep, the resting heart rate of the day, and its variability.

    Args:
        stages: lines of kind "sleep", each with its end, in order, at least one.
        resting_bpm, rmssd_ms: of the night.
        offset_s: local time minus UTC.
    """
    start_s = stages[0].at_ms // 1000 - FIT_EPOCH_S
    end_s = (stages[-1].end_ms or stages[-1].at_ms) // 1000 - FIT_EPOCH_S
    messages: list[tuple[int, Fields]] = [
        _file_id(_MONITORING, start_s),
        (103, [(253, _U32, start_s), (0, _U32, start_s + offset_s)]),
    ]
    for line in stages:
        messages.append((275, [(253, _U32, line.at_ms // 1000 - FIT_EPOCH_S), (0, _ENUM, _STAGES[line.value])]))
    messages.append((275, [(253, _U32, end_s), (0, _ENUM, _STAGES["awake"])]))
    bpm = round(resting_bpm)
    messages.append((211, [(253, _U32, end_s), (0, _U8, bpm), (1, _U8, bpm)]))
    average = round(128 * rmssd_ms)
    messages.append(
        (370, [(253, _U32, end_s), (0, _U16, _NO_TIME), (1, _U16, average), (2, _U16, _NO_TIME), (6, _ENUM, 0)])
    )
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
        found = (found >> 8) ^ _CHECKS[(found ^ byte) & 0xFF]
    return found


def _check_of(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (0xA001 if byte & 1 else 0)
    return byte


_CHECKS = tuple(_check_of(byte) for byte in range(256))


def _file_id(kind: int, start_s: int) -> tuple[int, Fields]:
    return 0, [(0, _ENUM, kind), (1, _U16, 1), (2, _U16, 2697), (4, _U32, start_s)]


def _began_s(beats: Beats, place: int) -> int:
    """The second of the watch's count in which an interval began."""
    return (int(beats.t_ms[place]) - round(float(beats.rr_ms[place]))) // 1000 - FIT_EPOCH_S


def _record(at_s: int, bpm: int) -> tuple[int, Fields]:
    return 20, [(253, _U32, at_s), (3, _U8, bpm)]


def _message(number: int, fields: Fields) -> bytes:
    if len(fields) > 255:
        raise ShapeError(f"{len(fields)} fields")
    rows = [(field, base, value if isinstance(value, Sequence) else (value,)) for field, base, value in fields]
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(rows))
    sizes = [(field, struct.calcsize(_FORMAT[base]) * len(values), base) for field, base, values in rows]
    definition += b"".join(struct.pack("BBB", *size) for size in sizes)
    return (
        definition
        + b"\0"
        + b"".join(struct.pack(f"<{len(values)}{_FORMAT[base]}", *values) for _, base, values in rows)
    )
