"""Which days must be judged again, and the findings of all of them.

A day is judged again when facts within reach of it changed, or when what its verdicts lean on did: the scale and noise
of the sixty days up to it, a diary line that holds until further notice, or the code. What is still to do is written
down before the work begins (`uitknop.person.agenda`), so that it can be stopped at any moment and goes on where it was;
and a result counts only while what it was made by still stands (`uitknop.person.ground`), for several windows may work
on one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from uitknop.core import Entry, Findings, Phrase, Span, Value
from uitknop.core.errors import Busy, Damaged
from uitknop.core.timeline import day_span
from uitknop.person.agenda import Agenda, day_before, days_of, keep, kept, look_up
from uitknop.person.ground import CODE, LINES, Ground, Overtaken, digest_of, ground_of, is_kept, only_while, zone_of
from uitknop.store import Store
from uitknop.store.border import busy
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

PATIENCE = 8
"""How often in a row another window may bring new facts before one day is done."""

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


def judge_touched(store: Store, *, held: Sequence[Entry] = (), on_progress: Progress | None = None) -> Judged:
    """Judge every day of which something changed, and no other; nothing is written when there is none.

    Where facts change meanwhile, it is looked up again what to do.

    Args:
        store: the person's file.
        held: diary lines that hold this time beside those in the file, such as a medicine.
        on_progress: told days looked at and days to look at.
    Raises:
        Busy: another program goes on writing, or judges by something else.
        NotWritable: the disk is full, or the file read-only. What was judged before stays.
    """
    judged: set[date] = set()
    run: _Run | None = None
    overtaken = 0
    while overtaken < PATIENCE:
        run = _begin(store, held, None if run is None else run.ground)
        try:
            for day in _work(store, run, on_progress):
                judged.add(day)
                overtaken = 0
            return Judged(len(run.days), tuple(sorted(judged)))
        except Overtaken:
            overtaken += 1
    raise Busy(busy(store.name))


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
    found = (_kept_day(store, day_span(day, own)) for day in days)
    return gather([day for day in found if day is not None], (*store.entries(), *held), zone or own)


def lines_hold(store: Store, held: Sequence[Entry] = ()) -> bool:
    """Whether the findings that are kept were made with the medicines and conditions that hold: only then they may be
    shown where nothing can be judged.

    Args:
        store: the person's file.
        held: as for `judge_touched`.
    """
    made_with = store.setting(LINES) or digest_of(())
    return made_with == digest_of((*store.entries(), *held)) and not (held and kept(store) != Agenda())


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: what it judges by, the days there are, what is to do, and sketches that are not written yet."""

    ground: Ground
    days: list[date]
    agenda: Agenda
    fresh: dict[date, DaySketch] = field(default_factory=dict)


def _begin(store: Store, held: Sequence[Entry], before: Ground | None) -> _Run:
    """What there is to do, written down; `before` is what this window judged by when another overtook it.

    Raises:
        Busy: the other judges by other lines or other code: the two would undo each other's work for ever.
    """
    ground = ground_of(store, held)
    if is_kept(store, ground) and kept(store) == Agenda():
        return _Run(ground, days_of(store.hours_since(0), ground.zone), Agenda())
    with store.transaction():
        ground = ground_of(store, held)
        mine = {(each.stamp, each.lines) for each in (before, ground) if each is not None}
        if before is not None and (store.setting(CODE), store.setting(LINES)) not in mine:
            raise Busy(
                Phrase(
                    "Another window is judging {name} with other conditions, or with another version of Uitknop. "
                    "Wait until it has finished and try again.",
                    {"name": store.name},
                )
            )
        days = days_of(store.hours_since(0), ground.zone)
        return _Run(ground, days, look_up(store, days, ground))


