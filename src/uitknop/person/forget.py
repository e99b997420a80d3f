"""Erase a person's file in one step, and look afterwards that nothing of it is left."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import StoreError, UitknopError
from uitknop.person.place import everything_at, kept_aside, left_over
from uitknop.store.key_file import KeyFile, keys_path
from uitknop.store.key_ring import KeyRing

SUFFIX = ".uitknop"

_IN_USE = {32, 33}
"""What Windows says of a file that another program has open, by the error of a missing permission."""


def erasable(path: Path) -> tuple[Path, ...]:
    """Every file that `erase` would remove: keys first, so that what a disk keeps of the rest can't be read any more.

    The file itself with its log, keys and taps; what a restore kept aside of it; and what a killed process left.

    Raises:
        StoreError: there is nothing, or what is there does not look like a person's file.
    """
    files = [path, *kept_aside(path)]
    there = [each for one in files for each in everything_at(one) if os.path.lexists(each)]
    if not there:
        raise StoreError(Phrase("There is no file {name}. Nothing was erased.", {"name": path.name}))
    if path.is_dir() or not (keys_path(path).exists() or path.suffix == SUFFIX):
        raise StoreError(
            Phrase(
                "{name} does not look like a file of Uitknop: it has no keys beside it. Nothing was erased.",
                {"name": path.name},
            )
        )
    keys = {keys_path(one) for one in files}
    return (*sorted(there, key=lambda each: each not in keys), *left_over(path))


def erase(path: Path, ring: KeyRing | None = None) -> tuple[str, ...]:
    """Remove what `erasable` tells, and the secrets in the key ring.

    Args:
        path: the person's file.
        ring: the key ring; the system's own when None.
    Returns: names of the files that were removed.
    Raises:
        StoreError: there is nothing there, it does not look like a person's file, its folder may not be written to,
            or something of it is left.
    """
    doomed = erasable(path)
    if not os.access(path.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise _not_allowed(path)  # before a key is overwritten: half erased is neither kept nor gone
    keys = [each for each in doomed if each.name.endswith(".keys")]
    for each in keys:
        _forget_secret(each, ring)
    for each in doomed:
        try:
            if each in keys:
                _overwrite(each)
            if each.is_dir():
                shutil.rmtree(each)
            else:
                each.unlink(missing_ok=True)
        except OSError as fault:
            raise (_not_allowed(each) if _is_refused(fault) else _left(each)) from fault
    for each in doomed:
        if os.path.lexists(each):
            raise _left(each)
    return tuple(each.name for each in doomed)


def _forget_secret(keys: Path, ring: KeyRing | None) -> None:
    """The key ring's secret; a ring that can't be reached keeps a secret that opens nothing any more."""
    try:
        found = KeyFile.load(keys)
        if "keyring" in found.methods():
            found.forget_keyring(ring)
    except UitknopError:
        return


def _overwrite(keys: Path) -> None:
    size = keys.stat().st_size
    with keys.open("r+b") as stream:
        stream.write(bytes(size))
        stream.flush()
        os.fsync(stream.fileno())


def _is_refused(fault: OSError) -> bool:
    """Whether a permission is missing, and it is not that another program has the file open."""
    if getattr(fault, "winerror", None) in _IN_USE:
        return False
    return fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS}


def _not_allowed(path: Path) -> StoreError:
    return StoreError(
        Phrase(
            "{name} could not be removed: you may not write in its folder. Give yourself permission to write there, "
            "and erase again.",
            {"name": path.name},
        )
    )


def _left(path: Path) -> StoreError:
    return StoreError(
        Phrase("{name} could not be removed. Close other programs that use it, and erase again.", {"name": path.name})
    )
