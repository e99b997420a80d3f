"""`uitknop sheet`: from the own file or a request, without what is left out; and the pages that need no file."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import uitknop.cli.sheet as sheet
from uitknop.guidance import sheets
from uitknop.report.sheet import PARTS

Run = Callable[..., Any]
ZONE = "Europe/Amsterdam"
NOW_MS = 1_795_338_000_000  # 22 November 2026, 10:00 in Amsterdam
DAY_MS = 86_400_000


def line(value: str, label: str, *, kind: str = "answer", days: int = 1) -> dict[str, Any]:
    return {"at_ms": NOW_MS - days * DAY_MS, "zone": ZONE, "kind": kind, "value": value, "label": label}


DIARY = [
    *(line("heavy" if day % 3 else "fine", "now", days=day) for day in range(1, 15)),
    line("none", "red_flags/1/signs", days=9),
    line("31 | ug/l | 30 | 400 | |", "lab/ferritin", kind="event", days=20),
    line("2", "mood/1/low"),
    line("2", "mood/1/joy"),
]


@pytest.fixture
def request_file(tmp_path: Path) -> Callable[..., Path]:
    """A file as `uitknop walk` reads it, with these lines of a diary."""

    def write(entries: list[dict[str, Any]], **more: Any) -> Path:
        path = tmp_path / "walk.json"
        told = {"version": 1, "zone": ZONE, "recordings": [], "entries": entries, "now_ms": NOW_MS, **more}
        path.write_text(json.dumps(told), encoding="utf-8")
        return path

    return write


def pdf_text(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_sheet_of_a_request_is_printed(lang: str, run: Run, request_file: Callable[..., Path]) -> None:
    told = run("sheet", "--input", request_file(DIARY), "--lang", lang)
    assert told.code == 0
    for number in ("112", "113", "0800-0113"):
        assert number in told.out
    for place in range(1, 6):
        assert f"\n{place}. " in told.out


def test_page_and_pdf_are_written_and_their_names_told(
    run: Run, request_file: Callable[..., Path], tmp_path: Path
) -> None:
    page, pdf = tmp_path / "blad.html", tmp_path / "blad.pdf"
    told = run("sheet", "--input", request_file(DIARY), "--html", page, "--pdf", pdf, "--lang", "nl")
    assert told.code == 0
    assert told.out == ""
    assert "blad.html" in told.err
    assert "blad.pdf" in told.err
    assert "Ferritine 31 ug/l" in page.read_text(encoding="utf-8")
    pages = pdf_text(pdf)
    assert len(pages) == 2
    assert "Ferritine 31 ug/l" in pages[0]


def test_what_is_left_out_is_in_nothing_that_is_written(
    run: Run, request_file: Callable[..., Path], tmp_path: Path
) -> None:
    page, pdf = tmp_path / "blad.html", tmp_path / "blad.pdf"
    options = ("--without", "labs", "--without", "mood", "--html", page, "--pdf", pdf, "--json", "--lang", "nl")
    told = run("sheet", "--input", request_file(DIARY), *options)
    assert told.code == 0
    assert [section["part"] for section in told.json["sections"]] == ["load", "rest", "now"]
    for text in (told.out, page.read_text(encoding="utf-8"), *pdf_text(pdf)):
        assert "erritine" not in text
        assert "somber" not in text


def test_a_question_of_ones_own_stands_on_it(run: Run, request_file: Callable[..., Path]) -> None:
    told = run("sheet", "--input", request_file(DIARY), "--question", "Mag ik fietsen?", "--json", "--lang", "nl")
    assert told.json["questions"][0]["text"] == "Mag ik fietsen?"


def test_the_object_for_programs_holds_the_sheet(run: Run, request_file: Callable[..., Path]) -> None:
    told = run("sheet", "--input", request_file(DIARY), "--json", "--lang", "en").json
    assert told["lang"] == "en"
    assert told["made_ms"] == NOW_MS
    assert [section["part"] for section in told["sections"]] == list(PARTS[1:])
    assert {"id", "grade", "said", "comment", "sources"} == set(told["leans_on"][0])


@pytest.mark.parametrize("how", ["answer", "question"])
def test_a_thought_of_suicide_names_help_before_anything_else_even_when_quiet(
    how: str, run: Run, request_file: Callable[..., Path]
) -> None:
    entries = [*DIARY, line("suicidality", "red_flags/1/signs", days=0)] if how == "answer" else DIARY
    asked = ("--question", "Ik wil niet meer leven.") if how == "question" else ()
    told = run("sheet", "--input", request_file(entries), *asked, "--quiet", "--lang", "nl")
    assert told.code == 0
    assert "Praat nu met iemand" in told.remarks[0]
    assert "113" in told.err


def test_of_nothing_a_sheet_is_made_with_room_to_write(run: Run, request_file: Callable[..., Path]) -> None:
    told = run("sheet", "--input", request_file([]), "--lang", "en")
    assert told.code == 3
    assert "Nothing was filled in and nothing measured yet." in told.out
    assert "112" in told.out


def test_the_own_file_is_read_with_its_diary(run: Run, own: Path, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("import", made.clocked, "--zone", "UTC").code == 0
    monkeypatch.setattr(sheet, "now_ms", lambda: made.bout.truth.span.end_ms + 3 * DAY_MS)
    told = run("sheet", "--json", "--lang", "en")
    assert told.code == 0
    heart = [line["text"] for section in told.json["sections"] for line in section["lines"] if line["field"] == "heart"]
    assert any(text.startswith("Measured ") for text in heart)


def test_without_a_file_of_ones_own_it_is_said_what_to_do(run: Run, own: Path) -> None:
    told = run("sheet", "--lang", "en")
    assert told.code == 2
    assert "uitknop import" in told.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--without", "blood"), "no part called blood"),
        (("nonsense",), "no page called nonsense"),
        (("resting-now", "--without", "labs"), "--without belongs to the page for a consult"),
        (("guided-rest", "--question", "why?"), "--question belongs to the page for a consult"),
        (("--input", "nowhere.json"), "nowhere.json"),
        (("resting-now", "--pdf", "no-such-folder/x.pdf"), "x.pdf"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(options: tuple[str, ...], said: str, run: Run) -> None:
    told = run("sheet", *options, "--lang", "en")
    assert told.code == 2
    assert said in told.err
    assert len(told.remarks) == 1


def test_every_page_can_be_listed_printed_and_written(run: Run, tmp_path: Path) -> None:
    rows = json.loads(run("sheet", "--list", "--json", "--lang", "nl").out)
    names = [row["name"] for row in rows]
    assert names[:2] == ["consult", "guided-rest"]
    assert set(names[2:]) == {name.replace("_", "-") for name in sheets()}
    listed = run("sheet", "--list", "--lang", "nl").out
    for row in rows[1:]:
        assert row["title"] in listed
        told = run("sheet", row["name"], "--lang", "nl")
        assert told.code == 0
        assert row["title"] in told.out
        pdf = tmp_path / f"{row['name']}.pdf"
        assert run("sheet", row["name"], "--pdf", pdf, "--lang", "nl").code == 0
        assert len(pdf_text(pdf)) == 1


def test_a_page_can_be_given_to_a_program(run: Run) -> None:
    told = run("sheet", "resting-now", "--json", "--lang", "nl").json
    assert told["title"] == "Ik rust nu"


def test_without_what_makes_a_pdf_it_is_said_before_the_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for command in (("sheet", "--input", "nowhere.json"), ("letter", "1")):
        told = run(*command, "--pdf", tmp_path / "x.pdf", "--lang", "en")
        assert told.code == 2
        assert "uitknop[pdf]" in told.err
        assert "nowhere.json" not in told.err


def test_a_letter_is_written_as_pdf(run: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "letter.pdf"
    told = run("letter", "8", "--pdf", pdf, "--lang", "en")
    assert told.code == 0
    assert "letter.pdf" in told.err
    assert told.out == ""
    assert "A substance has no memory." in " ".join(pdf_text(pdf)[0].split())
