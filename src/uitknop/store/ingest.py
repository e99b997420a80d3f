"""Taking rows of one series in: what is new is written, what is known is supported, what differs goes beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from uitknop.store import driver, sql
from uitknop.store.chunks import HOUR_MS, Standing, Support, bucket_ms, open_chunk, pack, standing, starts_of, unpack
from uitknop.store.codec import MOST_ROWS, encode, grid_of
from uitknop.store.rows import Bools, Int64s, Rows, distinct, places
from uitknop.store.values import Kept


@dataclass(slots=True)
class Ingest:
    """Writes rows into an open transaction, on behalf of one batch.

    Args:
        db: connection with the write lock.
        batch_id: the batch.
        name: name of the person's file, for errors.
        hours: UTC hours in which something changed so far.
    """

    db: driver.Connection
    batch_id: int
    name: str
    hours: set[int] = field(default_factory=set)
    _next_chunk: int = 0
    _written: _Written = field(default_factory=lambda: _Written())

    def __post_init__(self) -> None:
        self._next_chunk = int(self.db.execute(sql.NEXT_CHUNK).fetchone()[0])

    def series_id(self, kind: str, source: str, device: str, person: str, own_clock: str) -> int:
        """Number of a series, which exists from now on."""
        key = (kind, source, device, person, own_clock)
        found = self.db.execute(sql.SERIES_ID, key).fetchone()
        if found is None:
            self.db.execute(sql.ADD_SERIES, key)
            found = self.db.execute(sql.SERIES_ID, key).fetchone()
        return int(found[0])

    def add(self, kind: str, series_id: int, rows: Rows, tick_ms: float | None, grade: str, *, on_utc: bool) -> Kept:
        """Take in rows of one series.

        Args:
            kind: kind of the series.
            series_id: its number.
            rows: any number, in order of time.
            tick_ms: resolution of the device's clock, ms.
            grade: the best confidence the file can give.
            on_utc: False for a clockless series, whose hours are nobody's.
        """
        rows, n_repeated = distinct(rows)
        if not len(rows):
            return Kept()
        bucket = rows.t_ms // bucket_ms(kind)
        edges = [0, *(np.flatnonzero(bucket[1:] != bucket[:-1]) + 1).tolist(), len(rows)]
        found = self._chunks_within(series_id, bucket, rows.t_ms)
        support, grid = Support(None, None, tick_ms, grade), grid_of(rows.value)
        seen = _Seen.nothing_of(rows)
        for first, last in pairwise(edges):
            cut, number = slice(first, last), int(bucket[first])
            part = rows.take(cut)
            if number in found:
                self._know(found[number], part, seen.take(cut), support)
                part = part.take(~seen.placed[cut])
            for at in range(0, len(part), MOST_ROWS):
                self._write(series_id, number, part.take(slice(at, at + MOST_ROWS)), grid, support)
        self._written.flush(self.db)
        fresh = ~seen.counts
        if on_utc:
            self.hours.update(hours_of_rows(rows.t_ms[fresh | seen.continued]))
        n_fresh, n_aside = int(np.count_nonzero(fresh)), int(np.count_nonzero(fresh & seen.taken))
        return Kept(n_fresh - n_aside, len(rows) - n_fresh + n_repeated, n_aside)

    def _chunks_within(self, series_id: int, bucket: Int64s, t_ms: Int64s) -> dict[int, list[int]]:
        found = defaultdict(list)
        within = (series_id, int(bucket[0]), int(bucket[-1]), int(t_ms[-1]), int(t_ms[0]))
        for chunk_id, number in self.db.execute(sql.CHUNKS_WITHIN, within):
            found[int(number)].append(int(chunk_id))
        return found

    def _know(self, chunk_ids: Iterable[int], part: Rows, seen: _Seen, support: Support) -> None:
        """Support the chunks that hold rows of `part`, and note in `seen` what was found of each row."""
        for chunk_id in chunk_ids:
            stored = open_chunk(self.db.execute(sql.PAYLOAD, (chunk_id,)).fetchone()[0], self.name)
            supports = {
                int(batch_id): Support(*rest) for batch_id, *rest in self.db.execute(sql.SUPPORT_OF_CHUNK, (chunk_id,))
            }
            now = standing(stored, supports.values())
            place, held = places(stored, part)
            taken = held if now.counts.all() else held & _counting_key(now, part.t_ms)
            np.logical_or(seen.taken, taken, out=seen.taken)
            hit = place >= 0
            if hit.any():
                where = place[hit]
                np.logical_or(seen.placed, hit, out=seen.placed)
                seen.counts[hit] |= now.counts[where]
                seen.continued[hit] |= now.counts[where] & now.rows.start[where] & ~part.start[hit]
                self._support(chunk_id, stored, where, part.start[hit], supports.get(self.batch_id), support)

    def _support(
        self, chunk_id: int, stored: Rows, where: Int64s, start: Bools, before: Support | None, now: Support
    ) -> None:
        n = len(stored)
        knows, starts = np.zeros(n, np.bool_), np.ones(n, np.bool_)
        tick_ms, grade = now.tick_ms, now.grade
        if before is not None:
            knows = unpack(before.mask, n)
            starts = starts_of(stored, before) | ~knows
            tick_ms, grade = coarsest(before.tick_ms, tick_ms), max(before.grade, grade)
        knows[where] = True
        starts[where] &= start
        starts &= knows
        same = np.array_equal(starts, stored.start & knows)
        merged = Support(pack(knows), None if same else np.packbits(starts).tobytes(), tick_ms, grade)
        if merged != before:
            self._written.support(chunk_id, self.batch_id, merged)

    def _write(self, series_id: int, bucket: int, part: Rows, grid: int, support: Support) -> None:
        n_moments = 1 + int(np.count_nonzero(part.t_ms[1:] != part.t_ms[:-1]))
        reach = (int(part.t_ms[0]), int(part.t_ms[-1]), len(part), n_moments)
        self._written.chunks.append((self._next_chunk, series_id, bucket, *reach))
        self._written.payloads.append((self._next_chunk, encode(part, grid)))
        self._written.support(self._next_chunk, self.batch_id, support)
        self._next_chunk += 1


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found of each incoming row, shape (n,) each.

    Args:
        placed: a chunk holds it.
        counts: it counts already.
        taken: another row counts for its moment, or comes before it in the file.
        continued: so far it started a run, and now does not.
    """

    placed: Bools
    counts: Bools
    taken: Bools
    continued: Bools

    @classmethod
    def nothing_of(cls, rows: Rows) -> _Seen:
        """Before any chunk was looked at."""
        placed, counts, taken, continued = np.zeros((4, len(rows)), np.bool_)
        taken[1:] = rows.t_ms[1:] == rows.t_ms[:-1]
        return cls(placed, counts, taken, continued)

    def take(self, cut: slice) -> _Seen:
        """A view of some rows: what is noted there is noted here."""
        return _Seen(self.placed[cut], self.counts[cut], self.taken[cut], self.continued[cut])


