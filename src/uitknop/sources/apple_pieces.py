"""From the columns of a block to recordings: of one year and one offset of the wall clock each, beats by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Entry, Recording, SampleKind, Samples
from uitknop.core.timeline import from_ms
from uitknop.sources.apple_clock import HOUR_MS, Dates, place_beats, read_spans
from uitknop.sources.apple_heads import SLEEP, Head, in_words
from uitknop.sources.apple_rows import Gathered, Lists, Rows, Tally
from uitknop.sources.limits import GAP_MS, HEART_RATE_BPM

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NAME = "apple_health"
TICK_MS = 10.0
"""Beats are written in hundredths of a second."""

_FIRST_MS, _LAST_MS = 631_152_000_000, 4_102_444_800_000  # 1990 to 2100
_LONGEST_MS = 7 * 86_400_000
_OFFSETS, _ZERO_OFFSET = 4096, 1024
_POSSIBLE: dict[SampleKind, tuple[float, float]] = {
    "heart_rate": HEART_RATE_BPM,
    "vendor_resting_heart_rate": HEART_RATE_BPM,
    "vendor_sdnn": (0.1, 1000.0),
    "steps": (0.0, 200_000.0),
    "respiration_rate": (2.0, 80.0),
    "oxygen_saturation": (40.0, 100.0),
    "skin_temperature": (15.0, 45.0),
}
"""What a body can have; what lies outside is left out and counted."""

_RATE_SHARE, _RATE_MS = 0.25, 25.0
"""How far an interval may lie from the rate beside it: rates are whole numbers, times are hundredths."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Rows with their times, and the recording they belong to; those without are gone."""

    head: Ints
    start_ms: Ints
    end_ms: Ints
    group: Ints
    value: Floats


def make_recordings(gathered: Gathered, name: str, zone: str | None) -> tuple[Recording, ...]:
    """Recordings of everything that was gathered, in order of time; the tally counts what was left out.

    Args:
        gathered: from one block.
        name: of the file.
        zone: zone the person gave; it names the clock where it fits the offsets in the file.
    """
    heads, tally = gathered.heads.known, gathered.tally
    placed = [_placed(rows, heads, tally, zone) for rows in gathered.rows]
    lists = [_lists(found, tally, zone) for found in gathered.lists]
    groups = {int(x) for part in placed for x in np.unique(part.group)} | {group for found in lists for group in found}
    recordings: list[Recording] = []
    for group in sorted(groups):
        clock = _clock_of(group, zone)
        series, entries = _series(placed, heads, group), _entries(placed, heads, group, clock)
        # What is said of a value must not hang on what stood beside it in the file: beats are recordings of their own.
        if series or entries:
            recordings.append(Recording(NAME, name, clock, None, series, entries, grade="D"))
        beats = _beats([found[group] for found in lists if group in found], heads, tally)
        recordings.extend(Recording(NAME, name, clock, each, grade="C") for each in beats)
    return tuple(recordings)


def _group_of(dates: Dates, zone: str | None) -> Ints:
    """The same for moments of one year (UTC) under one offset, be it that of the zone or not."""
    return ((year_of(dates.t_ms) * _OFFSETS + dates.offset_min + _ZERO_OFFSET) << 1) | _fits(dates, zone)


def _clock_of(group: int, zone: str | None) -> str:
    """The zone, where its wall clock has this offset then; else the offset, as "+01:00"."""
    if zone is not None and group & 1:
        return zone
    offset_min = (group >> 1) % _OFFSETS - _ZERO_OFFSET
    sign, (hours, minutes) = "-" if offset_min < 0 else "+", divmod(abs(offset_min), 60)
    return f"{sign}{hours:02d}:{minutes:02d}"


