"""The logical content of the file: all facts that count, those kept aside included, in an order of their own.

The same facts give the same lines whatever the order in which their files came, and whatever came twice. Rows stand as
one digest per series and bucket, so that a year is compared within seconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import numpy as np

from uitknop.store import driver, sql
from uitknop.store.reading import Bucket, leads, read_buckets

_FIRST, _LAST = -(2**62), 2**62


def dump(db: driver.Connection, name: str) -> Iterator[str]:
    """One line of JSON per bucket of a series, entry and moment of a zone; sorted within each sort."""
    series = [(kind, source, device, person, own_clock, number) for number, kind, source, device, person, own_clock in
              db.execute(sql.ALL_SERIES)]  # fmt: skip
    for *key, number in sorted(series):
        for bucket in read_buckets(db, number, _FIRST, _LAST, name):
            yield json.dumps(["rows", *key, bucket.number, *_summary(bucket)])
    entries = [list(line) for line in db.execute(sql.ALL_ENTRIES)]
    yield from sorted(json.dumps(["entry", *entry]) for entry in entries)
    yield from (json.dumps(["zone", at_ms, zone]) for at_ms, zone in db.execute(sql.ZONES))


def dump_sha256(db: driver.Connection, name: str) -> str:
    """Digest of all lines of `dump`, hexadecimal."""
    digest = hashlib.sha256()
    for line in dump(db, name):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _summary(bucket: Bucket) -> tuple[int, str, float | None, str]:
    """Number of rows, digest of the rows as a set, coarsest resolution, worst grade."""
    rows = bucket.rows
    if not bool(leads(rows).all()):
        rows = rows.take(np.lexsort((rows.flag, rows.bits, rows.t_ms)))
    digest = hashlib.sha256(rows.t_ms.astype("<i8").tobytes())
    digest.update(rows.value.astype("<f8").tobytes() + rows.flag.tobytes() + rows.start.tobytes())
    return len(rows), digest.hexdigest(), bucket.tick_ms, bucket.grade
