"""`uitknop restore`: a backup becomes the own file again; what is none is refused and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def backup(run: Run, own: Path, table: Write, tmp_path: Path) -> Path:
    assert run("import", table(tmp_path / "a.csv"), "--zone", "UTC").code == 0
    assert run("backup", tmp_path / "b").code == 0
    return tmp_path / "b"


def recordings(run: Run) -> list[Any]:
    return list(run("analyse", "--json").json["recordings"])


def test_an_erased_file_comes_back(run: Run, backup: Path, own: Path) -> None:
    before = recordings(run)
    assert run("erase", "--yes").code == 0
    assert run("analyse").code == 2
    told = run("restore", backup, "--json")
    assert (told.code, told.json) == (0, {"file": str(own), "before": None})
    assert recordings(run) == before


def test_what_stood_there_is_kept_and_named(run: Run, backup: Path, own: Path, table: Write, tmp_path: Path) -> None:
    before = recordings(run)
    run("import", table(tmp_path / "b.csv", "2026-04-01"))
    told = run("restore", backup)
    assert "person.before-1.uitknop" in told.err
    assert recordings(run) == before
    aside = run("analyse", "--json", "--file", own.with_name("person.before-1.uitknop")).json
    assert aside["recordings"][0]["duration_s"] > before[0]["duration_s"]


@pytest.mark.parametrize("what", ["cut", "changed", "foreign", "gone"])
def test_what_is_no_whole_backup_is_refused_and_nothing_is_changed(
    what: str, run: Run, backup: Path, own: Path, tmp_path: Path
) -> None:
    whole = backup.read_bytes()
    given = tmp_path / f"{what}.backup"
    middle = len(whole) // 2
    contents = {
        "cut": whole[:middle],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "foreign": b"no zip file at all",
    }
    if what in contents:
        given.write_bytes(contents[what])
    before = {each.name: each.read_bytes() for each in own.parent.iterdir()}
    told = run("restore", given)
    assert told.code == 2
    assert f"{what}.backup" in told.err
    assert {each.name: each.read_bytes() for each in own.parent.iterdir()} == before


def test_another_passphrase_puts_nothing_back(
    run: Run, backup: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = own.read_bytes()
    monkeypatch.setenv("UITKNOP_PASSPHRASE", "another horse battery")
    told = run("restore", backup)
    assert told.code == 2
    assert "does not open" in told.err
    assert "another horse" not in told.err
    assert own.read_bytes() == before
