"""An import can be taken back as a whole; what it had replaced counts again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from uitknop.core import Entry, Recording
from uitknop.person import take_in, undo_last
from uitknop.store import Origin, Store

NOW_MS = 1_780_000_000_000
Write = Callable[..., Path]


def names(store: Store, now_ms: int) -> list[str]:
    return [each.origin.name for each in undo_last(store, now_ms=now_ms)]


def test_every_file_of_the_last_import_no_longer_counts(store: Store, watch: Write, strap: Write) -> None:
    take_in(store, [watch()], now_ms=NOW_MS, zone="UTC")
    first = store.dump_sha256()
    take_in(store, [watch("b.csv", "2026-03-04T07:00:00"), strap()], now_ms=NOW_MS + 1)
    both = store.dump_sha256()
    assert names(store, NOW_MS + 2) == ["b.csv", "strap.csv"]
    assert store.dump_sha256() == first
    take_in(store, [watch("b.csv", "2026-03-04T07:00:00"), strap()], now_ms=NOW_MS + 3)
    assert store.dump_sha256() == both
    assert names(store, NOW_MS + 4) == ["b.csv", "strap.csv"]
    assert names(store, NOW_MS + 5) == ["watch.csv"]
    assert names(store, NOW_MS + 6) == []
    assert store.recordings() == ()


def test_what_was_replaced_counts_again(store: Store, watch: Write) -> None:
    take_in(store, [watch()], now_ms=NOW_MS, zone="UTC")
    before = store.dump_sha256()
    take_in(store, [watch()], now_ms=NOW_MS + 1, zone="Asia/Tokyo")
    assert store.dump_sha256() != before
    assert names(store, NOW_MS + 2) == ["watch.csv"]
    assert store.dump_sha256() == before
    assert names(store, NOW_MS + 3) == ["watch.csv"]
    assert store.recordings() == ()


def test_taps_and_live_recordings_are_no_imports(store: Store, watch: Write) -> None:
    take_in(store, [watch()], now_ms=NOW_MS, zone="UTC")
    with store.batch(Origin("taps", "", "taps", "", "", NOW_MS + 1)) as batch:
        batch.add(Recording("taps", "taps", "UTC", None, (), (Entry(NOW_MS, "UTC", "tag", "tea"),)))
    assert names(store, NOW_MS + 2) == ["watch.csv"]
    assert len(store.entries()) == 1
