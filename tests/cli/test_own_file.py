"""Where the own file is, what unlocks it, and that no secret shows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., Path]
PASSPHRASE = "correct horse battery"


@pytest.fixture
def made_file(run: Run, own: Path, table: Write, tmp_path: Path) -> Path:
    assert run("import", table(tmp_path / "a.csv"), "--zone", "UTC").code == 0
    return own


def test_the_file_lies_in_the_user_data_folder_or_where_it_is_told(run: Run, made_file: Path, tmp_path: Path) -> None:
    assert made_file.exists()
    assert run("analyse", "--file", tmp_path / "other.uitknop").code == 2
    assert run("analyse", "--file", made_file, "--json").json["recordings"] != []


@pytest.mark.parametrize("command", ["analyse", "hrv", "walk", "backup", "export", "keys"])
def test_without_a_file_every_command_tells_how_to_make_one(command: str, run: Run, own: Path, tmp_path: Path) -> None:
    told = run(command, *([tmp_path / "to"] if command in ("backup", "export") else []))
    assert told.code == 2
    assert told.err.splitlines()[-1] == (
        'There is no file person.uitknop yet. "uitknop import PATH" makes it and takes your recordings in.'
    )
    assert not own.exists()


def test_a_passphrase_comes_from_a_file_or_the_environment(
    run: Run, made_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UITKNOP_PASSPHRASE")
    assert "--passphrase-file" in run("analyse").err
    typed = tmp_path / "secret.txt"
    for content in (PASSPHRASE, f"{PASSPHRASE}\n", f"\ufeff{PASSPHRASE}\r\nand a second line\n"):
        typed.write_text(content, encoding="utf-8", newline="")
        assert run("analyse", "--passphrase-file", typed, "--json").json["recordings"] != []


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b"\n\n", "is empty"), (b"\xff\xfe\x00", "is no text"), (None, "opened")]
)
def test_a_passphrase_file_that_holds_none_is_told(
    content: bytes | None, said: str, run: Run, made_file: Path, tmp_path: Path
) -> None:
    typed = tmp_path / "secret.txt"
    if content is not None:
        typed.write_bytes(content)
    told = run("analyse", "--passphrase-file", typed)
    assert told.code == 2
    assert f"secret.txt {said}" in told.err or "secret.txt can't be opened" in told.err


def test_another_passphrase_is_refused_and_shows_nowhere(run: Run, made_file: Path, tmp_path: Path) -> None:
    before = made_file.read_bytes()
    typed = tmp_path / "secret.txt"
    typed.write_text("another horse battery", encoding="utf-8")
    for command in ("analyse", "hrv", "diagnose", "keys"):
        told = run(command, "--passphrase-file", typed, *(["--add", "recovery"] if command == "keys" else []))
        assert "another horse" not in told.out + told.err
        assert PASSPHRASE not in told.out + told.err
        assert told.code == (0 if command == "diagnose" else 2)
    assert made_file.read_bytes() == before


def test_the_recovery_key_opens_what_the_passphrase_no_longer_does(
    run: Run, own: Path, table: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("import", table(tmp_path / "a.csv"), "--zone", "UTC")
    (key,) = [line.strip() for line in told.err.splitlines() if line.count("-") == 6]
    monkeypatch.delenv("UITKNOP_PASSPHRASE")
    monkeypatch.setenv("UITKNOP_RECOVERY_KEY", key)
    assert run("analyse", "--json").json["recordings"] != []


def test_without_a_key_ring_and_a_passphrase_nothing_is_made(
    run: Run, own: Path, table: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UITKNOP_PASSPHRASE")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    told = run("import", table(tmp_path / "a.csv"), "--zone", "UTC")
    assert told.code == 2
    assert "needs a passphrase" in told.err
    assert list(own.parent.iterdir()) == []


def test_a_folder_that_refuses_writing_is_told_and_nothing_is_lost(
    process: Run, made_file: Path, table: Write, tmp_path: Path
) -> None:
    before = made_file.read_bytes()
    made_file.parent.chmod(0o500)
    made_file.chmod(0o400)
    try:
        told = process("import", table(tmp_path / "b.csv", "2026-03-09"), "--lang", "en")
    finally:
        made_file.parent.chmod(0o700)
        made_file.chmod(0o600)
    assert told.code == 2
    assert "Traceback" not in told.err
    assert "person.uitknop" in told.err
    assert made_file.read_bytes() == before


def test_secrets_are_no_arguments(run: Run) -> None:
    for command in ("import", "analyse", "keys", "restore", "export"):
        told = run(command, "--help")
        assert "--passphrase-file" in told.out
        assert "--passphrase " not in told.out.replace("--passphrase-file", "")
    assert not any(PASSPHRASE in argument for argument in sys.argv)