def _fits(dates: Dates, zone: str | None) -> Bools:
    """Whether the zone has the offset of each date at that hour."""
    if zone is None:
        return np.zeros(dates.t_ms.size, np.bool_)
    hours, where = np.unique(dates.t_ms // HOUR_MS, return_inverse=True)
    told = np.array([_offset_min(hour, zone) for hour in hours.tolist()], np.float64)
    return np.asarray(told[where] == dates.offset_min, np.bool_)


@lru_cache(maxsize=50_000)
def _offset_min(hour: int, zone: str) -> float:
    offset = from_ms(hour * HOUR_MS, zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds() / 60


def _placed(rows: Rows, heads: list[Head], tally: Tally, zone: str | None) -> _Placed:
    start, end = read_spans(rows.letters)
    good = _in_time(start, end) & np.isfinite(rows.value)
    value = rows.value
    if rows.head.size:
        value = value * np.array([h.scale for h in heads])[rows.head] + np.array([h.shift for h in heads])[rows.head]
        edges = np.array([_POSSIBLE[h.kind] if h.kind else (-np.inf, np.inf) for h in heads])[rows.head]
        # A saturation of 97 % stands in some exports as 97.
        percent = np.array([h.kind == "oxygen_saturation" for h in heads])[rows.head] & (rows.value > 1.5)
        value = np.where(percent, rows.value, value)
        good &= ~((value < edges[:, 0]) | (value > edges[:, 1]))
    tally.unreadable += int(good.size - np.count_nonzero(good))
    # A sample counts at its end, a diary line at its start: in the night the clocks change these differ.
    told = np.array([h.role != "sample" for h in heads], np.bool_)[rows.head]
    group = np.where(told, _group_of(start, zone), _group_of(end, zone))
    return _Placed(rows.head[good], start.t_ms[good], end.t_ms[good], group[good], value[good])


def year_of(t_ms: Ints) -> Ints:
    """The year, UTC, of moments, shape (n,).

    >>> year_of(np.array([0, 1_711_670_400_000])).tolist()
    [1970, 2024]
    """
    return t_ms.astype("datetime64[ms]").astype("datetime64[Y]").astype(np.int64) + 1970


def _in_time(start: Dates, end: Dates) -> Bools:
    good = start.good & end.good & (start.t_ms > _FIRST_MS) & (end.t_ms < _LAST_MS)
    return np.asarray(good & (end.t_ms >= start.t_ms) & (end.t_ms - start.t_ms <= _LONGEST_MS), np.bool_)


def _series(placed: list[_Placed], heads: list[Head], group: int) -> tuple[Samples, ...]:
    """Samples by kind and device. A value counts at the end of the time it is about."""
    kinds = sorted({(h.kind, h.device) for h in heads if h.kind is not None})
    number = {key: i for i, key in enumerate(kinds)}
    which = np.array([number.get((h.kind, h.device), -1) if h.kind else -1 for h in heads], np.int64)
    parts = [(which[rows.head], rows) for rows in placed]
    made: list[Samples] = []
    present = sorted({int(i) for row_kind, _ in parts for i in np.unique(row_kind) if i >= 0})
    for i in present:
        kind, device = kinds[i]
        masks = [(row_kind == i) & (rows.group == group) for row_kind, rows in parts]
        start_ms, t_ms = (
            np.concatenate([getattr(rows, column)[mask] for mask, (_, rows) in zip(masks, parts, strict=True)])
            for column in ("start_ms", "end_ms")
        )
        value = np.concatenate([rows.value[mask] for mask, (_, rows) in zip(masks, parts, strict=True)])
        if kind == "steps":
            t_ms, value = _with_starts(start_ms, t_ms, value)
        if t_ms.size:
            made.append(Samples(kind, *_in_order(t_ms, value), device))
    return tuple(made)


def _with_starts(start_ms: Ints, end_ms: Ints, steps: Floats) -> tuple[Ints, Floats]:
    """Steps count since the sample before; a sample of none just after each start says since when.

    Times in an export are whole seconds, so 1 ms after a start never is the end of another record.
    """
    long = end_ms > start_ms
    return np.concatenate((start_ms[long] + 1, end_ms)), np.concatenate((np.zeros(int(long.sum())), steps))


def _in_order(t_ms: Ints, value: Floats) -> tuple[Ints, Floats]:
    """In order of time, without what stands twice."""
    order = np.lexsort((value, t_ms))
    t_ms, value = t_ms[order], value[order]
    new = np.concatenate(([True], (np.diff(t_ms) > 0) | (np.diff(value) != 0)))
    return t_ms[new], value[new]


def _entries(placed: list[_Placed], heads: list[Head], group: int, zone: str) -> tuple[Entry, ...]:
    told = np.array([head.role in {"sleep", "workout"} for head in heads], np.bool_)
    return tuple(sorted({entry for rows in placed for entry in _told(rows, heads, told, group, zone)}, key=_order))


def _told(rows: _Placed, heads: list[Head], told: Bools, group: int, zone: str) -> Iterator[Entry]:
    for i in np.flatnonzero(told[rows.head] & (rows.group == group) & (rows.end_ms > rows.start_ms)):
        head, start_ms, end_ms = heads[int(rows.head[i])], int(rows.start_ms[i]), int(rows.end_ms[i])
        if head.role == "sleep":
            yield Entry(start_ms, zone, "sleep", SLEEP[int(rows.value[i])], end_ms)
        else:
            yield Entry(start_ms, zone, "exertion", "workout", end_ms, in_words(head.name))


def _order(entry: Entry) -> tuple[int, str, str, int, str]:
    return entry.at_ms, entry.kind, entry.value, entry.end_ms or 0, entry.label


@dataclass(frozen=True, slots=True)
class _Run:
    """Beats of some lists of one group: time, rate, and device of each, with the number of its list."""

    t_ms: Ints
    bpm: Ints
    which: Ints
    head: Ints


def _lists(lists: Lists, tally: Tally, zone: str | None) -> dict[int, _Run]:
    """Beats by group; lists whose record has no time are gone."""
    start, end = read_spans(lists.letters)
    good = _in_time(start, end)
    tally.lists += int(good.size - np.count_nonzero(good))
    which = np.repeat(np.arange(lists.count.size), lists.count)
    first = np.concatenate(([0], np.cumsum(lists.count)[:-1])).astype(np.int64)
    t_ms = place_beats(lists.hour_ms, first, start.t_ms)
    found = {}
    group = _group_of(start, zone)
    for number in np.unique(group[good]).tolist():
        mask = (good & (group == number))[which]
        found[number] = _Run(t_ms[mask], lists.bpm[mask], which[mask], lists.head[which[mask]])
    return found


def _beats(runs: list[_Run], heads: list[Head], tally: Tally) -> list[Beats]:
    """Beats of each device, the one with most first."""
    made: list[Beats] = []
    devices = sorted({heads[int(number)].device for run in runs for number in np.unique(run.head)})
    for device in devices:
        same = np.array([head.device == device for head in heads], np.bool_)
        parts = [(run, same[run.head]) for run in runs]
        step = 1 + max((int(run.which.max()) for run in runs if run.which.size), default=0)
        beats = _intervals(
            np.concatenate([run.t_ms[mask] for run, mask in parts]),
            np.concatenate([run.bpm[mask] for run, mask in parts]),
            np.concatenate([run.which[mask] + i * step for i, (run, mask) in enumerate(parts)]),
            device,
            tally,
        )
        if len(beats):
            made.append(beats)
    return sorted(made, key=len, reverse=True)


def _intervals(t_ms: Ints, bpm: Ints, which: Ints, device: str, tally: Tally) -> Beats:
    """Intervals between neighbours of one list. The rate beside a beat tells whether one was missed before it."""
    first = np.flatnonzero(np.diff(which, prepend=-1))
    order = np.argsort(t_ms[first], kind="stable")
    count = np.diff(first, append=which.size)[order]
    place = np.repeat(first[order] - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(which.size)
    t_ms, bpm, which = t_ms[place], bpm[place], np.repeat(np.arange(count.size), count)
    # A list that starts before the one before has ended tells the same beats again.
    longest = np.maximum.accumulate(np.maximum.reduceat(t_ms, np.concatenate(([0], np.cumsum(count)[:-1]))))
    fresh = t_ms > np.concatenate(([np.iinfo(np.int64).min], longest[:-1]))[which]
    rr_ms = np.diff(t_ms).astype(np.float64)
    pair = (which[1:] == which[:-1]) & fresh[1:] & fresh[:-1]
    told_ms = 60_000.0 / np.maximum(bpm[1:], 1)
    agrees = (rr_ms > 0) & (rr_ms <= GAP_MS) & (bpm[1:] >= HEART_RATE_BPM[0]) & (bpm[1:] <= HEART_RATE_BPM[1])
    agrees &= np.abs(rr_ms - told_ms) <= _RATE_SHARE * told_ms + _RATE_MS
    tally.gaps += int(np.count_nonzero(pair & ~agrees))
    good = pair & agrees
    starts = good & ~np.concatenate(([False], good[:-1]))
    run = np.flatnonzero(starts[good])
    return Beats(t_ms[1:][good], rr_ms[good], np.zeros(int(good.sum()), np.uint8), run, TICK_MS, NAME, device, "ppg")
