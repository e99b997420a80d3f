"""The order of the rooms. Reads like a table of contents; no clock, no chance, no files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from uitknop.core import Findings, RecordingSummary
from uitknop.rest import assess, pool
from uitknop.rest.case import Case
from uitknop.walk.request import Request


def walk(request: Request, *, on_progress: Callable[[int, int], None] | None = None) -> Findings:
    """From recordings to findings: the same request gives the same findings, anywhere and at any time.

    Args:
        request: recordings of one person, diary, spans to judge if any, and the zone times are shown in.
        on_progress: called with recordings done and recordings in all.
    """
    assessment = assess(request.recordings, request.spans, request.entries, on_progress=on_progress)
    diary = assessment.cases[0].entries if assessment.cases else request.entries
    return Findings(
        recordings=tuple(summarise(case) for case in assessment.cases),
        verdicts=assessment.verdicts,
        traces=assessment.traces,
        pooled=pool(assessment.verdicts, diary),
        scale=assessment.scale,
        zone=_zone(request),
    )


def summarise(case: Case) -> RecordingSummary:
    """One recording in a few figures."""
    recording, span = case.recording, case.recording.span
    duration_s = 0.0 if span is None else (span.end_ms - span.start_ms) / 1000
    if case.cleaned is not None:
        coverage_pct = 100.0 * case.cleaned.report.coverage
    else:
        coverage_pct = 100.0 * float(np.isfinite(case.course.hr_bpm).mean()) if len(case.course) else 0.0
    return RecordingSummary(
        source=recording.source,
        name=recording.name,
        clock=recording.clock,
        start_ms=0 if span is None else span.start_ms,
        duration_s=round(duration_s, 1),
        n_beats=0 if recording.beats is None else len(recording.beats),
        coverage_pct=round(coverage_pct, 1),
        artefact_pct=None if case.cleaned is None else round(case.cleaned.report.artefact_pct, 2),
        grade=recording.grade,
        notes=recording.notes,
    )


def _zone(request: Request) -> str | None:
    """The zone asked for, or that of the first recording with a clock; None when none has one."""
    clocks = [recording.clock for recording in request.recordings if recording.clock is not None]
    return (request.zone or clocks[0]) if clocks else None
