"""The other commands, and what holds for all of them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import golden
import pytest
from jsonschema import Draft202012Validator

from uitknop.synthetic import WRITERS
from uitknop.walk import output_schema, request_schema

Run = Callable[..., Any]
UITKNOP = str(Path(sys.executable).parent / "uitknop")
OF_OWN = ["import", "record", "backup", "restore", "export", "keys", "erase", "diagnose"]
COMMANDS = ["analyse", "hrv", "demo", "sources", "synthesise", "walk", *OF_OWN]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, run: Run) -> None:
    told = run(command, "--help")
    assert told.code == 0
    assert f"uitknop {command}" in told.out
    assert "--lang" in told.out


def test_help_lists_every_command_and_so_does_the_module(process: Run) -> None:
    told = process("--help")
    assert told.code == 0
    assert all(command in told.out for command in COMMANDS)
    module = process("--help", command=[sys.executable, "-m", "uitknop"])
    assert (module.code, module.err) == (0, "")
    assert all(command in module.out for command in COMMANDS)


@pytest.mark.parametrize(
    ("system", "dutch"),
    [("nl_NL.UTF-8", True), ("nl_BE", True), ("en_GB.UTF-8", False), ("de_DE.UTF-8", False), ("C", True), ("", True)],
)
def test_the_language_is_that_of_the_system(
    system: str, dutch: bool, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "UITKNOP_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    said = run("analyse", tmp_path / "gone.txt", "--quiet").err
    assert said == run("analyse", tmp_path / "gone.txt", "--quiet", "--lang", "nl" if dutch else "en").err
    monkeypatch.setenv("UITKNOP_LANG", "en" if dutch else "nl")
    assert run("analyse", tmp_path / "gone.txt", "--quiet").err != said


def test_help_is_in_the_language_of_the_system(process: Run) -> None:
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "UITKNOP_LANG": ""}
    dutch = process("--help", env={**environment, "LANG": "nl_NL.UTF-8"})
    english = process("--help", env={**environment, "LANG": "en_GB.UTF-8"})
    assert "rust" in dutch.out
    assert "rest" in english.out
    assert dutch.out != english.out


def test_a_process_prints_no_colours_into_a_file_and_says_what_it_does(process: Run, made: Any) -> None:
    told = process("analyse", made.clockless, "--lang", "en")
    assert told.code == 0
    assert "\x1b" not in told.out + told.err
    assert told.err.splitlines()[:2] == ["Reading ...", "Judging ..."]


@pytest.mark.parametrize("arguments", [["sources"], ["walk", "--schema", "output"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    script = f"set -o pipefail; {UITKNOP} {' '.join(arguments)} | head -n 0"
    told = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_a_file_name_gives_no_orders_and_breaks_no_sentence(run: Run, process: Run, tmp_path: Path, made: Any) -> None:
    told = run("analyse", tmp_path / "a\x1b[31mb\nc.txt", "--lang", "en", "--quiet")
    assert told.err == "a?[31mb?c.txt does not exist. Check the path.\n"
    marked = tmp_path / "[red]morning.txt"
    marked.write_bytes(made.clockless.read_bytes())
    assert "[red]morning.txt" in run("hrv", marked, "--quiet").out


def test_a_file_name_that_is_no_text_is_no_traceback(process: Run, tmp_path: Path, made: Any) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff.txt"))
    odd.write_bytes(made.clockless.read_bytes())
    told = process("analyse", odd, "--json", "--report", tmp_path / "page.html")
    assert (told.code, told.err) == (0, "")
    assert len(told.json["recordings"]) == 1


def test_an_unknown_command_or_option_is_refused(run: Run) -> None:
    for arguments in (["rest"], ["analyse", "--colour"]):
        told = run(*arguments)
        assert (told.code, told.out) == (2, "")
        assert "Traceback" not in told.err


# --- sources ---------------------------------------------------------------------------------------------------------


def test_sources_are_listed_with_a_grade(run: Run) -> None:
    rows = run("sources", "--json").json["sources"]
    assert len(rows) >= 9
    assert all(row["title"] and row["quality"] and row["why"] for row in rows)
    told = {lang: run("sources", "--lang", lang) for lang in ("nl", "en")}
    assert told["nl"].out != told["en"].out
    assert "Empatica" in told["en"].out


# --- hrv -------------------------------------------------------------------------------------------------------------


def test_windows_start_a_step_apart(run: Run, made: Any) -> None:
    told = run("hrv", made.clockless, "--json", "--window-s", 300, "--step-s", 120)
    assert (told.code, told.err) == (0, "")
    ((recording),) = told.json["recordings"]
    starts = [window["start_s"] for window in recording["windows"]]
    assert len(starts) > 10
    assert {round(b - a) for a, b in pairwise(starts)} == {120}
    assert {window["start"] for window in recording["windows"]} == {None}
    assert all(window["rmssd_ms"] > 0 for window in recording["windows"])


def test_times_of_windows_have_an_offset_where_there_is_a_clock(run: Run, made: Any) -> None:
    told = run("hrv", made.clocked, "--json", "--zone", "Europe/Amsterdam").json
    windows = told["recordings"][0]["windows"]
    assert all(window["start"].endswith("+01:00") and window["start_s"] is None for window in windows)


def test_the_table_for_a_spreadsheet_holds_the_same(run: Run, made: Any) -> None:
    told = run("hrv", made.clockless, "--csv")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    windows = run("hrv", made.clockless, "--json").json["recordings"][0]["windows"]
    assert [float(row["rmssd_ms"]) for row in rows] == [window["rmssd_ms"] for window in windows]
    assert "\r" not in told.out


def test_hrv_is_shown_as_a_table(run: Run, made: Any) -> None:
    told = run("hrv", made.clockless, "--lang", "en")
    assert told.code == 0
    assert "rmssd_ms" in told.out
    assert "nan" not in told.out


def test_no_variability_from_heart_rate_alone(run: Run, made: Any) -> None:
    said = {}
    for lang in ("nl", "en"):
        told = run("hrv", made.heart_rate, "--map", "time=moment,heart_rate=pulse", "--lang", lang, "--quiet")
        assert (told.code, told.out, len(told.remarks)) == (2, "", 1)
        said[lang] = told.err
    assert said["nl"] != said["en"], "the Dutch sentence is missing from the catalogue"


@pytest.mark.parametrize("window", ["5", "-1", "nan", "1e9", "long"])
def test_a_window_of_no_use_is_refused(window: str, run: Run, made: Any) -> None:
    told = run("hrv", made.clockless, "--window-s", window)
    assert (told.code, told.out) == (2, "")
    assert "Traceback" not in told.err


def test_a_recording_shorter_than_a_window_is_nothing_to_judge(run: Run, made: Any) -> None:
    told = run("hrv", made.clockless, "--window-s", 20_000, "--json")
    assert told.code == 3
    assert told.json["recordings"][0]["windows"] == []


# --- walk ------------------------------------------------------------------------------------------------------------


def test_walk_prints_what_the_golden_vector_holds(run: Run, process: Run) -> None:
    path = golden.FOLDER / "rest_that_settles_input.json"
    told = run("walk", path)
    assert (told.code, told.err) == (0, "")
    assert list(golden.differences(told.json, golden.stored("rest_that_settles")[1])) == []
    assert process("walk", path).out == told.out


def test_walk_prints_its_schemas(run: Run) -> None:
    assert run("walk", "--schema", "input").json == request_schema()
    assert run("walk", "--schema", "output").json == output_schema()
    assert run("walk", "--schema", "soup").code == 2


def test_walk_with_no_span_has_nothing_to_judge(run: Run, tmp_path: Path) -> None:
    told = golden.stored("no_clock")[0]
    path = tmp_path / "input.json"
    path.write_text(json.dumps({**told, "spans": []}))
    told = run("walk", path)
    assert told.code == 3
    Draft202012Validator(output_schema()).validate(told.json)


# --- synthesise and demo ---------------------------------------------------------------------------------------------


def test_what_is_synthesised_can_be_analysed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "person"
    told = run("synthesise", folder, "--days", 1, "--seed", 3, "--lang", "en")
    assert told.code == 0
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert truth["bouts"]
    assert run("analyse", folder, "--json").json["summary"]["n_recordings"] == 1


def test_the_same_seed_writes_the_same_files(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("synthesise", tmp_path / name, "--days", 1, "--seed", 5, "--format", "elite_hrv", "--quiet")
    one, other = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == other
    assert len(one) == 3


def test_months_are_written_as_several_devices_with_one_truth(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uitknop.synthetic.days_of_months", lambda months: months)  # a month of one day
    folder = tmp_path / "person"
    folder.mkdir()
    told = run("synthesise", "--months", 1, "--seed", 3, "--out", folder, "--json")
    assert (told.code, told.err) == (0, "")
    written = {path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file()}
    assert written - {"polar"} == {"strap", "watch", "Takeout", "diary", "truth.json"}  # exercise is not for every day
    truth = json.loads((folder / told.json["truth"]).read_text(encoding="utf-8"))
    assert truth["settles_with"] == told.json["settles_with"]
    assert truth["days"][0]["inside"]["states"]["threat"] < 0.5
    assert told.json["files"] == sum(path.is_file() for path in folder.rglob("*")) - 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["person"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--months", 0, "--out", "x"], "1 to 24"),
        (["--months", 25, "--out", "x"], "1 to 24"),
        (["--months", 2, "--days", 3, "--out", "x"], "Leave --format"),
        (["--months", 2], "Give one folder"),
        (["x", "--out", "y", "--months", 2], "Give one folder"),
    ],
)
def test_months_that_can_not_be_made_are_refused_before_the_work(
    arguments: list[object], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("synthesise", *arguments, "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_of_a_person(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    told = run("synthesise", tmp_path / "person", "--days", 1, "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)
    assert "there is room" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--format", "--kind"])
def test_an_unknown_choice_names_the_choices(option: str, run: Run, tmp_path: Path) -> None:
    told = run("synthesise", tmp_path / "person", option, "soup")
    assert told.code == 2
    assert ("never_settles" if option == "--kind" else next(iter(WRITERS))) in told.err
    assert list(tmp_path.iterdir()) == []


def test_demo_shows_the_truth_beside_the_verdicts_and_writes_the_page(process: Run, tmp_path: Path) -> None:
    page = tmp_path / "demo.html"
    told = process("demo", "--no-browser", "--days", 1, "--page", page, "--lang", "en")
    assert told.code == 0
    assert "What is true" in told.out
    assert "does not exist" in told.err
    assert str(page) in told.out.replace("\n", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "\x1b" not in told.out + told.err
