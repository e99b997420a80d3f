"""From a path and a secret to an open file; the first time the file and its keys are made.

A new file gets its name when it is whole, after its keys: a stop at any moment leaves no file that can't be opened.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from uitknop.core import Phrase, Recording, Value
from uitknop.core.errors import NotWritable, StoreError
from uitknop.person.place import MAKING, kept_aside
from uitknop.store import Origin, Store, create_store, open_store
from uitknop.store.inbox import drain, inbox_path
from uitknop.store.key_file import KeyFile, keys_path
from uitknop.store.key_ring import KeyRing
from uitknop.store.keys import Method, new_data_key, new_inbox_keys
from uitknop.store.whole_file import sync_folder

INBOX_KEY = "inbox_private_key"
TAPS = "taps"


@dataclass(frozen=True, slots=True)
class Secret(Value):
    """What the person unlocks with; without either, the key ring of the operating system.

    Args:
        passphrase: as it was typed.
        recovery: the printed recovery key, as it was typed.
        ring: the key ring; the system's own when None.
    """

    passphrase: str | None = field(default=None, repr=False)
    recovery: str | None = field(default=None, repr=False)
    ring: KeyRing | None = field(default=None, repr=False)


def make_file(path: Path, secret: Secret, *, now_ms: int) -> tuple[Store, str]:
    """A new file, and the recovery key to print.

    Raises:
        StoreError: something stands there already, a restore was broken off there, no key ring and no passphrase, or
            the folder can't be written.
    """
    if path.exists():
        raise StoreError(
            Phrase("{name} is there already. Open it, or choose another name with --file.", {"name": path.name})
        )
    if kept_aside(path):
        raise missing(path)  # a new file would hide that the person's facts are still there
    _make_folder(path)
    data_key, (private, public) = new_data_key(), new_inbox_keys()
    keys = _first_wrap(KeyFile.create(data_key, public), data_key, secret)
    keys, printed = keys.wrap_with_recovery(data_key)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=MAKING) as workshop:
            made = Path(workshop) / path.name
            with create_store(made, data_key, now_ms=now_ms) as store:
                store.keep_setting(INBOX_KEY, private.hex())
            _set_aside(keys_path(path))
            keys.save(keys_path(path))
            _give_name(made, path)
    except OSError as fault:
        raise _not_made(path) from fault
    return open_store(path, data_key), printed


def open_file(path: Path, secret: Secret, *, now_ms: int, read_only: bool = False, wait_s: float = 5.0) -> Store:
    """The file, open; taps that waited are taken in, or go on waiting while the file can't be written.

    Args:
        path: the person's file.
        secret: what it is unlocked with.
        now_ms: the present.
        read_only: nothing is written; taps go on waiting.
        wait_s: how long to wait for another program that writes.
    Raises:
        WrongKey: the secret is another one.
        StoreError: the file or its keys are missing, can't be read, or are in use.
    """
    if not path.exists():
        raise missing(path)
    store = open_store(path, data_key_of(path, secret), wait_s=wait_s, read_only=read_only)
    try:
        if not read_only:
            with suppress(NotWritable):  # whoever only wants to read need not wait for whoever writes
                take_taps_in(store, path, now_ms=now_ms)
    except BaseException:
        store.close()
        raise
    return store


def data_key_of(path: Path, secret: Secret) -> bytes:
    """The data key of a file, by whichever secret was given.

    Raises:
        WrongKey, StoreError: as for `open_file`.
    """
    keys = KeyFile.load(keys_path(path))
    if secret.recovery is not None:
        return keys.unlock_with_recovery(secret.recovery)
    if secret.passphrase is not None:
        return keys.unlock_with_passphrase(secret.passphrase)
    if "keyring" not in keys.methods():
        raise StoreError(
            Phrase(
                "{name} is locked with a passphrase. Give it with --passphrase-file, or in UITKNOP_PASSPHRASE.",
                {"name": path.name},
            )
        )
    return keys.unlock_with_keyring(secret.ring)


def rewrap(path: Path, secret: Secret, *, add: Method | None, passphrase: str | None, remove: Method | None) -> str:
    """Change how a file is unlocked; its data stay as they are. Gives the new recovery key, or "".

    Args:
        path: the person's file.
        secret: what it is unlocked with now.
        add: a way to add, or to set anew.
        passphrase: the new one, for `add` "passphrase".
        remove: a way to take away.
    Raises:
        WrongKey, StoreError: as for `open_file`; or nobody could unlock it any more.
    """
    if not path.exists():
        raise missing(path)
    return rewrap_with(path, data_key_of(path, secret), secret.ring, add=add, passphrase=passphrase, remove=remove)


def rewrap_with(
    path: Path,
    data_key: bytes,
    ring: KeyRing | None = None,
    *,
    add: Method | None = None,
    passphrase: str | None = None,
    remove: Method | None = None,
) -> str:
    """The same by who holds the data key: a program that has the file open. Gives the new recovery key, or "".

    Raises:
        WrongKey, StoreError: as for `rewrap`.
    """
    keys, printed = KeyFile.load(keys_path(path)), ""
    if add == "passphrase":
        keys = keys.wrap_with_passphrase(data_key, passphrase or "")
    elif add == "keyring":
        keys = keys.wrap_with_keyring(data_key, ring)
    elif add == "recovery":
        keys, printed = keys.wrap_with_recovery(data_key)
    if remove is not None:
        keys = keys.without(remove)
    keys.save(keys_path(path))
    if remove == "keyring":
        with suppress(StoreError):  # what a ring that can't be reached still keeps opens nothing any more
            keys.forget_keyring(ring)
    return printed


def ways_of(path: Path) -> tuple[Method, ...]:
    """The ways in which a file can be unlocked; nothing is unlocked for it.

    Raises:
        StoreError: the file or its keys are missing or can't be read.
    """
    if not path.exists():
        raise missing(path)
    return KeyFile.load(keys_path(path)).methods()


def take_taps_in(store: Store, path: Path, *, now_ms: int) -> int:
    """Taps that were made while the file was locked become facts, each moment by itself, so that it can be taken back;
    how many."""
    private = store.setting(INBOX_KEY)
    if private is None:
        return 0
    with drain(inbox_path(path), bytes.fromhex(private)) as entries:
        for _, together in groupby(entries, key=lambda entry: entry.at_ms):
            with store.batch(Origin(TAPS, "", TAPS, "", "", now_ms)) as batch:
                batch.add(Recording(TAPS, TAPS, "UTC", None, (), tuple(together), "D"))
    return len(entries)


def missing(path: Path) -> StoreError:
    """There is no such file yet, or no longer: a restore that was killed had set it aside."""
    aside = kept_aside(path)
    if aside:
        return StoreError(
            Phrase(
                "{name} is not there, but {other} is: putting a backup back was broken off, or {name} was removed. "
                'Put the backup back again with "uitknop restore", or give {other} back its name, and its keys theirs.',
                {"name": path.name, "other": aside[-1].name},
            )
        )
    return StoreError(
        Phrase(
            'There is no file {name} yet. "uitknop import PATH" makes it and takes your recordings in.',
            {"name": path.name},
        )
    )


def _first_wrap(keys: KeyFile, data_key: bytes, secret: Secret) -> KeyFile:
    """The passphrase when there is one, else the key ring."""
    if secret.passphrase is not None:
        return keys.wrap_with_passphrase(data_key, secret.passphrase)
    try:
        return keys.wrap_with_keyring(data_key, secret.ring)
    except StoreError as fault:
        raise StoreError(
            Phrase(
                "This computer has no key ring that can be used, so your file needs a passphrase. Give one with "
                "--passphrase-file, or in UITKNOP_PASSPHRASE."
            )
        ) from fault


def _give_name(made: Path, path: Path) -> None:
    try:
        os.link(made, path)  # unlike a rename, it never replaces what came there meanwhile
    except FileExistsError:
        raise
    except OSError:  # a stick without hard links
        made.rename(path)
    sync_folder(path.parent)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise _not_made(path) from fault


def _not_made(path: Path) -> StoreError:
    return StoreError(
        Phrase(
            "{name} can't be made: its folder can't be written, or there is no room. Choose another place with --file.",
            {"name": path.name},
        )
    )


def _set_aside(keys: Path) -> None:
    """Keys without a file beside them are kept under another name: they may belong to a file that was moved."""
    number = 1
    while keys.exists():
        other = keys.with_name(f"{keys.name}.{number}")
        if not other.exists():
            keys.rename(other)
        number += 1
