"""A file that nobody else has open, so that it can be moved and another put in its place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from uitknop.core.errors import StoreError
from uitknop.core.phrase import Phrase
from uitknop.store import driver
from uitknop.store.border import border, is_busy
from uitknop.store.connection import connect

_WAIT_S = 0.5
"""Enough for a reader that is just leaving; a window that stays open is told, not waited for."""


@contextmanager
def held_alone(path: Path, data_key: bytes) -> Iterator[None]:
    """Inside, nobody else has the file open or can open it; what its log held is in the file itself.

    A file that is damaged, or that the key does not open, is not held: whoever writes to it finds that it was moved.

    Raises:
        StoreError: another window or program has it open; nothing was changed.
    """
    held = _take(path, data_key)
    if held is not None and sys.platform == "win32":  # there a file that anybody has open, we too, can't be moved
        held.close()
    try:
        yield
    finally:
        if held is not None:
            with border(path.name):
                held.close()


def _take(path: Path, data_key: bytes) -> driver.Connection | None:
    """A connection that keeps everybody else out; None when the file can't be read."""
    try:
        db = connect(path, data_key, wait_s=_WAIT_S, read_only=False)
    except driver.Error as fault:
        if is_busy(fault):
            raise _in_use(path.name) from fault
        return None
    try:
        db.execute("pragma locking_mode = exclusive")
        db.execute("pragma journal_mode = truncate")  # leaving the log is granted to the only connection alone
        db.execute("begin exclusive")
    except driver.Error as fault:
        db.close()
        if is_busy(fault):
            raise _in_use(path.name) from fault
        return None
    with suppress(OSError):
        path.with_name(path.name + "-journal").unlink()  # empty, and not to stand beside another file
    return db


def _in_use(name: str) -> StoreError:
    return StoreError(
        Phrase(
            "Another window or program has {name} open. Close it, or wait until it has finished, and try again; "
            "nothing was changed.",
            {"name": name},
        )
    )
