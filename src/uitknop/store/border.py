"""The one border behind which errors of SQLite and of the disk become sentences about the person's file."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uitknop.core.errors import Busy, Damaged, NotWritable, StoreError
from uitknop.core.phrase import Phrase
from uitknop.store import driver

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
"""Primary result codes of SQLite, https://sqlite.org/rescode.html: the low byte of an extended one."""

_FEW_BYTES = 65_536
"""With less room than this the log can't even be opened, which SQLite calls a fault of the disk."""


@contextmanager
def border(name: str, folder: Path | None = None) -> Iterator[None]:
    """Everything foreign that is raised inside leaves as a StoreError about the file `name`.

    Args:
        name: name of the person's file, without its path.
        folder: where it is; if given, a fault of a disk without room is told as that.
    Raises:
        Damaged: a page of the file fails its check.
        Busy: another program is writing.
        NotWritable: the disk is full, or the file read-only.
        StoreError: the disk is faulty, or the file cannot be opened.
    """
    try:
        yield
    except driver.Error as fault:
        raise _explain(fault, name, folder) from fault
    except MemoryError as fault:
        raise StoreError(
            Phrase("There was not enough memory to work on {name}. Close other programs and try again.", {"name": name})
        ) from fault
    except OSError as fault:
        raise StoreError(of_system(fault, name)) from fault


def _explain(fault: driver.Error, name: str, folder: Path | None) -> StoreError:
    primary = _primary(fault)
    fields = {"name": name}
    if is_busy(fault):
        return Busy(busy(name))
    if primary == _FULL or (primary == _IOERR and folder and shutil.disk_usage(folder).free < _FEW_BYTES):
        return NotWritable(full(name))
    if primary == _READONLY:
        return NotWritable(read_only(name))
    if primary == _CANTOPEN:
        return StoreError(
            Phrase(
                "{name} could not be opened. Check that its folder exists and that you may read and write in it.",
                fields,
            )
        )
    if is_damage(fault):
        return Damaged(damaged(name))
    if primary == _IOERR:
        return StoreError(faulty(name))
    return StoreError(
        Phrase(
            "{name} could not be used ({fault}). What was complete before is still there. Try again, or put a backup "
            "back.",
            {"name": name, "fault": getattr(fault, "sqlite_errorname", type(fault).__name__)},
        )
    )


def is_damage(fault: driver.Error) -> bool:
    """Whether SQLite read a page that does not pass its check."""
    return _primary(fault) in {_CORRUPT, _NOTADB}


def is_busy(fault: driver.Error) -> bool:
    """Whether another connection has what is asked for."""
    return _primary(fault) in {_BUSY, _LOCKED}


def _primary(fault: driver.Error) -> int | None:
    code = getattr(fault, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def of_system(fault: OSError, name: str) -> Phrase:
    """What an error of the operating system means for the file `name`."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return full(name)
    if fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return read_only(name)
    if fault.errno in {errno.ENOENT, errno.ENOTDIR}:
        return Phrase("The folder of {name} does not exist. Make it first, or give another place.", {"name": name})
    return faulty(name)


def busy(name: str) -> Phrase:
    """Another connection is writing and did not finish in time."""
    return Phrase(
        "Another window or program is writing to {name}. Wait until it has finished and try again; "
        "nothing was changed.",
        {"name": name},
    )


def moved(name: str) -> Phrase:
    """At the path of the open file there is another one, or nothing."""
    return Phrase(
        "{name} was moved or replaced while it was open, so what was just added is not in the file that stands there "
        "now. Start again, and repeat what you did last.",
        {"name": name},
    )


def full(name: str) -> Phrase:
    """No room on the disk."""
    return Phrase(
        "The disk that holds {name} is full. What was there before is still there and nothing was half written. "
        "Free some space and try again.",
        {"name": name},
    )


def read_only(name: str) -> Phrase:
    """The file or its folder refuses writing."""
    return Phrase(
        "{name} or its folder can't be written to. Give yourself permission to write there, or use another place.",
        {"name": name},
    )


def faulty(name: str) -> Phrase:
    """The disk refuses a read or a write."""
    return Phrase(
        "The disk gave an error at {name}. What was complete before is still there. "
        "Check the disk and its cable, then try again.",
        {"name": name},
    )


def damaged(name: str) -> Phrase:
    """A page does not pass its check."""
    return Phrase(
        "{name} is damaged: part of it no longer passes its check. Leave it as it is and restore a backup with "
        "`uitknop restore`.",
        {"name": name},
    )
