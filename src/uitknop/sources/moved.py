"""A clockless recording gets its clock, and a recording gets more notes."""

from __future__ import annotations

from dataclasses import replace

from uitknop.core import Phrase, Recording


def at_time(recording: Recording, start_ms: int, clock: str) -> Recording:
    """The recording moved from its own zero to a moment, UTC ms, with its times shown in the zone `clock`."""
    beats = recording.beats and replace(recording.beats, t_ms=recording.beats.t_ms + start_ms)
    samples = tuple(replace(series, t_ms=series.t_ms + start_ms) for series in recording.samples)
    entries = tuple(
        replace(
            entry,
            at_ms=entry.at_ms + start_ms,
            zone=clock,
            end_ms=None if entry.end_ms is None else entry.end_ms + start_ms,
        )
        for entry in recording.entries
    )
    return replace(recording, clock=clock, beats=beats, samples=samples, entries=entries)


def noted(recording: Recording, *notes: Phrase) -> Recording:
    """The recording with more notes."""
    return replace(recording, notes=recording.notes + notes)
