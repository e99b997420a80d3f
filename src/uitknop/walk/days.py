"""The walk day by day: each day judged by itself, and all days gathered into one answer.

A day needs its own recordings with its margins (`window_of`), and of the days before it only their sketches. So
of a file of years only the days are judged again whose recordings, diary or scale changed; `day_key` tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from uitknop.core import Anchors, Entry, Findings, Flag, Recording, RecordingSummary, Scale, Span, Trace, Verdict
from uitknop.rest import DayScale, DaySketch, OpenDay, judge_opened, open_day, pool, scale_of_day, sketch_of
from uitknop.rest.case import Case
from uitknop.rest.days import entries_around
from uitknop.rest.parameters import CALIBRATED_NIGHTS
from uitknop.rest.pool import QUIET
from uitknop.walk.kept import DayFindings

WEEK_MS = 7 * 86_400_000


def sketch_day(recordings: Sequence[Recording], span: Span, entries: Sequence[Entry] = ()) -> DaySketch:
    """What later days need of one day; arguments as of `judge_day`."""
    return sketch_of(open_day(span, recordings, entries))


def judge_day(
    span: Span, recordings: Sequence[Recording], sketches: Sequence[DaySketch], entries: Sequence[Entry] = ()
) -> DayFindings:
    """What one day holds, on the scale as it was known on that day.

    Args:
        span: the day, from 04:00 to 04:00 local.
        recordings: of one person, the day with its margins (`window_of`); what lies further away is not looked at.
        sketches: of this day, the 59 days before it and the day after it, in any order; others are not looked at.
        entries: the person's diary; of use is what touches the day and its margins, and medication and conditions
            told at any time before.
    """
    return find_in_day(open_day(span, recordings, entries), scale_of_day(span, sketches), clockless_of(recordings))


def find_in_day(day: OpenDay, on: DayScale, clockless: Sequence[str] = ()) -> DayFindings:
    """What an opened day holds, on a scale that is known: where a day is opened once, to be sketched and judged."""
    judged = judge_opened(day, on)
    return DayFindings(
        day.span,
        tuple(verdict for verdict, _ in judged),
        tuple(trace for _, trace in judged),
        summarise_day(day),
        on.scale,
        tuple(clockless),
    )


def with_scale(day: DayFindings, scale: Scale | None) -> DayFindings:
    """The same day with its scale told anew: where `day_key` stayed and the scale moved by less than a step."""
    return replace(day, scale=scale)


def clockless_of(recordings: Iterable[Recording]) -> tuple[str, ...]:
    """Names of the recordings that have no clock and take no part, each once."""
    return tuple(sorted({recording.name for recording in recordings if recording.clock is None}))


def day_key(span: Span, on: DayScale, entries: Sequence[Entry] = ()) -> str:
    """What the verdicts of a day depend on besides its recordings: while this stays and nothing recorded in the day
    and its margins (`window_of`) changes, `judge_day` finds the same verdicts, traces and recordings.

    Args:
        span: the day.
        on: from `scale_of_day`.
        entries: as for `judge_day`.
    """
    stepped = on.in_steps()
    scale = stepped.scale
    anchors = scale and (
        (scale.day_hr_bpm, scale.night_hr_bpm, scale.day_ln_rmssd, scale.night_ln_rmssd),
        (min(scale.n_nights, CALIBRATED_NIGHTS), scale.reasons),
    )
    nights = [(night.span, float(night.hr_bpm)) for night in stepped.nights]
    told = repr((span, anchors, stepped.noise, nights, entries_around(span, entries)))
    return hashlib.sha256(told.encode()).hexdigest()


def summarise_day(day: OpenDay) -> tuple[RecordingSummary, ...]:
    """What was recorded within a day, one per source and name."""
    parts = [part for case in day.cases if (part := _part(case, day.span)) is not None]
    return _merged(parts)


def _part(case: Case, span: Span) -> RecordingSummary | None:
    """One session in a few figures, as far as it lies within a span; None when it does not."""
    whole = case.recording.span
    if whole is None or not whole.overlaps(span):
        return None
    start_ms, end_ms = max(whole.start_ms, span.start_ms), min(whole.end_ms, span.end_ms)
    duration_ms = end_ms - start_ms
    n_beats, artefact_pct = 0, None
    if case.cleaned is None:
        minutes = case.course.hr_bpm[case.course.within(Span(start_ms, end_ms))]
        coverage = float(np.isfinite(minutes).mean()) if minutes.size else 0.0
    else:
        beats = case.cleaned.beats.between(start_ms, end_ms)
        n_beats, good = len(beats), beats.flag == Flag.NORMAL
        coverage = min(float(beats.rr_ms[good].sum()) / duration_ms, 1.0)
        artefact_pct = 100.0 * float(1.0 - good.mean()) if n_beats else None
    recording = case.recording
    return RecordingSummary(
        recording.source,
        recording.name,
        recording.clock,
        start_ms,
        duration_ms / 1000,
        n_beats,
        100.0 * coverage,
        artefact_pct,
        recording.grade,
        recording.notes,
        end_ms,
    )


def gather(days: Iterable[DayFindings], entries: Sequence[Entry] = (), zone: str | None = None) -> Findings:
    """All days as one answer.

    Args:
        days: of one person, in any order, each day once.
        entries: the person's diary; of use are answers after rests and on the next day.
        zone: in which times are shown; that of the last recording when None.
    Returns: recordings merged by source and name, with the time recorded as their duration; every verdict in order of
        time; pooled over all; the latest scale, and its course over the weeks.
    """
    ordered = sorted(days, key=lambda day: day.span)
    recordings = _merged([told for day in ordered for told in day.recordings])
    judged = _once(ordered)
    verdicts = tuple(verdict for verdict, _ in judged)
    known = [day for day in ordered if day.scale is not None]
    last = max(recordings, key=lambda told: told.end_ms or 0, default=None)
    return Findings(
        recordings=tuple(_told(summary) for summary in recordings),
        verdicts=verdicts,
        traces=tuple(trace for _, trace in judged),
        pooled=pool(verdicts, entries),
        scale=known[-1].scale if known else None,
        zone=zone or (last.clock if last else None),
        anchors=_anchors(known),
    )


def _once(days: Sequence[DayFindings]) -> list[tuple[Verdict, Trace | None]]:
    """Every verdict in order of time. A stretch of quiet time that runs on past 04:00 is cut into pieces on the scale
    of either day; where they overlap, the piece of the day before stands."""
    judged: list[tuple[Verdict, Trace | None]] = []
    until_ms: int | None = None
    for day in days:
        for verdict, trace in sorted(zip(day.verdicts, day.traces, strict=True), key=lambda each: each[0].bout.span):
            bout = verdict.bout
            if bout.kind != QUIET or until_ms is None or bout.span.start_ms >= until_ms:
                judged.append((verdict, trace))
        quiet = [verdict.bout.span.end_ms for verdict in day.verdicts if verdict.bout.kind == QUIET]
        until_ms = max(quiet, default=None)
    return judged


def _anchors(known: Sequence[DayFindings]) -> tuple[Anchors, ...]:
    """The scale as it was known on the last day of each week, counted back from the latest day."""
    if not known:
        return ()
    end_ms = known[-1].span.end_ms
    weeks = groupby(known, key=lambda day: (end_ms - day.span.end_ms + WEEK_MS // 14) // WEEK_MS)
    last = [list(week)[-1] for _, week in weeks]
    return tuple(Anchors(day.span.start_ms, day.scale) for day in last if day.scale is not None)


def _merged(parts: Sequence[RecordingSummary]) -> tuple[RecordingSummary, ...]:
    """Summaries of one source and name as one, in order of time."""
    groups: dict[tuple[str, str], list[RecordingSummary]] = {}
    for part in sorted(parts, key=lambda told: told.start_ms):
        groups.setdefault((part.source, part.name), []).append(part)
    whole = (group[0] if len(group) == 1 else _as_one(group) for group in groups.values())
    return tuple(sorted(whole, key=lambda told: (told.start_ms, told.source, told.name)))


def _as_one(parts: Sequence[RecordingSummary]) -> RecordingSummary:
    duration_s = sum(part.duration_s for part in parts)
    beats = [(part.n_beats, part.artefact_pct) for part in parts if part.artefact_pct is not None]
    n_beats = sum(part.n_beats for part in parts)
    return replace(
        parts[0],
        clock=parts[-1].clock,
        duration_s=duration_s,
        n_beats=n_beats,
        coverage_pct=sum(part.coverage_pct * part.duration_s for part in parts) / duration_s if duration_s else 0.0,
        artefact_pct=sum(n * pct for n, pct in beats) / n_beats if beats else None,
        grade=max(part.grade for part in parts),  # the letters of grades rise as confidence falls
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        end_ms=max(part.end_ms or 0 for part in parts),
    )


def _told(summary: RecordingSummary) -> RecordingSummary:
    """A summary with its figures rounded as those of a whole recording are."""
    return replace(
        summary,
        duration_s=round(summary.duration_s, 1),
        coverage_pct=round(summary.coverage_pct, 1),
        artefact_pct=None if summary.artefact_pct is None else round(summary.artefact_pct, 2),
    )
