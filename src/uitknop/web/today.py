"""Vandaag: one question, one tap; what was said can be taken back; at most one sentence about what stood out."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core import Entry
from uitknop.report.words import N_
from uitknop.store import Store
from uitknop.web.entrance import taps
from uitknop.web.found import stood_out
from uitknop.web.protection import open_now
from uitknop.web.resting import last_of, running_of
from uitknop.web.said import REFRESHED, YES_NO, just_now, said_on
from uitknop.web.sheet import chosen_of
from uitknop.web.visit import ON_EVERY_PAGE, STARTED, Inside, Started, Visit

router = APIRouter()

COST_ASKED = "cost_asked"
"""Setting: what was answered, and when (UTC ms), to the question asked once, if all this costs more than it gives."""

A_MONTH_MS = 30 * 86_400_000
ASKED = "refreshed_asked"
"""Setting: the day on which the question about yesterday's rest was passed over."""


@router.get("/")
def today(visit: Started) -> Response:
    """How is it now?"""
    visit.house.vault.take_taps_in()
    said = said_on(visit, visit.today)
    if visit.view.bad_day == "on":
        return visit.page("bad_day.html", said=said, last=last_of(visit))
    running = running_of(visit)
    refreshed_asked = running is None and _ask_refreshed(visit)
    return visit.page(
        "today.html",
        day=visit.words.day(visit.now_ms, visit.zone),
        said=said,
        taps=taps(visit),
        running=running,
        running_at=visit.words.clock(running.since_ms, visit.zone) if running else "",
        ask_refreshed=refreshed_asked,
        ask_cost=running is None and not refreshed_asked and _ask_cost(visit),
        cost_said=_cost_said(visit),
        stood_out=stood_out(visit),
        flags=[action for _, action in open_now(visit) if action.waits and action.urgency not in ON_EVERY_PAGE],
    )


@router.post("/undo")
def undo(visit: Inside, batch: Annotated[int, Form()], back: Annotated[str, Form()] = "") -> Response:
    """Take back one thing that was said, on the page where it was said; not within the moment of a double tap."""
    vault = visit.house.vault
    if all(vault.lines.batch_of(entry) != batch for entry in just_now(visit)):  # else a second tap, not meant
        vault.do(lambda store: vault.lines.take_back(store, batch, visit.now_ms))
        visit.house.wake()
    return visit.go("/conditions" if back == "conditions" else "/")


@router.post("/refreshed")
def refreshed(visit: Inside, answer: Annotated[str, Form()]) -> Response:
    """Whether yesterday's rest refreshed; not knowing is no answer, and only keeps it from being asked again today."""
    if answer in YES_NO:
        visit.house.vault.note([Entry(visit.now_ms, visit.zone, "answer", answer, label=REFRESHED)])
        visit.house.wake()
    else:
        visit.house.vault.do(lambda store: store.keep_setting(ASKED, str(visit.today[0])))
    return visit.go("/")


@router.post("/cost")
def cost(visit: Inside, answer: Annotated[str, Form()]) -> Response:
    """Whether this costs more than it gives; asked once, after a month. Who says yes is offered to stop."""
    told = "" if answer == "undo" else json.dumps([answer, visit.now_ms])
    visit.house.vault.do(lambda store: store.keep_setting(COST_ASKED, told))
    return visit.go("/leave" if answer == "yes" else "/")


@router.get("/leave")
def leave(visit: Inside) -> Response:
    """Stopping, with a page to take along, printed at a tap; nobody is asked to stay."""
    parts, question = chosen_of(visit)
    return visit.page("leave.html", parts=parts, question=question, cost_said=_cost_said(visit))


@router.post("/bad-day")
def bad_day(visit: Inside, on: Annotated[str, Form()]) -> Response:
    """All as short as it can be, and back."""
    visit.have(bad_day=on)
    return visit.go("/")


@router.get("/more")
def more(visit: Inside) -> Response:
    """The other pages, a row for each; those that belong together share one."""
    say = visit.words.say
    rows = (
        (("/breathe", say("Breathe")),),
        (("/look-back", say("Look back")),),
        (("/plan", say("What fits now")),),
        (("/questions", say("Questions")),),
        (("/sheet", say("Sheet to take with you")),),
        (("/why", say("Why")), ("/how", say("How this works"))),
        (("/data", say("Data")),),
        (("/settings", say("Settings, and stopping measuring")),),
    )
    return visit.page("more.html", rows=rows)


def _ask_cost(visit: Visit) -> bool:
    """Whether a month has passed and it was not asked yet."""
    begun, asked = visit.house.vault.do(lambda store: (store.setting(STARTED), store.setting(COST_ASKED)))
    return not asked and visit.now_ms - int(begun or visit.now_ms) >= A_MONTH_MS


def _cost_said(visit: Visit) -> tuple[str, str] | None:
    """What was answered today to that question, and at what time; it can be taken back."""
    told = visit.house.vault.do(lambda store: store.setting(COST_ASKED))
    try:
        answer, at_ms = json.loads(told or "")
    except ValueError:
        return None
    if not visit.today[0] <= at_ms < visit.today[1]:
        return None
    return visit.words.say(YES_NO.get(answer, N_("don't know"))), visit.words.clock(at_ms, visit.zone)


def _ask_refreshed(visit: Visit) -> bool:
    """Whether there was a rest yesterday and nothing was said of it today."""

    lines = visit.house.vault.lines

    def asked(store: Store) -> bool:
        rested = any(entry.kind == "rest" for entry in lines.between(store, *visit.yesterday))
        told = any(entry.kind == "answer" and entry.label == REFRESHED for entry in lines.between(store, *visit.today))
        return rested and not told and store.setting(ASKED) != str(visit.today[0])

    return visit.house.vault.do(asked)
