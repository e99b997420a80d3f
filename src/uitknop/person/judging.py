"""Which days must be judged again, and the findings of all of them.

A day is judged again when facts within reach of it changed, or when what its verdicts lean on did: the scale and noise
of the sixty days up to it, a diary line that holds until further notice, or the code. What is still to do is written
down before the work begins (`uitknop.person.agenda`), so that it can be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from uitknop.core import Entry, Findings, Span, Value
from uitknop.core.errors import Damaged
from uitknop.core.timeline import day_span
from uitknop.person.agenda import Agenda, code_stamp, day_before, days_of, finish, keep, look_up
from uitknop.store import Store
from uitknop.walk import (
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

SKETCH, DAY = "sketch", "day"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged(Value):
    """What judging did.

    Args:
        n_days: days of which facts are or were known.
        judged: days that were judged, in order.
    """

    n_days: int
    judged: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class _Ground(Value):
    """What every day of one run is judged by."""

    zone: str
    stamp: str
    entries: tuple[Entry, ...]


def zone_of(store: Store) -> str:
    """The zone in which the person's days are cut: the one that was said, else that of the last file."""
    said = store.setting("zone")
    line = store.zone_line()
    return said or (line.zones[-1] if line is not None and line.zones else "UTC")


def judge_touched(store: Store, *, held: Sequence[Entry] = (), on_progress: Progress | None = None) -> Judged:
    """Judge every day of which something changed, and no other.

    Args:
        store: the person's file.
        held: diary lines that hold this time beside those in the file, such as a medicine.
        on_progress: told days looked at and days to look at.
    """
    ground = _Ground(zone_of(store), code_stamp(), (*store.entries(), *held))
    days = days_of(store.hours_since(0), ground.zone)
    agenda = look_up(store, days, ground.zone, ground.entries)
    to_look_at = [day for day in days if agenda.reaches(day)]
    judged = []
    for done, (day, opened, sketches) in enumerate(_sketched(store, days, to_look_at, agenda, ground)):
        if on_progress is not None:
            on_progress(done, len(to_look_at))
        if _judge_one(store, day_span(day, ground.zone), opened, sketches, ground, again=day in agenda.again):
            judged.append(day)
            agenda = agenda.after(day)
            keep(store, agenda)
    finish(store, ground.entries)
    if on_progress is not None:
        on_progress(len(to_look_at), len(to_look_at))
    return Judged(len(days), tuple(judged))


def findings_of(
    store: Store, *, since: date | None = None, zone: str | None = None, held: Sequence[Entry] = ()
) -> Findings:
    """Everything that was found in the days of a file; `judge_touched` first, for what changed.

    Args:
        store: the person's file.
        since: days from this one on; all when None.
        zone: in which times are shown; the person's own when None.
        held: as for `judge_touched`.
    """
    own = zone_of(store)
    days = [day for day in days_of(store.hours_since(0), own) if since is None or day >= since]
    kept = (_kept_day(store, day_span(day, own)) for day in days)
    return gather([day for day in kept if day is not None], (*store.entries(), *held), zone or own)


def _sketched(
    store: Store, days: Sequence[date], to_look_at: Sequence[date], agenda: Agenda, ground: _Ground
) -> Iterator[tuple[date, OpenDay | None, list[DaySketch]]]:
    """Each day to look at, opened when it must be judged again, with the sketches of the days before it, its own, and
    that of the day after it."""
    if not to_look_at:
        return
    earliest = day_before(to_look_at[0])
    sketches = {day: _sketch(store, day, ground, again=False)[0] for day in days if earliest <= day < to_look_at[0]}
    after = [day for day in days if day > to_look_at[-1]][:1]
    waiting: tuple[date, OpenDay | None] | None = None
    for day in [*to_look_at, *after, None]:
        opened = None
        if day is not None:
            sketches[day], opened = _sketch(store, day, ground, again=day in agenda.again)
        if waiting is not None and waiting[0] not in after:
            yield (*waiting, list(sketches.values()))
            for old in [old for old in sketches if old < day_before(waiting[0])]:
                del sketches[old]
        waiting = None if day is None else (day, opened)


def _sketch(store: Store, day: date, ground: _Ground, *, again: bool) -> tuple[DaySketch, OpenDay | None]:
    """The sketch of a day as it was kept, or made anew; then the opened day comes with it."""
    span = day_span(day, ground.zone)
    key = str(span.start_ms)
    kept = None if again else store.derived(SKETCH, key)
    if kept is not None and kept[0] == ground.stamp:
        try:
            return DaySketch.from_bytes(kept[1]), None
        except Damaged:
            pass
    opened = _open(store, span, ground.entries)
    sketch = sketch_of(opened)
    store.keep_derived(SKETCH, key, ground.stamp, sketch.to_bytes())
    return sketch, opened


def _open(store: Store, span: Span, entries: tuple[Entry, ...]) -> OpenDay:
    return open_day(span, store.recordings(window_of(span)), entries)


def _judge_one(
    store: Store,
    span: Span,
    opened: OpenDay | None,
    sketches: list[DaySketch],
    ground: _Ground,
    *,
    again: bool,
) -> bool:
    """Judge a day unless what was kept of it still holds; whether it was judged."""
    on = scale_of_day(span, sketches)
    whole = f"{ground.stamp} {day_key(span, on, ground.entries)}"
    kept = store.derived(DAY, str(span.start_ms))
    if not again and kept is not None and kept[0] == whole:
        day = _kept_day(store, span)
        if day is not None:
            if day.scale != on.scale:
                store.keep_derived(DAY, str(span.start_ms), whole, with_scale(day, on.scale).to_bytes())
            return False
    opened = opened or _open(store, span, ground.entries)
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
