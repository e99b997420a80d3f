"""What the file holds: its series, and the facts kept aside."""

from __future__ import annotations

import numpy as np

from uitknop.store import driver, sql
from uitknop.store.chunks import Support, open_chunk, standing
from uitknop.store.reading import leads, read_buckets
from uitknop.store.values import Aside, SeriesInfo


def read_series(db: driver.Connection, name: str) -> tuple[SeriesInfo, ...]:
    """The series of which rows count."""
    extents = {int(i): (int(first), int(last), int(n)) for i, first, last, n in db.execute(sql.WHOLE_CHUNKS)}
    for chunk_id, series_id in db.execute(sql.PARTIAL_CHUNKS).fetchall():
        stored = open_chunk(db.execute(sql.PAYLOAD, (chunk_id,)).fetchone()[0], name)
        now = standing(stored, [Support(*rest) for _, *rest in db.execute(sql.SUPPORT_OF_CHUNK, (chunk_id,))])
        t_ms = stored.t_ms[now.counts]
        first, last, n = extents.get(series_id, (int(t_ms[0]), int(t_ms[-1]), 0))
        extents[series_id] = (min(first, int(t_ms[0])), max(last, int(t_ms[-1])), n + int(t_ms.size))
    return tuple(
        SeriesInfo(int(number), kind, source, device, person, own_clock, *extents[number])
        for number, kind, source, device, person, own_clock in db.execute(sql.ALL_SERIES)
        if number in extents
    )


def read_aside(db: driver.Connection, limit: int, name: str) -> tuple[Aside, ...]:
    """Facts kept aside, at most `limit`, series by series and then answers."""
    found: list[Aside] = []
    for number, kind, source, device, _, _ in db.execute(sql.ALL_SERIES).fetchall():
        for (bucket_number,) in db.execute(sql.CROWDED_BUCKETS, (number,)).fetchall():
            for bucket in read_buckets(db, number, bucket_number, bucket_number, name):
                leading = leads(bucket.rows)
                leader = np.maximum.accumulate(np.where(leading, np.arange(leading.size), 0))
                for i in np.flatnonzero(~leading).tolist():
                    values = (repr(float(bucket.rows.value[j])) for j in (int(leader[i]), i))
                    found.append(Aside(kind, source, device, int(bucket.rows.t_ms[i]), *values))
                    if len(found) >= limit:
                        return tuple(found)
    lines = db.execute(sql.ANSWERS_ASIDE, (limit - len(found),))
    return (*found, *(Aside("answer", "", "", int(at_ms), str(first), str(other)) for at_ms, first, other in lines))
