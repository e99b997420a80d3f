"""How the file opens, over the API: which ways there are, one more or one less, a new recovery key."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from uitknop.store.keys import Method
from uitknop.web.keys import Refused, change
from uitknop.web.visit import Inside, let_in

router = APIRouter(tags=["keys"])


class KeysOut(BaseModel):
    """What opens the file."""

    ways: list[Method]
    recovery: str = Field(default="", description="A new recovery key, told this once; one before opens nothing more.")


class KeysIn(BaseModel):
    """One change. When the passphrase or the key ring changed, every other session ends."""

    model_config = ConfigDict(extra="forbid")

    add: Method | None = None
    remove: Literal["passphrase", "keyring"] | None = None
    passphrase: str = Field(default="", max_length=1000, description="The new one, with add passphrase.")
    current: str = Field(default="", max_length=1000, description="The present one, where there is one.")


@router.get("/keys")
def keys(visit: Inside) -> KeysOut:
    """Which ways there are."""
    return KeysOut(ways=list(visit.house.vault.ways()))


@router.post("/keys", response_model=KeysOut)
def change_keys(visit: Inside, said: KeysIn, answer: Response) -> KeysOut | JSONResponse:
    """Add a way or set it anew, or take one away."""
    try:
        printed = change(visit, said.current, add=said.add, passphrase=said.passphrase, remove=said.remove)
    except Refused as fault:
        return JSONResponse({"trouble": fault.told}, 409)
    if said.add == "passphrase" or said.remove is not None:
        visit.house.sessions.end_all()
        let_in(answer, visit.house.sessions.begin())
    return KeysOut(ways=list(visit.house.vault.ways()), recovery=printed)
