"""The consult sheet as a page to print: front, and the back with grades and sources."""

from __future__ import annotations

from collections.abc import Iterator

from uitknop.knowledge import GRADES, library
from uitknop.report.paper import Block, Line, Paper
from uitknop.report.paper.document import lines
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import ConsultSheet, LeanedOn, SheetLine
from uitknop.report.words import catalogue

WRITE = 1
"""Empty lines for questions, at the least and at the most."""
MOST_WRITE = 6
FULL = 26
"""Lines of a sheet that is well filled."""


def sheet_to_paper(sheet: ConsultSheet) -> Paper:
    """The sheet as a page: one front, one back."""
    words = Words(catalogue(sheet.lang))
    return Paper(
        title=words.told("title"),
        lang=sheet.lang,
        form="sheet",
        below=(sheet.made, sheet.whose),
        front=tuple(_front(sheet, words)),
        foot=(sheet.help,),
        back=tuple(_back(sheet, words)),
        back_title=words.told("back"),
    )


def _front(sheet: ConsultSheet, words: Words) -> Iterator[Block]:
    yield Block("room", lines(words.told("name")))
    for section in sheet.sections:
        yield Block("card" if section.part == "signs" else "list", _lines(section.lines), section.heading)
    yield from _questions(sheet, words)
    yield Block("list", lines(*sheet.unknown), words.told("heading_unknown"))


def _questions(sheet: ConsultSheet, words: Words) -> Iterator[Block]:
    """Questions stand under "what fits now", with room to write more; the emptier the sheet, the more room."""
    if sheet.questions:
        # Where nothing else of that heading is shared, the questions are the heading.
        apart = all(section.part != "now" for section in sheet.sections)
        if not apart:
            yield Block("text", lines(words.told("my_questions")))
        yield Block("list", _lines(sheet.questions), words.told("my_questions").rstrip(":") if apart else "")
    filled = sum(len(section.lines) for section in sheet.sections)
    room = max(WRITE, min(MOST_WRITE, (FULL - filled) // 2))
    yield Block("room", (Line(words.told("room")), *[Line("")] * (room - 1)))


def _lines(found: tuple[SheetLine, ...]) -> tuple[Line, ...]:
    return tuple(Line(line.text) for line in found)


def _back(sheet: ConsultSheet, words: Words) -> Iterator[Block]:
    labels = library().labels.grades
    said = [words.told("grade", grade=grade, label=labels[grade].said(sheet.lang)) for grade in GRADES]
    yield Block("text", lines(" ".join(said)), words.told("grades"))
    yield Block("small", lines(words.told("tool")))
    if sheet.leans_on:
        yield Block("text", (), words.told("claims"))
        for one in sheet.leans_on:
            yield from _claim(one, words)
    else:
        yield Block("text", lines(words.told("claims_none")), words.told("claims"))


def _claim(one: LeanedOn, words: Words) -> Iterator[Block]:
    yield Block("list", lines(f"{one.id}. {one.said} {one.comment}"))
    yield Block("small", lines(words.told("sources", sources="; ".join(one.sources))))
