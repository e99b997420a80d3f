"""All facts that count, piece by piece, as an export takes them: nothing merged, nothing chosen, nothing held whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

import numpy as np

from uitknop.core.beats import BeatKind, Beats
from uitknop.core.recording import Entry, EntryKind, Grade, Recording, Samples
from uitknop.core.span import Span
from uitknop.core.timeline import ZoneLine
from uitknop.core.units import SampleKind
from uitknop.store import driver, sql
from uitknop.store.chunks import BEAT_KINDS
from uitknop.store.reading import Bucket, leads, read_buckets
from uitknop.store.recordings import read_recordings
from uitknop.store.rows import Rows, join

_FIRST, _LAST = -(2**62), 2**62

_CLOCKLESS = Span(-86_400_000, 3 * 365 * 86_400_000)
"""Where the times of recordings without a clock lie, which count from their own start; nothing else was recorded so
early that it had to be read too.
"""


def read_facts(db: driver.Connection, zones: ZoneLine | None, name: str, *, aside: bool) -> Iterator[Recording]:
    """Series by series in order of time, an hour of beats or a day of samples a piece; then recordings without a clock,
    whole; then the entries, one piece per person.

    A piece of beats whose run began before it begins with the last beat of the piece before.

    Args:
        db: an open file.
        zones: zones the person lived in.
        name: name of the person's file.
        aside: also facts kept aside, each after the one that counts for its moment.
    """
    for series_id, kind, source, device, person, own_clock in list(db.execute(sql.ALL_SERIES)):
        if own_clock:
            continue
        last: Rows | None = None
        for bucket in read_buckets(db, series_id, _FIRST, _LAST, name):
            rows = bucket.rows if aside else bucket.rows.take(leads(bucket.rows))
            held = join([last, rows]) if last is not None and not rows.start[0] else rows
            beats, samples = _series(held if kind in BEAT_KINDS else rows, bucket, kind, source, device)
            clock = zones.at(int(rows.t_ms[0])) if zones else "UTC"
            yield Recording(source, name, clock, beats, samples, grade=cast("Grade", bucket.grade), person=person)
            last = rows.take(slice(-1, None))
    for recording in read_recordings(db, _CLOCKLESS, zones, name):
        if recording.clock is None:
            yield recording
    yield from _diaries(db, name, aside=aside)


def _series(
    rows: Rows, bucket: Bucket, kind: str, source: str, device: str
) -> tuple[Beats | None, tuple[Samples, ...]]:
    if kind not in BEAT_KINDS:
        return None, (Samples(cast("SampleKind", kind), rows.t_ms, rows.value, device),)
    start = rows.start.copy()
    start[0] = True
    run = np.flatnonzero(start)
    return Beats(rows.t_ms, rows.value, rows.flag, run, bucket.tick_ms, source, device, cast("BeatKind", kind)), ()


def _diaries(db: driver.Connection, name: str, *, aside: bool) -> Iterator[Recording]:
    lines: dict[str, list[Entry]] = defaultdict(list)
    answered: set[tuple[object, ...]] = set()
    for person, at_ms, zone, kind, value, end_ms, label in db.execute(sql.ENTRIES, ("", _FIRST, _LAST)):
        key = (person, at_ms, end_ms, label)
        if kind == "answer" and key in answered and not aside:
            continue
        if kind == "answer":
            answered.add(key)
        lines[person].append(Entry(at_ms, zone, cast("EntryKind", kind), value, end_ms, label))
    for person, entries in lines.items():
        yield Recording("uitknop", name, entries[0].zone, None, (), tuple(entries), "D", person=person)
