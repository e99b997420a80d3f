"""Cards, worksheets and the guided rest on paper: one page each, every word there, help named."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from uitknop.guidance import guided_rest, sheets
from uitknop.report.guides import guide_to_paper, rest_to_paper, said_beside
from uitknop.report.paper import Paper, paper_to_pdf
from uitknop.report.words import catalogue

NUMBERS = ("112", "113", "0800-0113")


def pages(paper: Paper) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper_to_pdf(paper))).pages]


@pytest.mark.parametrize("name", list(sheets()))
def test_a_page_holds_every_line_of_its_sheet_on_one_side(name: str, lang: str) -> None:
    sheet, spoken = sheets()[name], catalogue(lang).lang
    paper = guide_to_paper(sheet, lang)
    told = pages(paper)
    assert len(told) == 1
    beside = said_beside(sheet, lang)
    lines = [line for part in sheet.part for line in part.lines.said(spoken) if line not in beside]
    assert lines
    squeezed = "".join(told[0].split())
    assert [line for line in lines if "".join(line.split()) not in squeezed] == []
    assert sheet.title.said(spoken) == paper.title


@pytest.mark.parametrize("name", [name for name in sheets() if name not in ("resting_now", "work_talk")])
def test_a_page_for_a_talk_says_where_help_is(name: str, lang: str) -> None:
    told = " ".join(guide_to_paper(sheets()[name], lang).foot)
    assert all(number in told for number in NUMBERS)


def test_what_an_employer_gets_holds_nothing_that_is_for_the_person_only(lang: str) -> None:
    sheet, spoken = sheets()["work_talk"], catalogue(lang).lang
    beside, told = said_beside(sheet, lang), " ".join(guide_to_paper(sheet, lang).texts)
    mine = next(part for part in sheet.part if part.id == "for_me")
    assert {mine.heading.said(spoken), *mine.lines.said(spoken), sheet.closing.said(spoken)} <= set(beside)
    assert not [line for line in beside if line in told]
    assert "PEM" not in told
    assert "113" not in told
    assert "113" in beside[-1]


def test_other_pages_hold_all_there_is(lang: str) -> None:
    assert [name for name in sheets() if said_beside(sheets()[name], lang)] == ["work_talk"]


def test_the_card_for_the_door_stands_in_a_frame(lang: str) -> None:
    paper = guide_to_paper(sheets()["resting_now"], lang)
    assert [block.kind for block in paper.front].count("card") == 1
    assert paper.front[0].kind == "card"


def test_the_guided_rest_is_there_part_by_part_with_its_times(lang: str) -> None:
    script = guided_rest(catalogue(lang).lang)
    paper = rest_to_paper(script)
    rows = [line for block in paper.front for line in block.lines]
    assert [row.text for row in rows] == [part.words for part in script.parts]
    assert rows[0].mark == "0:00"
    assert [row.mark for row in rows] == [
        f"{int(part.start_s) // 60}:{int(part.start_s) % 60:02d}" for part in script.parts
    ]
    told = pages(paper)
    assert len(told) == 1
    assert all(number in told[0] for number in NUMBERS)


def test_without_the_body_its_part_is_not_there(lang: str) -> None:
    spoken = catalogue(lang).lang
    whole, without = (rest_to_paper(guided_rest(spoken, body=body)) for body in (True, False))
    assert len(whole.front) == len(without.front) + 1
