"""Which days must be judged again, and the findings of all of them.

A day is judged again when facts within reach of it changed, or when what its verdicts lean on did: the scale and noise
of the sixty days up to it, a diary line that holds until further notice, or the code. Days still to do are written down
before the work begins, so that it can be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from uitknop.core import Entry, Findings, Span, Value
from uitknop.core.errors import Damaged
from uitknop.core.timeline import day_of, day_span
from uitknop.store import Store
from uitknop.walk import (
    MARGIN_H,
    DayFindings,
    DaySketch,
    OpenDay,
    day_key,
    find_in_day,
    gather,
    open_day,
    scale_of_day,
    sketch_of,
    window_of,
    with_scale,
)

HOUR_MS = 3_600_000
SKETCH, DAY = "sketch", "day"
JUDGED, PENDING, ZONE_OF_DAYS = "judged_revision", "days_to_judge", "zone_of_days"
ROOMS = ("core", "signals", "rest", "walk")
"""Rooms whose code decides what is found in a day."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged(Value):
    """What judging did.

    Args:
        n_days: days with facts.
        judged: days that were judged, in order.
    """

    n_days: int
    judged: tuple[date, ...]


def zone_of(store: Store) -> str:
    """The zone in which the person's days are cut: the one that was said, else that of the last file."""
    said = store.setting("zone")
    line = store.zone_line()
    return said or (line.zones[-1] if line is not None and line.zones else "UTC")


def judge_touched(store: Store, *, on_progress: Progress | None = None) -> Judged:
    """Judge every day of which something changed, and no other.

    Args:
        store: the person's file.
        on_progress: told days looked at and days to look at.
    """
    zone, stamp = zone_of(store), code_stamp()
    days = _days(store.hours_since(0), zone)
    pending = _write_down(store, days, zone)
    if not pending:
        return Judged(len(days), ())
    first = bisect_left(days, min(pending))
    entries = store.entries()
    later = days[first:]
    judged = []
    with_next = _sketched(store, days, first, zone, pending, stamp, entries)
    for done, (day, opened, sketches) in enumerate(with_next):
        if on_progress is not None:
            on_progress(done, len(later))
        if _judge_one(store, day_span(day, zone), opened, sketches, entries, stamp, again=day in pending):
            judged.append(day)
        pending.discard(day)
        _keep_pending(store, pending)
    if on_progress is not None:
        on_progress(len(later), len(later))
    return Judged(len(days), tuple(judged))


def findings_of(store: Store, *, since: date | None = None, zone: str | None = None) -> Findings:
    """Everything that was found in the days of a file; `judge_touched` first, for what changed.

    Args:
        store: the person's file.
        since: days from this one on; all when None.
        zone: in which times are shown; the person's own when None.
    """
    own = zone_of(store)
    days = [day for day in _days(store.hours_since(0), own) if since is None or day >= since]
    kept = (_kept_day(store, day_span(day, own)) for day in days)
    return gather([day for day in kept if day is not None], store.entries(), zone or own)


def _days(hours: Iterable[int], zone: str) -> list[date]:
    """The days that UTC hours lie in, in order."""
    return sorted({day_of(hour * HOUR_MS, zone) for hour in hours})


def _write_down(store: Store, days: list[date], zone: str) -> set[date]:
    """The days still to judge, with those added of which facts changed; kept before any work is done."""
    told = json.loads(store.setting(PENDING) or "[]")
    pending = {date.fromisoformat(text) for text in told}
    revision, judged = store.revision, int(store.setting(JUDGED) or 0)
    if store.setting(ZONE_OF_DAYS) != zone:
        store.forget_derived()
        pending = set(days)
    elif store.setting("code_of_days") != code_stamp():
        pending = set(days)
    else:
        for hour in store.hours_since(judged):
            for around in (-MARGIN_H, 0, MARGIN_H):
                pending.add(day_of((hour + around) * HOUR_MS, zone))
    pending &= set(days)
    _keep_pending(store, pending)
    if judged != revision or store.setting(ZONE_OF_DAYS) != zone or store.setting("code_of_days") != code_stamp():
        store.keep_setting(ZONE_OF_DAYS, zone)
        store.keep_setting("code_of_days", code_stamp())
        store.keep_setting(JUDGED, str(revision))
    return pending


