"""What you have: asked one at a time, and only what the next thing needs first; told and changed at any time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.guidance import conditions
from uitknop.guidance.told import CONDITION
from uitknop.web.found import stands_now
from uitknop.web.protection import open_now
from uitknop.web.said import YES_NO, said_on
from uitknop.web.telling import BEFORE_MORE, asked_first, needs_help_first, next_asked, pass_over, tell
from uitknop.web.visit import Inside, Visit

router = APIRouter(prefix="/conditions")


@router.get("")
def show(visit: Inside) -> Response:
    """The one question that comes next, what was told, and a place to tell something else."""
    stands, lang, say = stands_now(visit), visit.view.lang, visit.words.say
    asked = next_asked(visit, stands)
    names = {name: row.words.said(lang) for name, row in conditions().items()}
    others = [(name, words) for name, words in names.items() if name not in stands.has]
    return visit.page(
        "conditions.html",
        asked=asked,
        question=conditions()[asked].ask.said(lang) if asked else "",
        waits=asked is None and bool(asked_first(stands)),
        said=[one for one in said_on(visit, visit.today) if one.about.startswith(CONDITION)][:1],
        told=[(name, names[name], say(YES_NO["yes" if has else "no"]), has) for name, has in stands.has.items()],
        others=sorted(others, key=lambda row: row[1].lower()),
    )


@router.post("")
def answer(visit: Inside, condition: Annotated[str, Form()], has: Annotated[str, Form()] = "") -> Response:
    """An answer, or that it is not known or passed over; then what comes next."""
    if condition not in conditions():
        return visit.go("/conditions")
    first = condition in asked_first(stands_now(visit))
    if has not in YES_NO:
        pass_over(visit, condition)
        return visit.go("/conditions")
    if tell(visit, condition, has == "yes") is None:
        return visit.page("kept.html")
    if has == "yes" and needs_help_first(condition, [flag for flag, _ in open_now(visit)]):
        return visit.go("/signs")
    return _onwards(visit) if first else visit.go("/conditions")


def _onwards(visit: Visit) -> Response:
    """The next question; then an ordinary day, where that is unknown too; then what fits now."""
    stands = stands_now(visit)
    if asked_first(stands):
        return visit.go("/conditions")
    return visit.go("/questions" if stands.guided.step == BEFORE_MORE else "/plan")
