"""The tables of the person's file, version by version, and how an older file becomes a newer one.

Each step leads from one version to the next and is never changed once released. Facts are append-only: triggers refuse
to change or delete them. Whether a fact counts follows from the batches that know it (`support`, `entry_support`): it
counts while one of them has not been withdrawn.
"""

from __future__ import annotations

from uitknop.core.errors import NewerSchema, StoreError
from uitknop.core.phrase import Phrase
from uitknop.store import driver
from uitknop.store.connection import no_file_of_ours

APPLICATION_ID = 0x55544B4E
"""Marks the file as ours ("UTKN")."""

_FACTS = """
create table batch (
    id integer primary key, name text not null, sha256 text not null, source text not null, parser text not null,
    options text not null, added_ms integer not null, withdrawn_ms integer, n_new integer not null,
    n_known integer not null, n_aside integer not null, first_ms integer, last_ms integer, notes text not null
) strict;
create index batch_sha256 on batch (sha256);
create table series (
    id integer primary key, kind text not null, source text not null, device text not null, person text not null,
    own_clock text not null, unique (person, source, own_clock, kind, device)
) strict;
-- bucket: UTC hour (beats) or UTC day (samples); one row of payload for each
create table chunk (
    id integer primary key, series_id integer not null references series, bucket integer not null,
    first_ms integer not null, last_ms integer not null, n integer not null, n_moments integer not null
) strict;
create index chunk_place on chunk (series_id, bucket, id, first_ms, last_ms, n, n_moments);
create table payload (chunk_id integer primary key references chunk, content blob not null) strict;
-- which rows of a chunk a batch knows (mask null: all), and where it says that runs start (null: as the chunk says)
create table support (
    chunk_id integer not null references chunk, batch_id integer not null references batch, mask blob, starts blob,
    tick_ms real, grade text not null, primary key (chunk_id, batch_id)
) strict, without rowid;
create index support_batch on support (batch_id, chunk_id);
create table entry (
    id integer primary key, person text not null, own_clock text not null, kind text not null, at_ms integer not null,
    end_ms integer, label text not null, zone text not null, value text not null
) strict;
create unique index entry_whole on entry
    (own_clock, at_ms, kind, person, ifnull(end_ms, -9223372036854775808), label, zone, value);
-- the few that last longer than two days, so that what touches a span is found without reading all before it
create index entry_long on entry (own_clock, at_ms) where end_ms - at_ms > 172800000;
create table entry_support (
    entry_id integer not null references entry, batch_id integer not null references batch,
    primary key (entry_id, batch_id)
) strict, without rowid;
create index entry_support_batch on entry_support (batch_id, entry_id);
create table zone (
    at_ms integer not null, zone text not null, batch_id integer not null references batch,
    primary key (at_ms, zone, batch_id)
) strict, without rowid;
create table change (
    revision integer primary key, batch_id integer not null references batch, what text not null, at_ms integer not null
) strict;
create table touched (
    revision integer not null references change, hour integer not null, primary key (revision, hour)
) strict, without rowid;
""" + "".join(
    f"create trigger {table}_not_{what}d before {what} on {table}"
    " begin select raise(abort, 'facts are append-only'); end;\n"
    for table in ("series", "chunk", "payload", "entry", "zone", "change")
    for what in ("update", "delete")
)

_RESULTS = """
create table derived (
    room text not null, key text not null, stamp text not null, payload blob not null, primary key (room, key)
) strict;
create table setting (name text primary key, value text not null) strict, without rowid;
"""

STEPS: tuple[str, ...] = (_FACTS, _RESULTS)
"""The n-th step leads from version n to version n + 1."""


def version_of(db: driver.Connection) -> int:
    """Version of the file's schema; 0 before its first."""
    return int(db.execute("pragma user_version").fetchone()[0])


def migrate(db: driver.Connection, name: str, steps: tuple[str, ...] = STEPS, *, may_write: bool = True) -> None:
    """Bring the file to the newest version, in one transaction, or leave it as it was.

    Raises:
        NewerSchema: a newer version of Uitknop wrote it.
        StoreError: it is older and may not be written, or another program made it.
    """
    _refuse_foreign(db, name)
    _refuse_newer(version_of(db), len(steps), name)
    if version_of(db) == len(steps):
        return
    if not may_write:
        raise StoreError(
            Phrase(
                "{name} was written by an older version and has to be brought up to date first. "
                "Open it once where it may be written.",
                {"name": name},
            )
        )
    db.execute("begin immediate")
    try:
        found = version_of(db)  # another program may have been first
        _refuse_newer(found, len(steps), name)
        for step in steps[found:]:
            for statement in _statements(step):
                db.execute(statement)
        db.execute(f"pragma application_id = {APPLICATION_ID}")
        db.execute(f"pragma user_version = {len(steps)}")
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def _refuse_foreign(db: driver.Connection, name: str) -> None:
    made_by = int(db.execute("pragma application_id").fetchone()[0])
    if made_by != APPLICATION_ID and db.execute("select count(*) from sqlite_master").fetchone()[0]:
        raise StoreError(no_file_of_ours(name))


def _refuse_newer(found: int, newest: int, name: str) -> None:
    if found > newest:
        raise NewerSchema(
            Phrase(
                "{name} was written by a newer version of Uitknop (file version {found}, this one reads up to "
                "{newest}). Install the newer version; nothing was changed.",
                {"name": name, "found": found, "newest": newest},
            )
        )


def _statements(step: str) -> list[str]:
    """The statements of a step; `executescript` would commit behind our back."""
    statements, held = [], ""
    for line in step.splitlines(keepends=True):
        held += line
        if driver.complete_statement(held):
            statements.append(held)
            held = ""
    return statements
