"""Erase a person's file in one step, and look afterwards that nothing of it is left."""

from __future__ import annotations

from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import StoreError, UitknopError
from uitknop.person.place import everything_at
from uitknop.store.key_file import KeyFile, keys_path
from uitknop.store.key_ring import KeyRing


def erase(path: Path, ring: KeyRing | None = None) -> tuple[str, ...]:
    """Remove the file, its log, its keys and the taps that wait; the secret in the key ring first.

    The keys go before the data: whatever a disk keeps of a removed file can then no longer be read.

    Args:
        path: the person's file.
        ring: the key ring; the system's own when None.
    Returns: names of the files that were removed.
    Raises:
        StoreError: there is nothing there, or something of it is left.
    """
    there = [each for each in everything_at(path) if each.exists()]
    if not there:
        raise StoreError(Phrase("There is no file {name}. Nothing was erased.", {"name": path.name}))
    _forget_secret(path, ring)
    order = sorted(there, key=lambda each: each != keys_path(path))
    for each in order:
        try:
            if each == keys_path(path):
                _overwrite(each)
            each.unlink()
        except OSError as fault:
            raise _left(each) from fault
    for each in everything_at(path):
        if each.exists():
            raise _left(each)
    return tuple(each.name for each in order)


def _forget_secret(path: Path, ring: KeyRing | None) -> None:
    """The key ring's secret; a ring that can't be reached keeps a secret that opens nothing any more."""
    try:
        keys = KeyFile.load(keys_path(path))
        if "keyring" in keys.methods():
            keys.forget_keyring(ring)
    except UitknopError:
        return


def _overwrite(keys: Path) -> None:
    size = keys.stat().st_size
    with keys.open("r+b") as stream:
        stream.write(bytes(size))
        stream.flush()


def _left(path: Path) -> StoreError:
    return StoreError(
        Phrase("{name} could not be removed. Close other programs that use it, and erase again.", {"name": path.name})
    )
