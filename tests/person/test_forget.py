"""Erased is gone: the files, the keys, what was kept aside, and the secret in the key ring."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Entry, Recording
from uitknop.core.errors import StoreError
from uitknop.person import Secret, back_up, erase, make_file, restore, take_in
from uitknop.store import KeyFile, Origin, Store, add_tap, inbox_path, keys_path

NOW_MS = 1_780_000_000_000
Write = Callable[..., Path]
PLANTED = "planted-words-of-mine"


@pytest.fixture
def full(store: Store, watch: Write) -> Store:
    take_in(store, [watch()], now_ms=NOW_MS, zone="UTC")
    with store.batch(Origin("d", "d", "diary", "1", "", NOW_MS)) as batch:
        batch.add(Recording("diary", "d", "UTC", None, (), (Entry(NOW_MS, "UTC", "tag", PLANTED),)))
    return store


def test_nothing_is_left_of_an_erased_file(full: Store, ring: Any) -> None:
    full.close()
    public = KeyFile.load(keys_path(full.path)).inbox_public_key
    add_tap(inbox_path(full.path), public, Entry(NOW_MS, "UTC", "tag", PLANTED))
    assert len(ring.kept) == 1
    names = erase(full.path, ring)
    assert names == ("person.uitknop.keys", "person.uitknop", "person.uitknop.inbox")
    assert list(full.path.parent.iterdir()) == []
    assert ring.kept == {}


def test_the_keys_are_overwritten_before_they_go(full: Store, ring: Any, tmp_path: Path) -> None:
    full.close()
    link = tmp_path / "link"
    link.hardlink_to(keys_path(full.path))
    erase(full.path, ring)
    assert set(link.read_bytes()) == {0}


def test_what_a_restore_kept_aside_goes_too(full: Store, ring: Any, secret: Secret, tmp_path: Path) -> None:
    back_up(full, tmp_path / "b", now_ms=NOW_MS)
    full.close()
    restore(tmp_path / "b", full.path, secret)
    (full.path.parent / ".uitknop-restore-killed").mkdir()
    (full.path.parent / "photo.jpg").write_bytes(b"mine")
    assert "person.before-1.uitknop" in erase(full.path, ring)
    assert [each.name for each in full.path.parent.iterdir()] == ["photo.jpg"]
    assert (tmp_path / "b").exists()


def test_only_a_file_of_ours_is_erased(tmp_path: Path, store: Store, ring: Any) -> None:
    thesis = tmp_path / "thesis.docx"
    thesis.write_bytes(b"years of work")
    for path in (thesis, tmp_path):
        with pytest.raises(StoreError, match="Nothing was erased"):
            erase(path, ring)
    with pytest.raises(StoreError, match="There is no file"):
        erase(tmp_path / "gone.uitknop", ring)
    assert thesis.exists()
    assert store.path.exists()


def test_a_neighbour_stays(store: Store, ring: Any, secret: Secret) -> None:
    other = store.path.with_name("other.uitknop")
    make_file(other, secret, now_ms=NOW_MS)[0].close()
    store.close()
    erase(store.path, ring)
    assert sorted(each.name for each in other.parent.iterdir()) == ["other.uitknop", "other.uitknop.keys"]
    assert len(ring.kept) == 1


def test_a_key_ring_that_cant_be_reached_holds_nothing_up(store: Store, no_ring: Any) -> None:
    store.close()
    erase(store.path, no_ring)
    assert list(store.path.parent.iterdir()) == []


def test_what_can_not_be_removed_is_told(store: Store, ring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self == store.path:
            raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(StoreError, match="could not be removed"):
            erase(store.path, ring)


def test_files_that_stay_though_the_system_says_otherwise_are_told(
    store: Store, ring: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        with pytest.raises(StoreError, match="could not be removed"):
            erase(store.path, ring)


@pytest.mark.parametrize(
    ("number", "in_use", "said"),
    [
        (errno.EACCES, False, "permission to write there"),
        (errno.EROFS, False, "permission to write there"),
        (errno.EBUSY, False, "Close other programs"),
        (errno.EACCES, True, "Close other programs"),
    ],
)
def test_a_permission_that_is_missing_is_told_from_a_file_in_use(
    store: Store, ring: Any, monkeypatch: pytest.MonkeyPatch, number: int, in_use: bool, said: str
) -> None:
    store.close()

    def refuse(self: Path, missing_ok: bool = False) -> None:
        fault = OSError(number, "no")
        if in_use:
            fault.winerror = 32  # type: ignore[attr-defined]
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(StoreError, match=said):
            erase(store.path, ring)


def test_in_a_folder_that_is_closed_nothing_is_half_erased(
    store: Store, ring: Any, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    keys = keys_path(store.path).read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_asked, **_how: False)
        with pytest.raises(StoreError, match="permission to write there"):
            erase(store.path, ring)
    assert keys_path(store.path).read_bytes() == keys
    assert len(ring.kept) == 1
