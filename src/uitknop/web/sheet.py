"""Blad: the page to take to a professional: choose what is on it, look at it, print it or take it as a PDF."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core.timeline import from_ms
from uitknop.guidance import button_entry, speaks_of_suicide
from uitknop.report.paper import Paper, paper_to_pdf
from uitknop.report.paper.html import SIZES_PT, size_in_print_pt
from uitknop.report.sheet import PARTS, sheet_of, sheet_to_paper
from uitknop.report.words import N_
from uitknop.store import Store
from uitknop.web.found import findings, stands_now
from uitknop.web.protection import SUICIDALITY
from uitknop.web.visit import Inside, Visit

router = APIRouter(prefix="/sheet")

LEFT_OUT, QUESTION = "sheet_left_out", "sheet_question"
"""Settings: headings that stay off the sheet, and the question that is on it."""

QUESTION_LONGEST = 300

PART_WORDS = {
    "load": N_("What weighs, and crashes"),
    "rest": N_("Rest, and what is too much"),
    "mood": N_("Mood"),
    "labs": N_("Values from the doctor, and supplements"),
    "now": N_("What fits now"),
}
"""What may be left out; signs for which to get help first always stand on it."""


@router.get("")
def choose(visit: Inside) -> Response:
    """What is on it, and a question of one's own; what was chosen last stands ready."""
    left_out, question = visit.house.vault.do(_kept)
    parts = [(part, visit.words.say(PART_WORDS[part]), part not in left_out) for part in PARTS if part in PART_WORDS]
    return visit.page("sheet.html", parts=parts, question=question, longest=QUESTION_LONGEST)


@router.post("")
def show(
    visit: Inside,
    parts: Annotated[list[str] | None, Form()] = None,
    question: Annotated[str, Form()] = "",
    how: Annotated[str, Form()] = "show",
) -> Response:
    """The sheet: to look at, to print, or as a PDF."""
    question = " ".join(question.split())[:QUESTION_LONGEST]
    if speaks_of_suicide(question):
        visit.house.vault.note([button_entry(SUICIDALITY, visit.now_ms, visit.zone)])
        return visit.go("/help")
    left_out = tuple(part for part in PART_WORDS if part not in (parts or ()))
    visit.house.vault.do(lambda store: _keep(store, left_out, question))
    paper = _paper(visit, left_out, question)
    if how == "pdf":
        name = f"uitknop-{from_ms(visit.now_ms, visit.zone):%Y-%m-%d}.pdf"
        told = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(paper_to_pdf(paper), media_type="application/pdf", headers=told)
    body_class = f"for-{paper.form} {_class_of(size_in_print_pt(paper))}"
    return visit.page("sheet_shown.html", paper=paper, body_class=body_class, prints=how == "print")


def chosen_of(visit: Visit) -> tuple[list[str], str]:
    """What was on the sheet last, and the question on it."""
    left_out, question = visit.house.vault.do(_kept)
    return [part for part in PART_WORDS if part not in left_out], question


@router.get("/style.css")
def style() -> Response:
    """How a page looks on paper: the same as from the command line, with a class for each size of its letters."""
    return Response(_style(), media_type="text/css")


@lru_cache(maxsize=1)
def _style() -> str:
    paper = resources.files("uitknop.report").joinpath("templates", "paper.css").read_text(encoding="utf-8")
    sizes = sorted({size for sizes in SIZES_PT.values() for size in sizes})
    return "\n".join((paper, *(f".{_class_of(size)} {{ --size: {size}pt; }}" for size in sizes)))


def _class_of(size_pt: float) -> str:
    return f"size-{size_pt * 10:.0f}"


def _paper(visit: Visit, left_out: tuple[str, ...], question: str) -> Paper:
    entries, found, stands = visit.house.vault.entries(), findings(visit), stands_now(visit)
    sheet = sheet_of(
        stands,
        visit.view.lang,
        entries=entries,
        findings=found if found.verdicts else None,
        left_out=left_out,
        questions=(question,) if question else (),
        hides_heart=not visit.measures,
    )
    return sheet_to_paper(sheet)


def _kept(store: Store) -> tuple[list[str], str]:
    return json.loads(store.setting(LEFT_OUT) or "[]"), store.setting(QUESTION) or ""


def _keep(store: Store, left_out: tuple[str, ...], question: str) -> None:
    store.keep_setting(LEFT_OUT, json.dumps(left_out))
    store.keep_setting(QUESTION, question)
