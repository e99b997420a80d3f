"""The days of a person who may have travelled: from 04:00 to 04:00 where the person was, without hole or overlap."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from uitknop.core import Span
from uitknop.core.timeline import ZoneLine, day_of, day_span

SHORTEST_DAY_MS = 12 * 3_600_000
"""Who flies far east would have a day of a few hours: it is joined to the one before."""


def day_spans(span: Span, zones: ZoneLine) -> tuple[Span, ...]:
    """The person's days that touch a span, each from its 04:00 to the next day's, in order of time.

    A day starts at 04:00 in the zone the person is in at that moment. Days of 23 or 25 hours come with clocks that
    change, longer ones with flights. Every moment lies in exactly one day, whatever span is asked for.

    >>> [day.duration_min / 60 for day in day_spans(Span(0, 1), ZoneLine.always("UTC"))]
    [24.0]
    """
    first = day_of(span.start_ms, zones.at(span.start_ms)) - timedelta(days=4)
    edges: list[int] = []
    while not edges or edges[-1] < span.end_ms:
        start_ms = day_span(first, zones.at(day_span(first, "UTC").start_ms)).start_ms
        start_ms = day_span(first, zones.at(start_ms)).start_ms
        if not edges or start_ms - edges[-1] >= SHORTEST_DAY_MS:
            edges.append(start_ms)
        first += timedelta(days=1)
    days = (Span(start_ms, end_ms) for start_ms, end_ms in pairwise(edges))
    return tuple(day for day in days if day.end_ms > span.start_ms)
