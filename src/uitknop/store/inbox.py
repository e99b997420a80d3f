"""Taps while the file is locked: each is sealed to a public key, and only who unlocks the file can read it.

`NAME.uitknop.inbox` is only added to: mark, length, sealed box, one after another. A record that was cut short or
garbled is stepped over by looking for the next mark. Draining hands the taps over and clears them only when the
caller's work, their commit, has ended well; since an entry is a unique fact, draining it twice does no harm.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from uitknop.core.errors import Busy, StoreError
from uitknop.core.phrase import Phrase
from uitknop.core.recording import Entry
from uitknop.store.entry_json import entry_from_json, entry_to_json
from uitknop.store.whole_file import OWNER_ONLY, sync_folder

if TYPE_CHECKING:
    from nacl.public import PrivateKey, SealedBox

TAP_BYTES = 4096
"""Largest tap, as text."""

INBOX_BYTES = 10_000_000
"""Largest inbox: more than thirty thousand taps."""

PATIENCE_S = 10.0
"""How long a tap waits while another program has the inbox."""

_MARK = b"\xf5tap"
"""Starts a record; the first byte never stands in text."""

_HEAD = len(_MARK) + 2


def inbox_path(path: Path) -> Path:
    """Where taps for a person's file wait: beside it."""
    return path.with_name(path.name + ".inbox")


def add_tap(inbox: Path, public_key: bytes, entry: Entry) -> None:
    """Add an entry without unlocking anything; when this returns it is on the disk.

    Raises:
        StoreError: the entry is too long, the inbox is full, or it can't be written.
    """
    from nacl.public import PublicKey, SealedBox

    text = entry_to_json(entry)
    if len(text) > TAP_BYTES:
        raise StoreError(
            Phrase(
                "This entry is too long: {found} bytes, where at most {most} fit. Shorten it.",
                {"found": len(text), "most": TAP_BYTES},
            )
        )
    sealed = bytes(SealedBox(PublicKey(public_key)).encrypt(text))
    record = _MARK + len(sealed).to_bytes(2) + sealed
    try:
        is_new = not inbox.exists()
        with _held(inbox) as file:
            if file.seek(0, os.SEEK_END) + len(record) > INBOX_BYTES:
                raise StoreError(
                    Phrase(
                        "No more taps fit in {name}: {most} MB are waiting. Unlock your file once, so that they are "
                        "taken in.",
                        {"name": inbox.name, "most": INBOX_BYTES // 1_000_000},
                    )
                )
            _append(file, record)
        if is_new:
            sync_folder(inbox.parent)
    except OSError as fault:
        raise _not_written(inbox) from fault


@contextmanager
def drain(inbox: Path, private_key: bytes) -> Iterator[tuple[Entry, ...]]:
    """The entries that wait, for a `with` whose body keeps them; they leave the inbox when it ends without an error.

    What this key does not open stays where it is, for a key that does. Taps added meanwhile wait until the body has
    ended.

    Raises:
        StoreError: the inbox can't be read or cleared, or another program keeps it busy.
    """
    if not inbox.exists():
        yield ()
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(_held(inbox))
            file.seek(0)
            content = file.read(INBOX_BYTES)
        except OSError as fault:
            raise _not_written(inbox) from fault
        entries, left = _opened(content, private_key)
        yield entries
        if entries:
            _keep_only(file, left, inbox)


def _opened(content: bytes, private_key: bytes) -> tuple[tuple[Entry, ...], bytes]:
    """The entries that open, and all bytes that belong to none of them."""
    from nacl.public import PrivateKey, SealedBox

    box = SealedBox(PrivateKey(private_key))
    entries: list[Entry] = []
    left = bytearray()
    at = 0
    while (mark := content.find(_MARK, at)) >= 0:
        left += content[at:mark]
        end = mark + _HEAD + int.from_bytes(content[mark + len(_MARK) : mark + _HEAD])
        entry = _entry_in(content[mark + _HEAD : end], box)
        if entry is None:  # cut short, garbled or not ours: another record may start inside its length
            left += content[mark : mark + 1]
            at = mark + 1
        else:
            entries.append(entry)
            at = end
    return tuple(entries), bytes(left + content[at:])


def _entry_in(sealed: bytes, box: SealedBox[PrivateKey]) -> Entry | None:
    from nacl.exceptions import CryptoError

    try:
        return entry_from_json(bytes(box.decrypt(sealed)))
    except (CryptoError, ValueError):
        return None


def _append(file: IO[bytes], record: bytes) -> None:
    before = file.tell()
    try:
        _write(file, record)
    except OSError:
        with suppress(OSError):  # no room: half a record is no use to anybody
            os.ftruncate(file.fileno(), before)
        raise


def _keep_only(file: IO[bytes], content: bytes, inbox: Path) -> None:
    try:
        file.seek(0)
        file.truncate()
        _write(file, content)
    except OSError as fault:
        raise _not_written(inbox) from fault


@contextmanager
def _held(inbox: Path) -> Iterator[IO[bytes]]:
    """The inbox, opened to read and to add, while no other process has it."""
    handle = os.open(inbox, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(2**30)  # a byte nobody writes
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            try:
                yield file
            finally:
                file.seek(2**30)
                msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            patience = time.monotonic() + PATIENCE_S
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # given back when the file is closed
                    break
                except BlockingIOError:
                    if time.monotonic() > patience:
                        raise _busy(inbox) from None
                    time.sleep(0.01)
            yield file


def _write(file: IO[bytes], content: bytes) -> None:
    if file.write(content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.fileno())


def _busy(inbox: Path) -> StoreError:
    return Busy(Phrase("Another program is reading {name}. Wait a moment and try again.", {"name": inbox.name}))


def _not_written(inbox: Path) -> StoreError:
    return StoreError(
        Phrase(
            "{name} can't be written. Check that the folder may be written to and that there is room.",
            {"name": inbox.name},
        )
    )
