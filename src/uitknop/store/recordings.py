"""Recordings as the rest of the program knows them, put together from the series of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from uitknop.core.beats import BeatKind, Beats
from uitknop.core.recording import Entry, Grade, Recording, Samples
from uitknop.core.span import Span
from uitknop.core.timeline import ZoneLine
from uitknop.core.units import SampleKind
from uitknop.store import driver, sql
from uitknop.store.chunks import BEAT_KINDS, HOUR_MS, bucket_ms
from uitknop.store.entries import read_entries
from uitknop.store.ingest import coarsest
from uitknop.store.reading import Bucket, read_stretch
from uitknop.store.rows import NO_ROWS, Rows, join

_EVER = Span(-(2**62), 2**62)


@dataclass(frozen=True, slots=True)
class _Series:
    id: int
    kind: str
    source: str
    device: str
    person: str
    own_clock: str


@dataclass(frozen=True, slots=True)
class _Merged:
    """One kind of one recording, its devices joined."""

    kind: str
    device: str
    rows: Rows
    tick_ms: float | None
    grade: str


def read_recordings(
    db: driver.Connection, span: Span | None, zones: ZoneLine | None, name: str
) -> tuple[Recording, ...]:
    """Everything that counts, per source, person and clock; pulse intervals apart from RR intervals.

    Of several devices of one kind the one with most rows counts in each UTC hour; rows of devices are never added up.
    Where the device changes a new run starts.

    Args:
        db: an open file.
        span: rows with `start_ms <= t_ms < end_ms` only; None for all.
        zones: zones the person lived in.
        name: name of the person's file.
    """
    within = span or _EVER
    found: list[Recording] = []
    series = [_Series(int(line[0]), *line[1:]) for line in db.execute(sql.ALL_SERIES)]
    key = lambda one: (one.own_clock, one.source, one.person)  # noqa: E731 - used twice, by sort and by groupby
    for (own_clock, source, person), group in groupby(sorted(series, key=key), key):
        by_kind: dict[str, list[_Series]] = defaultdict(list)
        for one in group:
            by_kind[one.kind].append(one)
        merged = [_merge(db, kind, devices, within, name) for kind, devices in by_kind.items()]
        merged = [one for one in merged if len(one.rows)]
        entries = read_entries(db, own_clock, within, person) if own_clock else ()
        if merged or entries:
            title = _title(db, own_clock, name)
            found += _assemble(merged, source, title, None if own_clock else zones, entries, person)
    return tuple(found)


def _title(db: driver.Connection, own_clock: str, name: str) -> str:
    """A clockless recording goes by the name of its file, the rest by that of the person's file."""
    line = db.execute(sql.FIRST_NAME_OF_CLOCK, (own_clock,)).fetchone() if own_clock else None
    return name if line is None else str(line[0])


def _merge(db: driver.Connection, kind: str, devices: list[_Series], span: Span, name: str) -> _Merged:
    width = bucket_ms(kind)
    first, last = span.start_ms // width, (span.end_ms - 1) // width
    each = [(device.device, read_stretch(db, device.id, first, last, name)) for device in devices]
    told = [(device, stretch) for device, stretch in each if len(stretch.rows)]
    if not told:
        return _Merged(kind, "", NO_ROWS, None, "A")
    rows, device = _one_per_hour(told) if len(told) > 1 else (told[0][1].rows, told[0][0])
    tick_ms, grade = None, "A"
    for _, stretch in told:
        tick_ms, grade = coarsest(tick_ms, stretch.tick_ms), max(grade, stretch.grade)
    cut = slice(*np.searchsorted(rows.t_ms, (span.start_ms, span.end_ms)).tolist())
    return _Merged(kind, device, rows.take(cut), tick_ms, grade)


def _one_per_hour(told: list[tuple[str, Bucket]]) -> tuple[Rows, str]:
    """The rows of the device that has most of them in each hour; and the name of the one that counts most often."""
    told = sorted(told, key=lambda one: one[0])
    each = [stretch.rows for _, stretch in told]
    of = np.concatenate([np.full(len(rows), i) for i, rows in enumerate(each)])
    rows = join(each)
    hours, hour = np.unique(rows.t_ms // HOUR_MS, return_inverse=True)
    n = np.zeros((len(each), hours.size), np.int64)
    np.add.at(n, (of, hour), 1)
    chosen = of == np.argmax(n, axis=0)[hour]
    of, rows = of[chosen], rows.take(chosen)
    in_time = np.argsort(rows.t_ms, kind="stable")
    of, rows = of[in_time], rows.take(in_time)
    start = rows.start.copy()
    start[1:] |= of[1:] != of[:-1]
    most = int(np.argmax(np.bincount(of)))
    return rows.with_start(start), told[most][0]


def _assemble(
    merged: list[_Merged],
    source: str,
    name: str,
    zones: ZoneLine | None,
    entries: tuple[Entry, ...],
    person: str,
) -> Iterable[Recording]:
    """A recording of the RR intervals and all samples, and one of the pulse intervals where there are both."""
    beats = sorted((one for one in merged if one.kind in BEAT_KINDS), key=lambda one: one.kind != "rr")
    samples = [one for one in merged if one.kind not in BEAT_KINDS]
    for i, heart in enumerate([*beats[:1], *beats[1:]] or [None]):
        parts = ([heart] if heart else []) + (samples if i == 0 else [])
        start_ms = min((int(part.rows.t_ms[0]) for part in parts), default=0)
        yield Recording(
            source=source,
            name=name,
            clock=zones.at(start_ms) if zones else None,
            beats=_beats(heart, source) if heart else None,
            samples=tuple(_samples(one) for one in samples) if i == 0 else (),
            entries=entries if i == 0 else (),
            grade=cast("Grade", max((part.grade for part in parts), default="B")),
            person=person,
        )


def _beats(one: _Merged, source: str) -> Beats:
    run = np.flatnonzero(one.rows.start)
    if not run.size or run[0]:
        run = np.concatenate(([0], run))
    return Beats(
        _sealed(one.rows.t_ms),
        _sealed(one.rows.value),
        _sealed(one.rows.flag),
        run,
        one.tick_ms,
        source,
        one.device,
        cast("BeatKind", one.kind),
    )


def _samples(one: _Merged) -> Samples:
    return Samples(cast("SampleKind", one.kind), _sealed(one.rows.t_ms), _sealed(one.rows.value), one.device)


def _sealed(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The column, which nobody else holds, made read-only so that it need not be copied."""
    column.flags.writeable = False
    return column
