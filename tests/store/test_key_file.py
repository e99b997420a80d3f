"""Who may unlock a file, and what happens when a secret is wrong, lost or damaged."""

from __future__ import annotations

import json
import logging
import stat
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Damaged, NewerSchema, StoreError, UitknopError, WrongKey
from uitknop.store import whole_file
from uitknop.store.key_file import KeyFile, keys_path
from uitknop.store.keys import LEAST_COST, new_data_key, new_inbox_keys

PASSPHRASE = "four words in a row"
DATA_KEY = bytes(range(32))
PUBLIC_KEY = bytes(range(100, 132))


class FakeRing:
    """A key ring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, account: str) -> str | None:
        return self.kept.get(account)

    def set(self, account: str, secret: str) -> None:
        self.kept[account] = secret

    def delete(self, account: str) -> None:
        del self.kept[account]


class BrokenRing(FakeRing):
    """A key ring that refuses everything, and says too much."""

    def get(self, account: str) -> str | None:
        raise RuntimeError("no such service")

    def set(self, account: str, secret: str) -> None:
        raise RuntimeError(f"could not keep {secret}")

    def delete(self, account: str) -> None:
        raise RuntimeError("no such service")


class RefusingRing(FakeRing):
    """Looks empty, and tells the secret when it can't be kept."""

    def set(self, account: str, secret: str) -> None:
        self.told = secret
        raise RuntimeError(f"could not keep {secret}")


class ForgetfulRing(FakeRing):
    """Keeps nothing, and does not say so."""

    def set(self, account: str, secret: str) -> None:
        pass


def empty() -> KeyFile:
    return KeyFile.create(DATA_KEY, PUBLIC_KEY)


def with_passphrase(passphrase: str = PASSPHRASE) -> KeyFile:
    return empty().wrap_with_passphrase(DATA_KEY, passphrase, LEAST_COST)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return keys_path(tmp_path / "anna.uitknop")


def test_the_keys_stand_beside_the_file() -> None:
    assert keys_path(Path("folder") / "anna.uitknop") == Path("folder") / "anna.uitknop.keys"


def test_each_way_to_unlock_gives_the_same_data_key(path: Path) -> None:
    ring = FakeRing()
    keys, printed = with_passphrase().wrap_with_keyring(DATA_KEY, ring).wrap_with_recovery(DATA_KEY)
    keys.save(path)
    again = KeyFile.load(path)
    assert again == keys
    assert again.methods() == ("keyring", "passphrase", "recovery")
    assert again.unlock_with_keyring(ring) == DATA_KEY
    assert again.unlock_with_passphrase(PASSPHRASE) == DATA_KEY
    assert again.unlock_with_recovery(printed.lower().replace("-", " ")) == DATA_KEY


def test_a_passphrase_is_stretched_over_64_mib_unless_asked_otherwise(path: Path) -> None:
    empty().wrap_with_passphrase(DATA_KEY, PASSPHRASE).save(path)
    told = json.loads(path.read_text())["wraps"]["passphrase"]
    assert (told["passes"], told["memory_bytes"]) == (3, 64 * 2**20)


@given(st.text(min_size=8, max_size=40).filter(lambda text: len(text.strip()) >= 8), st.text(max_size=40))
@settings(max_examples=15, deadline=None)
def test_only_the_same_passphrase_opens(passphrase: str, other: str) -> None:
    keys = with_passphrase(passphrase)
    assert keys.unlock_with_passphrase(passphrase) == DATA_KEY
    if unicodedata.normalize("NFKC", other) != unicodedata.normalize("NFKC", passphrase):
        with pytest.raises(WrongKey, match="does not open"):
            keys.unlock_with_passphrase(other)


def test_a_passphrase_may_be_typed_composed_or_decomposed() -> None:
    assert with_passphrase("caf\u00e9 au lait").unlock_with_passphrase("cafe\u0301 au lait") == DATA_KEY


def test_a_wrong_passphrase_is_said_in_words_without_the_passphrase() -> None:
    with pytest.raises(WrongKey, match="does not open this file") as found:
        with_passphrase().unlock_with_passphrase("something else entirely")
    assert "something" not in str(found.value)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(StoreError, match="at least 8 characters"):
        empty().wrap_with_passphrase(DATA_KEY, "   abc   ", LEAST_COST)


def test_a_new_passphrase_replaces_the_old_one_and_keeps_the_data_key() -> None:
    keys = with_passphrase().wrap_with_passphrase(DATA_KEY, "another set of words", LEAST_COST)
    assert keys.unlock_with_passphrase("another set of words") == DATA_KEY
    with pytest.raises(WrongKey):
        keys.unlock_with_passphrase(PASSPHRASE)


