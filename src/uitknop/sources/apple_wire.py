"""What a worker process sends: recordings and counts as bytes, and blocks the other way, in frames with their length.

Plain numbers and JSON, nothing that could carry code.
"""

from __future__ import annotations

import json
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Entry, Phrase, Recording, Samples
from uitknop.core.errors import Implausible, Malformed, SourceError, TooLarge
from uitknop.sources.apple_pieces import NAME, TICK_MS
from uitknop.sources.apple_rows import Parsed, Tally

_LENGTH = struct.Struct("<I")
_LARGEST_FRAME = 1 << 28
_FAULTS = {kind.__name__: kind for kind in (Malformed, TooLarge, Implausible)}


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(sum(map(len, parts))))
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read one frame.

    Raises:
        EOFError: the other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) == _LENGTH.size and (length := _LENGTH.unpack(head)[0]) <= _LARGEST_FRAME:
        frame = stream.read(length)
        if len(frame) == length:
            return frame
    raise EOFError


def pack_parsed(parsed: Parsed, share: float) -> tuple[bytes, ...]:
    """What a block gave and the share of the file that is done, as parts of a frame."""
    arrays: list[bytes] = []
    told = {
        "tally": {field.name: getattr(parsed.tally, field.name) for field in fields(Tally)},
        "n_lines": parsed.n_lines,
        "share": share,
        "recordings": [_told(recording, arrays) for recording in parsed.recordings],
    }
    header = json.dumps(told).encode()
    return (_LENGTH.pack(len(header)), header, *arrays)


def unpack_parsed(frame: bytes, name: str) -> tuple[Parsed, float]:
    """The same again; `name` is that of the file."""
    (length,) = _LENGTH.unpack_from(frame)
    told = json.loads(frame[_LENGTH.size : _LENGTH.size + length])
    arrays = _Arrays(frame, _LENGTH.size + length)
    recordings = tuple(_recording(one, name, arrays) for one in told["recordings"])
    tally = Tally(**{**told["tally"], "other": Counter(told["tally"]["other"])})
    return Parsed(recordings, tally, told["n_lines"]), told["share"]


def pack_fault(fault: SourceError) -> bytes:
    """Why reading stopped."""
    fields = {name: value if isinstance(value, int) else str(value) for name, value in fault.phrase.fields.items()}
    return json.dumps([type(fault).__name__, fault.phrase.template, fields]).encode()


def unpack_fault(frame: bytes) -> SourceError:
    """The same again."""
    kind, template, fields = json.loads(frame)
    return _FAULTS.get(kind, SourceError)(Phrase(template, fields))


class _Arrays:
    """Arrays, one after the other."""

    def __init__(self, frame: bytes, at: int) -> None:
        self._frame, self._at = frame, at

    def ints(self, n: int) -> npt.NDArray[np.int64]:
        return np.frombuffer(self._next(n), np.int64)

    def floats(self, n: int) -> npt.NDArray[np.float64]:
        return np.frombuffer(self._next(n), np.float64)

    def _next(self, n: int) -> bytes:
        self._at += 8 * n
        return self._frame[self._at - 8 * n : self._at]


def _told(recording: Recording, arrays: list[bytes]) -> dict[str, Any]:
    for series in recording.samples:
        arrays += [series.t_ms.tobytes(), series.value.tobytes()]
    beats = recording.beats
    if beats is not None:
        arrays += [beats.t_ms.tobytes(), beats.rr_ms.tobytes(), beats.run.tobytes()]
    return {
        "clock": recording.clock,
        "grade": recording.grade,
        "samples": [(series.kind, series.device, len(series)) for series in recording.samples],
        "beats": None if beats is None else (beats.device, len(beats), beats.run.size),
        "entries": [(e.at_ms, e.zone, e.kind, e.value, e.end_ms, e.label) for e in recording.entries],
    }


def _recording(told: dict[str, Any], name: str, arrays: _Arrays) -> Recording:
    return Recording(
        NAME,
        name,
        told["clock"],
        samples=tuple(_samples(told["samples"], arrays)),
        beats=None if told["beats"] is None else _beats(told["beats"], arrays),
        entries=tuple(Entry(*entry) for entry in told["entries"]),
        grade=told["grade"],
    )


def _samples(told: list[Any], arrays: _Arrays) -> Iterator[Samples]:
    for kind, device, n in told:
        yield Samples(kind, arrays.ints(n), arrays.floats(n), device)


def _beats(told: tuple[str, int, int], arrays: _Arrays) -> Beats:
    device, n, n_runs = told
    t_ms, rr_ms, run = arrays.ints(n), arrays.floats(n), arrays.ints(n_runs)
    return Beats(t_ms, rr_ms, np.zeros(n, np.uint8), run, TICK_MS, NAME, device, "ppg")
