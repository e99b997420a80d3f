"""Movement is the person's, not the device's: steps of the phone in the pocket tell of the minutes on the strap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from uitknop.core import Recording, SampleKind, Samples, Span

MOVEMENT: tuple[SampleKind, ...] = ("acceleration", "steps")


def share_movement(recordings: Sequence[Recording]) -> tuple[Recording, ...]:
    """The recordings of one person, each that has heart data and no movement with the movement of the others.

    A recording with movement of its own keeps that. Recordings without a clock neither give nor take: they share a
    time line with nothing.
    """
    given = tuple(each for each in recordings if each.clock is not None and has_movement(each))
    return tuple(_with_movement_of(given, each) for each in recordings)


def has_movement(recording: Recording) -> bool:
    """Whether it holds steps or acceleration."""
    return any(series.kind in MOVEMENT and len(series) for series in recording.samples)


def _with_movement_of(others: Sequence[Recording], recording: Recording) -> Recording:
    span = recording.span
    if span is None or recording.clock is None or has_movement(recording):
        return recording
    borrowed = (_movement(kind, (series for other in others for series in other.samples), span) for kind in MOVEMENT)
    added = tuple(series for series in borrowed if series is not None)
    return replace(recording, samples=(*recording.samples, *added)) if added else recording


def _movement(kind: SampleKind, every: Iterable[Samples], span: Span) -> Samples | None:
    """What was recorded of a kind during a span. Where two devices recorded at once the one with more samples tells;
    others are added where they stand apart from it, as the files of one day after another do."""

    def n_within(series: Samples) -> int:
        return int(np.diff(np.searchsorted(series.t_ms, (span.start_ms, span.end_ms)))[0])

    found = [series for series in every if series.kind == kind and n_within(series)]
    chosen: list[Samples] = []
    for series in sorted(found, key=lambda each: (-n_within(each), int(each.t_ms[0]), each.device)):
        if not any(_reach(series).overlaps(_reach(other)) for other in chosen):
            chosen.append(series)
    if len(chosen) <= 1:
        return next(iter(chosen), None)
    chosen.sort(key=lambda each: int(each.t_ms[0]))
    t_ms, value = (np.concatenate([getattr(each, name) for each in chosen]) for name in ("t_ms", "value"))
    return Samples(kind, t_ms, value, chosen[0].device)


def _reach(series: Samples) -> Span:
    return Span(int(series.t_ms[0]), int(series.t_ms[-1]) + 1)
