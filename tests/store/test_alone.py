"""A file that is held alone is nobody else's, and a file that was moved takes no facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Beats, Recording
from uitknop.core.errors import StoreError
from uitknop.store import Origin, Store, open_store
from uitknop.store.alone import held_alone


def test_an_open_file_is_not_held_and_goes_on(store: Store, key: bytes) -> None:
    with pytest.raises(StoreError, match=r"has person\.uitknop open"), held_alone(store.path, key):
        pass
    store.keep_setting("mark", "mine")
    assert store.setting("mark") == "mine"


def test_a_file_held_alone_is_whole_in_itself_and_opens_for_nobody(store: Store, key: bytes) -> None:
    store.keep_setting("mark", "mine")
    store.close()
    with held_alone(store.path, key):
        assert list(store.path.parent.iterdir()) == [store.path]
        for read_only in (True, False):
            with pytest.raises(StoreError, match="Another window or program"):
                open_store(store.path, key, wait_s=0.05, read_only=read_only)
    assert list(store.path.parent.iterdir()) == [store.path]
    with open_store(store.path, key) as again:
        assert again.setting("mark") == "mine"


def test_a_file_that_can_not_be_read_holds_nothing_up(store: Store, key: bytes) -> None:
    store.close()
    with held_alone(store.path, bytes(32)):
        store.path.rename(store.path.with_name("moved"))
    store.path.write_bytes(b"no such file")
    with held_alone(store.path, key):
        pass


@pytest.mark.parametrize("meanwhile", ["before", "inside"])
def test_a_file_that_was_moved_takes_nothing_that_is_believed(
    store: Store,
    origin: Callable[..., Origin],
    recording: Callable[..., Recording],
    beats: Callable[..., Beats],
    meanwhile: str,
) -> None:
    moved = store.path.with_name("moved.uitknop")

    def write(path: Path) -> None:
        with store.batch(origin()) as batch:
            batch.add(recording(beats()))
            if meanwhile == "inside":
                path.rename(moved)

    if meanwhile == "before":
        store.path.rename(moved)
    with pytest.raises(StoreError, match=r"person\.uitknop was moved or replaced"):
        write(store.path)
    assert not store.path.exists()
