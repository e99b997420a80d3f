"""Help: the numbers always, what to do at each open red flag, and the button that says it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.guidance import button_entry, closing_entry, red_flag_words
from uitknop.instruments import instrument
from uitknop.web.protection import SIGNS, SUICIDALITY, open_now, signs_entry
from uitknop.web.visit import STARTED, Anyone, Inside, Visit

router = APIRouter()


@router.get("/help")
def help_page(visit: Anyone) -> Response:
    """Open for everybody, also while the file is locked."""
    opened = visit.inside and visit.house.vault.is_open
    return visit.page(
        "help.html",
        open=open_now(visit) if opened else (),
        started=opened and visit.house.vault.do(lambda store: store.setting(STARTED)) is not None,
        flag_words=red_flag_words(),
    )


@router.post("/help/sign")
def say_sign(visit: Inside, sign: Annotated[str, Form()]) -> Response:
    """The button: what to do comes at once."""
    if sign == SUICIDALITY:
        visit.house.vault.note([button_entry(sign, visit.now_ms, visit.zone)])
    return visit.go("/help")


@router.post("/help/closed")
def close_flag(visit: Inside, flag: Annotated[str, Form()], how: Annotated[str, Form()]) -> Response:
    """The person's word that it was talked about, or known for long."""
    if how in ("discussed", "known") and any(one.id == flag for one, _ in open_now(visit)):
        visit.house.vault.note([closing_entry(flag, visit.now_ms, visit.zone, known=how == "known")])
    return visit.go("/help")


@router.get("/signs")
def signs(visit: Inside) -> Response:
    """The page of red flags, again."""
    return signs_page(visit, "/signs")


@router.post("/signs")
def say_signs(visit: Inside, signs: Annotated[list[str] | None, Form()] = None) -> Response:
    """What was picked; then what to do, where there is something."""
    visit.house.vault.note([signs_entry(visit, signs or ())])
    return visit.go("/help" if open_now(visit) else "/")


def signs_page(visit: Visit, action: str, *, first: bool = False) -> Response:
    """The list, by how soon to act; one tap when there is none of it."""
    item = instrument(SIGNS).items[0]
    lang = visit.view.lang
    assert item.text is not None
    assert item.label is not None
    rows = [(option.key, option.text.said(lang)) for option in item.options if option.key != "none"]
    question, label = item.text.said(lang), item.label.said(lang)
    return visit.page("signs.html", rows=rows, action=action, first=first, question=question, label=label)
