"""One day of a person's months, opened, sketched and judged by itself.

A day is looked at with `BEFORE_H` hours before it and `MARGIN_H` after it. Nothing else of the recordings is needed:
what the verdicts take from other days is the scale, and that is made of their sketches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from uitknop.core import Entry, Recording, Span, Value
from uitknop.rest.assess import diary_of, judge_found
from uitknop.rest.case import Case, open_case
from uitknop.rest.day_scale import BEFORE_H, MARGIN_H, DayScale
from uitknop.rest.scale import HOUR_MS
from uitknop.rest.sessions import SESSION_GAP_MIN, cut_recording, split_sessions
from uitknop.rest.shared_movement import share_movement
from uitknop.rest.sketch import DaySketch, rounded
from uitknop.rest.verdict import Judged

STANDING = ("medication", "condition")
"""Kinds of diary line that hold until further notice."""


@dataclass(frozen=True, slots=True)
class OpenDay(Value):
    """A day ready to be sketched and judged.

    Args:
        span: the day.
        cases: one per recording and session within reach of the day, those with beats of a strap first.
        entries: the diary lines that bear on the day.
    """

    span: Span
    cases: tuple[Case, ...]
    entries: tuple[Entry, ...]


def open_day(span: Span, recordings: Sequence[Recording], entries: Sequence[Entry] = ()) -> OpenDay:
    """Clean what was recorded around a day and lay its one-minute grids.

    Args:
        span: the day.
        recordings: of one person, what there is in the day and its margins (`window_of`); what lies further away and
            what has no clock is left out.
        entries: diary lines beside those the recordings carry.
    """
    window = window_of(span)
    clocked = [recording for recording in recordings if recording.clock is not None]
    cut = share_movement([cut_recording(recording, window) for recording in clocked])
    sessions = sorted((part for whole in cut for part in split_sessions(whole)), key=_place)
    cases = tuple(open_case(part, origin_ms=_origin_ms(part, span)) for part in sessions if part.span is not None)
    return OpenDay(span, cases, entries_around(span, diary_of(clocked, entries)))


def window_of(span: Span) -> Span:
    """A day with its margins: what of the recordings and the diary bears on it."""
    return Span(span.start_ms - BEFORE_H * HOUR_MS, span.end_ms + MARGIN_H * HOUR_MS)


def entries_around(span: Span, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The diary lines that bear on a day: those within reach of it, and what holds until further notice; each once, in
    order of time."""
    window = window_of(span)

    def bears(entry: Entry) -> bool:
        ends_ms = entry.end_ms if entry.end_ms is not None else entry.at_ms
        return entry.at_ms < window.end_ms and (
            ends_ms >= window.start_ms or (entry.end_ms is None and entry.kind in STANDING)
        )

    return diary_of((), [entry for entry in entries if bears(entry)])


def _place(part: Recording) -> tuple[int, str, str, int]:
    """A strap first, then light, then heart rate alone; then by name and time, so that no order of import matters."""
    sharpness = 2 if part.beats is None else int(part.beats.kind == "ppg")
    return sharpness, part.source, part.name, 0 if part.span is None else part.span.start_ms


def _origin_ms(part: Recording, span: Span) -> int:
    """Where the grid of a session starts: with the session, or, when that is not seen to start, with the day."""
    start_ms = span.start_ms if part.span is None else part.span.start_ms
    seen = start_ms - window_of(span).start_ms > SESSION_GAP_MIN * 60_000
    return start_ms if seen else span.start_ms


def sketch_of(day: OpenDay) -> DaySketch:
    """What later days need of this one."""
    kept: list[tuple[str, Case, slice]] = []
    for case in day.cases:
        part = slice(*(int(i) for i in np.searchsorted(case.course.start_ms, (day.span.start_ms, day.span.end_ms))))
        if np.isfinite(case.course.hr_bpm[part]).any():
            kept.append((f"{case.recording.source}/{case.recording.name}", case, part))
    rests = (entry.span for entry in day.entries if entry.kind == "rest")
    return DaySketch(
        day.span,
        tuple(source for source, _, _ in kept),
        tuple(rounded(case.course.part(part)) for _, case, part in kept),
        tuple(rest for rest in rests if rest is not None and rest.overlaps(day.span)),
    )


def judge_opened(day: OpenDay, on: DayScale) -> tuple[Judged, ...]:
    """The verdicts on the bouts that start within the day, in order of time.

    Args:
        day: from `open_day`.
        on: from `scale_of_day`, of the same day.
    """
    told = on.in_steps()
    cases = tuple(
        replace(case, entries=day.entries, scale=told.scale, nights=told.nights, noise=told.noise) for case in day.cases
    )
    return tuple(sorted(judge_found(cases, day.span), key=lambda judged: judged[0].bout.span))
