"""The part of the app that programs ask, put together: every answer is JSON, also when something is refused."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from uitknop import __version__
from uitknop.core.errors import Busy, UitknopError
from uitknop.web.api import conditions, keys, knowing, live, model, rests, said, settings
from uitknop.web.house import House
from uitknop.web.vault import Locked
from uitknop.web.visit import NotStarted, Outside, anyone

ABOUT = """\
What the pages of the app do, for programs on the same computer. Every request carries the cookie of a session, and
whatever changes something the `Origin` of the app."""


class Trouble(BaseModel):
    """Why something was refused."""

    trouble: str = Field(description="A sentence for a person, in their language.")


REFUSALS: dict[int | str, dict[str, object]] = {
    400: {"model": Trouble, "description": "What was sent can't be read as JSON."},
    401: {"model": Trouble, "description": "Nobody is inside, or the file is locked."},
    404: {"model": Trouble, "description": "There is nothing at this address."},
    409: {"model": Trouble, "description": "It can't be done now; the sentence says why."},
    422: {"model": Trouble, "description": "What was sent has another form than is asked for."},
    503: {"model": Trouble, "description": "Another program is writing; try again."},
}


def create_api(house: House) -> FastAPI:
    """The API, to be mounted at `/api`.

    Args:
        house: that of the app.
    """
    api = FastAPI(
        title="Uitknop",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=REFUSALS,
    )
    api.state.house = house
    for room in (said, rests, live, knowing, model, conditions, settings, keys):
        api.include_router(room.router)
    _say_errors(api)
    return api


def _say_errors(api: FastAPI) -> None:
    @api.exception_handler(Outside)
    @api.exception_handler(Locked)
    @api.exception_handler(NotStarted)
    def outside(request: Request, fault: Exception) -> JSONResponse:
        return _trouble(request, 401, anyone(request).words.say("Open your file first."))

    @api.exception_handler(UitknopError)
    def refused(request: Request, fault: UitknopError) -> JSONResponse:
        return _trouble(request, 503 if isinstance(fault, Busy) else 409, anyone(request).words.say(fault.phrase))

    @api.exception_handler(RequestValidationError)
    def incomplete(request: Request, fault: RequestValidationError) -> JSONResponse:
        # What was sent is not said again: it may be what a person wrote.
        places = ", ".join(sorted({".".join(str(step) for step in one["loc"][:3]) for one in fault.errors()})[:5])
        told = anyone(request).words.say(
            "This is missing, or has another form than is asked for: {places}.", places=places
        )
        return _trouble(request, 422, told)

    @api.exception_handler(HTTPException)
    def not_here(request: Request, fault: HTTPException) -> JSONResponse:
        say = anyone(request).words.say
        unread, nothing = say("What was sent can't be read. Send JSON."), say("There is nothing at this address.")
        return _trouble(request, fault.status_code, unread if fault.status_code == 400 else nothing)


def _trouble(request: Request, status: int, told: str) -> JSONResponse:
    return JSONResponse({"trouble": told}, status)
