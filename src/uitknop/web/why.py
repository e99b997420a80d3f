"""Waarom: what the texts claim, graded, refuted ones too; five questions; how we measure and what can't be known."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.knowledge import Claim, find_claims, library
from uitknop.web.visit import Inside, Visit

router = APIRouter(prefix="/why")

MOST = 12
"""Claims on one page of answers."""

REFUTED = "X"
WORDS_LONGEST = 100


@router.get("")
def why(visit: Inside) -> Response:
    """The questions first; who wants to, searches."""
    lang = visit.view.lang
    questions = [(one.id, one.question.said(lang)) for one in library().questions]
    return visit.page("why.html", questions=questions)


@router.post("")
def search(visit: Inside, words: Annotated[str, Form()] = "") -> Response:
    """Claims that hold all words. What is looked for stands in no address."""
    words = words[:WORDS_LONGEST]
    found = find_claims(library().claims, words.split()) if words.strip() else ()
    shown = [_row(claim, visit) for claim in found[:MOST]]
    return visit.page("claims.html", words=words, claims=shown, more=max(0, len(found) - MOST))


@router.get("/measuring")
def measuring(visit: Inside) -> Response:
    """How we measure, and what this can't know."""
    return visit.page("measuring.html")


@router.get("/question/{name}")
def question(visit: Inside, name: str) -> Response:
    """One of the five questions with our answer, each step with its grade."""
    lang = visit.view.lang
    one = next((each for each in library().questions if each.id == name), None)
    if one is None:
        return visit.go("/why")
    labels = library().labels.grades
    points = [
        {
            "words": point.words.said(lang),
            "grade": point.grade,
            "label": labels[point.grade].said(lang),
            "basis": point.basis.said(lang) if point.basis else "",
            "claims": [*(one.id for one in point.leans_on), *(one.id for one in point.corrects)],
        }
        for point in one.points
    ]
    return visit.page("question.html", question=one.question.said(lang), short=one.short.said(lang), points=points)


@router.get("/{claim_id}")
def claim(visit: Inside, claim_id: str) -> Response:
    """One claim: the grade, why that grade, and where it was checked."""
    one = next((each for each in library().claims if each.id == claim_id.upper()), None)
    if one is None:
        return visit.go("/why")
    lang = visit.view.lang
    sources = [
        (source.cite, source.checked.said(lang), f"doi:{source.doi}" if source.doi else "") for source in one.sources
    ]
    return visit.page(
        "claim.html",
        claim=_row(one, visit),
        comment=one.comment.said(lang),
        sources=sources,
        no_source=library().labels.no_source.said(lang),
        flags=[label.said(lang) for name, label in library().labels.flags.items() if name in one.flags],
    )


def _row(claim: Claim, visit: Visit) -> dict[str, object]:
    return {"id": claim.id, "words": claim.claimed.said(visit.view.lang), "refuted": claim.grade == REFUTED}
