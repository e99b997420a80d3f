"""What can't be used is refused in a sentence, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uitknop.core import Beats, Recording
from uitknop.core.errors import Damaged, NewerSchema, StoreError, WrongKey
from uitknop.store import Origin, Store, create_store, open_store
from uitknop.store.connection import connect

T = 1_767_322_800_000


@pytest.fixture
def filled(
    store: Store, origin: Callable[..., Origin], recording: Callable[..., Recording], beats: Callable[..., Beats]
) -> Path:
    with store.batch(origin()) as batch:
        batch.add(recording(beats(40_000)))
    store.close()
    return store.path


def assert_says_the_name_only(fault: StoreError, path: Path) -> None:
    assert path.name in str(fault)
    assert str(path.parent) not in str(fault)


def test_a_missing_file_is_named(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StoreError, match=r"There is no file none\.uitknop") as caught:
        open_store(tmp_path / "none.uitknop", key)
    assert_says_the_name_only(caught.value, tmp_path / "none.uitknop")
    assert not list(tmp_path.iterdir())


def test_a_wrong_key_changes_nothing(filled: Path) -> None:
    before = filled.read_bytes()
    with pytest.raises(WrongKey, match="key does not open") as caught:
        open_store(filled, bytes(32))
    assert_says_the_name_only(caught.value, filled)
    assert filled.read_bytes() == before
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


def test_a_key_of_another_length_is_refused(tmp_path: Path, filled: Path) -> None:
    for open_it in (open_store, lambda path, key: create_store(path, key, now_ms=T)):
        with pytest.raises(StoreError, match="16 bytes instead of 32"):
            open_it(filled if open_it is open_store else tmp_path / "new", bytes(16))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", [b"", b"short", b"SQLite format 3\0" + bytes(4080)])
def test_other_files_are_told_from_ours(tmp_path: Path, key: bytes, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="no file that Uitknop made"):
        open_store(path, key)
    assert path.read_bytes() == content


def test_a_folder_is_no_file(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StoreError, match="no file that Uitknop made"):
        open_store(tmp_path, key)


def test_an_encrypted_file_of_another_program_is_refused(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "other.db"
    path.touch()
    db = connect(path, key, wait_s=1.0, read_only=False)
    db.execute("create table notes (text text)")
    db.close()
    with pytest.raises(StoreError, match="no file that Uitknop made"):
        open_store(path, key)


def test_a_missing_folder_is_named_by_its_file(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StoreError, match=r"folder of a\.uitknop does not exist"):
        create_store(tmp_path / "none" / "a.uitknop", key, now_ms=T)


def test_a_file_of_a_newer_version_is_left_alone(filled: Path, key: bytes) -> None:
    db = connect(filled, key, wait_s=1.0, read_only=False)
    db.execute("pragma user_version = 99")
    db.close()
    before = filled.read_bytes()
    with pytest.raises(NewerSchema, match="newer version of Uitknop"):
        open_store(filled, key)
    assert filled.read_bytes() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_bit_anywhere_is_found(filled: Path, key: bytes, data: st.DataObject) -> None:
    """In the first 16 bytes it looks like another key; anywhere else `check` or opening says that it is damaged."""
    content = bytearray(filled.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    copy = filled.with_name("copy.uitknop")
    copy.write_bytes(content)
    with pytest.raises(WrongKey if at < 16 else Damaged), open_store(copy, key) as store:
        store.check()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_file_cut_short_is_damaged_and_never_reads_as_less(filled: Path, key: bytes, share: float) -> None:
    content = filled.read_bytes()
    copy = filled.with_name("copy.uitknop")
    copy.write_bytes(content[: int(len(content) * share) + 100])
    with pytest.raises(Damaged, match="restore a backup"), open_store(copy, key) as store:
        store.check()


def test_reading_a_damaged_page_is_an_error_and_not_less_data(filled: Path, key: bytes) -> None:
    content = bytearray(filled.read_bytes())
    for page in range(16, len(content) // 4096):
        content[page * 4096 + 2000] ^= 0x55
    filled.write_bytes(content)
    with pytest.raises(Damaged, match="is damaged"), open_store(filled, key) as store:
        store.recordings()


def test_a_damaged_file_gives_no_backup(filled: Path, key: bytes) -> None:
    content = bytearray(filled.read_bytes())
    content[len(content) // 2] ^= 1
    filled.write_bytes(content)
    target = filled.with_name("backup.uitknop")
    with pytest.raises(Damaged, match=r"person\.uitknop is damaged"), open_store(filled, key) as store:
        store.backup_to(target)
    assert not target.exists()
    assert not target.with_name("backup.uitknop.part").exists()


def test_there_is_no_import_with_an_unknown_number(store: Store) -> None:
    for change in (store.withdraw, store.reinstate):
        with pytest.raises(StoreError, match="no import with number 7"):
            change(7, T)
    assert store.revision == 0


def test_facts_can_not_be_changed_or_deleted(filled: Path, key: bytes) -> None:
    db = connect(filled, key, wait_s=1.0, read_only=False)
    for statement in ("delete from chunk", "update payload set content = x'00'", "delete from series"):
        with pytest.raises(Exception, match="append-only"):
            db.execute(statement)
    with pytest.raises(Exception, match="BLOB"):  # STRICT: a NumPy number would go in as bytes and never be found
        db.execute("insert into touched values (1, x'05')")
    db.close()


@pytest.fixture
def read_only_folder(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder this process may not write to, with a file in it; as root, by becoming nobody for a while."""
    folder = tmp_path_factory.mktemp("locked")
    shutil.copy(filled, folder / filled.name)
    (folder / filled.name).chmod(0o444)
    parents = [folder, *folder.parents]
    modes = {parent: parent.stat().st_mode for parent in parents if os.access(parent, os.W_OK)}
    was_root = os.geteuid() == 0
    if was_root:
        for parent in parents[1:-2]:
            parent.chmod(modes[parent] | 0o011)
    folder.chmod(0o555)
    try:
        if was_root:
            os.seteuid(65_534)
        yield folder / filled.name
    finally:
        if was_root:
            os.seteuid(0)
        for parent, mode in modes.items():
            parent.chmod(mode)


