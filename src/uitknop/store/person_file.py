"""The person's file: `create_store`, `open_store`, and what one does with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from uitknop.core.errors import Busy, StoreError
from uitknop.core.recording import Entry, Recording
from uitknop.core.span import Span
from uitknop.core.timeline import ZoneLine
from uitknop.store import cabinet, catalogue, driver, dump, ledger
from uitknop.store.backup import back_up
from uitknop.store.batch import Batch
from uitknop.store.border import border, busy, moved
from uitknop.store.checking import check_file
from uitknop.store.connection import connect, refuse_strange, salt_of
from uitknop.store.entries import read_entries
from uitknop.store.facts import read_facts
from uitknop.store.new_file import new_file
from uitknop.store.recordings import read_recordings
from uitknop.store.schema import migrate, version_of
from uitknop.store.values import Aside, BatchInfo, Origin, SeriesInfo
from uitknop.store.whole_file import Place, place_of
from uitknop.store.zones import read_zones

_EVER = Span(-(2**62), 2**62)


def create_store(path: str | os.PathLike[str], data_key: bytes, *, now_ms: int) -> Store:
    """Make a person's file, readable by this user alone, and open it.

    Args:
        path: where; nothing may be there yet.
        data_key: 32 random bytes; without them nobody reads the file.
        now_ms: UTC ms now, kept as the setting "created_ms".
    Raises:
        StoreError: something is there already, or the folder or disk refuses.
    """
    path = Path(path)
    salt_of(data_key)
    with new_file(path) as part, border(path.name, path.parent):
        db = connect(part, data_key, wait_s=5.0, read_only=False)
        try:
            migrate(db, path.name)
            cabinet.keep_setting(db, "created_ms", str(int(now_ms)))
            db.execute("pragma wal_checkpoint(truncate)")  # the log stays behind: what found no room must show now
        finally:
            db.close()
    return open_store(path, data_key)


def open_store(path: str | os.PathLike[str], data_key: bytes, *, wait_s: float = 5.0, read_only: bool = False) -> Store:
    """Open a person's file; one written by an older version is brought up to date.

    Args:
        path: where it is.
        data_key: the 32 bytes it was made with.
        wait_s: how long to wait for another program that is writing.
        read_only: nothing at all is written.
    Raises:
        WrongKey: the key does not open it.
        NewerSchema: a newer version of Uitknop wrote it.
        Damaged: part of it no longer passes its check.
        StoreError: it is missing, unreadable, no file of ours, or in use.
    """
    path = Path(path)
    refuse_strange(path, data_key)
    place = place_of(path)  # before it is opened: a doubt about which file it is ends in a refusal
    with border(path.name, path.parent):
        db = connect(path, data_key, wait_s=wait_s, read_only=read_only)
        try:
            migrate(db, path.name, may_write=not read_only)
        except BaseException:
            db.close()
            raise
    return Store(path, db, data_key, place)


class Store:
    """An open person's file. Use it in a `with` block, in the thread that opened it."""

    def __init__(self, path: Path, db: driver.Connection, data_key: bytes, place: Place | None = None) -> None:
        self.path = path
        self._db = db
        self._data_key = data_key
        self._place = place or place_of(path)
        self._zones: tuple[tuple[int, int], ZoneLine | None] | None = None

    @property
    def name(self) -> str:
        """Name of the file, without its path."""
        return self.path.name

    @property
    def schema_version(self) -> int:
        """Version of the file's layout."""
        with border(self.name):
            return version_of(self._db)

    def close(self) -> None:
        """Close the file; further use is an error. Closing twice is fine."""
        with border(self.name):
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is read and written inside is one step: all of it counts when the block ends, or nothing does.

        Raises:
            Busy, NotWritable: another program is writing, or the disk refuses; nothing was changed.
        """
        with self._writing():
            yield

    @contextmanager
    def batch(self, origin: Origin) -> Iterator[Batch]:
        """Take one file in: all that is added inside counts when the block ends, or nothing does.

        Raises:
            StoreError: another program is writing, or the disk refuses; nothing was changed.
        """
        if self._db.in_transaction:
            raise Busy(busy(self.name))  # one batch at a time: an inner one could not fail by itself
        with self._writing():
            with border(self.name):
                batch = Batch(self._db, self.name, origin)
            yield batch
            with border(self.name):
                batch.finish()

    def batches(self) -> tuple[BatchInfo, ...]:
        """All files taken in, withdrawn ones included, in the order they were added."""
        with self._reading():
            return ledger.read_batches(self._db)

    def batch_of(self, sha256: str) -> tuple[BatchInfo, ...]:
        """The batches that count of a file with this digest."""
        with self._reading():
            return ledger.read_batches(self._db, sha256)

    def withdraw(self, batch_id: int, at_ms: int) -> None:
        """Let a batch no longer count; what other batches know stays.

        Raises:
            StoreError: there is no such batch, or the file can't be written.
        """
        with self._writing(), border(self.name):
            ledger.withdraw(self._db, batch_id, at_ms)

    def reinstate(self, batch_id: int, at_ms: int = 0) -> None:
        """Let a withdrawn batch count again.

        Raises:
            StoreError: there is no such batch, or the file can't be written.
        """
        with self._writing(), border(self.name):
            ledger.reinstate(self._db, batch_id, at_ms)

    def series(self) -> tuple[SeriesInfo, ...]:
        """The series of which rows count."""
        with self._reading():
            return catalogue.read_series(self._db, self.name)

    def recordings(self, span: Span | None = None) -> tuple[Recording, ...]:
        """All that counts, one recording per source, person and clock, without entries.

        Of several devices of one kind the one with most rows counts in each UTC hour. Pulse intervals beside RR
        intervals come as a recording of their own; a clockless recording keeps its entries and its own zero.

        Args:
            span: rows with `start_ms <= t_ms < end_ms` only.
        """
        with self._reading():
            return read_recordings(self._db, span, self._zone_line(), self.name)

    def facts(self, *, aside: bool = True) -> Iterator[Recording]:
        """All facts that count, in small pieces, for an export: every device, nothing merged, of one moment in time.

        Series by series, in order of time; a piece whose run began before it begins with the last beat of the piece
        before. Then recordings without a clock, and the diary, one piece per person.

        Args:
            aside: also facts kept aside, each after the one that counts for its moment.
        """
        with self._reading():
            yield from read_facts(self._db, self._zone_line(), self.name, aside=aside)

    def entries(self, span: Span | None = None) -> tuple[Entry, ...]:
        """Entries with a clock that touch a span, in order of time."""
        with self._reading():
            return read_entries(self._db, "", span or _EVER)

    def zone_line(self) -> ZoneLine | None:
        """The zones the person lived in; None when no file with a clock counts."""
        with self._reading():
            return self._zone_line()

    def aside(self, limit: int = 100) -> tuple[Aside, ...]:
        """Facts kept aside because another was there first for the same moment, at most `limit`."""
        with self._reading():
            return catalogue.read_aside(self._db, limit, self.name)

    @property
    def revision(self) -> int:
        """Number of the last change of the facts; 0 in an empty file."""
        with self._reading():
            return ledger.revision(self._db)

    def hours_since(self, revision: int) -> tuple[int, ...]:
        """UTC hours (`t_ms // 3_600_000`) in which facts changed after a revision; clockless recordings have none."""
        with self._reading():
            return ledger.hours_since(self._db, revision)

    def derived(self, room: str, key: str) -> tuple[str, bytes] | None:
        """Stamp and bytes of a result that was kept, or None."""
        with self._reading():
            return cabinet.derived(self._db, room, key)

    def keep_derived(self, room: str, key: str, stamp: str, payload: bytes) -> None:
        """Keep a result that can be computed again, in place of the one before."""
        with self._writing(), border(self.name):
            cabinet.keep_derived(self._db, room, key, stamp, payload)

    def forget_derived(self, room: str | None = None) -> None:
        """Drop the results of one room, or all."""
        with self._writing(), border(self.name):
            cabinet.forget_derived(self._db, room)

    def setting(self, name: str) -> str | None:
        """A setting, or None."""
        with self._reading():
            return cabinet.setting(self._db, name)

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting in place of the one before."""
        with self._writing(), border(self.name):
            cabinet.keep_setting(self._db, name, value)

    def dump(self) -> Iterator[str]:
        """All facts that count, as lines in an order of their own; equal for equal facts."""
        with self._reading():
            lines = list(dump.dump(self._db, self.name))
        yield from lines

    def dump_sha256(self) -> str:
        """Digest of `dump`, hexadecimal."""
        with self._reading():
            return dump.dump_sha256(self._db, self.name)

    def check(self) -> None:
        """Read every page and see whether it is as it was written.

        Raises:
            Damaged: one is not.
        """
        with border(self.name):
            check_file(self._db, self.path, self.name)

    def backup_to(self, path: str | os.PathLike[str]) -> None:
        """Write a compact copy, encrypted with the same key, and check it before it gets its name.

        Raises:
            StoreError: something is there already, or the disk refuses.
            Damaged: this file, or the copy, does not pass its check.
        """
        with border(Path(path).name):
            back_up(self._db, self._data_key, Path(path), self.name)

    def _zone_line(self) -> ZoneLine | None:
        """The zones, read anew when this or another connection has written since: a file of years has one a day."""
        now = (int(self._db.total_changes), int(self._db.execute("pragma data_version").fetchone()[0]))
        if self._zones is None or self._zones[0] != now:
            self._zones = now, read_zones(self._db)
        return self._zones[1]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """All that is read inside is of one moment, though others write meanwhile."""
        with border(self.name):
            if self._db.in_transaction:
                try:
                    yield
                finally:
                    self._zones = None  # what was read within a change may be taken back with it
                return
            self._db.execute("begin")
            try:
                yield
            finally:
                if self._db.in_transaction:  # after some faults SQLite has ended it by itself
                    self._db.execute("rollback")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction with the write lock; within an open one, a part of it."""
        if self._db.in_transaction:
            yield
            return
        with border(self.name):
            self._db.execute("begin immediate")
        try:
            self._require_place()
            yield
            with border(self.name):
                self._db.execute("commit")
        except BaseException:
            if self._db.in_transaction:  # after some faults SQLite has rolled back by itself
                with border(self.name):
                    self._db.execute("rollback")
            raise
        self._require_place()  # after the commit: moved before it, the facts are in a file that is out of use

    def _require_place(self) -> None:
        """Raises StoreError when the file was moved: what is written does not come where the person looks for it."""
        if place_of(self.path) != self._place:
            raise StoreError(moved(self.name))
