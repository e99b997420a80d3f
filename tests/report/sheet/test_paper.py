"""The sheet on paper: one front, one back, every line on it, whoever it is about."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader

from uitknop.report.paper import paper_to_html, paper_to_pdf
from uitknop.report.sheet import ConsultSheet, sheet_to_paper

Make = Callable[..., ConsultSheet]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_it_is_one_front_and_one_back(make: Make, who: str, lang: str) -> None:
    sheet = make(who, lang)
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(paper_to_pdf(sheet_to_paper(sheet)))).pages]
    assert len(pages) == 2
    front = [line.text for section in sheet.sections for line in section.lines]
    front += [line.text for line in sheet.questions] + [*sheet.unknown, sheet.help]
    assert [text for text in front if squeezed(text) not in pages[0]] == []
    assert [one.id for one in sheet.leans_on if one.id not in pages[1]] == []
    assert [source for one in sheet.leans_on for source in one.sources if squeezed(source) not in pages[1]] == []


def test_every_letter_of_a_grade_is_explained_on_the_back(make: Make, lang: str) -> None:
    grades = next(iter(sheet_to_paper(make("nothing", lang)).back)).lines[0].text
    assert all(f"{grade}:" in grades for grade in "ABCDX")


def test_what_is_left_out_is_in_no_file(make: Make) -> None:
    paper = sheet_to_paper(make("burnout", "nl", left_out=("labs", "mood", "questions")))
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper_to_pdf(paper))).pages)
    for told in (squeezed(pdf), squeezed(paper_to_html(paper))):
        assert not [word for word in ("emoglobine", "magnesium", "somber", "opmijnwerk") if word in told]


def test_questions_stand_under_their_own_heading_where_the_rest_of_it_is_left_out(make: Make) -> None:
    headings = [block.heading for block in sheet_to_paper(make("burnout", "nl", left_out=("phase", "fits"))).front]
    assert "Mijn vragen" in headings
    assert "Mijn vragen" not in [block.heading for block in sheet_to_paper(make("burnout", "nl")).front]


def test_the_emptier_the_sheet_the_more_room_to_write(make: Make) -> None:
    def room(who: str) -> int:
        return max(len(block.lines) for block in sheet_to_paper(make(who, "nl")).front[1:] if block.kind == "room")

    assert room("nothing") > room("burnout") >= room("fullest") >= 1
