"""`uitknop erase`: asked first, then gone, and proven so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def made_file(run: Run, own: Path, table: Write, tmp_path: Path) -> Path:
    assert run("import", table(tmp_path / "in/planted-name.csv"), "--zone", "Asia/Tokyo").code == 0
    return own


def test_it_is_never_done_without_being_asked(run: Run, made_file: Path) -> None:
    told = run("erase")
    assert told.code == 2
    assert "--yes" in told.err
    assert made_file.exists()


def test_a_person_at_a_terminal_is_asked_about_every_file(
    run: Run, made_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str, err: bool) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(typer, "confirm", answer)
    assert run("erase").code == 2
    assert made_file.exists()
    assert "person.uitknop.keys, person.uitknop" in asked[0]
    assert run("erase").code == 0
    assert not made_file.exists()


def test_nothing_that_was_taken_in_is_left_in_the_folder(run: Run, made_file: Path, tmp_path: Path) -> None:
    told = run("erase", "--yes", "--json")
    assert (told.code, told.json) == (0, {"erased": ["person.uitknop.keys", "person.uitknop"]})
    assert list(made_file.parent.iterdir()) == []
    again = run("erase", "--yes")
    assert again.code == 2
    assert "There is no file" in again.err


def test_a_file_of_another_program_is_left(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    assert run("erase", "--yes", "--file", tmp_path / "thesis.docx").code == 2
    assert (tmp_path / "thesis.docx").exists()


def test_no_value_is_readable_before_it_is_erased_either(run: Run, made_file: Path) -> None:
    run("analyse")
    for each in made_file.parent.iterdir():
        for planted in (b"planted-name", b"Asia/Tokyo", b"heart_rate", b"SQLite format"):
            assert planted not in each.read_bytes()
