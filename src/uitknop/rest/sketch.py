"""What later days need of one day: its one-minute courses, small enough to keep for years."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from uitknop.core import Phrase, Span, Value
from uitknop.core.errors import Damaged
from uitknop.rest.course import Course

FORMAT = 1
_UNKNOWN = np.iinfo(np.int16).min
_SCALED = {"hr_bpm": 100.0, "ln_rmssd": 1000.0, "breathing_brpm": 100.0, "covered": 1000.0, "beats_cover": 1000.0}
"""Steps per unit in which a column is kept: far below the noise of a minute."""
_FLAGS = ("slow_breathing", "moving", "active", "movement_known")


@dataclass(frozen=True, slots=True)
class DaySketch(Value):
    """What later days need of one day.

    Args:
        span: the day, from 04:00 to 04:00 local.
        sources: where each course came from.
        courses: one per recording and session, the epochs of one minute that start within the day, with values rounded
            as they are kept.
        rests: tagged rests that touch the day.
    """

    span: Span
    sources: tuple[str, ...]
    courses: tuple[Course, ...]
    rests: tuple[Span, ...]

    def to_bytes(self) -> bytes:
        """The sketch to be kept: some 10 kB per device."""
        import msgspec.msgpack  # only where days are kept

        told = (
            FORMAT,
            (self.span.start_ms, self.span.end_ms),
            [(rest.start_ms, rest.end_ms) for rest in self.rests],
            [(source, *_packed(course)) for source, course in zip(self.sources, self.courses, strict=True)],
        )
        return zlib.compress(msgspec.msgpack.encode(told), 6)

    @classmethod
    def from_bytes(cls, kept: bytes) -> DaySketch:
        """A sketch as it was kept.

        Raises:
            Damaged: these bytes are no sketch, or one of another version.
        """
        import msgspec.msgpack

        try:
            version, span, rests, courses = msgspec.msgpack.decode(zlib.decompress(kept))
            if version != FORMAT:
                raise ValueError(version)
            return cls(
                Span(*span),
                tuple(source for source, *_ in courses),
                tuple(_unpacked(*packed) for _, *packed in courses),
                tuple(Span(*rest) for rest in rests),
            )
        except (zlib.error, msgspec.MsgspecError, ValueError, TypeError, KeyError) as fault:
            raise Damaged(
                Phrase("What was kept of a day can't be read. Nothing is lost: it is made again from the recordings.")
            ) from fault


def rounded(course: Course) -> Course:
    """A course with its values rounded as a sketch keeps them."""
    return _unpacked(*_packed(course))


def _packed(course: Course) -> tuple[str, float, bytes, bytes, bytes]:
    """Kind, length of an epoch, times, scaled columns and flags."""
    columns = np.empty((len(_SCALED), len(course)), dtype="<i2")
    for row, (name, per_unit) in zip(columns, _SCALED.items(), strict=True):
        values = getattr(course, name) * per_unit
        row[:] = np.where(np.isfinite(values), np.clip(np.rint(np.nan_to_num(values)), -32_000, 32_000), _UNKNOWN)
    flags = np.zeros(len(course), dtype=np.uint8)
    for bit, name in enumerate(_FLAGS):
        flags |= getattr(course, name).astype(np.uint8) << bit
    steps_ms = np.diff(course.start_ms, prepend=0).astype("<i8")
    return course.kind or "", course.epoch_s, steps_ms.tobytes(), columns.tobytes(), flags.tobytes()


def _unpacked(kind: Any, epoch_s: float, steps_ms: bytes, columns: bytes, flags: bytes) -> Course:
    start_ms = np.cumsum(np.frombuffer(steps_ms, dtype="<i8"), dtype=np.int64)
    packed = np.frombuffer(columns, dtype="<i2").reshape(len(_SCALED), start_ms.size)
    bits = np.frombuffer(flags, dtype=np.uint8)
    if bits.size != start_ms.size:
        raise ValueError(bits.size)
    scaled: dict[str, Any] = {
        name: np.where(row == _UNKNOWN, np.nan, row.astype(np.float64) / per_unit)
        for row, (name, per_unit) in zip(packed, _SCALED.items(), strict=True)
    }
    told: dict[str, Any] = {name: (bits >> bit & 1).astype(np.bool_) for bit, name in enumerate(_FLAGS)}
    return Course(start_ms=start_ms, epoch_s=epoch_s, kind=kind or None, **scaled, **told)
