"""A copy in another place, and back: one zip file with the encrypted file, its keys and what they should be."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import Damaged, StoreError, UitknopError
from uitknop.person.place import RESTORING, aside_path, everything_at
from uitknop.person.unlock import Secret, data_key_of
from uitknop.store import Store, open_store
from uitknop.store.alone import held_alone
from uitknop.store.inbox import inbox_path
from uitknop.store.key_file import KeyFile, keys_path
from uitknop.store.whole_file import OWNER_ONLY, replace_file, sync_folder

FORMAT = 1
DATA, KEYS, MANIFEST = "person.uitknop", "person.uitknop.keys", "manifest.json"
MANIFEST_BYTES = 65_536
ZIP = b"PK\x03\x04"
BROKEN = (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error, OSError)
"""What the zip library raises for a file that was cut off or changed."""


def back_up(store: Store, to: Path, *, now_ms: int) -> int:
    """Write a checked copy of the file and its keys; the size of it in bytes.

    What is inside stays encrypted: it is opened with the passphrase or the recovery key, on any computer.

    Raises:
        StoreError: something stands at `to` already, or the disk refuses.
        Damaged: the file, or the copy, does not pass its check.
    """
    if os.path.lexists(to):
        raise StoreError(
            Phrase("{name} is there already and is left as it is. Choose another name.", {"name": to.name})
        )
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".uitknop-backup-") as place:
            folder = Path(place)
            sources = {DATA: folder / "copy" / to.name, KEYS: folder / KEYS}
            sources[DATA].parent.mkdir()
            store.backup_to(sources[DATA])  # called as the backup is, so that a full stick is told by its own file
            shutil.copyfile(keys_path(store.path), sources[KEYS])
            parts = {name: _digest(source) for name, source in sources.items()}
            told = {"format": FORMAT, "made_ms": now_ms, "sha256": parts}
            packed = folder / "packed.zip"
            with zipfile.ZipFile(packed, "x", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.writestr(MANIFEST, json.dumps(told, indent=1))
                for name, source in sources.items():
                    archive.write(source, name)
            _verify(packed, to.name)
            packed.chmod(OWNER_ONLY)
            with packed.open("rb+") as stream:
                os.fsync(stream.fileno())
            packed.replace(to)
            sync_folder(to.parent)
    except OSError as fault:
        raise _not_written(to) from fault
    return to.stat().st_size


def restore(backup: Path, path: Path, secret: Secret) -> Path | None:
    """Put a backup back as the person's file, once everything in it has been checked.

    Args:
        backup: from `back_up`.
        path: the person's file; one that stands there is kept beside it under another name.
        secret: passphrase or recovery key of the backup; without one, the key ring.
    Returns: where the file that stood there is now, or None.
    Raises:
        StoreError: it is no backup, another window or program has the file open, or the disk refuses; nothing was
            changed.
        WrongKey: the secret does not open it; nothing was changed.
        Damaged: it was changed or cut off; nothing was changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=RESTORING) as place:
            folder = Path(place)
            _unpack(backup, folder)
            data_key = data_key_of(folder / DATA, secret)
            with open_store(folder / DATA, data_key) as store:
                store.check()
            same = _id_of(folder / KEYS) == _id_of(keys_path(path))
            with held_alone(path, data_key) if same else _held_by_its_own(path, secret):
                aside = _set_aside(path, taps_stay=same)
                (folder / KEYS).replace(keys_path(path))
                (folder / DATA).replace(path)
                sync_folder(path.parent)
    except OSError as fault:
        raise _not_written(path) from fault
    return aside


def _id_of(keys: Path) -> bytes | None:
    """Which file keys belong to; None when they are missing or can't be read."""
    try:
        return KeyFile.load(keys).file_id
    except StoreError:
        return None


@contextmanager
def _held_by_its_own(path: Path, secret: Secret) -> Iterator[None]:
    """Nobody else has the file that stands there open, as far as this secret unlocks it too."""
    data_key = None
    if path.exists():
        with suppress(UitknopError):  # who writes to it finds that it was moved
            data_key = data_key_of(path, secret)
    with nullcontext() if data_key is None else held_alone(path, data_key):
        yield


