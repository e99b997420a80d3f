"""`uitknop diagnose`: versions and counts, and nothing that is anybody's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., Path]


def test_it_counts_what_is_there(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    run("import", table(tmp_path / "planted-name.csv"), "--zone", "Asia/Tokyo")
    told = run("diagnose")
    assert told.code == 0
    assert "Samples: 120" in told.out
    assert "Files taken in: 1" in told.out
    for planted in ("planted", "Tokyo", str(own), str(tmp_path), "person"):
        assert planted not in told.out.replace("personal", "")


def test_without_a_file_it_says_so(run: Run, own: Path) -> None:
    told = run("diagnose")
    assert told.code == 0
    assert "No file, or it can't be opened." in told.out
    assert not own.exists()


def test_a_file_that_does_not_open_is_one_of_the_things_to_tell(
    run: Run, own: Path, table: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", table(tmp_path / "a.csv"), "--zone", "UTC")
    monkeypatch.setenv("UITKNOP_PASSPHRASE", "another horse battery")
    told = run("diagnose")
    assert told.code == 0
    assert "WrongKey" in told.out
    assert "another" not in told.out


def test_a_damaged_file_is_one_of_the_things_to_tell(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    run("import", table(tmp_path / "a.csv"), "--zone", "UTC")
    content = bytearray(own.read_bytes())
    content[len(content) // 2] ^= 1
    own.write_bytes(content)
    told = run("diagnose")
    assert told.code == 0
    assert "Damaged" in told.out