def test_a_read_only_folder_can_be_read_and_says_so_when_written(read_only_folder: Path, key: bytes) -> None:
    with pytest.raises(StoreError, match="can't be written to"):
        open_store(read_only_folder, key)
    with open_store(read_only_folder, key, read_only=True) as store:
        assert len(store.recordings()) == 1
        store.check()
    with pytest.raises(StoreError, match="can't be written to"):
        create_store(read_only_folder.with_name("new.uitknop"), key, now_ms=T)
    assert [path.name for path in read_only_folder.parent.iterdir()] == [read_only_folder.name]


def test_a_plain_sqlite_program_sees_nothing(filled: Path) -> None:
    db = sqlite3.connect(filled)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        db.execute("select * from batch")
    db.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], tuple[Path, str]]]:
    """Disks of so many kilobytes, and what is said of them when they are full.

    Only root can make a disk; anybody else gets a folder, and a limit on the size of each file that is written.
    """
    made: list[Path] = []
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def make(kilobytes: int) -> tuple[Path, str]:
        place = tmp_path / f"disk-{kilobytes}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
        if shutil.which("mount") and not subprocess.run(command, capture_output=True, check=False).returncode:
            made.append(place)
            return place, "is full"
        resource.setrlimit(resource.RLIMIT_FSIZE, (min(kilobytes, 40) * 1024, before[1]))
        return place, "is full|gave an error"

    yield make
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    for place in made:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_disk_without_room_for_a_new_file_is_full_and_nothing_is_damaged(
    small_disk: Callable[[int], tuple[Path, str]], key: bytes
) -> None:
    """What the log held found no room in the file when the log was closed, and then the log was removed."""
    for kilobytes in (20, 100, 150, 170, 190, 200):
        place, said = small_disk(kilobytes)
        with pytest.raises(StoreError, match=said):
            create_store(place / "person.uitknop", key, now_ms=T)
        assert list(place.iterdir()) == []


def test_a_stick_without_room_for_a_backup_is_named(
    store: Store, small_disk: Callable[[int], tuple[Path, str]]
) -> None:
    place, said = small_disk(40)
    with pytest.raises(StoreError, match=said) as caught:
        store.backup_to(place / "mine.copy")
    assert "mine.copy" in str(caught.value)
