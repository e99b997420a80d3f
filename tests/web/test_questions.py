"""Questions come one at a time, each may be passed over, and a day has few; an answer that fits no more is not kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from uitknop.instruments.sitting import ITEMS_A_DAY
from uitknop.web.questions import ASKED

DAY_MS = 86_400_000


def asked(page: str) -> tuple[str, str] | None:
    found = re.search(r'name="instrument" value="(\w+)">\s*<input type="hidden" name="item" value="(\w+)"', page)
    return None if found is None else (found[1], found[2])


def reply(app: Any, said: str) -> str:
    one = asked(app.get("/questions"))
    assert one is not None
    app.clock.now_ms += 1000
    return str(app.post("/questions", instrument=one[0], item=one[1], said=said))


def test_the_question_about_effort_comes_first(app: Any) -> None:
    assert asked(app.get("/questions")) == ("pem_screen", "small_effort_often")


def test_an_answer_is_kept_and_the_next_question_comes(app: Any) -> None:
    page = reply(app, "1")
    assert ("answer", "pem_screen/1/small_effort_often", "1") in app.entries()
    assert asked(page) != ("pem_screen", "small_effort_often")


def test_what_is_passed_over_is_not_asked_again_that_day(app: Any) -> None:
    page = reply(app, "-")
    assert ("answer", "pem_screen/1/small_effort_often", "-") in app.entries()
    assert asked(page) != ("pem_screen", "small_effort_often")


def test_a_day_has_few_questions_and_the_next_day_goes_on(app: Any) -> None:
    app.clock.now_ms += DAY_MS  # on the first day there is less still
    for _ in range(ITEMS_A_DAY):
        page = reply(app, "-")
    assert asked(page) is None
    assert "That is all for today" in page
    app.clock.now_ms += DAY_MS
    assert asked(app.get("/questions")) is not None


def test_only_the_question_that_stands_can_be_answered(app: Any) -> None:
    app.post("/questions", instrument="mood", item="low", said="1")
    app.post("/questions", instrument="nonsense", item="x", said="1")
    assert app.entries() == []


@pytest.mark.parametrize("said", ["99", "-1", "x", "1e3"])
def test_what_is_no_answer_of_the_question_is_not_kept_as_one(app: Any, said: str) -> None:
    reply(app, said)
    assert all(value == "-" for _, _, value in app.entries())


def test_answering_ends_one_day_with_every_list_asked(app: Any) -> None:
    lists: set[str] = set()
    for _ in range(30):
        page = app.get("/questions")
        while (one := asked(page)) is not None and not set(ASKED) <= lists:
            lists.add(one[0])
            app.clock.now_ms += 1000
            page = str(app.post("/questions", instrument=one[0], item=one[1], said="0"))
        if set(ASKED) <= lists:
            break
        app.clock.now_ms += DAY_MS
    assert set(ASKED) <= lists


def test_the_plan_leads_to_what_it_asks(app: Any) -> None:
    app.post("/signs")
    app.clock.later(1)
    assert 'href="/questions"' in app.get("/plan")
