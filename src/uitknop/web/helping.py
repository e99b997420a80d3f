"""Help: the numbers always, what to do at each open red flag, and the button that says it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.guidance import action_of, actions, button_entry, closing_entry, red_flag_words
from uitknop.instruments import instrument
from uitknop.web.protection import SIGNS, SUICIDALITY, open_now, signs_entry
from uitknop.web.visit import SOONEST, STARTED, Anyone, Inside, Visit

router = APIRouter()

HEADS = {
    "112": "heart_or_brain",
    "now": "talk_now",
    "today": "heart_today",
    "days": "doctor_in_days",
    "doctor": "something_else",
    "help": "unsafe",
    "adapted": "pregnancy",
}
"""The action whose title stands above the signs of an urgency."""


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
def signs(visit: Inside, new: str = "") -> Response:
    """The page of red flags, again; by its own question where somebody comes to say that something is new."""
    return signs_page(visit, "/signs", title=visit.words.say("What do you notice?") if new else "")


@router.post("/signs")
def say_signs(visit: Inside, signs: Annotated[list[str] | None, Form()] = None) -> Response:
    """What was picked; then what to do, where there is something."""
    visit.house.vault.note([signs_entry(visit, signs or ())])
    return visit.go("/help" if open_now(visit) else "/")


def signs_page(visit: Visit, action: str, *, first: bool = False, title: str = "") -> Response:
    """The list, by how soon to act; one tap when there is none of it.

    Args:
        visit: who asks.
        action: where the answer goes.
        first: whether this is the first start, where it may be passed over.
        title: what stands above it; that of the list where there is none.
    """
    page = instrument(SIGNS)
    item = page.items[0]
    lang = visit.view.lang
    assert item.text is not None
    assert item.label is not None
    rows = [(option.key, option.text.said(lang)) for option in item.options if option.key != "none"]
    groups = []
    for urgency in SOONEST:
        here = [(key, words) for key, words in rows if action_of(key).urgency == urgency]
        groups.append((urgency, actions()[HEADS[urgency]].title.said(lang), here))
    return visit.page(
        "signs.html",
        title=title or page.title.said(lang),
        question=item.text.said(lang),
        label=item.label.said(lang),
        groups=groups,
        action=action,
        first=first,
    )
