"""The app, put together: the pages, the guard before them, and the one place where an error becomes a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import Scope

from uitknop.core.errors import Busy, UitknopError
from uitknop.web import (
    api,
    breathe,
    conditions,
    data,
    entrance,
    helping,
    how,
    keys,
    look_back,
    plan,
    questions,
    rest,
    settings,
    sheet,
    start,
    today,
    why,
)
from uitknop.web.circumstances import Circumstances
from uitknop.web.guard import Guard
from uitknop.web.house import House
from uitknop.web.vault import Locked
from uitknop.web.visit import NotStarted, Outside, anyone


def create_app(here: Circumstances) -> FastAPI:
    """The app for one person's file.

    Args:
        here: whose file, the clocks, and where it may be asked from.
    """
    house = House(here)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(house.shut)

    app = FastAPI(title="Uitknop", docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    app.state.house = house
    app.mount("/static", StaticFiles(packages=[("uitknop.web", "static")]), name="static")
    app.mount("/api", api.create_api(house))
    for room in (
        entrance,
        helping,
        start,
        today,
        rest,
        breathe,
        look_back,
        plan,
        questions,
        conditions,
        sheet,
        why,
        how,
        data,
        settings,
        keys,
    ):
        app.include_router(room.router)
    _say_errors(app)
    app.add_middleware(Guard, hosts=here.hosts, sorry=sorry)
    return app


def sorry(scope: Scope) -> Response:
    """What is said when something broke: nothing of what, and what a person can do."""
    visit = anyone(Request(scope))
    told = visit.words.say(
        "Something went wrong here, and it is not your doing. What you said before is kept. Go back and try it again."
    )
    return visit.page("trouble.html", 500, trouble=told)


def _say_errors(app: FastAPI) -> None:
    @app.exception_handler(Outside)
    @app.exception_handler(Locked)
    def outside(request: Request, fault: Exception) -> Response:
        return anyone(request).go("/locked")

    @app.exception_handler(NotStarted)
    def not_started(request: Request, fault: Exception) -> Response:
        return anyone(request).go("/start")

    @app.exception_handler(UitknopError)
    def refused(request: Request, fault: UitknopError) -> Response:
        visit = anyone(request)
        status = 503 if isinstance(fault, Busy) else 409
        return visit.page("trouble.html", status, trouble=visit.words.say(fault.phrase))

    @app.exception_handler(RequestValidationError)
    def incomplete(request: Request, fault: RequestValidationError) -> Response:
        visit = anyone(request)
        told = visit.words.say("Something of that form did not arrive. Go back and try it again.")
        return visit.page("trouble.html", 422, trouble=told)

    @app.exception_handler(HTTPException)
    def not_here(request: Request, fault: HTTPException) -> Response:
        visit = anyone(request)
        told = visit.words.say("There is nothing at this address.")
        if request.scope["path"].startswith("/api/"):  # an address in two lines does not reach the API
            return JSONResponse({"trouble": told}, fault.status_code)
        return visit.page("trouble.html", fault.status_code, trouble=told)
