"""`uitknop export`: everything out, and back in it is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Beats, Entry, Recording
from uitknop.person import Secret, open_file
from uitknop.store import Origin

Run = Callable[..., Any]
Write = Callable[..., Path]
NOW_MS = 1_780_000_000_000
SECRET = Secret(passphrase="correct horse battery")


@pytest.fixture
def made_file(run: Run, own: Path, table: Write, tmp_path: Path, made: Any) -> Path:
    """A watch, a strap, a recording without a clock, two devices in the same minutes, and a diary."""
    files = (table(tmp_path / "in/a.csv"), made.clocked, made.clockless)
    assert run("import", *files, "--zone", "Europe/Amsterdam").code == 0
    rr_ms = [800.0 + n % 7 for n in range(900)]
    with open_file(own, SECRET, now_ms=NOW_MS) as store:
        for device in ("left", "right"):
            with store.batch(Origin(device, device, "polar", "1", "{}", NOW_MS)) as batch:
                beats = Beats.from_rr_ms(rr_ms[: 900 - len(device)], start_ms=1_772_434_800_000, device=device)
                felt = Entry(1_772_434_800_000, "Europe/Amsterdam", "answer", f"calmer {device}", None, "felt")
                batch.add(Recording("polar", device, "Europe/Amsterdam", beats, (), (felt,)))
    return own


def facts(path: Path) -> list[str]:
    """The dump without the moments at which zones were told, which are those of the files."""
    with open_file(path, SECRET, now_ms=NOW_MS) as store:
        return [line for line in store.dump() if not line.startswith('["zone"')]


def test_an_export_taken_into_a_new_file_is_the_same_facts(run: Run, made_file: Path, tmp_path: Path) -> None:
    told = run("export", tmp_path / "out", "--json")
    assert told.code == 0
    assert told.json["folder"] == str(tmp_path / "out")
    assert sorted(told.json["files"]) == sorted(each.name for each in (tmp_path / "out").iterdir())
    other = tmp_path / "other.uitknop"
    assert run("import", tmp_path / "out", "--file", other).code == 0
    assert facts(other) == facts(made_file)
    assert len([line for line in facts(other) if line.startswith('["entry"')]) == 2
    assert run("export", tmp_path / "again", "--file", other).code == 0
    assert run("import", tmp_path / "again", "--file", tmp_path / "third.uitknop").code == 0
    assert facts(tmp_path / "third.uitknop") == facts(made_file)


def test_an_export_taken_into_the_same_file_is_nothing_new(run: Run, made_file: Path, tmp_path: Path) -> None:
    before = facts(made_file)
    run("export", tmp_path / "out")
    told = run("import", tmp_path / "out", "--json").json
    assert sum(each["new"] for each in told["files"]) == 0
    assert facts(made_file) == before


@pytest.mark.parametrize("shape", ["plain", "fhir", "open-mhealth"])
def test_only_their_owner_can_read_what_is_written(shape: str, run: Run, made_file: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "out", "--format", shape).code == 0
    files = list((tmp_path / "out").iterdir())
    assert files != []
    assert all(each.stat().st_mode & 0o077 == 0 for each in [tmp_path / "out", *files])


def test_other_formats_hold_one_json_object_a_line(run: Run, made_file: Path, tmp_path: Path) -> None:
    for shape in ("fhir", "open-mhealth"):
        run("export", tmp_path / shape, "--format", shape)
        lines = [line for each in (tmp_path / shape).iterdir() for line in each.read_text("utf-8").splitlines()]
        assert len([json.loads(line) for line in lines]) > 100


def test_what_can_not_be_written_is_refused_before_any_work(run: Run, made_file: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "in").code == 2
    assert run("export", tmp_path / "in/a.csv").code == 2
    assert run("export", tmp_path / "in/a.csv/below").code == 2
    assert run("export", tmp_path / "out", "--format", "pdf").code == 2
    assert not (tmp_path / "out").exists()
