"""Questions, one at a time: what is asked next, each may be passed over, and a day is never long."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core.errors import Malformed
from uitknop.core.timeline import day_of
from uitknop.instruments import Answer, Item, Next, count_since, from_entries, give, next_of, no_answers, to_entry
from uitknop.instruments import instrument as list_of
from uitknop.instruments.instrument import NONE
from uitknop.report.words import N_
from uitknop.state import read_diary
from uitknop.state.diary import readable
from uitknop.web.found import stands_now
from uitknop.web.telling import BEFORE_MORE
from uitknop.web.visit import STARTED, Inside, Visit

router = APIRouter(prefix="/questions")

DAY_MS = 86_400_000

ASKED = ("pem_screen", "energy", "function", "mood", "load")
"""The lists that are asked by themselves, what protects most first. The others are for who wants them."""

STOPPED = {
    "done": N_("There is nothing to ask now."),
    "enough_today": N_("That is all for today."),
    "another_day": N_("The next question is for another day."),
    "wording_absent": N_("There is nothing to ask now."),
}


@router.get("")
def ask(visit: Inside) -> Response:
    """The next question, or that there is none now."""
    found = _next(visit)
    if found is None or found.item is None:
        stopped = "done" if found is None or found.stopped is None else found.stopped
        return visit.page("no_question.html", told=visit.words.say(STOPPED[stopped]))
    item, lang = found.item, visit.view.lang
    assert item.text is not None
    one = list_of(found.instrument)
    return visit.page(
        "question_asked.html",
        instrument=one.id,
        item=item.id,
        title=one.title.said(lang),
        question=item.text.said(lang),
        label=item.label.said(lang) if item.label is not None else "",
        about=one.about.said(lang) if item.kind == "number" else "",
        many=item.kind == "many",
        rows=_rows(item, visit),
    )


@router.post("")
def answer(
    visit: Inside,
    instrument: Annotated[str, Form()],
    item: Annotated[str, Form()],
    said: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """An answer, or that it was passed over; one that fits the question no more is not kept."""
    found = _next(visit)
    if found is None or found.item is None or (found.instrument, found.item.id) != (instrument, item):
        return visit.go("/questions")
    one = list_of(instrument)
    given = Answer(item, _value(found.item, said or []), visit.now_ms)
    try:
        kept = give(one, no_answers(one), given).of(item) or given
    except Malformed:
        return visit.go("/questions")
    visit.house.vault.note([to_entry(one, kept, visit.zone)])
    return visit.go("/questions")


def _rows(item: Item, visit: Visit) -> list[tuple[str, str]]:
    """What can be answered: value and words."""
    if item.kind == "many":
        return [(option.key, option.text.said(visit.view.lang)) for option in item.options if option.key != NONE]
    if item.options:
        return [(str(option.value), option.text.said(visit.view.lang)) for option in item.options]
    return [(str(number), str(number)) for number in item.numbers]


def _value(item: Item, said: list[str]) -> int | tuple[str, ...] | None:
    """The answer as the list knows it; None for passed over."""
    if item.kind == "many":
        return None if said == ["-"] else tuple(key for key in said if key != "-") or (NONE,)
    return int(said[0]) if said and said[0].isascii() and said[0].isdecimal() else None


def _next(visit: Visit) -> Next | None:
    """What is asked next. A question comes again once its last answer is older than its list allows."""
    entries = visit.house.vault.entries()
    diary = read_diary(entries, now_ms=visit.now_ms, zone=visit.zone)
    lists = [list_of(name) for name in ASKED]
    answered = {
        one.id: from_entries(
            one,
            readable(diary, one),
            since_ms=visit.now_ms - one.repeat_days * DAY_MS if one.repeat_days else None,
        )
        for one in lists
    }
    stands = stands_now(visit)
    if stands.guided.step == BEFORE_MORE:  # what an ordinary day is like, before the rest
        lists.sort(key=lambda one: one.id != "function")
    begun_ms = visit.house.vault.do(lambda store: int(store.setting(STARTED) or visit.now_ms))
    return next_of(
        lists,
        answered,
        answered_today=count_since(answered.values(), visit.today[0]),
        severity=stands.severity,
        day=(day_of(visit.now_ms, visit.zone) - day_of(begun_ms, visit.zone)).days + 1,
    )
