"""When no verdict is given: too short, too little data, an irregular rhythm, medication, shortly after hard effort.

Every check returns a reason or None. Limits: docs/verdict.md.
"""

from __future__ import annotations

import numpy as np

from uitknop.core import Bout, Entry, Flag, Reason, Scale, Span
from uitknop.rest.course import Course
from uitknop.rest.parameters import (
    AFTER_EFFORT_MIN,
    ECTOPY_MOST_PCT,
    EFFORT_FEWEST_MIN,
    EFFORT_HR_BPM,
    EFFORT_OVER_DAY_BPM,
    HEART_COVER_LEAST,
    IRREGULAR_MOST_PCT,
    SPAN_SHORTEST_MIN,
)
from uitknop.signals import HIGH_MS, LOW_MS, Cleaned, irregular_pct

VERDICT_OFF = ("beta_blocker", "ivabradine", "digoxin", "pacemaker", "atrial_fibrillation")
"""Values of entries of kind "medication" or "condition" under which heart rate does not answer the question."""


def too_short(bout: Bout) -> Reason | None:
    """A span under two minutes says nothing."""
    if bout.span.duration_min >= SPAN_SHORTEST_MIN:
        return None
    return Reason("too_short", found=round(bout.span.duration_min, 1), needed=SPAN_SHORTEST_MIN, unit="min")


def too_little_data(course: Course, span: Span) -> Reason | None:
    """Heart data must cover at least half of the bout."""
    epochs = course.within(span)
    n = max(1, round(span.duration_min * 60 / course.epoch_s))
    covered = float(np.nan_to_num(course.covered[epochs]).sum()) / n
    if np.isfinite(course.hr_bpm[epochs]).sum() >= 3 and covered >= HEART_COVER_LEAST:
        return None
    found = round(100 * min(covered, 1.0))
    return Reason("low_coverage" if found else "no_beats", found=found, needed=round(100 * HEART_COVER_LEAST), unit="%")


def constant(course: Course, span: Span) -> Reason | None:
    """A heart rate that never changes was not measured."""
    hr = course.hr_bpm[course.within(span)]
    finite = hr[np.isfinite(hr)]
    return Reason("constant_input") if finite.size >= 4 and np.ptp(finite) == 0.0 else None


def medication(entries: tuple[Entry, ...], span: Span) -> Reason | None:
    """Some medication and rhythm conditions make heart rate answer another question."""
    for entry in entries:
        told = entry.end_ms is None or entry.end_ms > span.start_ms
        listed = entry.kind in {"medication", "condition"} and entry.value in VERDICT_OFF
        if listed and entry.at_ms < span.end_ms and told:
            return Reason("medication", found=entry.value)
    return None


def after_effort(course: Course, entries: tuple[Entry, ...], span: Span, scale: Scale | None) -> Reason | None:
    """No verdict for a quarter of an hour after hard effort: variability lies at its floor then."""
    window = Span(span.start_ms - round(AFTER_EFFORT_MIN * 60_000), span.start_ms)
    for entry in entries:
        if entry.kind == "exertion" and (entry.span or Span(entry.at_ms, entry.at_ms + 60_000)).overlaps(window):
            return Reason("after_effort", needed=AFTER_EFFORT_MIN, unit="min")
    hard_bpm = EFFORT_HR_BPM
    if scale is not None and scale.day_hr_bpm is not None:
        hard_bpm = max(hard_bpm, scale.day_hr_bpm + EFFORT_OVER_DAY_BPM)
    hr = course.hr_bpm[course.within(window)]
    minutes = float((np.nan_to_num(hr) >= hard_bpm).sum()) * course.epoch_s / 60.0
    return Reason("after_effort", needed=AFTER_EFFORT_MIN, unit="min") if minutes >= EFFORT_FEWEST_MIN else None


def irregular(cleaned: Cleaned | None, span: Span) -> Reason | None:
    """A rhythm irregular throughout, or with more than a few ectopic beats, in a bout that beats cover."""
    if cleaned is None:
        return None
    beats = cleaned.beats.between(span.start_ms, span.end_ms)
    covered = float(beats.rr_ms.sum()) / max(span.end_ms - span.start_ms, 1)
    if covered < HEART_COVER_LEAST:
        return None
    found_pct = irregular_pct(beats, low_ms=LOW_MS, high_ms=HIGH_MS)
    most_pct = IRREGULAR_MOST_PCT[beats.kind]
    if found_pct is not None and found_pct > most_pct:
        return Reason("irregular_rhythm", found=round(found_pct), needed=most_pct, unit="%")
    ectopic_pct = 50.0 * float((beats.flag == Flag.ECTOPIC).mean())  # one ectopic beat touches two intervals
    if ectopic_pct > ECTOPY_MOST_PCT:
        return Reason("ectopy", found=round(ectopic_pct, 1), needed=ECTOPY_MOST_PCT, unit="%")
    return None
