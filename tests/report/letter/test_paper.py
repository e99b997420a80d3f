"""The letter as a PDF: every part in order on one sheet, its source and where help is."""

from __future__ import annotations

import io
from itertools import product

import pytest
from pypdf import PdfReader

from uitknop.core import Findings
from uitknop.report.letter import Dose, doses, own_line
from uitknop.report.letter.paper import letter_to_paper
from uitknop.report.letter.parts import sections
from uitknop.report.paper import paper_to_pdf
from uitknop.report.words import LANGUAGES, catalogue

KNOWN = doses()


@pytest.mark.parametrize("dose", KNOWN, ids=[dose.id for dose in KNOWN])
def test_every_part_stands_on_one_sheet_in_order(dose: Dose, lang: str) -> None:
    pages = PdfReader(io.BytesIO(paper_to_pdf(letter_to_paper(dose, lang)))).pages
    assert len(pages) == 1
    told, place = "".join(pages[0].extract_text().split()), -1
    for section in sections(dose, catalogue(lang)):
        for text in (section.heading, *section.paragraphs):
            found = told.find("".join(text.split()), place + 1)
            assert found > place, text
            place = found
    assert all(number in told for number in ("112", "113", "0800-0113"))
    assert "".join(dose.study.cite.split())[:30] in told


@pytest.mark.parametrize(("state", "lang"), list(product(("days_of_rest", "less_than_quiet"), LANGUAGES)))
def test_the_own_line_fits_on_the_sheet_too(lang: str, findings: Findings) -> None:
    longest = max(KNOWN, key=lambda dose: sum(len(part.nl) for part in dose.parts.values()))
    paper = letter_to_paper(longest, lang, findings)
    assert set(own_line(findings, catalogue(lang))) <= set(paper.texts)
    assert len(PdfReader(io.BytesIO(paper_to_pdf(paper))).pages) == 1


def test_without_being_asked_it_says_nothing_about_anybody(lang: str) -> None:
    assert catalogue(lang).say("From your own recordings") not in set(letter_to_paper(KNOWN[0], lang).texts)
