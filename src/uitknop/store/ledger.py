"""The book of batches: which there are, which count, and what has changed since a revision."""

from __future__ import annotations

import json
from collections.abc import Iterable

from uitknop.core.errors import StoreError
from uitknop.core.phrase import Phrase
from uitknop.store import driver, sql
from uitknop.store.entries import hours_of
from uitknop.store.values import BatchInfo, Kept, Origin


def read_batches(db: driver.Connection, sha256: str | None = None) -> tuple[BatchInfo, ...]:
    """All batches, or those that count of the file with this digest, in the order they were added."""
    lines = db.execute(sql.BATCHES) if sha256 is None else db.execute(sql.BATCHES_OF, (sha256,))
    return tuple(_batch(*line) for line in lines)


def _batch(
    number: int,
    name: str,
    sha256: str,
    source: str,
    parser: str,
    options: str,
    added_ms: int,
    n_new: int,
    n_known: int,
    n_aside: int,
    withdrawn_ms: int | None,
    first_ms: int | None,
    last_ms: int | None,
    notes: str,
) -> BatchInfo:
    origin = Origin(name, sha256, source, parser, options, added_ms)
    kept = Kept(n_new, n_known, n_aside)
    return BatchInfo(number, origin, kept, withdrawn_ms, first_ms, last_ms, tuple(json.loads(notes)))


def withdraw(db: driver.Connection, batch_id: int, at_ms: int) -> None:
    """Let a batch no longer count; within a transaction. Withdrawing it again changes nothing.

    Raises:
        StoreError: there is no such batch.
    """
    require_batch(db, batch_id)
    if db.execute(sql.WITHDRAW, (int(at_ms), int(batch_id))).rowcount:
        add_change(db, batch_id, "withdrawn", at_ms, _hours_of_batch(db, batch_id))


def reinstate(db: driver.Connection, batch_id: int, at_ms: int) -> None:
    """Let a withdrawn batch count again; within a transaction.

    Raises:
        StoreError: there is no such batch.
    """
    require_batch(db, batch_id)
    if db.execute(sql.REINSTATE, (int(batch_id),)).rowcount:
        add_change(db, batch_id, "reinstated", at_ms, _hours_of_batch(db, batch_id))


def require_batch(db: driver.Connection, batch_id: int) -> None:
    """Raises StoreError when there is no such batch."""
    if db.execute(sql.HAS_BATCH, (int(batch_id),)).fetchone() is None:
        raise StoreError(
            Phrase("There is no import with number {number}. Look up the numbers first.", {"number": batch_id})
        )


def add_change(db: driver.Connection, batch_id: int, what: str, at_ms: int, hours: Iterable[int]) -> None:
    """Write down that something changed, and in which UTC hours."""
    number = revision(db) + 1
    db.execute(sql.ADD_CHANGE, (number, int(batch_id), what, int(at_ms)))
    db.executemany(sql.TOUCH, [(number, int(hour)) for hour in hours])


def revision(db: driver.Connection) -> int:
    """Number of the last change; 0 in an empty file."""
    return int(db.execute(sql.REVISION).fetchone()[0])


def hours_since(db: driver.Connection, since: int) -> tuple[int, ...]:
    """UTC hours in which something changed after a revision."""
    return tuple(int(hour) for (hour,) in db.execute(sql.HOURS_SINCE, (int(since),)))


def _hours_of_batch(db: driver.Connection, batch_id: int) -> set[int]:
    stretches = db.execute(sql.STRETCHES_OF_BATCH, (int(batch_id), int(batch_id)))
    return {hour for first_ms, last_ms in stretches for hour in hours_of(int(first_ms), int(last_ms))}
