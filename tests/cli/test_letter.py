"""`uitknop letter`: one letter, the list, the page, and the line about oneself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import uitknop.cli.from_file as from_file
import uitknop.cli.letter as letter
from uitknop.report.letter import doses, own_line
from uitknop.report.words import catalogue
from uitknop.sources import read_spans
from uitknop.walk import Request, walk

Run = Callable[..., Any]
WEEK_MS = 7 * 86_400_000
MONDAY_MS = 1_772_409_600_000  # Monday 2 March 2026, 00:00 UTC


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_list_names_all_twelve(lang: str, run: Run) -> None:
    told = run("letter", "--list", "--lang", lang)
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines() if line.strip()[:1].isdigit()] == [
        str(dose.number) for dose in doses()
    ]
    rows = json.loads(run("letter", "--list", "--json", "--lang", lang).out)
    assert [row["title"] for row in rows] == [dose.title.nl if lang == "nl" else dose.title.en for dose in doses()]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_letter_is_told_in_the_terminal(lang: str, run: Run) -> None:
    told = run("letter", "3", "--lang", lang)
    assert told.code == 0
    said = " ".join(told.out.split())
    dose = doses()[2]
    assert (dose.title.nl if lang == "nl" else dose.title.en) in said
    assert "Bentley" in said
    assert len(said.split()) > 500


def test_each_week_has_the_next_letter_and_the_first_follows_the_last(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = []
    for week in range(14):
        for within in (0, WEEK_MS - 1):
            monkeypatch.setattr(letter, "now_ms", lambda at=MONDAY_MS + week * WEEK_MS + within: at)
            numbers.append(run("letter", "--json").json["number"])
    first = numbers[0]
    assert numbers == [(first - 1 + week) % 12 + 1 for week in range(14) for _ in range(2)]


def test_a_page_is_written_and_its_name_told(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    told = run("letter", "8", "--report", page, "--lang", "en")
    assert told.code == 0
    assert "letter.html" in told.err
    assert told.out == ""
    assert "A substance has no memory." in page.read_text(encoding="utf-8")
    assert run("letter", "8", "--report", page, "--json").json["number"] == 8


@pytest.mark.parametrize("number", ["0", "13", "99"])
def test_a_number_without_a_letter_is_a_sentence(number: str, run: Run) -> None:
    told = run("letter", number, "--lang", "en")
    assert told.code == 2
    assert told.err.strip() == f"There is no letter {number}. They run from 1 to 12; see them all with --list."


def test_a_page_that_cannot_be_written_is_refused(run: Run, tmp_path: Path) -> None:
    told = run("letter", "1", "--report", tmp_path / "nowhere" / "x.html", "--lang", "en")
    assert told.code == 2
    assert "x.html" in told.err


def test_without_a_file_of_ones_own_the_own_line_is_refused_with_what_to_do(run: Run, own: Path) -> None:
    told = run("letter", "1", "--own", "--lang", "en")
    assert told.code == 2
    assert "uitknop import" in told.err
    assert not own.exists()


def test_where_the_own_file_has_nothing_to_say_the_letter_is_the_same(run: Run, own: Path, made: Any) -> None:
    assert run("import", made.clocked, "--zone", "UTC").code == 0
    told = run("letter", "1", "--own", "--lang", "en")
    assert told.code == 0
    assert own.exists()
    assert told.out == run("letter", "1", "--lang", "en").out
    assert told.remarks == ["Your file has nothing to say about rest yet, so the letter says nothing about it."]


def test_where_the_own_file_has_something_to_say_it_stands_there(
    run: Run, made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = read_spans(made.spans, "UTC", clockless=False)
    findings = walk(Request((made.bout.recording,), given, (), "Europe/Amsterdam"))
    # The road from the file to its findings has tests of its own; here it gives a rest that somebody named.
    monkeypatch.setattr(from_file, "findings_from_file", lambda *_, **__: findings)
    line = own_line(findings, catalogue("en"))
    assert line
    assert run("letter", "1", "--own", "--json", "--lang", "en").json["own"] == list(line)
    assert "From your own recordings" in run("letter", "1", "--own", "--lang", "en").out
    page = tmp_path / "letter.html"
    assert run("letter", "1", "--own", "--report", page, "--lang", "en").err.splitlines()[-1].startswith("The page:")
    assert line[0] in page.read_text(encoding="utf-8")
