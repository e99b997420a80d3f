"""While another window writes, or the disk is full, what is known can still be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from uitknop import person
from uitknop.core import Entry
from uitknop.core.errors import NotWritable
from uitknop.person import Secret, judge_touched, take_in
from uitknop.person.unlock import open_file
from uitknop.store import KeyFile, Origin, Store, add_tap, inbox_path, keys_path
from uitknop.store.border import full

Run = Callable[..., Any]
Write = Callable[..., Path]
NOW_MS = 1_780_000_000_000
SECRET = Secret(passphrase="correct horse battery")


@pytest.fixture
def made_file(run: Run, own: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert run("import", made.clocked, "--zone", "Europe/Amsterdam").code == 0
    monkeypatch.setattr(person, "open_file", partial(open_file, wait_s=0.01))
    return own


@pytest.fixture
def more(table: Write, tmp_path: Path) -> Path:
    return table(tmp_path / "later.csv", "2026-05-04")


@contextmanager
def long_import(path: Path, file: Path) -> Iterator[None]:
    """Another window that has taken a file in and is at the next, with taps that wait."""
    with open_file(path, SECRET, now_ms=NOW_MS) as store:
        take_in(store, [file], now_ms=NOW_MS, zone="UTC")
        tap = Entry(NOW_MS, "UTC", "rest", "nsdr", NOW_MS + 60_000)
        add_tap(inbox_path(path), KeyFile.load(keys_path(path)).inbox_public_key, tap)
        with store.batch(Origin("next", "next", "", "", "", NOW_MS)):
            yield


@pytest.mark.parametrize("quiet", [["--quiet"], ["--json"]])
def test_while_another_writes_the_findings_that_are_kept_are_shown(
    quiet: list[str], run: Run, made_file: Path, more: Path
) -> None:
    before = run("analyse", *quiet)
    with long_import(made_file, more):
        told = run("analyse", *quiet)
    assert (told.code, told.out) == (before.code, before.out)
    assert before.remarks == []
    (remark,) = told.remarks
    assert remark.startswith("Another window or program is writing to person.uitknop, so the findings may be behind")
    assert run("analyse", *quiet).remarks == []


def test_while_another_writes_everything_can_be_exported(run: Run, made_file: Path, more: Path, tmp_path: Path) -> None:
    with long_import(made_file, more):
        told = run("export", tmp_path / "out")
    assert told.code == 0
    assert "may be behind" in told.remarks[0]
    assert any((tmp_path / "out").iterdir())


@pytest.mark.parametrize("command", [["hrv", "--json"], ["walk", "--since", "2020-01-01"]])
def test_what_judges_nothing_needs_nobody_to_have_finished(
    command: list[str], run: Run, made_file: Path, more: Path
) -> None:
    with long_import(made_file, more):
        told = run(*command)
    assert (told.code, told.remarks) == (0, [])


def test_findings_of_other_medicines_are_not_shown_instead(run: Run, made_file: Path, more: Path) -> None:
    with long_import(made_file, more):
        told = run("analyse", "--json", "--condition", "beta_blocker")
    assert (told.code, told.out) == (2, "")
    assert "Another window or program is writing to person.uitknop. Wait until" in told.err


def test_with_a_full_disk_the_findings_that_are_kept_are_shown(
    run: Run, made_file: Path, more: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("analyse", "--json")
    with open_file(made_file, SECRET, now_ms=NOW_MS) as store:
        take_in(store, [more], now_ms=NOW_MS, zone="UTC")

    def no_room(store: Store) -> None:
        raise NotWritable(full(store.name))

    with monkeypatch.context() as patched:
        patched.setattr(Store, "transaction", no_room)
        told = run("analyse", "--json")
    assert (told.code, told.out) == (before.code, before.out)
    (remark,) = told.remarks
    assert "no room on the disk" in remark
    with open_file(made_file, SECRET, now_ms=NOW_MS) as store:
        assert len(judge_touched(store).judged) == 1
