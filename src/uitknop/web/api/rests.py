"""Rests over the API: begin, end, how it felt; and slow breathing in the same way."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from uitknop.core import Entry, Phrase
from uitknop.core.errors import UitknopError
from uitknop.web import rest
from uitknop.web.api.live import LATEST_MS
from uitknop.web.breathing import LONGEST_MIN, begin, ended, offered, style_name
from uitknop.web.breathing import RUNNING as BREATHING
from uitknop.web.resting import OWN_LONGEST, RUNNING, Resting, is_kept, resting, running_of
from uitknop.web.said import FELT
from uitknop.web.visit import Inside, Visit

router = APIRouter(tags=["rests"])

Posture = Literal["supine", "seated"]
Beside = Literal["nothing", "dark", "bottle", "blanket", "mask", "cool", "company", "nature", "breathing"]
Rate = Literal["slowest", "slower", "bit_slower", "usual", "quicker"]
_NO_BREATHING = Phrase("Exercises with the breath do not fit now. Breathe as it comes.")

Sound = Literal["none", "tone", "bell"]
RestSound = Literal["none", "exhale", "bell", "bells", "guided", "guided_short"]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RestIn(_In):
    """How somebody rests."""

    posture: Posture = "supine"
    beside: Beside = "nothing"
    own: str = Field(default="", max_length=OWN_LONGEST, description="The person's own word for what is with it.")


class RestStartIn(RestIn):
    """A rest that begins."""

    sound: RestSound | None = Field(default=None, description="What the page lets be heard; kept for the next time.")


class RestOut(RestIn):
    """A rest that runs."""

    since_ms: int = Field(description="When it began, UTC ms.")


class RestEndIn(RestIn):
    """A rest that ends now; as `RestOut` gave it, so that it is kept whatever happened meanwhile."""

    since_ms: int = Field(ge=0, le=LATEST_MS)


class KeptOut(BaseModel):
    """What was kept."""

    batch: int | None = Field(description="The number by which it is taken back; None: nothing was kept.")


class FeltIn(_In):
    """How it felt; not knowing needs no answer."""

    felt: Literal["calmer", "same", "restless"]


class BreathingIn(_In):
    """How somebody breathes."""

    pace: Rate = "usual"
    rate: float | None = Field(
        default=None, ge=4, le=8, allow_inf_nan=False, description="Breaths a minute, to tenths; goes before `pace`."
    )
    sound: Sound = "none"


class OfferOut(BaseModel):
    """Slow breathing as it fits this person now."""

    minutes: float = Field(description="After how long it ends.")
    in_s: float
    out_s: float
    own: bool = Field(description="Whether another pace may be chosen.")


class BreathingOut(BaseModel):
    """Breathing that runs."""

    since_ms: int = Field(description="When it began, UTC ms.")
    minutes: float = Field(description="After how long it ends.")
    in_s: float
    out_s: float
    rate: str = Field(description="Breaths a minute, as the style sheet calls the pace.")
    sound: Sound


class BreathingEndIn(_In):
    """Breathing that ends now."""

    since_ms: int = Field(ge=0, le=LATEST_MS)
    minutes: float = Field(ge=0, le=LONGEST_MIN, allow_inf_nan=False)


@router.get("/rests/running")
def running(visit: Inside) -> RestOut | None:
    """The rest that runs."""
    found = running_of(visit)
    return _rest(found) if found is not None else None


@router.post("/rests")
def start(visit: Inside, said: RestStartIn) -> RestOut:
    """A rest begins. Words that ask for help are kept as such, and nothing begins."""
    begun = rest.started(visit, said.posture, said.beside, said.own, said.sound or "")
    if begun is None:
        raise UitknopError(Phrase("There is help at any hour: call 113, or 112 when it cannot wait."))
    return _rest(begun)


@router.post("/rests/end")
def end(visit: Inside, said: RestEndIn) -> KeptOut:
    """It ended. Less than a minute, or more than twelve hours, is not kept."""
    told = resting(said.since_ms, said.posture, said.beside, said.own)
    return _kept(visit, RUNNING, told.lines(visit.now_ms, visit.zone))


@router.post("/rests/felt")
def felt(visit: Inside, said: FeltIn) -> KeptOut:
    """How the last rest felt."""
    return _kept(visit, None, (Entry(visit.now_ms, visit.zone, "answer", said.felt, label=FELT),))


@router.get("/breathing")
def offer(visit: Inside) -> OfferOut:
    """How long and at which pace; refused when it does not fit now, or was done often enough today."""
    found = offered(visit)
    if found is None:
        raise UitknopError(_NO_BREATHING)
    return OfferOut(minutes=found.minutes, in_s=found.pace.in_s, out_s=found.pace.out_s, own=found.own)


@router.post("/breathing")
def breathe(visit: Inside, said: BreathingIn) -> BreathingOut:
    """Slow breathing begins, for as long as fits this person; refused when it does not fit now."""
    begun = begin(visit, said.pace if said.rate is None else f"{said.rate:.1f}", said.sound)
    if begun is None:
        raise UitknopError(_NO_BREATHING)
    pace, sound = begun.pace, said.sound
    return BreathingOut(
        since_ms=begun.since_ms,
        minutes=begun.minutes,
        in_s=pace.in_s,
        out_s=pace.out_s,
        rate=style_name(pace),
        sound=sound,
    )


@router.post("/breathing/end")
def end_breathing(visit: Inside, said: BreathingEndIn) -> KeptOut:
    """It ended; what came after its own minutes does not count."""
    return _kept(visit, BREATHING, ended(said.since_ms, said.minutes).lines(visit.now_ms, visit.zone))


def _kept(visit: Visit, running: str | None, lines: tuple[Entry, ...]) -> KeptOut:
    vault = visit.house.vault
    if running is not None:
        vault.do(lambda store: store.keep_setting(running, ""))
    ended = lines and lines[0].kind == "rest" and is_kept(visit, lines[0].at_ms)
    batch = vault.note(lines) if lines and not ended else None
    visit.house.wake()
    return KeptOut(batch=batch)


def _rest(found: Resting) -> RestOut:
    said = {"posture": found.posture, "beside": found.beside, "own": found.own}
    return RestOut.model_validate({"since_ms": found.since_ms, **said})
