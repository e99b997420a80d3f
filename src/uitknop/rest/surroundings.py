"""Spans of a protocol: each is compared with what stood around it.

In a laboratory protocol or a described hour there is no day and no night to make a scale of, and a span is often too
short for a course to be fitted. What answers best there is how far the median heart rate of the later part of the
span lies below that of the three minutes on either side (docs/verdict.md has the comparison). Minutes after a span
are looked at only where the given spans describe the recording: elsewhere a rise after a rest is getting up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Bout, Span, Value
from uitknop.rest.course import Course
from uitknop.rest.parameters import (
    AROUND_MIN,
    NEIGHBOUR_MIN,
    PROTOCOL_BASE,
    PROTOCOL_FEWEST_SPANS,
    PROTOCOL_PER_BPM,
)

Floats = npt.NDArray[np.float64]

TASK = "task"


@dataclass(frozen=True, slots=True)
class Contrast(Value):
    """How a span stands out.

    Args:
        around_bpm: median of the minutes around it minus the median of its later part, bpm (plus = calmer).
        n_sides: how many sides had data: 1 or 2.
    """

    around_bpm: float
    n_sides: int

    @property
    def probability(self) -> float:
        """That the body settled; weights by cross-validation over persons, frozen."""
        return 1.0 / (1.0 + math.exp(-(PROTOCOL_BASE + PROTOCOL_PER_BPM * self.around_bpm)))


def is_protocol(spans: Sequence[Bout]) -> bool:
    """Whether the given spans describe the recording as a protocol does: several, and not rests alone.

    Rests from somebody's day are no protocol, however many: what comes after each is getting up.
    """
    return len(spans) >= PROTOCOL_FEWEST_SPANS and any(bout.kind == TASK for bout in spans)


def is_followed(spans: Sequence[Bout], span: Span) -> bool:
    """Whether another given span begins soon after this one, so that the minutes after it belong to the protocol."""
    reach_ms = round(NEIGHBOUR_MIN * 60_000)
    return any(0 <= bout.span.start_ms - span.end_ms <= reach_ms for bout in spans)


def contrast(course: Course, span: Span, *, both_sides: bool) -> Contrast | None:
    """The contrast of a span with its surroundings; None without heart rate on any side.

    Args:
        course: short epochs around the span.
        span: what is judged.
        both_sides: also look at what came after; else only before.
    """
    around_ms = round(AROUND_MIN * 60_000)
    before = _middle(course, Span(span.start_ms - around_ms, span.start_ms))
    after = _middle(course, Span(span.end_ms, span.end_ms + around_ms)) if both_sides else None
    sides = [side for side in (before, after) if side is not None]
    later = _middle(course, Span(span.start_ms + (span.end_ms - span.start_ms) // 3, span.end_ms))
    if later is None or not sides:
        return None
    return Contrast(float(np.mean(sides)) - later, len(sides))


def _middle(course: Course, span: Span) -> float | None:
    """Median heart rate of the epochs within a span; None with less than a minute of them."""
    hr = course.hr_bpm[course.within(span)]
    finite = hr[np.isfinite(hr)]
    return float(np.median(finite)) if finite.size * course.epoch_s >= 60.0 else None
