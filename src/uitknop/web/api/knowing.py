"""What is known, over the API: verdicts with their reasons, and claims with their grades and sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from uitknop.core import Phrase, Verdict
from uitknop.core.errors import KnowledgeError
from uitknop.knowledge import Claim, Grade, find_claims, library
from uitknop.report.words import Language
from uitknop.web.api.live import LATEST_MS
from uitknop.web.found import findings
from uitknop.web.visit import Anyone, Inside
from uitknop.web.why import REFUTED, WORDS_LONGEST

router = APIRouter(tags=["known"])

MOST = 500
"""Verdicts and claims in one answer."""

Number = Annotated[str, Path(pattern="^[A-Za-z][0-9]{1,4}$", description="Number of a claim, C001.")]
Moment = Annotated[int, Query(ge=0, le=LATEST_MS, description="UTC ms.")]


class ReasonOut(BaseModel):
    """Why a verdict is what it is: what was found, and what was needed."""

    code: str
    found: float | str | None
    needed: float | str | None
    unit: str


class VerdictOut(BaseModel):
    """What one stretch of rest did."""

    start_ms: int
    end_ms: int
    kind: str
    answer: str = Field(description="settled, not_settled, breathing_only or cannot_tell.")
    reasons: list[ReasonOut]


class VerdictsOut(BaseModel):
    """Verdicts, in order of time; the latest where there are more than fit."""

    measures: bool = Field(description="False: measuring is switched off, and nothing of the heart is told.")
    verdicts: list[VerdictOut]


class SourceOut(BaseModel):
    """Where a claim was checked."""

    cite: str
    doi: str | None
    checked: str


class ClaimOut(BaseModel):
    """One claim."""

    id: str
    words: str
    grade: Grade
    refuted: bool
    comment: str
    sources: list[SourceOut]


class SearchIn(BaseModel):
    """What is looked for; it stands in no address."""

    model_config = ConfigDict(extra="forbid")

    words: str = Field(default="", max_length=WORDS_LONGEST)


@router.get("/verdicts")
def verdicts(visit: Inside, start_ms: Moment = 0, end_ms: Moment = LATEST_MS) -> VerdictsOut:
    """What rests did, `start_ms <= start < end_ms`. Given afterwards only: never while a rest goes on."""
    found = [one for one in findings(visit).verdicts if start_ms <= one.bout.span.start_ms < end_ms]
    return VerdictsOut(measures=visit.measures, verdicts=[_verdict(one) for one in found[-MOST:]])


@router.post("/claims")
def claims(visit: Anyone, said: SearchIn) -> list[ClaimOut]:
    """Claims that hold all words; without words, all of them."""
    words = said.words.split()
    found = find_claims(library().claims, words) if words else library().claims
    return [_claim(one, visit.view.lang) for one in found[:MOST]]


@router.get("/claims/{claim_id}")
def claim(visit: Anyone, claim_id: Number) -> ClaimOut:
    """One claim."""
    one = next((each for each in library().claims if each.id == claim_id.upper()), None)
    if one is None:
        raise KnowledgeError(Phrase("There is no claim with this number."))
    return _claim(one, visit.view.lang)


def _verdict(one: Verdict) -> VerdictOut:
    reasons = [ReasonOut(code=each.code, found=each.found, needed=each.needed, unit=each.unit) for each in one.reasons]
    span = one.bout.span
    return VerdictOut(
        start_ms=span.start_ms, end_ms=span.end_ms, kind=one.bout.kind, answer=one.answer, reasons=reasons
    )


def _claim(one: Claim, told: Language) -> ClaimOut:
    sources = [SourceOut(cite=each.cite, doi=each.doi or None, checked=each.checked.said(told)) for each in one.sources]
    return ClaimOut(
        id=one.id,
        words=one.claimed.said(told),
        grade=one.grade,
        refuted=one.grade == REFUTED,
        comment=one.comment.said(told),
        sources=sources,
    )
