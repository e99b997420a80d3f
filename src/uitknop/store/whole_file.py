"""Small files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path

from uitknop.core.errors import Damaged, StoreError
from uitknop.core.phrase import Phrase

OWNER_ONLY = 0o600

Place = tuple[int, int]
"""Which file stands at a path: its disk and its number there."""


def place_of(path: Path) -> Place | None:
    """Which file stands at a path; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def read_small(path: Path, largest_bytes: int) -> bytes:
    """The bytes of a small file.

    Raises:
        StoreError: missing, or not to be read.
        Damaged: larger than such a file is.
    """
    try:
        with path.open("rb") as file:
            content = file.read(largest_bytes + 1)
    except FileNotFoundError:
        raise StoreError(
            Phrase("{name} is missing. Put it back from a backup, beside the file it belongs to.", {"name": path.name})
        ) from None
    except OSError as fault:
        raise StoreError(
            Phrase("{name} can't be read. Check that it is a file of yours.", {"name": path.name})
        ) from fault
    if len(content) > largest_bytes:
        raise Damaged(
            Phrase("{name} is far larger than it was written. Put it back from a backup.", {"name": path.name})
        )
    return content


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: until it is safely on the disk, what stood there stays.

    Raises:
        StoreError: it can't be written; nothing was changed.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        try:
            _write(beside, content)
            beside.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
        sync_folder(path.parent)
    except OSError as fault:
        raise StoreError(
            Phrase(
                "{name} can't be written; nothing was changed. Check that the folder may be written to and that there "
                "is room.",
                {"name": path.name},
            )
        ) from fault


def sync_folder(folder: Path) -> None:
    """See to it that a new name in a folder survives a power cut; Windows does this by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