@dataclass(slots=True)
class _Written:
    """Lines that wait to be sent together."""

    chunks: list[tuple[int, int, int, int, int, int, int]] = field(default_factory=list)
    payloads: list[tuple[int, bytes]] = field(default_factory=list)
    supports: list[tuple[int, int, bytes | None, bytes | None, float | None, str]] = field(default_factory=list)

    def support(self, chunk_id: int, batch_id: int, support: Support) -> None:
        tick_ms = None if support.tick_ms is None else float(support.tick_ms)
        self.supports.append((chunk_id, batch_id, support.mask, support.starts, tick_ms, support.grade))

    def flush(self, db: driver.Connection) -> None:
        db.executemany(sql.ADD_CHUNK, self.chunks)
        db.executemany(sql.ADD_PAYLOAD, self.payloads)
        db.executemany(sql.ADD_SUPPORT, self.supports)
        for lines in (self.chunks, self.payloads, self.supports):
            lines.clear()


def hours_of_rows(t_ms: Int64s) -> list[int]:
    """UTC hours of moments in order of time, each once or more."""
    hours = t_ms // HOUR_MS
    first = np.ones(hours.size, np.bool_)
    first[1:] = hours[1:] != hours[:-1]
    found: list[int] = hours[first].tolist()
    return found


def coarsest(one: float | None, other: float | None) -> float | None:
    """The coarser of two resolutions; an unknown one says nothing."""
    known = [tick_ms for tick_ms in (one, other) if tick_ms is not None]
    return max(known, default=None)


def _counting_key(now: Standing, t_ms: Int64s) -> Bools:
    """Whether some counting row of a chunk has each of these moments."""
    counting = now.rows.t_ms[now.counts]
    if not counting.size:
        return np.zeros(t_ms.size, np.bool_)
    index = np.minimum(np.searchsorted(counting, t_ms), counting.size - 1)
    same: Bools = counting[index] == t_ms
    return same
