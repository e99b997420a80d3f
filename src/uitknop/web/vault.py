"""The person's file as the app holds it: open or locked, and read and written in one thread of its own.

An open file belongs to the thread that opened it (SQLite), and one person taps one thing at a time: so everything that
touches it goes, in order, through that thread. Long work opens the file once more, beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from uitknop.core import Entry
from uitknop.core.errors import NotWritable, StoreError, UitknopError
from uitknop.person import Secret
from uitknop.person.unlock import data_key_of, make_file, take_taps_in, ways_of
from uitknop.store import KeyFile, Store, add_tap, inbox_path, keys_path, open_store
from uitknop.store.keys import Method
from uitknop.web.circumstances import Circumstances
from uitknop.web.lines import Lines

Found = TypeVar("Found")

PATIENCE_S = 0.5
"""How long a page waits for another program that is writing, such as an import."""


class Locked(Exception):
    """The file is locked: nothing of it can be read now."""


class Vault:
    """The file, open or locked."""

    def __init__(self, here: Circumstances) -> None:
        self._here = here
        self._store: Store | None = None
        self._data_key: bytes | None = None
        self.lines = Lines()
        """The diary at hand; only for what is done with the open file."""

        self._thread = ThreadPoolExecutor(1, thread_name_prefix="uitknop-file")

    @property
    def is_there(self) -> bool:
        """Whether there is a file."""
        return self._here.path.exists()

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self._store is not None

    @property
    def data_key(self) -> bytes:
        """What opens the file once more, beside this one.

        Raises:
            Locked: it is locked.
        """
        if self._data_key is None:
            raise Locked
        return self._data_key

    def ways(self) -> tuple[Method, ...]:
        """The ways in which it can be opened; none when there is no file or its keys can't be read."""
        try:
            return ways_of(self._here.path)
        except UitknopError:
            return ()

    def open(self, secret: Secret) -> None:
        """Open the file; taps that waited are taken in.

        Raises:
            WrongKey, StoreError: as for `person.open_file`.
        """
        data_key = data_key_of(self._here.path, secret)

        def opened() -> None:
            if self._store is None:
                self._store = open_store(self._here.path, data_key, wait_s=PATIENCE_S)
                self._data_key = data_key

        self._thread.submit(opened).result()
        self.take_taps_in()

    def make(self, secret: Secret) -> str:
        """Make the file and open it; gives the recovery key to print.

        Raises:
            StoreError: as for `person.make_file`.
        """

        def made() -> str:
            store, printed = make_file(self._here.path, secret, now_ms=self._here.now_ms())
            self._store = store
            store.keep_setting("zone", self._here.zone)
            return printed

        printed = self._thread.submit(made).result()
        self._data_key = data_key_of(self._here.path, secret)
        return printed

    def lock(self) -> None:
        """Close the file and forget what opens it."""

        def closed() -> None:
            store, self._store, self._data_key = self._store, None, None
            self.lines = Lines()
            if store is not None:
                with suppress(StoreError):
                    store.close()

        self._thread.submit(closed).result()

    def shut(self) -> None:
        """Lock, and end the thread: the program stops."""
        self.lock()
        self._thread.shutdown()

    def do(self, work: Callable[[Store], Found]) -> Found:
        """Do something with the open file, and give what came of it.

        Raises:
            Locked: it is locked.
        """

        def done() -> Found:
            if self._store is None:
                raise Locked
            return work(self._store)

        return self._thread.submit(done).result()

    def note(self, entries: Sequence[Entry]) -> int | None:
        """Write lines of the diary; gives the number by which they can be taken back.

        While the file is locked, or another program is writing to it, they are sealed and wait, and nobody can read
        them or take them back: None.

        Raises:
            StoreError: they can't be written.
        """
        try:
            return self.do(lambda store: self.lines.write(store, entries, self._here.now_ms()))
        except (Locked, NotWritable):
            self.seal(entries)
            return None

    def seal(self, entries: Sequence[Entry]) -> None:
        """Write lines without opening anything; they are taken in when the file is opened.

        Raises:
            StoreError: there is no file, or they can't be written.
        """
        public = KeyFile.load(keys_path(self._here.path)).inbox_public_key
        for entry in entries:
            add_tap(inbox_path(self._here.path), public, entry)

    def entries(self) -> tuple[Entry, ...]:
        """Every line of the diary, in order of time.

        Raises:
            Locked: the file is locked.
        """
        return self.do(lambda store: tuple(self.lines.all(store)))

    def take_taps_in(self) -> None:
        """Lines that were sealed become lines of the open file; they go on waiting while it can't be written."""
        if inbox_path(self._here.path).exists():
            with suppress(StoreError, Locked):
                self.do(lambda store: take_taps_in(store, self._here.path, now_ms=self._here.now_ms()))