def test_a_new_recovery_key_makes_the_old_one_worthless() -> None:
    keys, old = empty().wrap_with_recovery(DATA_KEY)
    keys, new = keys.wrap_with_recovery(DATA_KEY)
    assert keys.unlock_with_recovery(new) == DATA_KEY
    with pytest.raises(WrongKey, match="typed well but does not open"):
        keys.unlock_with_recovery(old)


def test_the_last_way_to_unlock_is_never_removed(path: Path) -> None:
    keys, _ = with_passphrase().wrap_with_recovery(DATA_KEY)
    left = keys.without("recovery")
    assert left.methods() == ("passphrase",)
    with pytest.raises(StoreError, match="would be lost"):
        left.without("passphrase")
    with pytest.raises(StoreError, match="would be lost"):
        empty().save(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "unlock",
    [
        lambda keys: keys.unlock_with_keyring(FakeRing()),
        lambda keys: keys.unlock_with_passphrase(PASSPHRASE),
        lambda keys: keys.unlock_with_recovery("00005-0000A-0000F-0000M-0000H-0000Y-0000V"),
    ],
    ids=["keyring", "passphrase", "recovery"],
)
def test_a_way_that_was_not_set_up_says_so(unlock: Callable[[KeyFile], bytes]) -> None:
    with pytest.raises(StoreError, match=r"Use its|Unlock it with") as found:
        unlock(empty())
    assert not isinstance(found.value, WrongKey)


def test_another_data_key_is_never_wrapped_beside_the_first() -> None:
    other = new_data_key()
    with pytest.raises(WrongKey, match="belongs to another file"):
        empty().wrap_with_passphrase(other, PASSPHRASE, LEAST_COST)
    with pytest.raises(WrongKey, match="belongs to another file"):
        empty().wrap_with_recovery(other)
    ring = FakeRing()
    with pytest.raises(WrongKey, match="belongs to another file"):
        empty().wrap_with_keyring(other, ring)
    assert ring.kept == {}
    with pytest.raises(WrongKey, match="32 bytes"):
        KeyFile.create(b"short", PUBLIC_KEY)


def test_a_key_ring_that_fails_says_what_to_do_and_tells_no_secret() -> None:
    ring = FakeRing()
    keys = empty().wrap_with_keyring(DATA_KEY, ring)
    with pytest.raises(StoreError, match="passphrase or recovery key"):
        keys.unlock_with_keyring(BrokenRing())
    refusing = RefusingRing()
    with pytest.raises(StoreError, match="key ring of this computer") as found:
        keys.wrap_with_keyring(DATA_KEY, refusing)
    assert found.value.__context__ is None
    assert refusing.told not in str(found.value)
    with pytest.raises(StoreError, match="key ring of this computer"):
        keys.wrap_with_keyring(DATA_KEY, ForgetfulRing())


def test_no_key_ring_on_this_machine_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring

    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        with pytest.raises(StoreError, match="key ring of this computer can't be used"):
            empty().wrap_with_keyring(DATA_KEY)
    finally:
        keyring.set_keyring(before)


def test_the_real_key_ring_is_the_default() -> None:
    import keyring
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class InMemory(KeyringBackend):
        priority = 1.0

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    try:
        keys = empty().wrap_with_keyring(DATA_KEY)
        assert [service for service, _ in kept] == ["uitknop"]
        assert DATA_KEY.hex() not in kept.values()
        assert keys.unlock_with_keyring() == DATA_KEY
        keys.forget_keyring()
        keys.forget_keyring()
        assert kept == {}
    finally:
        keyring.set_keyring(before)


def test_a_key_ring_of_another_computer_does_not_know_the_file() -> None:
    keys = empty().wrap_with_keyring(DATA_KEY, FakeRing())
    with pytest.raises(StoreError, match="does not know this file"):
        keys.unlock_with_keyring(FakeRing())


@pytest.mark.parametrize("changed", ["00" * 32, "00" * 5])
def test_another_secret_in_the_key_ring_opens_nothing(changed: str) -> None:
    ring = FakeRing()
    keys = empty().wrap_with_keyring(DATA_KEY, ring)
    ring.kept = dict.fromkeys(ring.kept, changed)
    with pytest.raises(WrongKey, match="set the key ring up again"):
        keys.unlock_with_keyring(ring)
    mended = keys.wrap_with_keyring(DATA_KEY, ring)
    assert mended.unlock_with_keyring(ring) == DATA_KEY


def test_a_crash_before_the_key_file_was_saved_locks_nobody_out(path: Path) -> None:
    ring = FakeRing()
    keys = empty().wrap_with_keyring(DATA_KEY, ring)
    keys.save(path)
    keys.wrap_with_keyring(DATA_KEY, ring)  # never saved
    assert KeyFile.load(path).unlock_with_keyring(ring) == DATA_KEY


