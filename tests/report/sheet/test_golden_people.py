"""The sheet of every constructed person of the walk: it can be made, fits, and says nothing that is never said."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from pathlib import Path

import pytest
from never_said import not_to_be_said
from pypdf import PdfReader

from uitknop.guidance import help_numbers, practices
from uitknop.report.paper import paper_to_pdf
from uitknop.report.sheet import ConsultSheet, sheet_of, sheet_to_paper
from uitknop.walk import parse_request, standing_of, walk

TESTS = Path(__file__).parent.parent.parent
PEOPLE = sorted((TESTS / "fixtures/walk/people").glob("*_input.json"))
ONLY_B = {
    name.said(lang)
    for one in practices().values()
    if one.tracks == ("B",)
    for name in (one.name,)
    for lang in ("nl", "en")
}


@lru_cache(maxsize=1)
def made(path: Path) -> tuple[str, ConsultSheet, ConsultSheet]:
    """The answer about PEM, and the sheet in both languages."""
    request = parse_request(json.loads(path.read_text(encoding="utf-8")))
    findings = walk(request)
    stands = standing_of(request, findings)
    assert stands is not None
    entries = (*request.entries, *(entry for each in request.recordings for entry in each.entries))
    nl, en = (sheet_of(stands, lang, entries=entries, findings=findings) for lang in ("nl", "en"))
    return stands.pem.answer, nl, en


def test_there_are_forty_people_or_more() -> None:
    assert len(PEOPLE) >= 40


@pytest.mark.parametrize("path", PEOPLE, ids=[path.stem.removesuffix("_input") for path in PEOPLE])
def test_a_sheet_can_be_made_fits_and_keeps_to_what_may_be_said(path: Path) -> None:
    pem, *sheets = made(path)
    printed = "nl" if PEOPLE.index(path) % 2 else "en"  # half of them in each language: pages take their time
    for sheet in sheets:
        paper = sheet_to_paper(sheet)
        if sheet.lang == printed:
            assert len(PdfReader(io.BytesIO(paper_to_pdf(paper))).pages) == 2
        assert [section.part for section in sheet.sections][-5:] == ["load", "rest", "mood", "labs", "now"]
        assert all(
            number in paper.foot[0] for number in (help_numbers()[name].call for name in ("112", "113", "0800-0113"))
        )
        texts = [line.text for section in sheet.sections for line in section.lines]
        assert {text: kinds for text in texts if (kinds := not_to_be_said(text, sheet.lang))} == {}
        if pem != "negative":
            assert not [name for name in ONLY_B for text in texts if name in text]
