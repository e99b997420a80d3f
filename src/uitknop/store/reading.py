"""Reading rows of one series: what the batches that count say, one row per moment, bucket by bucket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from uitknop.store import driver, sql
from uitknop.store.chunks import Support, open_chunk, standing
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
    supports: dict[int, list[Support]] = defaultdict(list)
    for chunk_id, *support in db.execute(sql.COUNTING_SUPPORT, within):
        supports[chunk_id].append(Support(*support))
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


def one_per_moment(buckets: Iterable[Bucket]) -> Rows:
    """The rows that count for their moment, of buckets in order of time."""
    rows = join([bucket.rows for bucket in buckets])
    leading = leads(rows)
    return rows if bool(leading.all()) else rows.take(leading)


def leads(rows: Rows) -> Bools:
    """True for the row that counts for its moment, False for those kept aside, shape (n,)."""
    leading = np.ones(len(rows), np.bool_)
    leading[1:] = rows.t_ms[1:] != rows.t_ms[:-1]
    return leading
