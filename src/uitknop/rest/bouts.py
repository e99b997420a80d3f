"""Which stretches are judged: rests from the diary, and untagged quiet time to stand beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import numpy as np
import numpy.typing as npt

from uitknop.core import Bout, Entry, Posture, Scale, Span
from uitknop.rest.course import Course
from uitknop.rest.parameters import (
    BOUT_SHORTEST_MIN,
    IN_BED_LEVEL,
    IN_BED_LEVEL_WITHOUT_MOVEMENT,
    MERGE_GAP_MIN,
    QUIET_LONGEST_MIN,
    REST_APART_MIN,
    STEADY_SPREAD_BPM,
    WHOLE_RECORDING_LONGEST_MIN,
)
from uitknop.rest.scale import Night

MINUTE_MS = 60_000
POSTURES: tuple[str, ...] = get_args(Posture)
Flags = npt.NDArray[np.bool_]


def find_bouts(
    course: Course, entries: tuple[Entry, ...], nights: tuple[Night, ...], scale: Scale | None
) -> tuple[Bout, ...]:
    """Every bout of one recording, in order of time.

    Tagged rests are taken as they stand in the diary. Quiet time is what is left: awake, without movement (or, where
    movement was not recorded, with a low and steady heart rate), not within `REST_APART_MIN` of a tagged rest or of
    sleep, at least `BOUT_SHORTEST_MIN` long, with no gap or movement of more than `MERGE_GAP_MIN`, cut into pieces of
    at most `QUIET_LONGEST_MIN` so that it compares with rests.
    """
    if not len(course):
        return ()
    tagged = tagged_bouts(course, entries)
    if not tagged and not course.movement_known.any() and _minutes_long(course) <= WHOLE_RECORDING_LONGEST_MIN:
        return _unbroken(course, entries)
    quiet = quiet_epochs(course, nights, scale)
    apart_ms = REST_APART_MIN * MINUTE_MS
    for bout in tagged:
        quiet[course.within(Span(bout.span.start_ms - apart_ms, bout.span.end_ms + apart_ms))] = False
    for entry in entries:
        if entry.kind == "exertion":
            until = (entry.end_ms or entry.at_ms) + 60 * MINUTE_MS
            quiet[course.within(Span(entry.at_ms, until))] = False
    found = [Bout(span, posture_at(entries, span), "quiet") for span in _stretches(course, quiet, QUIET_LONGEST_MIN)]
    return tuple(sorted([*tagged, *found], key=lambda bout: bout.span))


def tagged_bouts(course: Course, entries: tuple[Entry, ...]) -> tuple[Bout, ...]:
    """The rests that the diary names and that touch this recording."""
    whole = Span(int(course.start_ms[0]), int(course.start_ms[-1]) + course.epoch_ms)
    bouts = []
    for entry in entries:
        span = entry.span
        if entry.kind == "rest" and span is not None and span.overlaps(whole):
            bouts.append(Bout(span, posture_at(entries, span), entry.value, entry.label))
    return tuple(bouts)


def posture_at(entries: Iterable[Entry], span: Span) -> Posture:
    """The posture that the diary gives for most of a span; "unknown" without one."""
    best: tuple[int, Posture] = (0, "unknown")
    for entry in entries:
        if entry.kind != "posture" or entry.value not in POSTURES:
            continue
        told = entry.span or Span(entry.at_ms, entry.at_ms + MINUTE_MS)
        shared = min(told.end_ms, span.end_ms) - max(told.start_ms, span.start_ms)
        if shared > best[0]:
            best = (shared, entry.value)  # type: ignore[assignment]  # just checked against POSTURES
    return best[1]


def quiet_epochs(course: Course, nights: tuple[Night, ...], scale: Scale | None) -> Flags:
    """Awake epochs without movement, not close to sleep, shape (n,)."""
    apart_ms = REST_APART_MIN * MINUTE_MS
    quiet = np.isfinite(course.hr_bpm)
    quiet &= np.where(course.movement_known, ~course.moving, _low_and_steady(course))
    for night in nights:
        asleep = sleep_around(course, night, scale)
        quiet[course.within(Span(asleep.start_ms - apart_ms, asleep.end_ms + apart_ms))] = False
    return np.asarray(quiet)


def sleep_around(course: Course, night: Night, scale: Scale | None) -> Span:
    """The night's lowest stretch, widened to the time in bed: little movement, heart rate below that of the day."""
    hr, day = night.hr_bpm, scale.day_hr_bpm if scale else None
    in_bed_level = IN_BED_LEVEL if course.movement_known.any() else IN_BED_LEVEL_WITHOUT_MOVEMENT
    reach_bpm = hr + (in_bed_level * (day - hr) if day is not None else 8.0)
    near = ~course.moving & (np.nan_to_num(course.hr_bpm, nan=0.0) <= reach_bpm)
    part = course.within(night.span)
    first, last = part.start, max(part.stop - 1, part.start)
    patience = round(15 * 60 / course.epoch_s)
    while first > 0 and (near[first - 1] or near[max(0, first - patience) : first].mean() > 0.5):
        first -= 1
    while last < len(course) - 1 and (near[last + 1] or near[last + 1 : last + 1 + patience].mean() > 0.5):
        last += 1
    if part.stop <= part.start:
        return night.span
    return Span(int(course.start_ms[first]), int(course.start_ms[last]) + course.epoch_ms)