def _work(store: Store, run: _Run, on_progress: Progress | None) -> Iterator[date]:
    """Do what is to do, and tell each day that was judged.

    Raises:
        Overtaken: facts have changed, or another window judges by something else.
    """
    to_look_at = [day for day in run.days if run.agenda.reaches(day)]
    for done, (day, opened, sketches) in enumerate(_sketched(store, run, to_look_at)):
        if on_progress is not None:
            on_progress(done, len(to_look_at))
        if _judge_one(store, day, opened, sketches, run):
            yield day
    if run.agenda != Agenda():
        with only_while(store, run.ground):
            _keep_sketches(store, run)
            keep(store, Agenda())
    if on_progress is not None:
        on_progress(len(to_look_at), len(to_look_at))


def _sketched(
    store: Store, run: _Run, to_look_at: Sequence[date]
) -> Iterator[tuple[date, OpenDay | None, list[DaySketch]]]:
    """Each day to look at, opened when it must be judged again, with the sketches of the days before it, its own, and
    that of the day after it."""
    if not to_look_at:
        return
    earliest = day_before(to_look_at[0])
    sketches = {day: _sketch(store, day, run)[0] for day in run.days if earliest <= day < to_look_at[0]}
    after = [day for day in run.days if day > to_look_at[-1]][:1]
    waiting: tuple[date, OpenDay | None] | None = None
    for day in [*to_look_at, *after, None]:
        opened = None
        if day is not None:
            sketches[day], opened = _sketch(store, day, run)
        if waiting is not None and waiting[0] not in after:
            yield (*waiting, list(sketches.values()))
            for old in [old for old in sketches if old < day_before(waiting[0])]:
                del sketches[old]
        waiting = None if day is None else (day, opened)


def _sketch(store: Store, day: date, run: _Run) -> tuple[DaySketch, OpenDay | None]:
    """The sketch of a day as it was kept, or made anew; then the opened day comes with it."""
    span = day_span(day, run.ground.zone)
    found = None if day in run.agenda.again else store.derived(SKETCH, str(span.start_ms))
    if found is not None and found[0] == run.ground.stamp:
        try:
            return DaySketch.from_bytes(found[1]), None
        except Damaged:
            pass
    opened = _open(store, span, run.ground.entries)
    run.fresh[day] = sketch_of(opened)
    return run.fresh[day], opened


def _open(store: Store, span: Span, entries: tuple[Entry, ...]) -> OpenDay:
    return open_day(span, store.recordings(window_of(span)), entries)


def _judge_one(store: Store, day: date, opened: OpenDay | None, sketches: list[DaySketch], run: _Run) -> bool:
    """Judge a day unless what was kept of it still holds; whether it was judged.

    Raises:
        Overtaken: what it was judged by no longer stands; nothing of it is kept.
    """
    ground, span = run.ground, day_span(day, run.ground.zone)
    on = scale_of_day(span, sketches)
    whole = f"{ground.stamp} {day_key(span, on, ground.entries)}"
    found = store.derived(DAY, str(span.start_ms))
    known = _kept_day(store, span) if found is not None and found[0] == whole and day not in run.agenda.again else None
    if known is not None and known.scale == on.scale:
        return False
    if known is not None:
        told = with_scale(known, on.scale)
    else:
        told = find_in_day(opened or _open(store, span, ground.entries), on)
    with only_while(store, ground):
        _keep_sketches(store, run)
        store.keep_derived(DAY, str(span.start_ms), whole, told.to_bytes())
        if known is None:
            keep(store, kept(store).after(day))
    run.fresh.clear()
    return known is None


def _keep_sketches(store: Store, run: _Run) -> None:
    for day, sketch in run.fresh.items():
        key = str(day_span(day, run.ground.zone).start_ms)
        store.keep_derived(SKETCH, key, run.ground.stamp, sketch.to_bytes())


def _kept_day(store: Store, span: Span) -> DayFindings | None:
    found = store.derived(DAY, str(span.start_ms))
    if found is None:
        return None
    try:
        return DayFindings.from_bytes(found[1])
    except Damaged:
        return None
