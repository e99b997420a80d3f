"""All facts of a file, a day at a time, as an export takes them: a year of beats is never in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from uitknop.core import Beats, Recording, Samples, Span
from uitknop.store import Store

DAY_MS = 86_400_000
LONGEST_RR_MS = 10_000
CLOCKLESS = Span(-DAY_MS, 3 * 365 * DAY_MS)
"""Times of recordings without a clock count from their own start; no clock of today lies there."""


def pieces_of(store: Store) -> Iterator[Recording]:
    """Recordings of one day after the other, then those without a clock; without diary lines of the person.

    A piece begins with the last beat before its day, so that a run goes on from the piece before it.
    """
    for day in sorted({hour * 3_600_000 // DAY_MS for hour in store.hours_since(0)}):
        span = Span(day * DAY_MS, (day + 1) * DAY_MS)
        for recording in store.recordings(Span(span.start_ms - LONGEST_RR_MS, span.end_ms)):
            piece = _of_day(recording, span)
            if piece is not None and recording.clock is not None:
                yield piece
    for recording in store.recordings(CLOCKLESS):
        if recording.clock is None:
            yield recording


def _of_day(recording: Recording, span: Span) -> Recording | None:
    beats = None if recording.beats is None else _with_last_before(recording.beats, span)
    samples = tuple(part for each in recording.samples if len(part := _within(each, span)))
    if beats is None and not samples:
        return None
    return replace(recording, beats=beats, samples=samples)


def _with_last_before(beats: Beats, span: Span) -> Beats | None:
    first = int(np.searchsorted(beats.t_ms, span.start_ms))
    if first >= len(beats):
        return None
    from_ms = int(beats.t_ms[first - 1]) if first else span.start_ms
    return beats.between(from_ms, span.end_ms)


def _within(samples: Samples, span: Span) -> Samples:
    first, last = np.searchsorted(samples.t_ms, (span.start_ms, span.end_ms))
    return replace(samples, t_ms=samples.t_ms[first:last], value=samples.value[first:last])
