"""Without a path, `analyse`, `hrv` and `walk` look at the person's own file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from uitknop.core.timeline import iso
from uitknop.walk import output_schema

Run = Callable[..., Any]
Write = Callable[..., Path]


@pytest.fixture
def made_file(run: Run, own: Path, made: Any) -> Path:
    assert run("import", made.clocked, "--zone", "Europe/Amsterdam").code == 0
    return own


def test_the_findings_are_those_of_the_files_themselves(run: Run, made_file: Path, made: Any) -> None:
    mine, given = run("analyse", "--json"), run("analyse", made.clocked, "--json")
    assert mine.code == given.code
    Draft202012Validator(output_schema()).validate({key: mine.json[key] for key in run("walk").json})
    assert [each["n_beats"] for each in mine.json["recordings"]] == [
        each["n_beats"] for each in given.json["recordings"]
    ]
    for key in ("kind", "answer"):
        assert [each[key] for each in mine.json["bouts"]] == [each[key] for each in given.json["bouts"]]


def test_spans_are_judged_on_what_the_file_holds(run: Run, made_file: Path, made: Any) -> None:
    told = run("analyse", "--spans", made.spans, "--json")
    given = run("analyse", made.clocked, "--spans", made.spans, "--json")
    assert [each["answer"] for each in told.json["bouts"]] == [each["answer"] for each in given.json["bouts"]] != []


def test_days_before_the_first_that_is_meant_are_left_out(run: Run, made_file: Path, made: Any) -> None:
    beats = made.bout.recording.beats
    day = iso(int(beats.t_ms[-1]) + 2 * 86_400_000, "UTC")[:10]
    assert run("analyse", "--json", "--since", day).json["recordings"] == []
    assert run("analyse", "--json", "--since", "2020-01-01").json["recordings"] != []
    assert run("walk", "--since", "2020-01-01").json["recordings"] != []
    assert run("hrv", "--json", "--since", "2020-01-01").json["recordings"] != []
    assert run("analyse", "--since", "yesterday").code == 2


def test_a_medicine_that_is_told_gives_no_verdict(run: Run, made_file: Path, made: Any) -> None:
    def answers(*told: str) -> set[str]:
        return {each["answer"] for each in run("analyse", "--json", *told).json["bouts"]}

    before = run("analyse", "--json").json["bouts"]
    assert answers("--condition", "beta_blocker") == {"cannot_tell"}
    told = run("analyse", "--spans", made.spans, "--condition", "beta_blocker", "--json").json["bouts"]
    assert {each["answer"] for each in told} == {"cannot_tell"}
    assert run("analyse", "--json").json["bouts"] == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse", "--start", "2026-03-02T07:00Z"],
        ["analyse", "--map", "time=Time"],
        ["analyse", "--person", "anna"],
        ["hrv", "--start", "2026-03-02T07:00Z"],
        ["hrv", "--map", "time=Time"],
    ],
)
def test_what_tells_how_a_file_is_read_needs_a_file(arguments: list[str], run: Run, made_file: Path) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert arguments[1] in told.err


@pytest.mark.parametrize("command", ["analyse", "hrv", "walk"])
def test_since_belongs_to_the_own_file(command: str, run: Run, made_file: Path, made: Any) -> None:
    told = run(command, made.clocked, "--since", "2026-01-01")
    assert told.code == 2
    assert "--since" in told.err


def test_hrv_shows_the_last_day_with_beats(run: Run, made_file: Path, table: Write, tmp_path: Path) -> None:
    run("import", table(tmp_path / "later.csv", "2026-12-24"))
    told = run("hrv", "--json")
    assert told.code == 0
    assert told.json["recordings"][0]["windows"] != []


def test_a_file_without_anything_that_has_a_clock_says_so(run: Run, own: Path, made: Any) -> None:
    run("import", made.clockless, "--zone", "UTC")
    assert run("analyse").code == 3
    for command in ("hrv", "walk"):
        told = run(command)
        assert told.code == 2
        assert "no recording with a clock" in told.err


def test_the_page_is_written_from_the_own_file(run: Run, made_file: Path, tmp_path: Path) -> None:
    told = run("analyse", "--report", tmp_path / "page.html")
    assert told.code in (0, 3)
    assert (tmp_path / "page.html").stat().st_size > 10_000
