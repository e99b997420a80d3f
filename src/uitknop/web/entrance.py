"""The way in and out: the address that opens once, the locked page with its tap, the passphrase, and the lock."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core import Entry
from uitknop.core.errors import StoreError, WrongKey
from uitknop.person import Secret
from uitknop.web.said import NOW, TAP_WORDS, just_now
from uitknop.web.visit import SESSION, Anyone, Visit, let_in

router = APIRouter()

KEYS = ("1", "2", "3", "0")
"""The key beside each answer to "how is it now?"."""


@router.get("/open/{code}")
def come_in(visit: Anyone, code: str) -> Response:
    """The address printed at the start: works once, and leaves no trace that would."""
    token = visit.house.come_in(code)
    if token is None:
        return visit.go("/" if visit.inside else "/locked")
    return let_in(visit.go("/"), token)


@router.get("/locked")
def locked(visit: Anyone) -> Response:
    """What can be done without opening: the tap, and help."""
    if visit.inside and visit.house.vault.is_open:
        return visit.go("/")
    return locked_page(visit)


@router.post("/tap")
def tap(visit: Anyone, now: Annotated[str, Form()]) -> Response:
    """How is it now? Sealed where nobody is inside; the same tap twice in a moment is one."""
    if now not in TAP_WORDS:
        return visit.go("/")
    entry = Entry(visit.now_ms, visit.zone, "answer", now, label=NOW)
    if visit.inside and visit.house.vault.is_open:
        if any((one.label, one.value) == (NOW, now) for one in just_now(visit)):
            return visit.go("/")
        if visit.house.vault.note([entry]) is None:
            return visit.page("kept.html")
        return visit.go("/")
    try:
        visit.house.vault.seal([entry])
    except StoreError as fault:
        return locked_page(visit, 409, trouble=visit.words.say(fault.phrase))
    return locked_page(visit, tapped=True)


@router.post("/unlock")
def unlock(visit: Anyone, passphrase: Annotated[str, Form()] = "", recovery: Annotated[str, Form()] = "") -> Response:
    """With a passphrase or the recovery key. After some wrong ones it takes longer each time, up to half a minute."""
    patience, say = visit.house.patience, visit.words.say
    if told := waiting_told(visit):
        return locked_page(visit, 429, trouble=told)
    try:
        token = visit.house.unlock(Secret(passphrase=passphrase or None, recovery=recovery or None))
    except WrongKey as fault:
        patience.was_wrong()
        told = say("That passphrase does not open your file. Nothing is lost; try again.")
        return locked_page(visit, 403, trouble=told if passphrase else say(fault.phrase))
    except StoreError as fault:
        patience.was_wrong()
        return locked_page(visit, 403, trouble=say(fault.phrase))
    patience.was_right()
    return let_in(visit.go("/"), token)


@router.post("/lock")
def lock(visit: Anyone) -> Response:
    """Close the file and end every session; only somebody inside can."""
    if visit.inside:
        visit.house.lock()
    answer = visit.go("/locked")
    answer.delete_cookie(SESSION, httponly=True, samesite="strict")
    # What the browser still holds of the pages goes too (ASVS 14.3.1).
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def waiting_told(visit: Visit) -> str:
    """How long to wait for the next try, in words; empty when it may be now."""
    n = math.ceil(visit.house.patience.wait_s)
    if n <= 0:
        return ""
    return visit.words.count("Please wait {n} second and try again.", "Please wait {n} seconds and try again.", n)


def locked_page(visit: Visit, status: int = 200, *, tapped: bool = False, trouble: str = "") -> Response:
    """The locked page, for whoever asks."""
    visit.inside = False
    ways = visit.house.vault.ways()
    return visit.page(
        "locked.html",
        status,
        ways=ways,
        can_tap=bool(ways),
        is_there=visit.house.vault.is_there,
        taps=taps(visit),
        tapped=tapped,
        stuck=visit.house.stuck,
        trouble=trouble,
        path="/locked",
    )


def taps(visit: Visit) -> list[tuple[str, str, str]]:
    """The four answers: value, word, key."""
    return [(value, visit.words.say(word), key) for (value, word), key in zip(TAP_WORDS.items(), KEYS, strict=True)]
