"""How the file opens: a passphrase set, changed or taken away, the key ring, and a new recovery key, shown once.

Only the seal on the data key changes; the data stay as they are. What is typed is in a form, never in an address, and
is forgotten with the request. OWASP ASVS 5.0: 6.2.3 (the present passphrase with a change), 6.3.1, 7.4.3, 14.2.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core.errors import StoreError, WrongKey
from uitknop.person import Secret
from uitknop.person.unlock import data_key_of, rewrap_with
from uitknop.report.words import N_
from uitknop.store.keys import Method
from uitknop.web.entrance import waiting_told
from uitknop.web.visit import Inside, Visit, let_in

router = APIRouter(prefix="/keys")

Typed = Annotated[str, Form()]

WAY_WORDS: Mapping[Method, str] = {
    "keyring": N_("by itself, on this computer"),
    "passphrase": N_("with your passphrase"),
    "recovery": N_("with the recovery key on paper"),
}


class Refused(Exception):
    """It was not changed.

    Args:
        told: why, for the person.
        status: of the answer.
    """

    def __init__(self, told: str, status: int) -> None:
        super().__init__(status)
        self.told = told
        self.status = status


@router.get("")
def keys(visit: Inside) -> Response:
    """What opens the file, and what can be changed about it."""
    return _page(visit)


@router.post("/passphrase")
def set_passphrase(visit: Inside, new: Typed = "", again: Typed = "", current: Typed = "") -> Response:
    """A passphrase, or another one; whoever else was inside has to come in anew."""
    try:
        if new != again:
            raise Refused(visit.words.say("The two were not the same. Nothing was changed; type it twice again."), 400)
        change(visit, current, add="passphrase", passphrase=new)
    except Refused as fault:
        return _page(visit, fault.status, trouble=fault.told)
    return _alone(visit)


@router.post("/remove")
def remove(visit: Inside, way: Typed = "", current: Typed = "") -> Response:
    """A way less: the passphrase, or the key ring; the other one of the two stays."""
    try:
        if way in ("passphrase", "keyring"):
            change(visit, current, remove="passphrase" if way == "passphrase" else "keyring")
    except Refused as fault:
        return _page(visit, fault.status, trouble=fault.told)
    return _alone(visit)


@router.post("/ring")
def by_itself(visit: Inside, current: Typed = "") -> Response:
    """Also opened by the key ring of this computer."""
    try:
        change(visit, current, add="keyring")
    except Refused as fault:
        return _page(visit, fault.status, trouble=fault.told)
    return visit.go("/keys")


@router.post("/recovery")
def make_recovery(visit: Inside, current: Typed = "") -> Response:
    """A new recovery key; the one before opens nothing any more."""
    try:
        visit.house.printed = change(visit, current, add="recovery")
    except Refused as fault:
        return _page(visit, fault.status, trouble=fault.told)
    return visit.go("/keys/recovery")


@router.get("/recovery")
def recovery(visit: Inside) -> Response:
    """The recovery key, to write down or print; until the person says that it is on paper."""
    return visit.page("recovery.html", printed=visit.house.printed) if visit.house.printed else visit.go("/keys")


def change(
    visit: Visit,
    current: str,
    *,
    add: Method | None = None,
    passphrase: str = "",
    remove: Literal["passphrase", "keyring"] | None = None,
) -> str:
    """Change how the file opens, by somebody inside who knows the present passphrase where there is one.

    Returns: the new recovery key, or "".
    Raises:
        Refused: nothing was changed.
    """
    here, ways, say = visit.house.here, visit.house.vault.ways(), visit.words.say
    other = {"passphrase": "keyring", "keyring": "passphrase"}
    if remove is not None and other[remove] not in ways:
        raise Refused(say("Nothing else would open your file then, so it stays."), 409)
    _check(visit, current)
    try:
        return rewrap_with(
            here.path, visit.house.vault.data_key, here.secret.ring, add=add, passphrase=passphrase, remove=remove
        )
    except StoreError as fault:
        raise Refused(say(fault.phrase), 409) from None


def _check(visit: Visit, current: str) -> None:
    """Raises Refused where there is a passphrase and it is another one; it takes longer after some wrong ones."""
    house, say = visit.house, visit.words.say
    if "passphrase" not in house.vault.ways():
        return
    if told := waiting_told(visit):
        raise Refused(told, 429)
    try:
        data_key_of(house.here.path, Secret(passphrase=current))
    except WrongKey:
        house.patience.was_wrong()
        raise Refused(say("That is not your passphrase of now. Nothing was changed; try again."), 403) from None
    except StoreError as fault:
        raise Refused(say(fault.phrase), 409) from None
    house.patience.was_right()


def _alone(visit: Visit) -> Response:
    """Back to the page, as the only one who is inside."""
    visit.house.sessions.end_all()
    return let_in(visit.go("/keys"), visit.house.sessions.begin())


def _page(visit: Visit, status: int = 200, *, trouble: str = "") -> Response:
    ways = visit.house.vault.ways()
    return visit.page(
        "keys.html",
        status,
        ways=[visit.words.say(WAY_WORDS[way]) for way in ways],
        has=ways,
        trouble=trouble,
        path="/keys",
    )
