"""A weekly dose as a page for the PDF: the same parts in the same order as on screen, on one sheet."""

from __future__ import annotations

from uitknop.core import Findings
from uitknop.report.letter.dose import Dose
from uitknop.report.letter.parts import own_line, sections, study_line
from uitknop.report.paper import Block, Paper
from uitknop.report.paper.document import Kind, lines
from uitknop.report.words import catalogue

FRAMED = ("lesson", "practice")


def letter_to_paper(dose: Dose, lang: str, findings: Findings | None = None) -> Paper:
    """The whole letter as a page to print; arguments and errors as `render_letter`."""
    words = catalogue(lang)
    own = own_line(findings, words) if findings is not None else ()
    blocks = [Block("quote", lines(dose.about.claimed.said(words.lang)))]
    for section in sections(dose, words):
        kind: Kind = "card" if section.name in FRAMED else "text"
        blocks.append(Block(kind, lines(*section.paragraphs), section.heading))
    if own:
        blocks.append(Block("card", lines(*own), words.say("From your own recordings")))
    return Paper(
        title=dose.title.said(words.lang),
        lang=words.lang,
        form="letter",
        above=words.say("Weekly dose {number}. About four minutes; half of it is fine too.", number=dose.number),
        front=tuple(blocks),
        foot=(
            words.say("Source: {source}", source=study_line(dose, words)),
            words.say("General information, no medical advice. Nothing has to be done."),
            words.say("Help at once: 112. Thoughts of suicide: 113 or 0800-0113, free, day and night."),
        ),
    )
