"""The course of heart rate and ln RMSSD over a recording, by epoch: what every later step looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uitknop.core import BeatKind, Samples, Span, Table
from uitknop.rest.parameters import ACTIVE_ACCELERATION_MG, BEATS_CARRY_HEART_RATE, MOVING_ACCELERATION_MG
from uitknop.signals import Cleaned, Epochs, make_epochs

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Course(Table):
    """A regular grid of epochs; NaN where nothing usable was measured.

    Args:
        start_ms: start of each epoch, ms, int64, shape (n,).
        hr_bpm: median heart rate, from beats where they cover the epoch, else from the heart-rate series, shape (n,).
        ln_rmssd: only from beats, shape (n,).
        covered: share of the epoch that holds heart data, 0..1, shape (n,).
        beats_cover: share of the epoch covered by accepted beats, 0..1, shape (n,).
        breathing_brpm: NaN where unknown, shape (n,).
        slow_breathing: breathing known and slower than 9 per minute, shape (n,).
        moving: steps or acceleration above rest, shape (n,); False where unknown.
        active: steps, or acceleration as of walking, shape (n,); False where unknown.
        movement_known: steps or acceleration were recorded, shape (n,).
        epoch_s: length of an epoch, s.
        kind: "rr", "ppg", or None without beats.
    """

    start_ms: npt.NDArray[np.int64]
    hr_bpm: Floats
    ln_rmssd: Floats
    covered: Floats
    beats_cover: Floats
    breathing_brpm: Floats
    slow_breathing: Flags
    moving: Flags
    active: Flags
    movement_known: Flags
    epoch_s: float
    kind: BeatKind | None

    def __len__(self) -> int:
        return int(self.start_ms.size)

    @property
    def epoch_ms(self) -> int:
        """Length of an epoch, ms."""
        return round(self.epoch_s * 1000)

    def within(self, span: Span) -> slice:
        """The epochs that lie wholly within a span."""
        first = int(np.searchsorted(self.start_ms, span.start_ms, side="left"))
        last = int(np.searchsorted(self.start_ms, span.end_ms - self.epoch_ms, side="right"))
        return slice(first, max(first, last))

    def part(self, epochs: slice) -> Course:
        """Only these epochs."""
        cut = {name: getattr(self, name)[epochs] for name in self.__slots__ if name not in {"epoch_s", "kind"}}
        return replace(self, **cut)


def make_course(
    cleaned: Cleaned | None,
    samples: tuple[Samples, ...],
    *,
    epoch_s: float = 60.0,
    span: Span | None = None,
    origin_ms: int | None = None,
) -> Course:
    """The course of one recording on a grid of epochs, or of the part of it within `span`.

    Args:
        cleaned: cleaned beats; None in heart-rate-only mode.
        samples: heart rate, steps and acceleration, where present.
        epoch_s: length of an epoch, s.
        span: limits the grid.
        origin_ms: a moment at which an epoch starts; the start of the recording when None.
    """
    return course_of(make_epochs(cleaned, samples, span=span, epoch_s=epoch_s, origin_ms=origin_ms))


def course_of(epochs: Epochs) -> Course:
    """The course that a grid of epochs describes."""
    has_series = np.isfinite(epochs.hr_series_bpm)
    from_beats = (epochs.coverage >= BEATS_CARRY_HEART_RATE) & np.isfinite(epochs.hr_bpm)
    if epochs.kind == "ppg":  # light loses beats with every movement; the device's own series is steadier
        from_beats &= ~has_series
    stepping, shaking = np.nan_to_num(epochs.steps) > 0, np.nan_to_num(epochs.acceleration_mg)
    return Course(
        start_ms=epochs.start_ms,
        hr_bpm=np.where(from_beats, epochs.hr_bpm, epochs.hr_series_bpm),
        ln_rmssd=epochs.ln_rmssd,
        covered=np.maximum(epochs.coverage, np.where(has_series, 1.0, 0.0)),
        beats_cover=epochs.coverage,
        breathing_brpm=epochs.breathing_brpm,
        slow_breathing=epochs.slow_breathing,
        moving=stepping | (shaking > MOVING_ACCELERATION_MG),
        active=stepping | (shaking > ACTIVE_ACCELERATION_MG),
        movement_known=np.isfinite(epochs.steps) | np.isfinite(epochs.acceleration_mg),
        epoch_s=epochs.epoch_s,
        kind=epochs.kind,
    )