def _low_and_steady(course: Course) -> Flags:
    """Where movement was not recorded: heart rate below the awake median, and steady over five minutes."""
    hr = course.hr_bpm
    if not np.isfinite(hr).any():
        return np.zeros(hr.size, dtype=np.bool_)
    width = max(round(5 * 60 / course.epoch_s), 3)
    padded = np.pad(hr, (width // 2, width - 1 - width // 2), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(np.nan_to_num(padded, nan=1e3), width)
    spread = windows.std(axis=1)
    return np.asarray((spread <= STEADY_SPREAD_BPM) & (hr <= np.nanmedian(hr)))


def _unbroken(course: Course, entries: tuple[Entry, ...]) -> tuple[Bout, ...]:
    """A short recording of which nothing else is known: each stretch without a gap is taken for one quiet bout."""
    spans = _stretches(course, np.isfinite(course.hr_bpm), WHOLE_RECORDING_LONGEST_MIN)
    return tuple(Bout(span, posture_at(entries, span), "quiet") for span in spans)


def _stretches(course: Course, mask: Flags, longest_min: float) -> list[Span]:
    """Stretches of True, small holes closed, long ones cut, short ones left out."""
    index = np.flatnonzero(mask)
    if not index.size:
        return []
    epoch_min = course.epoch_s / 60.0
    breaks = np.flatnonzero(np.diff(index) - 1 > MERGE_GAP_MIN / epoch_min)
    spans = []
    for part in np.split(index, breaks + 1):
        spans.extend(_pieces(int(part[0]), int(part[-1]) + 1, round(longest_min / epoch_min)))
    fewest = BOUT_SHORTEST_MIN / epoch_min
    return [
        Span(int(course.start_ms[first]), int(course.start_ms[last - 1]) + course.epoch_ms)
        for first, last in spans
        if last - first >= fewest
    ]


def _pieces(first: int, last: int, longest: int) -> list[tuple[int, int]]:
    """Cut `first..last` into equal pieces no longer than `longest`."""
    count = -(-(last - first) // longest)
    edges = np.linspace(first, last, count + 1).round().astype(int)
    return [(int(a), int(b)) for a, b in pairwise(edges)]


def _minutes_long(course: Course) -> float:
    return len(course) * course.epoch_s / 60.0


def with_posture(bout: Bout, entries: tuple[Entry, ...]) -> Bout:
    """A given bout with the posture the diary tells, when it brought none of its own."""
    return bout if bout.posture != "unknown" else replace(bout, posture=posture_at(entries, bout.span))
