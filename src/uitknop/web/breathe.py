"""Adem: a calm shape to breathe with, words and a timer without scripts; it ends softly, and counts nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.guidance import practice
from uitknop.web.breathing import (
    LONGEST_MIN,
    PACE_WORDS,
    PRACTICE,
    RATES,
    RUNNING,
    SOUND_WORDS,
    begin,
    done_today,
    ended,
    last_of,
    offered,
    own_rate,
    running_of,
    style_name,
)
from uitknop.web.rest import felt_page, sealed
from uitknop.web.resting import is_kept
from uitknop.web.visit import Anyone, Inside, Visit

router = APIRouter(prefix="/breathe")

Minutes = Annotated[float, Form(ge=0, le=LONGEST_MIN, allow_inf_nan=False)]


OWN = "own"
"""The choice of a pace that is typed."""


@router.get("")
def choose(visit: Inside) -> Response:
    """What it is, when to stop, and what was chosen last."""
    return _page(visit)


def _page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    offer, say, lang = offered(visit), visit.words.say, visit.view.lang
    one = practice(PRACTICE)
    if offer is None:
        return visit.page("breathe_not_now.html", done=done_today(visit) > 0)
    pace, sound = last_of(visit)
    typed = own_rate(pace)
    return visit.page(
        "breathe.html",
        status,
        trouble=trouble,
        offer=offer,
        what=one.what.said(lang) if offer.own else "",
        stop=one.stop.said(lang),
        paces=[(name, say(word), RATES[name]) for name, word in PACE_WORDS.items()] if offer.own else [],
        sounds=[(name, say(word)) for name, word in SOUND_WORDS.items()],
        last_pace=OWN if typed or trouble else pace,
        last_rate="" if typed is None else visit.words.number(typed, 1),
        last_sound=sound,
        stage=None,
        rate=style_name(offer.pace),
        measures=visit.measures,
    )


@router.post("/start")
def start(
    visit: Inside,
    pace: Annotated[str, Form()] = "",
    sound: Annotated[str, Form()] = "",
    rate: Annotated[str, Form()] = "",
) -> Response:
    """It begins; a pace that was typed has to be one."""
    if pace == OWN:
        if own_rate(rate) is None:
            told = visit.words.say("A pace of your own lies between four and eight a minute, such as five and a half.")
            return _page(visit, 400, told)
        pace = rate
    return visit.go("/breathe/now" if begin(visit, pace, sound) else "/breathe")


@router.get("/now")
def now(visit: Inside) -> Response:
    """The shape; without scripts the page after it comes by itself when the time is over."""
    running = running_of(visit)
    if running is None:
        return visit.go("/breathe")
    left_s = round((running.since_ms + running.minutes * 60_000 - visit.now_ms) / 1000)
    if left_s <= 0:
        return visit.go("/breathe/done")
    return visit.page("breathe_now.html", stage=running, rate=style_name(running.pace), left_s=left_s, path="/breathe")


@router.get("/done")
def done(visit: Inside) -> Response:
    """That is enough."""
    running = running_of(visit)
    return visit.page("breathe_done.html", stage=running) if running else visit.go("/breathe")


@router.post("/stop")
def stop(
    visit: Anyone, since: Annotated[int, Form()], minutes: Minutes, worse: Annotated[str, Form()] = ""
) -> Response:
    """It ended; sealed where the file was locked meanwhile. Where it felt worse, what helps now, and nothing else."""
    lines = ended(since, minutes).lines(visit.now_ms, visit.zone)
    if not (visit.inside and visit.house.vault.is_open):
        return sealed(visit, lines)
    visit.house.vault.do(lambda store: store.keep_setting(RUNNING, ""))
    is_new = bool(lines) and not is_kept(visit, since)
    batch = visit.house.vault.note(lines) if is_new else None
    if is_new:
        visit.house.wake()
    if worse:
        return visit.page("breathe_worse.html", worse=practice(PRACTICE).worse.said(visit.view.lang), path="/breathe")
    return felt_page(visit, batch) if is_new else visit.go("/")
