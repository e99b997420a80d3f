"""Where a person's file lies, and what belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from uitknop.person import default_path
from uitknop.person.place import aside_path, everything_at, kept_aside, left_over


def test_the_file_lies_where_the_system_keeps_what_programs_keep(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_path() == tmp_path / "data/uitknop/person.uitknop"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_path() == tmp_path / ".local/share/uitknop/person.uitknop"


def test_all_that_belongs_to_a_file_begins_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "me.uitknop"
    everything = everything_at(path)
    assert everything[0] == path
    assert {each.name for each in everything} == {
        f"me.uitknop{end}" for end in ("", "-wal", "-shm", "-journal", ".keys", ".inbox")
    }


def test_what_a_restore_kept_aside_is_found_also_when_only_its_keys_are_left(tmp_path: Path) -> None:
    path = tmp_path / "me.uitknop"
    assert kept_aside(path) == ()
    aside_path(path, 1).write_bytes(b"")
    (tmp_path / "me.before-12.uitknop.keys").write_bytes(b"")
    (tmp_path / "you.before-1.uitknop").write_bytes(b"")
    (tmp_path / "me.before-x.uitknop").write_bytes(b"")
    assert kept_aside(path) == (aside_path(path, 1), aside_path(path, 12))
    assert kept_aside(tmp_path / "gone/me.uitknop") == ()


def test_what_a_killed_process_left_is_known_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "me.uitknop"
    ours = ["me.uitknop.part", "me.uitknop.part-wal", ".me.uitknop.keys.0123abcd.new"]
    for name in (*ours, "me.uitknop", "you.uitknop.part", "me.uitknop.parts"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".uitknop-restore-x").mkdir()
    assert sorted(each.name for each in left_over(path)) == sorted([*ours, ".uitknop-restore-x"])
