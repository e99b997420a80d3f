"""The body model over the API: its parts with their grades, and what-if; the gate is the one of the page."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from uitknop.body import Ensemble, body_model
from uitknop.body.what_if import EFFORT_DAY, PROTECTED_COUPLINGS, after_effort, what_if
from uitknop.core import Phrase
from uitknop.core.errors import UitknopError
from uitknop.knowledge import library
from uitknop.report.body_words import disclaimer, outcome_name
from uitknop.web.how import PEM_GATE
from uitknop.web.visit import Inside, Visit
from uitknop.web.what_ifs import Asked, Gate, gate_of

router = APIRouter(prefix="/model", tags=["model"])

YEAR_BANDS, DAYS_BANDS = ("symptoms", "envelope"), ("symptoms", "envelope", "load")
Name = Annotated[str, Field(max_length=60)]


class CouplingOut(BaseModel):
    """What leads to what in the model."""

    name: str
    words: str
    grade: Literal["E", "H", "M"] = Field(description="E established, H hypothesis, M metaphor.")
    claims: list[str]


class ModelOut(BaseModel):
    """What of the model is shown to this person."""

    nature: str = Field(description="What stands with everything the model shows.")
    whole: bool = Field(
        description="False: effort makes complaints worse, or that is not known; then load, the limit and the delayed "
        "crash are all that is shown."
    )
    couplings: list[CouplingOut]


class BandOut(BaseModel):
    """Median, and the band that holds 95 of every 100 made-up people, at each moment."""

    middle: list[float]
    low: list[float]
    high: list[float]


class ShareOut(BaseModel):
    """An outcome at the end, with its share and the interval of that share."""

    outcome: str
    words: str
    share: float
    low: float
    high: float


class WhatIfIn(BaseModel):
    """What is chosen for made-up people; where only part of the model is shown, of load and effort only."""

    model_config = ConfigDict(extra="forbid")

    load: Literal["light", "usual", "heavy"] | None = None
    rest: Literal["much", "some", "little"] | None = None
    safety: Literal["few", "some", "many"] | None = Field(default=None, description="Moments that feel safe.")
    restart: Literal["none", "early", "steps", "late"] | None = Field(
        default=None, description="Taking things up again: not, early and at once, early in steps, later and at once."
    )
    effort: Literal["within", "over", "far_over"] | None = Field(
        default=None, description="Six hours of it, within the limit or above; only where part of the model is shown."
    )
    off: list[Name] = Field(default_factory=list, max_length=60, description="Couplings to leave out.")


class WhatIfOut(BaseModel):
    """What became of many made-up people. An explanatory model, not about anybody."""

    nature: str
    n: int = Field(description="How many made-up people.")
    off: list[str]
    unit: Literal["days", "hours"] = Field(description="Days of the year, or hours after an effort began.")
    at: list[float]
    bands: dict[str, BandOut] = Field(description="By name; none when all of them left the range of the model.")
    shares: list[ShareOut] | None = Field(description="None where only part of the model is shown.")
    diverged: int = Field(description="How many left the range of the model; they are in no band.")


@router.get("")
def parts(visit: Inside) -> ModelOut:
    """The couplings of the model, as far as they are shown, with how sure each is."""
    gate, lang = _gate(visit), visit.view.lang
    held = {one.id for one in library().claims if PEM_GATE in one.flags} if not gate.is_open else set()
    names = body_model().couplings if gate.is_open else PROTECTED_COUPLINGS
    found = [body_model().couplings[name] for name in names]
    couplings = [
        CouplingOut.model_validate(
            {
                "name": one.name,
                "words": one.title.said(lang),
                "grade": one.grade,
                "claims": [claim for claim in one.claims if claim not in held],
            }
        )
        for one in found
    ]
    return ModelOut(nature=disclaimer(visit.words), whole=gate.is_open, couplings=couplings)


@router.post("/what-if")
def play(visit: Inside, said: WhatIfIn) -> WhatIfOut:
    """What if: a year of people who are ill; where only part is shown, an effort and its first days."""
    gate = _gate(visit)
    told = {name: value for name, value in said.model_dump(exclude={"off"}).items() if value}
    asked = Asked(**told, off=tuple(said.off))
    if not gate.is_open:
        return _told(after_effort(asked.protected()), visit, gate)
    return _told(what_if(asked.choices()), visit, gate)


def _gate(visit: Visit) -> Gate:
    gate = gate_of(visit)
    if gate.help_first:
        raise UitknopError(Phrase("There is help at any hour: call 113, or 112 when it cannot wait."))
    return gate


def _told(ensemble: Ensemble, visit: Visit, gate: Gate) -> WhatIfOut:
    names = YEAR_BANDS if gate.is_open else DAYS_BANDS
    at = ensemble.day if gate.is_open else (ensemble.day - EFFORT_DAY) * 24
    shares = [
        ShareOut(
            outcome=name,
            words=outcome_name(name, visit.words),
            share=share.value,
            low=share.low,
            high=share.high,
        )
        for name, share in ensemble.shares.items()
    ]
    bands = {
        name: BandOut(middle=band.middle.tolist(), low=band.low.tolist(), high=band.high.tolist())
        for name, band in ensemble.bands.items()
        if name in names
    }
    return WhatIfOut(
        nature=disclaimer(visit.words),
        n=ensemble.n,
        off=list(ensemble.switched_off),
        unit="days" if gate.is_open else "hours",
        at=at.round(6).tolist(),
        bands=bands,
        shares=shares if gate.is_open else None,
        diverged=ensemble.diverged,
    )