def _set_aside(path: Path, *, taps_stay: bool) -> Path | None:
    """What stands at a path, under another name: nothing is overwritten.

    Keys are copied, and first: a stop at any moment leaves no file without its keys. Taps stay where the file that
    comes opens them.
    """
    keys = keys_path(path)
    there = [each for each in everything_at(path) if each.exists() and not (taps_stay and each == inbox_path(path))]
    if not there:
        return None
    number = 1
    while any(each.exists() for each in everything_at(aside_path(path, number))):
        number += 1
    aside = aside_path(path, number)
    if keys in there:
        replace_file(keys_path(aside), keys.read_bytes())
        there.remove(keys)
    for each in there:
        each.rename(aside.with_name(aside.name + each.name.removeprefix(path.name)))
    return aside


def _unpack(backup: Path, folder: Path) -> None:
    """The two files of a backup, each with the digest it should have.

    Raises:
        StoreError: no backup of ours, or of a newer version.
        Damaged: cut off or changed.
    """
    name = {"name": backup.name}
    if not backup.is_file():
        raise StoreError(Phrase('{name} is not there, or no file. Give a file that "uitknop backup" wrote.', name))
    try:
        stream = backup.open("rb")
    except OSError as fault:
        raise StoreError(Phrase("{name} can't be opened. Check that you may read it.", name)) from fault
    with stream:
        if stream.read(len(ZIP)) != ZIP:
            raise _no_backup(backup.name)
        try:
            with zipfile.ZipFile(stream) as archive:
                wanted = _manifest(archive, backup.name)
                for part in (DATA, KEYS):
                    _unpack_one(archive, part, folder / part, backup.name)
        except BROKEN as fault:
            if isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise
            raise _damaged(backup.name) from fault
    for part in (DATA, KEYS):
        if _digest(folder / part) != wanted.get(part):
            raise _damaged(backup.name)


def _unpack_one(archive: zipfile.ZipFile, part: str, target: Path, name: str) -> None:
    """One file of a backup; stored as it is, so that it can't be larger than what is read."""
    if archive.getinfo(part).compress_type != zipfile.ZIP_STORED:
        raise _damaged(name)
    with archive.open(part) as source, target.open("xb") as written:
        shutil.copyfileobj(source, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    target.chmod(OWNER_ONLY)


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    if MANIFEST not in archive.namelist():
        raise _no_backup(name)
    about = archive.getinfo(MANIFEST)
    if about.file_size > MANIFEST_BYTES or about.compress_type != zipfile.ZIP_STORED:
        raise _no_backup(name)
    try:
        told = json.loads(archive.read(MANIFEST))
        version, wanted = int(told["format"]), {str(key): str(value) for key, value in told["sha256"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise _damaged(name) from fault
    if version > FORMAT:
        raise StoreError(
            Phrase("{name} was written by a newer version of Uitknop. Install that version first.", {"name": name})
        )
    return wanted


def _verify(packed: Path, name: str) -> None:
    """Read the written backup back, bytes and all.

    Raises:
        Damaged: it does not hold what was put in.
    """
    with zipfile.ZipFile(packed) as archive:
        wanted = _manifest(archive, name)
        for part in (DATA, KEYS):
            with archive.open(part) as stream:
                digest = hashlib.sha256()
                while block := stream.read(1 << 20):
                    digest.update(block)
            if digest.hexdigest() != wanted[part]:
                raise _damaged(name)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _no_backup(name: str) -> StoreError:
    return StoreError(Phrase('{name} is no backup. Give a file that "uitknop backup" wrote.', {"name": name}))


def _damaged(name: str) -> Damaged:
    return Damaged(
        Phrase(
            "{name} was cut off or changed since it was written. Try another backup; nothing was changed.",
            {"name": name},
        )
    )


def _not_written(path: Path) -> StoreError:
    return StoreError(
        Phrase(
            "{name} can't be written. Check that the folder is there, that you may write in it, and that there is "
            "room.",
            {"name": path.name},
        )
    )
