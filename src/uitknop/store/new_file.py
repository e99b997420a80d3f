"""A large file that appears under its name only once it is whole, and never in place of another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from uitknop.core.errors import StoreError
from uitknop.core.phrase import Phrase
from uitknop.store.border import of_system
from uitknop.store.whole_file import OWNER_ONLY, sync_folder


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to, empty and for this user alone; it gets the name when the block ends well.

    Raises:
        StoreError: something is at `path` already, or the folder or disk refuses; nothing is left behind.
    """
    refuse_existing(path)
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)  # left by a process that was killed
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        _give_name(part, path)
        sync_folder(path.parent)
    except OSError as fault:
        raise StoreError(of_system(fault, path.name)) from fault
    finally:
        for leftover in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + leftover).unlink()


def refuse_existing(path: Path) -> None:
    """Raises StoreError when something is at `path`."""
    if os.path.lexists(path):
        raise StoreError(
            Phrase("{name} exists already and is left as it is. Choose another name or place.", {"name": path.name})
        )


def _give_name(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # unlike a rename, it never replaces what came there meanwhile
    except FileExistsError:
        refuse_existing(path)
    except OSError:  # a stick without hard links
        refuse_existing(path)
        part.rename(path)
