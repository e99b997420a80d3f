"""The order of the rooms. Reads like a table of contents; no clock, no chance, no files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from uitknop.core import Findings, Phrase, Recording, RecordingSummary
from uitknop.core.errors import Malformed
from uitknop.rest import assess, pool
from uitknop.rest.case import Case
from uitknop.walk.request import Request

LONGEST_YEARS = 10
YEAR_MS = 31_557_600_000


def walk(request: Request, *, on_progress: Callable[[int, int], None] | None = None) -> Findings:
    """From recordings to findings: the same request gives the same findings, anywhere and at any time.

    Args:
        request: recordings of one person, diary, spans to judge if any, and the zone times are shown in.
        on_progress: called with recordings done and recordings in all.
    Raises:
        Malformed: a recording without a clock, or from decades ago, beside others.
    """
    recordings = _in_order(request.recordings)
    assessment = assess(recordings, request.spans, request.entries, on_progress=on_progress)
    diary = assessment.cases[0].entries if assessment.cases else request.entries
    return Findings(
        recordings=tuple(sorted(map(summarise, assessment.cases), key=lambda told: (told.start_ms, told.name))),
        verdicts=assessment.verdicts,
        traces=assessment.traces,
        pooled=pool(assessment.verdicts, diary),
        scale=assessment.scale,
        zone=_zone(recordings, request.zone),
    )


def without_strangers(
    recordings: Sequence[Recording],
) -> tuple[tuple[Recording, ...], tuple[tuple[str, Malformed], ...]]:
    """The recordings that lie on one time line, and name and error of those that don't.

    Two recordings without a clock both start at zero; laid over each other their minutes would be mixed. A device
    that lost its clock starts again decades ago; the empty years between would fill the memory.
    """
    if len(recordings) == 1:
        return tuple(recordings), ()
    starts = {id(each): each.span.start_ms for each in recordings if each.clock is not None and each.span is not None}
    last_ms = max(starts.values(), default=0)
    kept: list[Recording] = []
    strangers: list[tuple[str, Malformed]] = []
    for each in recordings:
        if each.clock is None:
            strangers.append((each.name, _clockless(each.name)))
        elif last_ms - starts.get(id(each), last_ms) > LONGEST_YEARS * YEAR_MS:
            strangers.append((each.name, _long_ago(each.name)))
        else:
            kept.append(each)
    return tuple(kept), tuple(strangers)


def _clockless(name: str) -> Malformed:
    return Malformed(
        Phrase(
            "{name} has no clock, so it can't be laid beside other recordings. Give it alone, or tell when it began "
            "with --start.",
            {"name": name},
        )
    )


def _long_ago(name: str) -> Malformed:
    return Malformed(
        Phrase(
            "{name} lies more than {years} years before the last recording, as when a device has lost its clock. "
            "Give it alone, or correct its times.",
            {"name": name, "years": LONGEST_YEARS},
        )
    )


def _in_order(recordings: Sequence[Recording]) -> tuple[Recording, ...]:
    """Those with beats first, which are asked first where recordings overlap; then in order of time."""
    kept, strangers = without_strangers(recordings)
    if strangers:
        raise strangers[0][1]

    def place(recording: Recording) -> tuple[bool, int, str]:
        return recording.beats is None, 0 if recording.span is None else recording.span.start_ms, recording.name

    return tuple(sorted(kept, key=place))


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
        start_ms=_first_ms(recording) if span is None else span.start_ms,
        duration_s=round(duration_s, 1),
        n_beats=0 if recording.beats is None else len(recording.beats),
        coverage_pct=round(coverage_pct, 1),
        artefact_pct=None if case.cleaned is None else round(case.cleaned.report.artefact_pct, 2),
        grade=recording.grade,
        notes=recording.notes,
    )


def _first_ms(recording: Recording) -> int:
    """The first moment of a recording without heart data; 0 when it holds nothing at all."""
    moments = [int(series.t_ms[0]) for series in recording.samples if len(series)]
    return min([*moments, *(entry.at_ms for entry in recording.entries)], default=0)


def _zone(recordings: Sequence[Recording], asked: str | None) -> str | None:
    """The zone asked for, or that of the first recording; None without a clock."""
    clock = next((recording.clock for recording in recordings if recording.clock is not None), None)
    return clock and (asked or clock)
