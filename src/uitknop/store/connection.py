"""Opening the encrypted file: the key, its check, and how SQLite is to treat the disk.

SQLCipher derives the key of its checks from the data key and 16 bytes of salt at the start of the file. We choose that
salt as a digest of the data key, so that a wrong key is told from a damaged file before anything is opened; it says
nothing about the key itself, which is random and of full length.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path
from urllib.parse import quote

from uitknop.core.errors import Damaged, StoreError, WrongKey
from uitknop.core.phrase import Phrase
from uitknop.store import driver
from uitknop.store.border import damaged, of_system

KEY_BYTES = 32
_SALT_BYTES = 16
_PLAIN_HEAD = b"SQLite format 3\0"
_PAGE_BYTES = 4096


def salt_of(data_key: bytes) -> bytes:
    """First 16 bytes of a file that this key opens.

    Raises:
        StoreError: the key has not 32 bytes.
    """
    if len(data_key) != KEY_BYTES:
        raise StoreError(Phrase("The key has {n} bytes instead of 32. Give the whole key.", {"n": len(data_key)}))
    return hmac.digest(data_key, b"uitknop person file 1", hashlib.sha256)[:_SALT_BYTES]


def refuse_strange(path: Path, data_key: bytes) -> None:
    """Look at the file before SQLite does.

    Raises:
        WrongKey: it looks like a person's file of another key.
        Damaged: it is one, but empty or cut short.
        StoreError: it is missing, unreadable, or no such file.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            head = file.read(_PAGE_BYTES)
    except FileNotFoundError:
        raise StoreError(
            Phrase(
                "There is no file {name} in that folder. Check its place, or make it with `uitknop import`.",
                {"name": name},
            )
        ) from None
    except IsADirectoryError:
        raise StoreError(no_file_of_ours(name)) from None
    except PermissionError as fault:
        raise StoreError(
            Phrase("{name} can't be read. Give yourself permission to read it, or use your own file.", {"name": name})
        ) from fault
    except OSError as fault:
        raise StoreError(of_system(fault, name)) from fault
    if head.startswith(_PLAIN_HEAD) or len(head) < _SALT_BYTES:
        raise StoreError(no_file_of_ours(name))
    if not hmac.compare_digest(head[:_SALT_BYTES], salt_of(data_key)):
        raise WrongKey(
            Phrase(
                "The key does not open {name}. Use the key that belongs to this file; nothing was changed.",
                {"name": name},
            )
        )
    if len(head) < _PAGE_BYTES:
        raise Damaged(damaged(name))


def no_file_of_ours(name: str) -> Phrase:
    """Another program made it."""
    return Phrase("{name} is no file that Uitknop made. Give the place of your own file.", {"name": name})


def connect(path: Path, data_key: bytes, *, wait_s: float, read_only: bool) -> driver.Connection:
    """A connection with the key set and facts safe on disk at every commit.

    Raises:
        driver.Error: to be read at the border.
    """
    address = "file:" + quote(str(path.absolute()))
    if read_only:
        address += "?immutable=1" if _frozen(path) else "?mode=ro"
    else:
        address += "?mode=rw"
    db = driver.connect(address, uri=True, isolation_level=None, timeout=wait_s)
    try:
        db.execute("pragma cipher_log_level = none")  # it would write to the terminal
        db.execute(f"pragma key = \"x'{data_key.hex()}{salt_of(data_key).hex()}'\"")
        db.execute("pragma temp_store = memory")
        db.execute("pragma foreign_keys = on")
        db.execute("pragma trusted_schema = off")
        if not read_only:
            db.execute("pragma journal_mode = wal")
            db.execute("pragma synchronous = full")
            db.execute("pragma journal_size_limit = 16777216")
        db.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _frozen(path: Path) -> bool:
    """Whether nobody can be writing: the folder refuses it and no log is left to be read."""
    own_rights = os.access in os.supports_effective_ids
    return (
        not os.access(path.parent, os.W_OK, effective_ids=own_rights)
        and not path.with_name(path.name + "-wal").exists()
    )
