"""One recording made ready for judging: cleaned beats, courses, diary, and the person's scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uitknop.core import Entry, Recording, Samples, Scale, Span, Value
from uitknop.rest.course import Course, make_course
from uitknop.rest.parameters import BEFORE_MIN, CARRY_OVER_MIN, HEART_COVER_LEAST
from uitknop.rest.scale import Night
from uitknop.signals import Cleaned, clean


@dataclass(frozen=True, slots=True)
class Case(Value):
    """One recording, ready to be judged.

    Args:
        recording: as it came in.
        cleaned: its beats after cleaning; None in heart-rate-only mode.
        course: one-minute epochs over the whole recording.
        entries: every diary line of the person.
        scale: the person's own scale, or None.
        nights: the person's nights.
        noise: the person's own noise of heart rate, 1 as usual.
    """

    recording: Recording
    cleaned: Cleaned | None
    course: Course
    entries: tuple[Entry, ...] = ()
    scale: Scale | None = None
    nights: tuple[Night, ...] = ()
    noise: float = 1.0

    @property
    def samples(self) -> tuple[Samples, ...]:
        """The recording's other series."""
        return self.recording.samples


def open_case(recording: Recording, *, origin_ms: int | None = None) -> Case:
    """Clean a recording and lay its one-minute grid; scale and diary are added once all recordings are known.

    An epoch starts at `origin_ms`, or at the start of the recording.
    """
    beats = recording.beats
    cleaned = clean(beats) if beats is not None and len(beats) else None
    return Case(recording, cleaned, make_course(cleaned, recording.samples, origin_ms=origin_ms), recording.entries)


def best_case(cases: Sequence[Case], span: Span) -> Case:
    """The recording that shares most of a span, of those that hold heart data for at least half of it when some do; of
    equals the first."""

    def worth(case: Case) -> tuple[bool, int]:
        whole = case.recording.span
        shared_ms = -1 if whole is None else min(whole.end_ms, span.end_ms) - max(whole.start_ms, span.start_ms)
        return shared_ms > 0 and len(cases) > 1 and _holds(case.course, span), shared_ms

    return max(cases, key=worth)


def _holds(course: Course, span: Span) -> bool:
    known = int(np.isfinite(course.hr_bpm[course.within(span)]).sum())
    return known * course.epoch_ms >= HEART_COVER_LEAST * (span.end_ms - span.start_ms)


def course_around(case: Case, span: Span, before: Span | None, epoch_s: float) -> Course:
    """Epochs that start with `span`, from the minutes before it until the carry-over after it."""
    start_ms = span.start_ms - round(BEFORE_MIN * 60_000)
    if before is not None:
        start_ms = min(start_ms, before.start_ms)
    start_ms = span.start_ms - math.ceil((span.start_ms - start_ms) / 60_000) * 60_000
    window = _recorded(case, Span(start_ms, span.end_ms + round(CARRY_OVER_MIN * 60_000)))
    course = case.course
    on_grid = len(course) and (span.start_ms - int(course.start_ms[0])) % course.epoch_ms == 0
    if epoch_s == course.epoch_s and on_grid:
        part = course.within(window)
        return course.part(part)
    return make_course(case.cleaned, case.samples, epoch_s=epoch_s, span=window, origin_ms=span.start_ms)


def _recorded(case: Case, window: Span) -> Span:
    """The part of a window that was recorded, with a minute on either side for epochs that are begun or half over: a
    span with a wrong year would ask for millions of empty ones."""
    whole = case.recording.span
    if whole is None or not whole.overlaps(window):
        return Span(window.start_ms, window.start_ms)
    return Span(max(window.start_ms, whole.start_ms - 60_000), min(window.end_ms, whole.end_ms + 60_000))
