"""From where somebody stands to the consult sheet, without what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from uitknop.core import Entry, Findings
from uitknop.core.timeline import from_ms
from uitknop.guidance import OpenFlag, action_of
from uitknop.instruments import instrument
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import PARTS, ConsultSheet, Field, Part, SheetLine, SheetSection, fields_without
from uitknop.report.sheet.labs import lab_lines
from uitknop.report.sheet.leaned import leaned_on
from uitknop.report.sheet.load import load_lines
from uitknop.report.sheet.mood import mood_lines
from uitknop.report.sheet.now import MOST_QUESTIONS, QUESTION, now_lines, question_lines
from uitknop.report.sheet.picked import Picked, lowered
from uitknop.report.sheet.rest import rest_lines
from uitknop.report.sheet.source import Stands
from uitknop.report.sheet.unknown import unknown_lines
from uitknop.report.words import catalogue
from uitknop.state import read_diary

MOST_SIGNS = 3
ADAPTED = "adapted"
FELT = ("calmer", "same", "restless")
"""Answers to how a rest felt."""


def sheet_of(
    stands: Stands,
    lang: str,
    *,
    entries: Iterable[Entry] = (),
    findings: Findings | None = None,
    left_out: Iterable[str] = (),
    questions: Sequence[str] = (),
    hides_heart: bool = False,
) -> ConsultSheet:
    """The consult sheet.

    Args:
        stands: where the person stands.
        lang: "nl" or "en".
        entries: lines of the diary it stands on: for the days, and for questions kept there.
        findings: of the person's recordings; None without any.
        left_out: names of headings and fields the person leaves out.
        questions: the person's own, before those of the diary.
        hides_heart: nothing of the heart is told now, whatever was measured before.
    Raises:
        Malformed: there is nothing of that name to leave out.
        UitknopError: no such language.
    """
    shared = fields_without(left_out)
    words = Words(catalogue(lang))
    picked = Picked(stands, words.catalogue.lang)
    diary = read_diary(entries, now_ms=stands.now_ms, zone=stands.zone)
    found: dict[Part, Iterable[SheetLine]] = {
        "signs": _sign_lines(stands.flags, words),
        "load": load_lines(stands.state, diary, picked, words),
        "rest": rest_lines(
            stands.state.track,
            findings,
            picked,
            words,
            after=[
                one.value for one in diary.entries if one.kind == "answer" and one.label == "felt" and one.value in FELT
            ],
            hides_heart=hides_heart,
        ),
        "mood": mood_lines(stands, picked, words),
        "labs": lab_lines(stands, words),
        "now": now_lines(stands, words),
    }
    own = (*questions, *(one.value for one in diary.entries if one.kind == "event" and one.label == QUESTION))
    asked = _kept(question_lines(stands, diary, picked, own, words), shared)[:MOST_QUESTIONS]
    sections = tuple(_sections(found, shared, words))
    return ConsultSheet(
        lang=words.catalogue.lang,
        made_ms=stands.now_ms,
        made=words.told("made", date=words.day(from_ms(stands.now_ms, stands.zone).date())),
        whose=" ".join(_whose(stands, whole=not tuple(left_out), words=words)),
        whole=not tuple(left_out),
        sections=sections,
        questions=asked,
        unknown=tuple(unknown_lines(stands, findings, diary, shared, words)),
        help=words.told("help"),
        leans_on=leaned_on((line for section in sections for line in section.lines), words),
    )


def _sections(found: dict[Part, Iterable[SheetLine]], shared: frozenset[Field], words: Words) -> Iterator[SheetSection]:
    for part in PARTS:
        if kept := _kept(found[part], shared):
            yield SheetSection(part, words.told(f"heading_{part}"), kept)


def _kept(lines: Iterable[SheetLine], shared: frozenset[Field]) -> tuple[SheetLine, ...]:
    return tuple(line for line in lines if line.kept(shared))


def _whose(stands: Stands, *, whole: bool, words: Words) -> Iterator[str]:
    yield words.told("mine")
    if not whole:
        yield words.told("chosen")
    if any(one.answers.by_proxy for one in stands.answered):
        yield words.told("by_proxy")


def _sign_lines(flags: Sequence[OpenFlag], words: Words) -> Iterator[SheetLine]:
    """Red flags that are open; those that only adapt what is offered stop nobody and are not told here."""
    pressing = [flag for flag in flags if flag.urgency != ADAPTED]
    for flag in pressing[:MOST_SIGNS]:
        need = words.told(f"need_{flag.urgency}")
        yield SheetLine("signs", words.told("sign", sign=lowered(_sign(flag.id, words)), need=need))
    if (more := len(pressing) - MOST_SIGNS) > 0:
        yield SheetLine("signs", words.told("more_signs" if more == 1 else "more_signs_many", n=more))


def _sign(name: str, words: Words) -> str:
    """What somebody said, in the words of the page of red flags; the title of the action for another sign."""
    item = instrument("red_flags").item("signs")
    options = () if item is None else item.options
    said = next((option.text for option in options if option.key == name), None)
    return said.said(words.catalogue.lang) if said is not None else action_of(name).title.said(words.catalogue.lang)
