"""Taps while the file is locked."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import uitknop.store.inbox as inbox_module
from uitknop.core import Entry, EntryKind
from uitknop.core.errors import StoreError
from uitknop.store.inbox import INBOX_BYTES, add_tap, drain, inbox_path
from uitknop.store.keys import new_inbox_keys

PRIVATE, PUBLIC = new_inbox_keys()

words = st.text(st.characters(codec="utf-8"), max_size=40)
entries = st.builds(
    Entry,
    at_ms=st.integers(-(2**53), 2**53),
    zone=words,
    kind=st.sampled_from(get_args(EntryKind)),
    value=words,
    end_ms=st.none() | st.integers(0, 2**53),
    label=words,
)


def tap(i: int) -> Entry:
    return Entry(1_760_000_000_000 + i, "Europe/Amsterdam", "answer", f"heavy legs {i}", label="how is it now")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return inbox_path(tmp_path / "anna.uitknop")


def drained(inbox: Path, private_key: bytes = PRIVATE) -> tuple[Entry, ...]:
    with drain(inbox, private_key) as found:
        return found


def test_the_inbox_stands_beside_the_file(inbox: Path) -> None:
    assert inbox.name == "anna.uitknop.inbox"


@given(st.lists(entries, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_tap_comes_out_once_and_in_order(inbox: Path, given_in: list[Entry]) -> None:
    for entry in given_in:
        add_tap(inbox, PUBLIC, entry)
    assert drained(inbox) == tuple(given_in)
    assert drained(inbox) == ()


def test_an_empty_or_missing_inbox_gives_nothing(inbox: Path) -> None:
    assert drained(inbox) == ()
    inbox.touch()
    assert drained(inbox) == ()


def test_nothing_of_a_tap_can_be_read_while_locked(inbox: Path) -> None:
    add_tap(inbox, PUBLIC, tap(1))
    content = inbox.read_bytes()
    assert not any(word in content for word in (b"heavy", b"answer", b"how is it", b"Amsterdam", b"1760000000001"))


def test_taps_stay_when_they_could_not_be_kept(inbox: Path) -> None:
    add_tap(inbox, PUBLIC, tap(1))
    with pytest.raises(RuntimeError, match="disk full"), drain(inbox, PRIVATE):
        raise RuntimeError("disk full")
    assert drained(inbox) == (tap(1),)


@given(st.integers(0, 3), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_torn_record_costs_itself_and_no_other(inbox: Path, n_after: int, data: st.DataObject) -> None:
    inbox.unlink(missing_ok=True)
    add_tap(inbox, PUBLIC, tap(0))
    whole = inbox.stat().st_size
    add_tap(inbox, PUBLIC, tap(99))
    os.truncate(inbox, data.draw(st.integers(whole, inbox.stat().st_size - 1)))
    for i in range(1, n_after + 1):
        add_tap(inbox, PUBLIC, tap(i))
    assert drained(inbox) == tuple(tap(i) for i in range(n_after + 1))
    assert drained(inbox) == ()


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_garbled_byte_costs_one_tap_at_most(inbox: Path, data: st.DataObject) -> None:
    inbox.unlink(missing_ok=True)
    for i in range(4):
        add_tap(inbox, PUBLIC, tap(i))
    content = bytearray(inbox.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    inbox.write_bytes(content)
    found = drained(inbox)
    assert len(found) == 3
    assert set(found) < {tap(i) for i in range(4)}


def test_taps_for_another_key_wait_for_it(inbox: Path) -> None:
    other_private, other_public = new_inbox_keys()
    add_tap(inbox, PUBLIC, tap(1))
    add_tap(inbox, other_public, tap(2))
    add_tap(inbox, PUBLIC, tap(3))
    assert drained(inbox) == (tap(1), tap(3))
    assert drained(inbox) == ()
    assert drained(inbox, other_private) == (tap(2),)
    assert inbox.stat().st_size == 0


def test_a_tap_that_is_too_long_is_refused(inbox: Path) -> None:
    with pytest.raises(StoreError, match="too long: 50"):
        add_tap(inbox, PUBLIC, Entry(0, "UTC", "tag", "x" * 5000))
    assert not inbox.exists()


def test_the_longest_tap_fits(inbox: Path) -> None:
    long = Entry(0, "UTC", "tag", "x" * 4060)
    add_tap(inbox, PUBLIC, long)
    assert drained(inbox) == (long,)


def test_a_full_inbox_says_to_unlock(inbox: Path) -> None:
    inbox.touch()
    os.truncate(inbox, INBOX_BYTES - 10)
    with pytest.raises(StoreError, match="Unlock your file once"):
        add_tap(inbox, PUBLIC, tap(1))
    assert inbox.stat().st_size == INBOX_BYTES - 10


def test_a_folder_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"anna\.uitknop\.inbox can't be written"):
        add_tap(tmp_path / "nowhere" / "anna.uitknop.inbox", PUBLIC, tap(1))
    with pytest.raises(StoreError, match="can't be written"), drain(tmp_path, PRIVATE):
        pass


def test_half_a_record_is_taken_back_when_the_disk_is_full(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_tap(inbox, PUBLIC, tap(1))
    before = inbox.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(inbox_module.os, "fsync", full)
        with pytest.raises(StoreError, match="there is room"):
            add_tap(inbox, PUBLIC, tap(2))
    assert inbox.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_only_the_owner_may_read_the_inbox(inbox: Path) -> None:
    add_tap(inbox, PUBLIC, tap(1))
    assert stat.S_IMODE(inbox.stat().st_mode) == 0o600


def test_a_tap_during_a_drain_waits_and_is_not_lost(inbox: Path) -> None:
    add_tap(inbox, PUBLIC, tap(1))
    late = threading.Thread(target=add_tap, args=(inbox, PUBLIC, tap(2)))
    with drain(inbox, PRIVATE) as found:
        late.start()
        late.join(0.05)
        assert late.is_alive()
        assert found == (tap(1),)
    late.join()
    assert drained(inbox) == (tap(2),)


def test_a_drain_that_never_ends_is_said_so(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "PATIENCE_S", 0.0)
    add_tap(inbox, PUBLIC, tap(1))
    with drain(inbox, PRIVATE), pytest.raises(StoreError, match="Another program is reading"):
        add_tap(inbox, PUBLIC, tap(2))
