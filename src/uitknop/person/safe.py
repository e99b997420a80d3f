"""A copy in another place, and back: one zip file with the encrypted file, its keys and what they should be."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import Damaged, StoreError
from uitknop.person.place import everything_at
from uitknop.person.unlock import Secret, data_key_of
from uitknop.store import Store, open_store
from uitknop.store.key_file import keys_path

FORMAT = 1
DATA, KEYS, MANIFEST = "person.uitknop", "person.uitknop.keys", "manifest.json"
MANIFEST_BYTES = 65_536
BACKUP_BYTES = 50_000_000_000


def back_up(store: Store, to: Path, *, now_ms: int) -> int:
    """Write a checked copy of the file and its keys; the size of it in bytes.

    What is inside stays encrypted: it is opened with the passphrase or the recovery key, on any computer.

    Raises:
        StoreError: something stands at `to` already, or the disk refuses.
        Damaged: the file, or the copy, does not pass its check.
    """
    if to.exists():
        raise StoreError(
            Phrase("{name} is there already and is left as it is. Choose another name.", {"name": to.name})
        )
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".uitknop-backup-") as place:
            folder = Path(place)
            store.backup_to(folder / DATA)
            shutil.copyfile(keys_path(store.path), folder / KEYS)
            parts = {name: _digest(folder / name) for name in (DATA, KEYS)}
            told = {"format": FORMAT, "made_ms": now_ms, "sha256": parts}
            packed = folder / "backup.zip"
            with zipfile.ZipFile(packed, "x", zipfile.ZIP_STORED, allowZip64=True) as archive:
                archive.writestr(MANIFEST, json.dumps(told, indent=1))
                for name in (DATA, KEYS):
                    archive.write(folder / name, name)
            _verify(packed, to.name)
            packed.chmod(0o600)
            packed.replace(to)
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
        StoreError: it is no backup, or the disk refuses; nothing was changed.
        WrongKey: the secret does not open it; nothing was changed.
        Damaged: it was changed or cut off; nothing was changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".uitknop-restore-") as place:
            folder = Path(place)
            _unpack(backup, folder)
            with open_store(folder / DATA, data_key_of(folder / DATA, secret)) as store:
                store.check()
            aside = _move_aside(path)
            for name, target in ((KEYS, keys_path(path)), (DATA, path)):
                target.parent.mkdir(parents=True, exist_ok=True)
                (folder / name).replace(target)
    except OSError as fault:
        raise _not_written(path) from fault
    return aside


def _move_aside(path: Path) -> Path | None:
    """What stands at a path, under another name: nothing is overwritten."""
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}.before-{number}{path.suffix}")).exists():
        number += 1
    for each in everything_at(path):
        if each.exists():
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
        with zipfile.ZipFile(backup) as archive:
            wanted = _manifest(archive, backup.name)
            for part in (DATA, KEYS):
                with archive.open(part) as source, (folder / part).open("xb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                (folder / part).chmod(0o600)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise _damaged(backup.name) from fault
    for part in (DATA, KEYS):
        if _digest(folder / part) != wanted.get(part):
            raise _damaged(backup.name)


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    no_backup = StoreError(
        Phrase('{name} is a zip file, but no backup. Give a file that "uitknop backup" wrote.', {"name": name})
    )
    sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    if sizes.get(MANIFEST, MANIFEST_BYTES) >= MANIFEST_BYTES or sum(sizes.values()) > BACKUP_BYTES:
        raise no_backup
    try:
        told = json.loads(archive.read(MANIFEST))
        version, wanted = int(told["format"]), {str(key): str(value) for key, value in told["sha256"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise no_backup from fault
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
