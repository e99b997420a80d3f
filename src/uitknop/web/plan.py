"""Plan: what fits now, one step at most with its grade, and my yes or no; proposals to do more are off until chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core import Entry
from uitknop.guidance import Guided, answer_entries, said_advice, said_none, said_step, setting_entry, sheet
from uitknop.knowledge import library
from uitknop.walk import Standing
from uitknop.web.found import stands_now
from uitknop.web.spelled import spelled
from uitknop.web.telling import BEFORE_MORE, asked_first
from uitknop.web.visit import Inside, Visit

router = APIRouter(prefix="/plan")

PLAN = "plan"
"""Name of the setting, and of the page to read before it is switched on."""

CRASH = "ask_crash"
"""The step that is a question itself: yes or no is its answer."""


@router.get("")
def plan(visit: Inside) -> Response:
    """What fits now; while help comes first, that."""
    stands = stands_now(visit)
    guided, lang = stands.guided, visit.view.lang
    if guided.help_first:
        return visit.go("/help")
    return visit.page(
        "plan.html",
        step=_step(guided, visit) or said_none(lang),
        claims=_graded(guided, visit),
        proposal=guided.proposal,
        asks=_asks(stands),
        on=stands.settings.plan,
        before=sheet(PLAN),
    )


@router.post("/answer")
def answer(visit: Inside, proposal: Annotated[str, Form()], say: Annotated[str, Form()]) -> Response:
    """My yes or no to the proposal that stands; one that no longer stands can't be answered."""
    if say in ("yes", "no") and proposal == stands_now(visit).guided.proposal:
        lines = answer_entries(proposal, say == "yes", visit.now_ms, visit.zone)
        if (proposal, say) == (CRASH, "yes"):  # the person calls it a crash, so it is one
            lines = (*lines, Entry(visit.now_ms, visit.zone, "event", "crash", label="told"))
        visit.house.vault.note(lines)
    return visit.go("/plan")


@router.post("/switch")
def switch(visit: Inside, on: Annotated[str, Form()]) -> Response:
    """Proposals to do more: on, or off again. Protection stays on in any case."""
    if on in ("on", "off"):
        visit.house.vault.note([setting_entry(PLAN, on == "on", visit.now_ms, visit.zone)])
    return visit.go("/plan")


def _step(guided: Guided, visit: Visit) -> str | None:
    """The step in words; its numbers too where the page shows none."""
    lang, step = visit.view.lang, guided.advice.step
    if step is None or visit.view.mode != "quiet":
        return said_step(guided, lang)
    told = {
        name: spelled(value, lang) if isinstance(value, (int, float)) else value for name, value in step.fields.items()
    }
    return said_advice(replace(guided.advice, step=replace(step, fields=told)), lang)


def _graded(guided: Guided, visit: Visit) -> list[tuple[str, str, str]]:
    """Each claim that the step leans on: its id, its grade, and the grade in words."""
    labels: dict[str, str] = {name: label.said(visit.view.lang) for name, label in library().labels.grades.items()}
    return [(name, grade, labels[grade]) for name, grade in guided.advice.claims.items()]


def _asks(stands: Standing) -> str:
    """The page with the question that the step asks; empty for a step that is answered here, or asks nothing."""
    guided = stands.guided
    if guided.step in ("check_flags", "ask_safe"):
        return "/signs"
    if guided.step == BEFORE_MORE and asked_first(stands):
        return "/conditions"
    return "/questions" if guided.kind == "ask" and guided.step != CRASH else ""