def _keep_pending(store: Store, pending: set[date]) -> None:
    text = json.dumps(sorted(day.isoformat() for day in pending))
    if store.setting(PENDING) != text:
        store.keep_setting(PENDING, text)


def _sketched(
    store: Store,
    days: list[date],
    first: int,
    zone: str,
    pending: set[date],
    stamp: str,
    entries: tuple[Entry, ...],
) -> Iterator[tuple[date, OpenDay | None, list[DaySketch]]]:
    """Each day from the first one on, opened when it must be judged again, with the sketches of the days before it,
    its own, and that of the day after it."""
    earliest = days[first] - timedelta(days=61)
    before = [day for day in days[:first] if day >= earliest]
    sketches = {day: _sketch(store, day, zone, stamp, entries, again=False)[0] for day in before}
    waiting: tuple[date, OpenDay | None] | None = None
    for day in [*days[first:], None]:
        opened = None
        if day is not None:
            sketches[day], opened = _sketch(store, day, zone, stamp, entries, again=day in pending)
        if waiting is not None:
            yield (*waiting, list(sketches.values()))
            for old in [old for old in sketches if old < waiting[0] - timedelta(days=61)]:
                del sketches[old]
        waiting = None if day is None else (day, opened)


def _sketch(
    store: Store, day: date, zone: str, stamp: str, entries: tuple[Entry, ...], *, again: bool
) -> tuple[DaySketch, OpenDay | None]:
    """The sketch of a day as it was kept, or made anew; then the opened day comes with it."""
    span = day_span(day, zone)
    key = str(span.start_ms)
    kept = None if again else store.derived(SKETCH, key)
    if kept is not None and kept[0] == stamp:
        try:
            return DaySketch.from_bytes(kept[1]), None
        except Damaged:
            pass
    opened = _open(store, span, entries)
    sketch = sketch_of(opened)
    store.keep_derived(SKETCH, key, stamp, sketch.to_bytes())
    return sketch, opened


def _open(store: Store, span: Span, entries: tuple[Entry, ...]) -> OpenDay:
    return open_day(span, store.recordings(window_of(span)), entries)


def _judge_one(
    store: Store,
    span: Span,
    opened: OpenDay | None,
    sketches: list[DaySketch],
    entries: tuple[Entry, ...],
    stamp: str,
    *,
    again: bool,
) -> bool:
    """Judge a day unless what was kept of it still holds; whether it was judged."""
    on = scale_of_day(span, sketches)
    whole = f"{stamp} {day_key(span, on, entries)}"
    kept = store.derived(DAY, str(span.start_ms))
    if not again and kept is not None and kept[0] == whole:
        day = _kept_day(store, span)
        if day is not None:
            if day.scale != on.scale:
                store.keep_derived(DAY, str(span.start_ms), whole, with_scale(day, on.scale).to_bytes())
            return False
    opened = opened or _open(store, span, entries)
    day = find_in_day(opened, on)
    store.keep_derived(DAY, str(span.start_ms), whole, day.to_bytes())
    return True


def _kept_day(store: Store, span: Span) -> DayFindings | None:
    kept = store.derived(DAY, str(span.start_ms))
    if kept is None:
        return None
    try:
        return DayFindings.from_bytes(kept[1])
    except Damaged:
        return None


@lru_cache(maxsize=1)
def code_stamp() -> str:
    """Digest of the code that decides what is found: with other code, every day is judged again."""
    whole = hashlib.sha256()
    for room in ROOMS:
        for source in sorted(_sources(files("uitknop") / room), key=lambda each: each.name):
            whole.update(source.name.encode() + source.read_bytes())
    return whole.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(".py"):
            yield each
