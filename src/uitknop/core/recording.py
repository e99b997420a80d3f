"""What one source gave: beats, samples, entries, and what should be known about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from uitknop.core.arrays import frozen
from uitknop.core.beats import Beats
from uitknop.core.errors import ShapeError
from uitknop.core.phrase import Phrase
from uitknop.core.span import Span
from uitknop.core.table import Table, Value
from uitknop.core.units import UNIT_OF, SampleKind

Grade = Literal["A", "B", "C", "D"]
"""A: strap RR, posture and breathing known. B: breathing unknown. C: light, or posture unknown. D: heart rate only."""

EntryKind = Literal["posture", "rest", "exertion", "answer", "tag", "event", "condition", "medication", "sleep"]


@dataclass(frozen=True, slots=True)
class Samples(Table):
    """A series of one kind; the unit belongs to the kind (`UNIT_OF`).

    Args:
        kind: what was sampled.
        t_ms: UTC ms, int64, shape (n,), never decreasing.
        value: in the unit of the kind, float64, shape (n,).
        device: empty when unknown.
    """

    kind: SampleKind
    t_ms: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    device: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "t_ms", frozen(self.t_ms, np.int64))
        object.__setattr__(self, "value", frozen(self.value, np.float64))
        if self.kind not in UNIT_OF:
            raise ShapeError(f"unknown kind of sample: {self.kind}")
        if self.t_ms.size != self.value.size:
            raise ShapeError(f"t_ms {self.t_ms.size}, value {self.value.size}")
        if self.t_ms.size and bool(np.any(np.diff(self.t_ms) < 0)):
            raise ShapeError("sample times decrease")

    def __len__(self) -> int:
        return int(self.t_ms.size)

    @property
    def unit(self) -> str:
        """Unit of `value`."""
        return UNIT_OF[self.kind]


@dataclass(frozen=True, slots=True)
class Entry(Value):
    """One line of a diary: an answer, a tag, an event.

    Args:
        at_ms: UTC ms.
        zone: IANA name or fixed offset in which the person lived then.
        kind: what sort of line it is.
        value: what was said.
        end_ms: UTC ms, for a line about a stretch of time.
        label: the person's own word for it.
    """

    at_ms: int
    zone: str
    kind: EntryKind
    value: str
    end_ms: int | None = None
    label: str = ""

    @property
    def span(self) -> Span | None:
        """The stretch the line is about, or None when it is about a moment."""
        return None if self.end_ms is None else Span(self.at_ms, self.end_ms)


@dataclass(frozen=True, slots=True)
class Recording(Value):
    """What one source gave.

    Args:
        source: name of the source that read it.
        name: name of the file or folder, without its path.
        clock: zone in which the times were read (IANA name or "+01:00"); None for a clockless recording, whose times
            are ms from its own start.
        beats: None when there is only a heart-rate series. An averaged heart rate never becomes beats.
        samples: other series, one per kind and device.
        entries: diary lines and tags.
        grade: the best confidence this recording can give.
        notes: what was assumed, repaired or left out.
        person: whose it is, where one file tells of several people; else empty.
    """

    source: str
    name: str
    clock: str | None
    beats: Beats | None
    samples: tuple[Samples, ...] = ()
    entries: tuple[Entry, ...] = ()
    grade: Grade = "B"
    notes: tuple[Phrase, ...] = ()
    person: str = ""

    def of_kind(self, kind: SampleKind) -> Samples | None:
        """The longest series of a kind, or None."""
        found = [series for series in self.samples if series.kind == kind and len(series)]
        return max(found, key=len) if found else None

    @property
    def span(self) -> Span | None:
        """From the first to the last moment of beats and heart rate; None when there is neither."""
        heart = [
            (series.t_ms[0], series.t_ms[-1]) for series in self.samples if series.kind == "heart_rate" and len(series)
        ]
        if self.beats is not None and len(self.beats):
            heart.append((self.beats.t_ms[0] - round(self.beats.rr_ms[0]), self.beats.t_ms[-1]))
        if not heart:
            return None
        return Span(int(min(first for first, _ in heart)), int(max(last for _, last in heart)) + 1)
