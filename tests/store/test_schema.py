"""A file of an older version becomes a newer one, whole, with its facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Beats, Recording
from uitknop.core.errors import NewerSchema, StoreError
from uitknop.store import Origin, Store, open_store
from uitknop.store.border import border
from uitknop.store.connection import connect
from uitknop.store.person_file import Store as PersonFile
from uitknop.store.schema import STEPS, migrate, version_of


@pytest.fixture
def old(
    tmp_path: Path,
    key: bytes,
    origin: Callable[..., Origin],
    recording: Callable[..., Recording],
    beats: Callable[..., Beats],
) -> Path:
    """A file of version 1, with facts in it: there were no results and settings yet."""
    path = tmp_path / "old.uitknop"
    path.touch()
    db = connect(path, key, wait_s=1.0, read_only=False)
    migrate(db, path.name, STEPS[:1])
    with PersonFile(path, db, key) as store, store.batch(origin()) as batch:
        batch.add(recording(beats(5_000)))
    return path


def test_an_old_file_is_brought_up_to_date_with_its_facts(old: Path, key: bytes, beats: Callable[..., Beats]) -> None:
    with open_store(old, key) as store:
        (found,) = store.recordings()
        assert found.beats is not None
        assert found.beats.rr_ms.tolist() == beats(5_000).rr_ms.tolist()
        assert store.setting("lang") is None
        store.keep_setting("lang", "nl")
        assert version_of(store._db) == len(STEPS)
    with open_store(old, key) as store:
        assert store.setting("lang") == "nl"


def test_an_old_file_opened_for_reading_asks_to_be_opened_once_for_writing(old: Path, key: bytes) -> None:
    before = old.read_bytes()
    with pytest.raises(StoreError, match="older version"):
        open_store(old, key, read_only=True)
    assert old.read_bytes() == before


def test_a_step_that_fails_leaves_the_file_as_it_was(store: Store) -> None:
    dump = store.dump_sha256()
    broken = (*STEPS, "create table more (n integer) strict;\ninsert into nowhere values (1);\n")
    with pytest.raises(StoreError), border(store.name):
        migrate(store._db, store.name, broken)
    assert version_of(store._db) == len(STEPS)
    assert store._db.execute("select count(*) from sqlite_master where name = 'more'").fetchone() == (0,)
    assert store.dump_sha256() == dump


def test_a_later_step_is_taken_once(store: Store) -> None:
    later = (*STEPS, "create table more (n integer) strict;\ninsert into more values (1);\n")
    for _ in range(2):
        migrate(store._db, store.name, later)
    assert store._db.execute("select n from more").fetchall() == [(1,)]
    with pytest.raises(NewerSchema, match="file version 3, this one reads up to 2"):
        migrate(store._db, store.name)


def test_all_tables_are_strict(store: Store) -> None:
    loose = store._db.execute(
        "select name from pragma_table_list where type = 'table' and schema = 'main' and not strict"
    )
    assert [name for (name,) in loose if not name.startswith("sqlite_")] == []


def test_facts_are_safe_on_disk_at_every_commit(store: Store) -> None:
    settings = {name: store._db.execute(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "wal", "synchronous": 2}
    assert store._db.execute("pragma foreign_keys").fetchone() == (1,)
