"""The first start: language, one tap for red flags, one question about effort; then rest can be used at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core.errors import StoreError
from uitknop.instruments import Answer, give, instrument, no_answers, to_entry
from uitknop.person import Secret
from uitknop.web.helping import signs_page
from uitknop.web.protection import open_now, signs_entry
from uitknop.web.settings import OWN_NAMES
from uitknop.web.visit import STARTED, Anyone, Inside, Outside, Visit

router = APIRouter(prefix="/start")

EFFORT, FIRST_ITEM = "pem_screen", "small_effort_often"
STEP = "app_step"
"""Setting: the step of the first start that comes next, so that it can be broken off anywhere."""


@router.get("")
def begin(visit: Anyone) -> Response:
    """Where the first start was left."""
    _only_inside(visit)
    if not visit.house.vault.is_there:
        return visit.page("start_language.html", languages=OWN_NAMES)
    step = visit.house.vault.do(lambda store: "done" if store.setting(STARTED) else store.setting(STEP))
    if step == "done":
        return visit.go("/")
    if step is None:
        return visit.page("start_language.html", languages=OWN_NAMES)
    return visit.go(f"/start/{step}")


@router.post("/language")
def choose_language(visit: Anyone, lang: Annotated[str, Form()]) -> Response:
    """The language; the file is made with the key ring where there is one."""
    _only_inside(visit)
    visit.view = visit.view.having("lang", lang)
    if not visit.house.vault.is_there:
        try:
            visit.house.printed = visit.house.vault.make(visit.house.here.secret)
        except StoreError:
            return visit.go("/start/passphrase")
    return _begun(visit)


@router.get("/passphrase")
def ask_passphrase(visit: Anyone) -> Response:
    """Asked only on a computer without a key ring."""
    _only_inside(visit)
    return visit.go("/start") if visit.house.vault.is_there else visit.page("start_passphrase.html", trouble="")


@router.post("/passphrase")
def take_passphrase(visit: Anyone, passphrase: Annotated[str, Form()]) -> Response:
    """Make the file with a passphrase."""
    _only_inside(visit)
    if not visit.house.vault.is_there:
        try:
            visit.house.printed = visit.house.vault.make(Secret(passphrase=passphrase))
        except StoreError as fault:
            return visit.page("start_passphrase.html", 400, trouble=visit.words.say(fault.phrase))
    return _begun(visit)


@router.get("/signs")
def ask_signs(visit: Inside) -> Response:
    """One tap when there is none of it."""
    return signs_page(visit, "/start/signs", first=True, title=visit.words.say("Welcome"))


@router.post("/signs")
def take_signs(visit: Inside, signs: Annotated[list[str] | None, Form()] = None) -> Response:
    """What was picked; help first, where it is needed."""
    visit.house.vault.note([signs_entry(visit, signs or ())])
    _keep_step(visit, "effort")
    return visit.go("/help" if open_now(visit) else "/start/effort")


@router.get("/effort")
def ask_effort(visit: Inside) -> Response:
    """The first question about what effort does afterwards; the others come on later days."""
    item = instrument(EFFORT).item(FIRST_ITEM)
    assert item is not None
    assert item.text is not None
    assert item.label is not None
    lang = visit.view.lang
    rows = [(option.value, option.text.said(lang)) for option in item.options]
    return visit.page("start_effort.html", question=item.text.said(lang), label=item.label.said(lang), rows=rows)


@router.post("/effort")
def take_effort(visit: Inside, answer: Annotated[str, Form()]) -> Response:
    """The answer, or that it was passed over: then it stays unknown."""
    effort = instrument(EFFORT)
    value = int(answer) if answer in {"0", "1", "2", "3", "4"} else None
    given = Answer(FIRST_ITEM, value, visit.now_ms)
    give(effort, no_answers(effort), given)
    visit.house.vault.note([to_entry(effort, given, visit.zone)])
    return _done(visit)


@router.post("/skip")
def skip(visit: Inside, step: Annotated[str, Form()]) -> Response:
    """Every question may be passed over."""
    if step != "signs":
        return _done(visit)
    _keep_step(visit, "effort")
    return visit.go("/start/effort")


@router.get("/ready")
def ready(visit: Inside) -> Response:
    """That is all."""
    return visit.page("start_ready.html", printed=visit.house.printed)


@router.post("/written")
def written(visit: Inside) -> Response:
    """The recovery key is on paper: it is shown no more."""
    visit.house.printed = ""
    return visit.go("/")


def _only_inside(visit: Visit) -> None:
    """Raises Outside for who did not come through the door."""
    if not visit.inside or (visit.house.vault.is_there and not visit.house.vault.is_open):
        raise Outside


def _begun(visit: Visit) -> Response:
    visit.have(lang=visit.view.lang)
    _keep_step(visit, "signs")
    return visit.go("/start/signs")


def _done(visit: Visit) -> Response:
    visit.house.vault.do(lambda store: store.keep_setting(STARTED, str(visit.now_ms)))
    return visit.go("/start/ready")


def _keep_step(visit: Visit, step: str) -> None:
    visit.house.vault.do(lambda store: store.keep_setting(STEP, step))
