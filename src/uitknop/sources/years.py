"""A file that holds the heart rate of many years becomes one recording per year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from uitknop.core import Entry, Recording, Samples
from uitknop.core.timeline import to_ms
from uitknop.sources.limits import SPAN_DAYS

_DAY_MS = 86_400_000


def in_years(recording: Recording) -> tuple[Recording, ...]:
    """The recording as it is, or one for each year (UTC) where its heart rate is longer than one recording may be.

    Notes stay with the first. Beats are not split: who records beats makes shorter files.
    """
    span = recording.span
    if recording.beats is not None or span is None or span.end_ms - span.start_ms <= SPAN_DAYS * _DAY_MS:
        return (recording,)
    moments = [int(series.t_ms[i]) for series in recording.samples for i in (0, -1)]
    moments += [entry.at_ms for entry in recording.entries]
    first, last = (datetime.fromtimestamp(moment / 1000, UTC).year for moment in (min(moments), max(moments)))
    parts: list[Recording] = []
    for year in range(first, last + 1):
        start_ms, end_ms = (to_ms(datetime(which, 1, 1, tzinfo=UTC)) for which in (year, year + 1))
        samples = tuple(part for series in recording.samples if len(part := _between(series, start_ms, end_ms)))
        entries: tuple[Entry, ...] = tuple(e for e in recording.entries if start_ms <= e.at_ms < end_ms)
        if samples or entries:
            name, notes = f"{recording.name} {year}", () if parts else recording.notes
            parts.append(replace(recording, name=name, samples=samples, entries=entries, notes=notes))
    return tuple(parts)


def _between(series: Samples, start_ms: int, end_ms: int) -> Samples:
    first, last = (int(i) for i in np.searchsorted(series.t_ms, (start_ms, end_ms)))
    return replace(series, t_ms=series.t_ms[first:last], value=series.value[first:last])