def test_the_keys_of_another_file_are_never_overwritten(path: Path) -> None:
    keys = with_passphrase()
    keys.save(path)
    with pytest.raises(StoreError, match="keys of another file"):
        with_passphrase().save(path)
    path.write_text("rubbish")
    with pytest.raises(Damaged):
        keys.save(path)
    assert path.read_text() == "rubbish"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_only_the_owner_may_read_the_key_file(path: Path) -> None:
    with_passphrase().save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_the_old_key_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = with_passphrase()
    keys.save(path)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(StoreError, match="nothing was changed"):
        keys.wrap_with_recovery(DATA_KEY)[0].save(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_folder_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"anna\.uitknop\.keys can't be written"):
        with_passphrase().save(tmp_path / "nowhere" / "anna.uitknop.keys")
    with pytest.raises(StoreError, match=r"anna\.uitknop\.keys is missing"):
        KeyFile.load(tmp_path / "nowhere" / "anna.uitknop.keys")
    with pytest.raises(StoreError, match="can't be read"):
        KeyFile.load(tmp_path)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_of_the_key_file_is_seen(path: Path, data: st.DataObject) -> None:
    path.unlink(missing_ok=True)
    keys, _ = with_passphrase().wrap_with_recovery(DATA_KEY)
    keys.save(path)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with suppress(Damaged, NewerSchema):
        assert KeyFile.load(path) == keys  # white space between two values


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"format": "uitknop keys"}', b"[" * 20_000, b"1" * 70_000],
)
def test_what_is_no_key_file_is_damaged(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Damaged, match=r"anna\.uitknop\.keys is"):
        KeyFile.load(path)


def rewritten(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change a key file as somebody would who knows how its checksum is made."""
    from uitknop.store.key_file_json import _checksum

    told = json.loads(path.read_text())
    told.pop("sha256")
    change(told)
    path.write_text(json.dumps({**told, "sha256": _checksum(told)}))


def test_a_key_file_of_a_newer_version_is_named_so(path: Path) -> None:
    with_passphrase().save(path)
    rewritten(path, lambda told: told.update(version=2))
    with pytest.raises(NewerSchema, match="newer version"):
        KeyFile.load(path)


def test_an_inbox_key_that_was_swapped_is_seen_when_the_file_is_unlocked(path: Path) -> None:
    with_passphrase().save(path)
    rewritten(path, lambda told: told.update(inbox_public_key=new_inbox_keys()[1].hex()))
    with pytest.raises(Damaged, match="changed by something else"):
        KeyFile.load(path).unlock_with_passphrase(PASSPHRASE)


def test_a_wrap_of_another_file_does_not_open_this_one(path: Path) -> None:
    other = with_passphrase()
    keys = empty()
    moved = KeyFile(keys.file_id, keys.inbox_public_key, keys.fingerprint, other.wraps)
    with pytest.raises(WrongKey):
        moved.unlock_with_passphrase(PASSPHRASE)


@pytest.mark.parametrize(
    ("passes", "memory_bytes"), [(10**9, 2**26), (3, 2**40), (0, 2**26), (3, 1), (3.0, 2**26), (3, float("inf"))]
)
def test_a_cost_that_would_stall_the_machine_is_damage(path: Path, passes: float, memory_bytes: float) -> None:
    with_passphrase().save(path)

    def ask_too_much(told: dict[str, object]) -> None:
        told["wraps"]["passphrase"].update(passes=passes, memory_bytes=memory_bytes)  # type: ignore[index]

    rewritten(path, ask_too_much)
    with pytest.raises(Damaged):
        KeyFile.load(path)


def test_no_secret_is_in_the_file_a_repr_an_error_or_the_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ring = FakeRing()
    keys, printed = with_passphrase().wrap_with_keyring(DATA_KEY, ring).wrap_with_recovery(DATA_KEY)
    keys.save(path)
    told = [repr(keys), str(keys), caplog.text, path.read_text()]
    for unlock in (
        lambda: keys.unlock_with_passphrase("wrong words here"),
        lambda: keys.unlock_with_recovery("x" * 35),
    ):
        with pytest.raises(UitknopError) as found:
            unlock()
        told += [str(found.value), repr(found.value)]
    (kept,) = ring.kept.values()
    for secret in (DATA_KEY.hex(), str(DATA_KEY), PASSPHRASE, printed, printed.replace("-", ""), kept):
        assert not any(secret in text for text in told)


def test_too_little_memory_for_a_passphrase_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import nacl.pwhash

    def refuse(*_args: object, **_options: object) -> bytes:
        raise RuntimeError("could not allocate")

    keys = with_passphrase()
    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", refuse)
    with pytest.raises(StoreError, match="needs 8 MB of memory"):
        keys.unlock_with_passphrase(PASSPHRASE)


def test_keys_are_random() -> None:
    assert len({new_data_key() for _ in range(50)}) == 50
    assert len(new_data_key()) == 32
    assert empty().file_id != empty().file_id
    assert with_passphrase().wraps["passphrase"] != with_passphrase().wraps["passphrase"]
