"""`uitknop keys`: ways to open the file are shown, added and taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest

Run = Callable[..., Any]
Write = Callable[..., Path]
PASSPHRASE = "correct horse battery"


class Ring(keyring.backend.KeyringBackend):
    """A key ring in memory."""

    priority = 1
    kept: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()  # type: ignore[no-untyped-call]
    ring.kept = {}
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def made_file(run: Run, own: Path, table: Write, tmp_path: Path) -> Path:
    assert run("import", table(tmp_path / "a.csv"), "--zone", "UTC").code == 0
    return own


def ways(run: Run) -> list[str]:
    return list(run("keys", "--json").json["ways"])


def recovery_key(told: Any) -> str:
    (key,) = [line.strip() for line in told.err.splitlines() if line.count("-") == 6]
    return str(key)


def test_the_ways_are_shown(run: Run, made_file: Path) -> None:
    told = run("keys")
    assert (told.code, told.out) == (0, "passphrase: a passphrase\nrecovery: the recovery key on paper\n")


def test_a_new_passphrase_replaces_the_old_one(
    run: Run, made_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new.txt"
    new.write_text("a brand new passphrase\n", encoding="utf-8")
    told = run("keys", "--add", "passphrase", "--new-passphrase-file", new)
    assert told.code == 0
    assert "brand new" not in told.out + told.err
    assert run("analyse").code == 2
    monkeypatch.setenv("UITKNOP_PASSPHRASE", "a brand new passphrase")
    assert run("analyse", "--json").json["recordings"] != []


def test_the_key_ring_opens_without_being_asked_and_can_be_taken_away(
    run: Run, made_file: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("keys", "--add", "keyring", "--remove", "passphrase").code == 0
    monkeypatch.delenv("UITKNOP_PASSPHRASE")
    assert ways(run) == ["keyring", "recovery"]
    assert run("analyse", "--json").json["recordings"] != []
    assert run("keys", "--remove", "keyring").code == 0
    assert ring.kept == {}
    assert run("analyse").code == 2


def test_a_new_recovery_key_is_shown_once_on_the_side(
    run: Run, made_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("keys", "--add", "recovery", "--quiet")
    key = recovery_key(told)
    assert key not in told.out
    monkeypatch.delenv("UITKNOP_PASSPHRASE")
    monkeypatch.setenv("UITKNOP_RECOVERY_KEY", key)
    newer = recovery_key(run("keys", "--add", "recovery", "--json"))
    assert "does not open" in run("keys", "--remove", "recovery").err
    monkeypatch.setenv("UITKNOP_RECOVERY_KEY", newer)
    assert run("keys", "--remove", "recovery").code == 0
    assert ways(run) == ["passphrase"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--add", "passphrase"],
        ["--new-passphrase-file", "x"],
        ["--add", "recovery", "--remove", "recovery"],
        ["--add", "fingerprint"],
        ["--remove", "keyring", "--add", "fingerprint"],
    ],
)
def test_what_can_not_be_meant_is_refused(arguments: list[str], run: Run, made_file: Path) -> None:
    told = run("keys", *arguments)
    assert told.code == 2
    assert ways(run) == ["passphrase", "recovery"]


def test_the_last_way_can_not_be_taken_away(run: Run, made_file: Path) -> None:
    assert run("keys", "--remove", "recovery").code == 0
    told = run("keys", "--remove", "passphrase")
    assert told.code == 2
    assert "Without a way to unlock it" in told.err


def test_erasing_takes_the_secret_out_of_the_key_ring(run: Run, made_file: Path, ring: Ring) -> None:
    run("keys", "--add", "keyring")
    assert len(ring.kept) == 1
    assert run("erase", "--yes").code == 0
    assert ring.kept == {}
