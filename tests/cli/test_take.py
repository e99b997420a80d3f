"""`uitknop import`: what comes in, what is told of it, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

Run = Callable[..., Any]
Write = Callable[..., Path]
KEYS = {"name", "outcome", "new", "known", "aside", "why", "refused", "skipped", "clockless", "notes"}
UITKNOP = str(Path(sys.executable).parent / "uitknop")


def test_the_first_import_makes_the_file_and_shows_the_recovery_key_once(
    run: Run, own: Path, table: Write, tmp_path: Path
) -> None:
    told = run("import", table(tmp_path / "a.csv"), "--zone", "Europe/Amsterdam")
    assert told.code == 0
    assert own.exists()
    (key,) = [line.strip() for line in told.err.splitlines() if line.count("-") == 6 and " " not in line.strip()]
    assert key not in told.out
    assert "Came in: 1 file." in told.out
    again = run("import", table(tmp_path / "a.csv"))
    assert again.code == 0
    assert "Was there already: 1 file." in again.out
    assert key not in again.out + again.err


def test_json_tells_what_became_of_every_file(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    table(tmp_path / "in/a.csv")
    (tmp_path / "in/diary.txt").write_text("dear diary\n", encoding="utf-8")
    told = run("import", tmp_path / "in", tmp_path / "gone.csv", "--zone", "UTC", "--json")
    assert told.code == 0
    assert set(told.json) == {"files", "zone", "days", "judged"}
    assert all(set(each) == KEYS for each in told.json["files"])
    outcomes = {each["name"]: each["outcome"] for each in told.json["files"]}
    assert outcomes == {"a.csv": "new", "diary.txt": "no_recording", "gone.csv": "refused"}
    assert (told.json["zone"], told.json["days"], told.json["judged"]) == ("UTC", 1, ["2026-03-02"])


def test_nothing_taken_in_is_exit_code_2(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    assert run("import", tmp_path / "gone.csv").code == 2
    assert not own.exists()
    assert run("import").code == 2
    assert run("import", table(tmp_path / "a.csv"), "--zone", "Nowhere/Land").code == 2
    assert run("import", "--undo").code == 2


def test_a_recording_without_a_clock_is_named_and_can_be_placed(run: Run, own: Path, made: Any) -> None:
    told = run("import", made.clockless, "--zone", "Europe/Amsterdam")
    assert told.code == 0
    assert "Without a clock: 1 recording." in told.out
    assert made.clockless.name in told.out
    assert "--start" in told.out
    assert run("analyse", "--json").json["recordings"] == []
    placed = run("import", made.clockless, "--start", "2026-03-02T09:00", "--json")
    assert placed.json["files"][0]["clockless"] == []
    assert [each["start"][:16] for each in run("analyse", "--json").json["recordings"]] == ["2026-03-02T09:00"]
    assert run("import", made.clockless, made.clocked, "--start", "2026-03-02T09:00").code == 2


def test_an_import_can_be_taken_back_and_taken_in_again(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    files = [table(tmp_path / "a.csv"), table(tmp_path / "b.csv", "2026-03-03")]
    run("import", *files, "--zone", "UTC")
    before = run("analyse", "--json").json["recordings"]
    undone = run("import", "--undo", "--json")
    assert (undone.code, undone.json) == (0, {"undone": ["a.csv", "b.csv"]})
    assert run("analyse", "--json").json["recordings"] == []
    assert "a.csv" in run("import", *files).out
    assert run("analyse", "--json").json["recordings"] == before


def test_members_of_a_zip_file_come_in(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "both.zip", "w") as archive:
        for name, day in (("a.csv", "2026-03-02"), ("b.csv", "2026-03-05")):
            archive.write(table(tmp_path / name, day), name)
        archive.writestr("photo.jpg", b"\xff\xd8 no recording")
    told = run("import", tmp_path / "both.zip", "--zone", "UTC", "--json").json
    assert (told["files"][0]["new"], told["days"]) == (240, 2)
    assert told["files"][0]["skipped"] == ["photo.jpg"]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_is_told_is_one_language(lang: str, run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    told = run("import", table(tmp_path / "a.csv"), "--zone", "UTC", "--lang", lang)
    assert told.code == 0
    assert told.out.startswith("Came in") is (lang == "en")


def test_heart_rate_alone_never_becomes_variability(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    for day in range(2, 5):
        table(tmp_path / f"in/{day}.csv", f"2026-03-{day:02d}", 600)
    assert run("import", tmp_path / "in", "--zone", "UTC").code == 0
    told = run("analyse", "--json")
    assert [each["n_beats"] for each in told.json["recordings"]] == [0]
    assert all(bout["ln_rmssd_change"] is None for bout in told.json["bouts"])
    assert "no beats" in run("hrv").err


def start(env: Mapping[str, str], *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [UITKNOP, *map(str, arguments)],
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed,  # no threads run between fork and exec
    )


def _heed() -> None:
    """Tests that run in the background may be told to ignore an interrupt, and whom they start would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def many(table: Write, folder: Path, n: int = 20) -> Path:
    for number in range(n):
        table(folder / f"{number:02d}.csv", f"2026-{1 + number // 20:02d}-{1 + number % 20:02d}", 600)
    return folder


def test_stopped_by_the_person_it_says_so_and_goes_on_later(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    folder = many(table, tmp_path / "in")
    assert run("import", table(tmp_path / "first.csv", "2025-12-24"), "--zone", "UTC").code == 0
    child = start({}, "import", folder, "--zone", "UTC")
    assert child.stderr is not None
    child.stderr.readline()  # Reading ...
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 130, out + err
    assert "Traceback" not in err
    assert "Stopped." in err
    told = run("import", folder, "--zone", "UTC", "--json").json
    assert {each["outcome"] for each in told["files"]} <= {"known", "new"}
    assert told["days"] == 21
    once = tmp_path / "once.uitknop"
    run("import", table(tmp_path / "first.csv", "2025-12-24"), folder, "--zone", "UTC", "--file", once)
    mine, other = (run("analyse", "--json", "--file", each).json for each in (own, once))
    for answer in (mine, other):
        for recording in answer["recordings"]:
            recording.pop("name")
    assert mine == other


def test_killed_at_any_moment_it_goes_on_later(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    folder = many(table, tmp_path / "in", 12)
    assert run("import", table(tmp_path / "first.csv", "2025-12-24"), "--zone", "UTC").code == 0
    for wait_s in (0.1, 0.3, 0.6):
        child = start({}, "import", folder, "--zone", "UTC", "--quiet")
        time.sleep(wait_s + 0.5)
        child.kill()
        child.communicate(timeout=60)
    told = run("import", folder, "--zone", "UTC", "--json")
    assert told.code == 0
    assert told.json["days"] == 13
    assert sum(each["new"] + each["known"] for each in told.json["files"]) == 12 * 600


def test_output_validates_where_a_program_reads_it(run: Run, own: Path, table: Write, tmp_path: Path) -> None:
    told = run("import", table(tmp_path / "a.csv"), "--zone", "UTC", "--json").json
    words = {"type": "array", "items": {"type": "string"}}
    count = {"type": "integer", "minimum": 0}
    shape = {
        "required": sorted(KEYS),
        "properties": {"new": count, "known": count, "aside": count, "skipped": words, "clockless": words},
    }
    Draft202012Validator({"properties": {"files": {"type": "array", "items": shape}, "judged": words}}).validate(told)
