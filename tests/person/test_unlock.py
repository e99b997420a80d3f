"""A file is made once, opens with what belongs to it, and says in a sentence why it does not."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.core.errors import NewerSchema, StoreError, UitknopError, WrongKey
from uitknop.person import Secret, make_file, open_file, rewrap, take_in, ways_of
from uitknop.store import KeyFile, Store, add_tap, inbox_path, keys_path

NOW_MS = 1_780_000_000_000
PASSPHRASE = "correct horse battery"
Write = Callable[..., Path]


def test_a_new_file_is_for_this_user_alone_and_opens_again(path: Path, store: Store, secret: Secret) -> None:
    for each in path.parent.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
    store.keep_setting("mark", "mine")
    store.close()
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert again.setting("mark") == "mine"


def test_a_file_is_made_only_where_nothing_is(path: Path, store: Store, secret: Secret) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is there already"):
        make_file(path, secret, now_ms=NOW_MS)
    assert path.read_bytes() == before


def test_keys_that_stand_alone_may_belong_to_a_file_that_was_moved(path: Path, store: Store, secret: Secret) -> None:
    store.close()
    moved = path.with_name("moved.uitknop")
    path.rename(moved)
    make_file(path, secret, now_ms=NOW_MS)[0].close()
    path.with_name("person.uitknop.keys.1").rename(keys_path(moved))
    with open_file(moved, secret, now_ms=NOW_MS), open_file(path, secret, now_ms=NOW_MS):
        pass


def test_the_recovery_key_opens_and_the_passphrase_does(path: Path) -> None:
    made, printed = make_file(path, Secret(passphrase=PASSPHRASE), now_ms=NOW_MS)
    made.close()
    assert ways_of(path) == ("passphrase", "recovery")
    for opens in (Secret(passphrase=PASSPHRASE), Secret(recovery=printed), Secret(recovery=printed.lower())):
        open_file(path, opens, now_ms=NOW_MS).close()
    for wrong in (Secret(passphrase="wrong horse battery"), Secret(recovery=printed[::-1])):
        with pytest.raises(WrongKey) as refused:
            open_file(path, wrong, now_ms=NOW_MS)
        for told in (wrong.passphrase, wrong.recovery, PASSPHRASE, printed):
            assert told is None or told not in repr(refused.value) + repr(wrong)


def test_without_a_secret_a_file_with_a_passphrase_says_how_to_give_it(path: Path) -> None:
    make_file(path, Secret(passphrase=PASSPHRASE), now_ms=NOW_MS)[0].close()
    with pytest.raises(StoreError, match="--passphrase-file"):
        open_file(path, Secret(), now_ms=NOW_MS)


def test_a_computer_without_a_key_ring_asks_for_a_passphrase_and_leaves_nothing(path: Path, no_ring: Any) -> None:
    with pytest.raises(StoreError, match="needs a passphrase") as refused:
        make_file(path, Secret(ring=no_ring), now_ms=NOW_MS)
    assert "planted" not in str(refused.value)
    assert list(path.parent.iterdir()) == []


def test_a_file_whose_key_ring_is_gone_opens_with_its_recovery_key(path: Path, secret: Secret, no_ring: Any) -> None:
    made, printed = make_file(path, secret, now_ms=NOW_MS)
    made.close()
    with pytest.raises(StoreError, match="key ring"):
        open_file(path, Secret(ring=no_ring), now_ms=NOW_MS)
    open_file(path, Secret(recovery=printed, ring=no_ring), now_ms=NOW_MS).close()


def test_without_its_keys_a_file_is_left_as_it_is(path: Path, store: Store, secret: Secret) -> None:
    store.close()
    keys, before = keys_path(path).read_bytes(), path.read_bytes()
    keys_path(path).unlink()
    with pytest.raises(StoreError, match=r"person\.uitknop\.keys is missing"):
        open_file(path, secret, now_ms=NOW_MS)
    assert path.read_bytes() == before
    keys_path(path).write_bytes(keys)
    open_file(path, secret, now_ms=NOW_MS).close()


def test_a_file_that_is_not_there_tells_how_to_make_it(path: Path, secret: Secret) -> None:
    for ask in (lambda: open_file(path, secret, now_ms=NOW_MS), lambda: ways_of(path)):
        with pytest.raises(StoreError, match="uitknop import"):
            ask()
    with pytest.raises(StoreError, match="uitknop import"):
        rewrap(path, secret, add="recovery", passphrase=None, remove=None)


def test_a_second_writer_is_told_and_nothing_is_lost(path: Path, store: Store, secret: Secret, watch: Write) -> None:
    from uitknop.store import Origin

    with open_file(path, secret, now_ms=NOW_MS, wait_s=0.05) as other, store.batch(Origin("a", "a", "", "", "", 0)):
        with pytest.raises(StoreError, match="Another window or program"):
            take_in(other, [watch()], now_ms=NOW_MS)
        assert other.batches() == ()
    assert len(store.batches()) == 1


def test_a_file_of_a_newer_version_is_left_as_it_is(
    path: Path, store: Store, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    text = keys_path(path).read_text(encoding="utf-8")
    keys_path(path).write_text(text.replace('"version": 1', '"version": 99'), encoding="utf-8")
    assert keys_path(path).read_text(encoding="utf-8") != text
    with pytest.raises(NewerSchema, match="newer"):
        open_file(path, secret, now_ms=NOW_MS)
    keys_path(path).write_text(text, encoding="utf-8")
    open_file(path, secret, now_ms=NOW_MS).close()


def test_where_nothing_can_be_written_no_file_is_made(tmp_path: Path, secret: Secret) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(StoreError, match="can't be made"):
        make_file(blocked / "person.uitknop", secret, now_ms=NOW_MS)


def test_a_stop_while_the_file_is_made_leaves_room_to_make_it(
    path: Path, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: KeyFile, path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(KeyFile, "save", stop)
        with pytest.raises(KeyboardInterrupt):
            make_file(path, secret, now_ms=NOW_MS)
    assert list(path.parent.iterdir()) == []
    make_file(path, secret, now_ms=NOW_MS)[0].close()
    open_file(path, secret, now_ms=NOW_MS).close()


def test_ways_to_open_come_and_go_and_the_facts_stay(path: Path, store: Store, secret: Secret, ring: Any) -> None:
    store.keep_setting("mark", "mine")
    store.close()
    before = path.read_bytes()
    assert rewrap(path, secret, add="passphrase", passphrase=PASSPHRASE, remove="keyring") == ""
    assert (ways_of(path), ring.kept) == (("passphrase", "recovery"), {})
    with_passphrase = Secret(passphrase=PASSPHRASE)
    first = rewrap(path, with_passphrase, add="recovery", passphrase=None, remove=None)
    second = rewrap(path, Secret(recovery=first), add="recovery", passphrase=None, remove=None)
    with pytest.raises(WrongKey):
        open_file(path, Secret(recovery=first), now_ms=NOW_MS)
    rewrap(path, Secret(recovery=second, ring=ring), add="keyring", passphrase=None, remove="passphrase")
    assert ways_of(path) == ("keyring", "recovery")
    with pytest.raises(StoreError, match="no passphrase"):
        open_file(path, with_passphrase, now_ms=NOW_MS)
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert again.setting("mark") == "mine"
    assert path.read_bytes()[:16] == before[:16]


def test_the_last_way_stays_and_a_weak_passphrase_changes_nothing(path: Path, secret: Secret) -> None:
    make_file(path, secret, now_ms=NOW_MS)[0].close()
    rewrap(path, secret, add=None, passphrase=None, remove="recovery")
    keys = keys_path(path).read_bytes()
    for add, passphrase, remove in ((None, None, "keyring"), ("passphrase", "short", None), ("passphrase", None, None)):
        with pytest.raises(UitknopError):
            rewrap(path, secret, add=add, passphrase=passphrase, remove=remove)  # type: ignore[arg-type]
    assert keys_path(path).read_bytes() == keys


def test_taps_that_waited_are_facts_once_the_file_is_open(path: Path, store: Store, secret: Secret) -> None:
    store.close()
    public = KeyFile.load(keys_path(path)).inbox_public_key
    taps = tuple(Entry(NOW_MS + n, "Europe/Amsterdam", "tag", "tea") for n in range(3))
    for tap in taps:
        add_tap(inbox_path(path), public, tap)
    assert b"tea" not in inbox_path(path).read_bytes()
    with open_file(path, secret, now_ms=NOW_MS, read_only=True) as looking:
        assert looking.entries() == ()
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert again.entries() == taps
        assert again.hours_since(0) == (NOW_MS // 3_600_000,)
    assert inbox_path(path).read_bytes() == b""
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert len(again.batches()) == 3  # a moment each, so that each can be taken back, and nothing twice


def test_a_passphrase_shows_in_no_representation() -> None:
    assert PASSPHRASE not in repr(Secret(passphrase=PASSPHRASE, recovery=PASSPHRASE))
    assert not any(PASSPHRASE in value for value in os.environ.values())
