"""Which parts of a long recording belong together: a file that grows for months holds many sittings with a strap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from uitknop.core import Recording, Samples, Span

SESSION_GAP_MIN = 60
"""Longer without any heart data, and what follows is another session: an engineering choice, unverified. Watches
that measure now and then do so every ten minutes or more often."""


def split_sessions(recording: Recording) -> tuple[Recording, ...]:
    """The recording cut where it holds no heart data for more than `SESSION_GAP_MIN`; movement stays whole.

    So a rest of half an hour with a strap is looked at as it is when its file is read alone, whatever the strap
    recorded at other hours.
    """
    parts = [series.t_ms for series in recording.samples if series.kind == "heart_rate"]
    if recording.beats is not None:
        parts.append(recording.beats.t_ms)
    times = np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
    breaks = np.flatnonzero(np.diff(times) > SESSION_GAP_MIN * 60_000)
    if not breaks.size:
        return (recording,)
    first = times[np.concatenate(([0], breaks + 1))]
    last = times[np.concatenate((breaks, [times.size - 1]))]
    return tuple(
        cut_recording(recording, Span(int(start), int(end) + 1), movement=False)
        for start, end in zip(first, last, strict=True)
    )


def cut_recording(recording: Recording, span: Span, *, movement: bool = True) -> Recording:
    """The heart data of a recording within a span, and with `movement` the other series too.

    Beats count where their interval ends; a series or beats of which nothing is left are left out.
    """
    beats = None if recording.beats is None else recording.beats.between(span.start_ms, span.end_ms)
    samples = tuple(
        _cut(series, span) if movement or series.kind == "heart_rate" else series for series in recording.samples
    )
    return replace(
        recording,
        beats=beats if beats is not None and len(beats) else None,
        samples=tuple(series for series in samples if len(series)),
    )


def _cut(series: Samples, span: Span) -> Samples:
    first, last = (int(i) for i in np.searchsorted(series.t_ms, (span.start_ms, span.end_ms)))
    if (first, last) == (0, len(series)):
        return series
    return replace(series, t_ms=series.t_ms[first:last], value=series.value[first:last])
