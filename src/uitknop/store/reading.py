"""Reading rows of one series: what the batches that count say, one row per moment, bucket by bucket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from uitknop.store import driver, sql
from uitknop.store.chunks import Support, open_chunk, open_chunks, standing
from uitknop.store.ingest import coarsest
from uitknop.store.rows import Bools, Rows, join


@dataclass(frozen=True, slots=True)
class Bucket:
    """All counting rows of one bucket of a series.

    Args:
        number: of the bucket.
        rows: in order of time; of one moment, the row that was there first comes first.
        tick_ms: the coarsest resolution any of the files tells, ms.
        grade: the worst grade of the files.
    """

    number: int
    rows: Rows
    tick_ms: float | None
    grade: str


def read_buckets(db: driver.Connection, series_id: int, first: int, last: int, name: str) -> Iterator[Bucket]:
    """The buckets `first` to `last` of a series that hold counting rows, in order of time."""
    within = (series_id, first, last)
    supports = _supports(db, within)
    chunks = db.execute(sql.COUNTING_CHUNKS, within)
    for number, group in groupby(chunks, key=lambda chunk: int(chunk[1])):
        parts, known = [], []
        for chunk_id, _, content in group:
            now = standing(open_chunk(content, name), supports[chunk_id])
            parts.append(now.rows if now.counts.all() else now.rows.take(now.counts))
            known += supports[chunk_id]
        rows = join(parts)
        if len(parts) > 1:
            rows = rows.take(np.argsort(rows.t_ms, kind="stable"))
        tick_ms = None
        for support in known:
            tick_ms = coarsest(tick_ms, support.tick_ms)
        yield Bucket(number, rows, tick_ms, max(support.grade for support in known))


def read_stretch(db: driver.Connection, series_id: int, first: int, last: int, name: str) -> Bucket:
    """The rows that count for their moment, of the buckets `first` to `last` of a series, as one bucket.

    The same rows as those of `read_buckets` joined, but every chunk is unpacked where its rows will stay.
    """
    within = (series_id, first, last)
    supports = _supports(db, within)
    chunks = db.execute(sql.COUNTING_CHUNKS, within).fetchall()
    rows, places = open_chunks([content for _, _, content in chunks], name)
    kept = 0
    for (chunk_id, _, _), place in zip(chunks, places, strict=True):
        stored = rows.take(place)
        now = standing(stored, supports[chunk_id])
        counting = now.rows if bool(now.counts.all()) else now.rows.take(now.counts)
        if counting is not stored or kept != place.start:
            rows.put(kept, counting)
        kept += len(counting)
    rows = rows.take(slice(kept))
    if len({number for _, number, _ in chunks}) < len(chunks):
        rows = rows.take(np.argsort(rows.t_ms, kind="stable"))
    told = [support for chunk_id, _, _ in chunks for support in supports[chunk_id]]
    tick_ms = None
    for support in told:
        tick_ms = coarsest(tick_ms, support.tick_ms)
    leading = leads(rows)
    grade = max((support.grade for support in told), default="A")
    return Bucket(first, rows if bool(leading.all()) else rows.take(leading), tick_ms, grade)


def _supports(db: driver.Connection, within: tuple[int, int, int]) -> dict[int, list[Support]]:
    """What the batches that count say of each chunk, by its number."""
    supports: dict[int, list[Support]] = defaultdict(list)
    for chunk_id, *support in db.execute(sql.COUNTING_SUPPORT, within):
        supports[chunk_id].append(Support(*support))
    return supports


def leads(rows: Rows) -> Bools:
    """True for the row that counts for its moment, False for those kept aside, shape (n,)."""
    leading = np.ones(len(rows), np.bool_)
    leading[1:] = rows.t_ms[1:] != rows.t_ms[:-1]
    return leading
