"""The scale that a day is judged on: causal, from that day and the 59 before it.

What a person was told of a day does not change when later days come in, but for the night that was still going on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from uitknop.core import Scale, Span, Value
from uitknop.rest.course import Course
from uitknop.rest.parameters import ANCHOR_SD_BPM, ANCHOR_SD_LN, REFERENCE_DAYS
from uitknop.rest.scale import DAY_MS, HOUR_MS, Night, find_nights, make_scale, own_noise
from uitknop.rest.sketch import DaySketch

MARGIN_H = 12
BEFORE_H = 3
"""What lies this close after and before a day is looked at with it: the night that goes on, the minutes before a
rest."""

CLOCK_CHANGE_MS = 2 * HOUR_MS
"""By which 59 days differ from 59 times 24 hours when clocks change, at most."""

NOISE_STEP = 0.05


@dataclass(frozen=True, slots=True)
class DayScale(Value):
    """What a day is judged on.

    Args:
        scale: the person's own scale as it was known on that day, or None.
        noise: the person's own noise of heart rate, 1 as usual.
        nights: those that touch the day or the hours around it.
    """

    scale: Scale | None
    noise: float
    nights: tuple[Night, ...]

    def in_steps(self) -> DayScale:
        """The same in steps of a quarter of what the anchors are uncertain by: what verdicts are made of, so that one
        more day two months ago does not change each of them in its last digit."""
        scale = self.scale
        if scale is not None:
            bpm, ln = ANCHOR_SD_BPM / 4, ANCHOR_SD_LN / 4
            scale = replace(
                scale,
                day_hr_bpm=_step(scale.day_hr_bpm, bpm),
                night_hr_bpm=_step(scale.night_hr_bpm, bpm),
                day_ln_rmssd=_step(scale.day_ln_rmssd, ln),
                night_ln_rmssd=_step(scale.night_ln_rmssd, ln),
            )
        return replace(self, scale=scale, noise=round(round(self.noise / NOISE_STEP) * NOISE_STEP, 6))


def _step(value: float | None, step: float) -> float | None:
    return None if value is None else round(round(value / step) * step, 6)


def scale_of_day(span: Span, sketches: Sequence[DaySketch]) -> DayScale:
    """The scale of a day.

    Args:
        span: the day.
        sketches: of the person's days in any order; of use are this day's, those of the 59 days before it, and the
            next day's, of which the first `MARGIN_H` hours are looked at for the night that crosses into it.
    """
    near = sorted(_within_reach(span, sketches), key=lambda sketch: sketch.span)
    until_ms = span.end_ms + MARGIN_H * HOUR_MS
    courses = _joined(near, until_ms)
    nights = find_nights(courses)
    rests = tuple(dict.fromkeys(rest for sketch in near for rest in sketch.rests))
    around = Span(span.start_ms - BEFORE_H * HOUR_MS, until_ms)
    return DayScale(
        make_scale(tuple(_until(course, span.end_ms) for course in courses), nights, rests),
        own_noise(courses, nights),
        tuple(night for night in nights if night.span.overlaps(around)),
    )


def _within_reach(span: Span, sketches: Sequence[DaySketch]) -> list[DaySketch]:
    first_ms = span.start_ms - (REFERENCE_DAYS - 1) * DAY_MS - CLOCK_CHANGE_MS
    last_ms = span.end_ms + MARGIN_H * HOUR_MS
    return [sketch for sketch in sketches if first_ms <= sketch.span.start_ms < last_ms]


def _joined(sketches: Sequence[DaySketch], until_ms: int) -> tuple[Course, ...]:
    """One course for each unbroken stretch of a source, whatever days it runs through, up to a moment."""
    stretches: dict[str, list[list[Course]]] = {}
    for sketch in sketches:
        for source, whole in zip(sketch.sources, sketch.courses, strict=True):
            course = whole if sketch.span.end_ms <= until_ms else _until(whole, until_ms)
            if not len(course):
                continue
            known = stretches.setdefault(source, [])
            if known and _goes_on(known[-1][-1], course):
                known[-1].append(course)
            else:
                known.append([course])
    return tuple(_concatenated(stretch) for known in stretches.values() for stretch in known)


def _until(course: Course, until_ms: int) -> Course:
    """The epochs that start before a moment."""
    return course.part(slice(0, int(np.searchsorted(course.start_ms, until_ms))))


def _goes_on(one: Course, other: Course) -> bool:
    """Whether the second follows the first without a gap; a grid may start anew, so by less than an epoch."""
    ends_ms = int(one.start_ms[-1]) + one.epoch_ms
    return one.kind == other.kind and abs(int(other.start_ms[0]) - ends_ms) < one.epoch_ms


def _concatenated(stretch: list[Course]) -> Course:
    if len(stretch) == 1:
        return stretch[0]
    names = (field.name for field in fields(Course) if field.name not in {"epoch_s", "kind"})
    columns: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in stretch]) for name in names}
    return replace(stretch[0], **columns)
