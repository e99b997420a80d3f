"""One request: who asks, in which language and shape, and how an answer is made."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from uitknop.core.errors import NotWritable, UitknopError
from uitknop.core.timeline import day_of, day_span
from uitknop.guidance import Action, OpenFlag, action_of, help_numbers, red_flag_words
from uitknop.report.words import Catalogue, catalogue
from uitknop.store import Store
from uitknop.web.calling import calls
from uitknop.web.house import House
from uitknop.web.vault import Locked
from uitknop.web.view import view_from

if TYPE_CHECKING:
    import jinja2

SESSION, SHAPE = "uitknop", "uitknop_view"
"""Names of the two cookies."""

VIEW_SETTING, STARTED, MEASURING = "app_view", "app_started", "app_measuring"
A_YEAR_S = 31_536_000
SOONEST = ("112", "now", "today", "days", "doctor", "help", "adapted")
"""How soon to act, the soonest first."""

ON_EVERY_PAGE = SOONEST[:3]
"""What stands on every page while it is open."""


class Outside(Exception):
    """Nobody is known to be inside: the locked page is all there is."""


class NotStarted(Exception):
    """The first questions were not put yet."""


class Visit:
    """One request.

    Args:
        request: as it came.
        house: what all requests share.
        inside: whether the one who asks may see what is in the file.
    """

    def __init__(self, request: Request, house: House, *, inside: bool) -> None:
        self.request = request
        self.house = house
        self.inside = inside
        self.now_ms = house.here.now_ms()
        kept = request.cookies.get(SHAPE)
        zone: str | None = None
        if inside and house.vault.is_open:
            with suppress(UitknopError):  # what is wrong with the file is said by the page that needs it
                kept, zone = house.vault.do(_kept_of) if kept is None else (kept, house.vault.do(_zone_of))
        self.zone = zone or house.here.zone
        self.view = view_from(kept, house.here.lang)

    @property
    def words(self) -> Catalogue:
        """The words of the language."""
        return catalogue(self.view.lang)

    @property
    def today(self) -> tuple[int, int]:
        """The person's day now, from and to, UTC ms."""
        span = day_span(day_of(self.now_ms, self.zone), self.zone)
        return span.start_ms, span.end_ms

    @property
    def yesterday(self) -> tuple[int, int]:
        """The day before, from and to, UTC ms."""
        span = day_span(day_of(self.now_ms, self.zone) - timedelta(days=1), self.zone)
        return span.start_ms, span.end_ms

    @property
    def measures(self) -> bool:
        """Whether anything of the heart is told; off means a diary, and nothing else."""
        return self.house.vault.do(lambda store: store.setting(MEASURING)) != "off"

    def flags(self) -> tuple[OpenFlag, ...]:
        """The red flags that are open, the one to act at soonest first."""
        lines = self.house.vault.lines
        found = self.house.vault.do(lambda store: lines.flags(store, now_ms=self.now_ms, zone=self.zone))
        return tuple(sorted(found, key=lambda flag: SOONEST.index(flag.urgency)))

    def _urgent(self) -> tuple[Action, ...]:
        """What to do now or today, each said once; nothing while the file is locked."""
        found: tuple[OpenFlag, ...] = ()
        if self.inside and self.house.vault.is_open:
            with suppress(Locked, UitknopError):  # what is wrong with the file is said by the page that needs it
                found = self.flags()
        urgent = [action_of(flag.id) for flag in found if flag.urgency in ON_EVERY_PAGE]
        return tuple({action.title: action for action in reversed(urgent)}.values())[::-1]

    def page(self, name: str, status: int = 200, **shown: object) -> Response:
        """A page from its template."""
        words = self.words
        told = {
            "view": self.view,
            "lang": self.view.lang,
            "say": words.say,
            "count": words.count,
            "inside": self.inside,
            "path": self.request.url.path,
            "numbers": help_numbers().values(),
            "outside_nl": red_flag_words().outside.said(self.view.lang),
            "quiet": self.view.mode == "quiet",
            "urgent": self._urgent(),
            "made_up": self.house.here.made_up,
            "behind_ms": self.house.here.behind_ms,
        }
        return self._dressed(HTMLResponse(templates().get_template(name).render({**told, **shown}), status))

    def go(self, path: str) -> Response:
        """To another page, after something was said."""
        return self._dressed(RedirectResponse(path, 303))

    def have(self, **chosen: str) -> None:
        """Choose how it is shown from now on; kept in the file where it is open."""
        for name, value in chosen.items():
            self.view = self.view.having(name, value)
        if self.inside and self.house.vault.is_open:
            text = self.view.text
            with suppress(NotWritable):  # another program is writing; the cookie holds it until next time
                self.house.vault.do(lambda store: store.keep_setting(VIEW_SETTING, text))

    def _dressed(self, answer: Response) -> Response:
        # From outside nothing is set: the first page inside takes what stands in the file.
        if self.inside and self.request.cookies.get(SHAPE) != self.view.text:
            answer.set_cookie(SHAPE, self.view.text, max_age=A_YEAR_S, httponly=True, samesite="strict")
        return answer


def let_in(answer: Response, token: str) -> Response:
    """The answer with the key of a session: for this site only, out of reach of scripts, gone with the browser."""
    answer.set_cookie(SESSION, token, httponly=True, samesite="strict")
    return answer


def anyone(request: Request) -> Visit:
    """Whoever asks, inside or not."""
    house: House = request.app.state.house
    inside = house.sessions.holds(request.cookies.get(SESSION))
    away = not inside and not house.sessions.any
    if house.vault.is_open and (away or not house.vault.is_there):
        house.lock()  # the last one who was inside has been away for long, or the file is gone
        inside = False
    return Visit(request, house, inside=inside)


def inside(request: Request) -> Visit:
    """Somebody who is inside, with the file open.

    Raises:
        Outside: nobody is, or the file is locked.
        NotStarted: there is no file yet, or the first questions were not put.
    """
    visit = anyone(request)
    if not visit.inside:
        raise Outside
    if not visit.house.vault.is_there:
        raise NotStarted
    if not visit.house.vault.is_open:
        raise Outside
    return visit


def started(request: Request) -> Visit:
    """Somebody who is inside and was asked the first questions.

    Raises:
        Outside, NotStarted: as for `inside`.
    """
    visit = inside(request)
    try:
        done = visit.house.vault.do(lambda store: store.setting(STARTED))
    except Locked:
        raise Outside from None
    if done is None:
        raise NotStarted
    return visit


Anyone = Annotated[Visit, Depends(anyone)]
Inside = Annotated[Visit, Depends(inside)]
Started = Annotated[Visit, Depends(started)]


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """The pages; what is put into them is escaped, and what is missing is a fault."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("uitknop.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["calls"] = calls
    return made


def _kept_of(store: Store) -> tuple[str | None, str | None]:
    return store.setting(VIEW_SETTING), store.setting("zone")


def _zone_of(store: Store) -> str | None:
    return store.setting("zone")
