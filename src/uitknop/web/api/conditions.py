"""What a person has, over the API: what is asked first, what is known, and telling it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from uitknop.core import Phrase
from uitknop.core.errors import UitknopError
from uitknop.guidance import conditions as all_conditions
from uitknop.web.api.rests import KeptOut
from uitknop.web.found import stands_now
from uitknop.web.telling import next_asked, pass_over, tell
from uitknop.web.visit import Inside

router = APIRouter(tags=["conditions"])


class ConditionOut(BaseModel):
    """Something a person may have."""

    condition: str = Field(description="Its name.")
    words: str
    question: str
    has: bool | None = Field(description="Whether the person has it; null where that is unknown.")


class ConditionsOut(BaseModel):
    """What is known."""

    asked: str | None = Field(description="Name of the one that is asked now; the next thing needs it first.")
    conditions: list[ConditionOut]


class ConditionIn(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="forbid")

    condition: str = Field(max_length=40)
    has: bool | None = Field(description="null passes it over: it stays unknown, and is not asked again today.")


@router.get("/conditions")
def conditions(visit: Inside) -> ConditionsOut:
    """What is asked now, and every condition that changes what fits."""
    stands, lang = stands_now(visit), visit.view.lang
    rows = [
        ConditionOut(condition=name, words=row.words.said(lang), question=row.ask.said(lang), has=stands.has.get(name))
        for name, row in all_conditions().items()
    ]
    return ConditionsOut(asked=next_asked(visit, stands), conditions=rows)


@router.post("/conditions")
def answer(visit: Inside, said: ConditionIn) -> KeptOut:
    """Tell whether the person has something, or pass it over."""
    if said.condition not in all_conditions():
        raise UitknopError(Phrase("There is no condition by this name."))
    if said.has is None:
        pass_over(visit, said.condition)
        return KeptOut(batch=None)
    return KeptOut(batch=tell(visit, said.condition, said.has))
