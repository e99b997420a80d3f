"""`uitknop backup`: a checked copy, named by its moment in a folder, never over anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def made_file(run: Run, own: Path, table: Write, tmp_path: Path) -> Path:
    assert run("import", table(tmp_path / "a.csv"), "--zone", "UTC").code == 0
    return own


def test_a_copy_in_a_folder_is_named_by_its_moment(run: Run, made_file: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    told = run("backup", stick, "--json")
    (copy,) = stick.iterdir()
    assert told.code == 0
    assert told.json == {"backup": str(copy), "bytes": copy.stat().st_size}
    assert copy.match("uitknop-20*.backup")


def test_a_copy_is_never_written_over_anything(run: Run, made_file: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b").code == 0
    before = (tmp_path / "b").read_bytes()
    told = run("backup", tmp_path / "b")
    assert (told.code, (tmp_path / "b").read_bytes()) == (2, before)
    assert "is there already" in told.err
    assert run("backup", tmp_path / "gone/b").code == 2


def test_it_says_what_opens_it_unless_it_should_be_quiet(run: Run, made_file: Path, tmp_path: Path) -> None:
    assert "recovery key" in run("backup", tmp_path / "b").err
    quiet = run("backup", tmp_path / "c", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
