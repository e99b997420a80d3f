"""What a person says, over the API: the tap of the day, taking back, whether a rest refreshed; and today, as told."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from uitknop.core import Entry, Phrase
from uitknop.core.errors import UitknopError
from uitknop.web.api.rests import KeptOut
from uitknop.web.said import NOW, REFRESHED, said_on
from uitknop.web.visit import Anyone, Inside, Started

router = APIRouter(tags=["said"])

MOST_BATCH = 2**62


class TapIn(BaseModel):
    """How it is now."""

    model_config = ConfigDict(extra="forbid")

    now: Literal["fine", "heavy", "crash", "skipped"]


class TapOut(KeptOut):
    """What became of it."""

    sealed: bool = Field(description="Whether it waits, sealed, until the file is opened.")


class RefreshedIn(BaseModel):
    """Whether yesterday's rest refreshed; not knowing needs no answer."""

    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "no"]


class SaidOut(BaseModel):
    """One thing that was said today."""

    batch: int = Field(description="The number by which it is taken back.")
    at: str = Field(description="Time of day.")
    words: str


class TodayOut(BaseModel):
    """Today, as it stands."""

    start_ms: int = Field(description="When the person's day began, UTC ms.")
    end_ms: int
    said: list[SaidOut] = Field(description="The latest first.")


class BatchIn(BaseModel):
    """What is taken back."""

    model_config = ConfigDict(extra="forbid")

    batch: int = Field(ge=0, le=MOST_BATCH)


@router.get("/today")
def today(visit: Started) -> TodayOut:
    """What was said today."""
    visit.house.vault.take_taps_in()
    said = [SaidOut(batch=one.batch, at=one.at, words=one.words) for one in said_on(visit, visit.today)]
    return TodayOut(start_ms=visit.today[0], end_ms=visit.today[1], said=said)


@router.post("/taps")
def tap(visit: Anyone, said: TapIn) -> TapOut:
    """How it is now. It can be said by anybody at this computer; while the file is locked it is sealed."""
    vault, entry = visit.house.vault, Entry(visit.now_ms, visit.zone, "answer", said.now, label=NOW)
    if visit.inside and vault.is_open:
        return TapOut(batch=vault.note([entry]), sealed=False)
    vault.seal([entry])
    return TapOut(batch=None, sealed=True)


@router.post("/refreshed")
def refreshed(visit: Inside, said: RefreshedIn) -> KeptOut:
    """Whether yesterday's rest refreshed."""
    batch = visit.house.vault.note([Entry(visit.now_ms, visit.zone, "answer", said.answer, label=REFRESHED)])
    visit.house.wake()
    return KeptOut(batch=batch)


@router.post("/undo")
def undo(visit: Inside, said: BatchIn) -> KeptOut:
    """Take back something that was said; what came from a file is no such thing."""
    vault = visit.house.vault
    if not vault.do(lambda store: vault.lines.take_back(store, said.batch, visit.now_ms)):
        raise UitknopError(Phrase("There is nothing with this number to take back."))
    visit.house.wake()
    return KeptOut(batch=None)
