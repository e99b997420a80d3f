"""What somebody has is asked one at a time, only where the next thing needs it, and can be changed or left unknown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.guidance import conditions
from uitknop.instruments import instrument
from uitknop.web.visit import STARTED

ZONE = "Europe/Amsterdam"
DAY_MS = 86_400_000
FIRST = ("fever", "chest_pain", "fainting")


def settled(app: Any, *, ordinary_day: bool = True) -> None:
    """Six calm weeks on track B, in phase 2, with the plan on: all but what goes against more is known."""
    now_ms, screen = app.clock.now_ms, instrument("pem_screen")
    lines = [Entry(now_ms - day * DAY_MS - 1000, ZONE, "answer", "fine", label="now") for day in range(42)]
    told = {f"pem_screen/{screen.version}/{item.id}": "0" for item in screen.items if item.id != "reactions"}
    if ordinary_day:
        told["function/1/ordinary_day"] = "1"
    lines += [Entry(now_ms - DAY_MS - 60_000, ZONE, "answer", value, label=label) for label, value in told.items()]
    lines += [
        Entry(now_ms - 30 * DAY_MS, ZONE, "answer", "none", label="red_flags/1/signs"),
        Entry(now_ms - 26 * DAY_MS, ZONE, "event", "2", label="phase"),
        Entry(now_ms - 3_600_000, ZONE, "event", "on", label="setting/plan"),
    ]
    app.house.vault.note(lines)
    app.house.vault.do(lambda store: store.keep_setting(STARTED, str(now_ms - 40 * DAY_MS)))


def asked(page: str) -> str | None:
    found = re.search(r'name="condition" value="(\w+)">\s*<fieldset>', page)
    return None if found is None else found[1]


def reply(app: Any, has: str) -> str:
    one = asked(app.get("/conditions"))
    assert one is not None
    app.clock.later(1)
    return str(app.post("/conditions", condition=one, has=has))


def test_the_plan_leads_through_the_questions_to_a_proposal_and_its_yes(app: Any) -> None:
    settled(app, ordinary_day=False)
    page = app.get("/plan")
    assert 'href="/conditions"' in page
    for name in FIRST:
        assert asked(app.get("/conditions")) == name
        page = reply(app, "no")
    assert 'name="item" value="ordinary_day"' in page  # then what an ordinary day is like
    app.clock.later(1)
    app.post("/questions", instrument="function", item="ordinary_day", said="1")
    app.clock.later(1)
    page = app.get("/plan")
    assert 'name="proposal" value="restart"' in page
    app.clock.later(1)
    app.post("/plan/answer", proposal="restart", say="yes")
    assert ("event", "proposal/restart", "yes") in app.entries()


def test_the_last_answer_leads_back_to_what_fits(app: Any) -> None:
    settled(app)
    for _ in FIRST:
        page = reply(app, "no")
    assert 'name="proposal" value="restart"' in page


def test_a_question_may_be_passed_over_and_then_nothing_more_is_proposed(app: Any) -> None:
    settled(app)
    for _ in FIRST:
        page = reply(app, "-")
    assert asked(page) is None
    assert "Not all of it is known yet" in page
    assert 'value="restart"' not in app.get("/plan")
    assert not any(label.startswith("condition/") for _, label, _ in app.entries())
    app.clock.later(24 * 60)
    app.client.get(f"/open/{app.house.door.code}")
    assert asked(app.get("/conditions")) == FIRST[0]


def test_not_now_leaves_it_at_that_for_a_week(app: Any) -> None:
    settled(app)
    assert 'value="ask_before_more"' in app.get("/plan")
    app.clock.later(1)
    assert "/conditions" not in app.post("/plan/answer", proposal="ask_before_more", say="no")


@pytest.mark.parametrize("name", FIRST)
def test_a_yes_leads_to_the_page_of_signs_and_no_proposal_comes(app: Any, name: str) -> None:
    settled(app)
    assert "This first" in app.post("/conditions", condition=name, has="yes")
    app.clock.later(1)
    app.post("/signs")
    assert ("condition", "", name) in app.entries()
    page = app.get("/plan")
    assert 'value="restart"' not in page
    assert "/conditions" not in page


def test_nothing_is_asked_of_somebody_who_needs_no_answer(app: Any) -> None:
    page = app.get("/conditions")
    assert asked(page) is None
    assert "There is nothing to ask now" in page


def test_what_was_told_is_shown_and_can_be_taken_back(app: Any) -> None:
    page = app.post("/conditions", condition="asthma", has="no")
    assert "You said: asthma: no" in page
    batch = re.findall(r'name="batch" value="(\d+)"', page)[0]
    app.clock.later(1)
    assert "asthma: no" not in app.post("/undo", batch=batch, back="conditions")
    assert app.entries() == []


def test_what_is_over_keeps_the_time_in_which_it_was_there(app: Any) -> None:
    """A verdict on rest of the weeks with a beta blocker has to know of it, and one of afterwards has not."""
    begun_ms = app.clock.now_ms
    app.post("/conditions", condition="beta_blocker", has="yes")
    app.clock.later(60)
    page = app.post("/conditions", condition="beta_blocker", has="no")
    lines = app.house.vault.do(lambda store: store.entries())
    assert [(one.kind, one.value, one.at_ms, one.end_ms) for one in lines] == [
        ("medication", "beta_blocker", begun_ms, app.clock.now_ms),
        ("answer", "no", app.clock.now_ms, None),
    ]
    assert "beta blocker or another medicine that slows the heart: no" in page


def test_what_is_no_condition_and_no_answer_changes_nothing(app: Any) -> None:
    app.post("/conditions", condition="splendid", has="yes")
    app.post("/conditions", condition="asthma", has="perhaps")
    assert app.entries() == []


def test_every_condition_has_a_question_in_both_languages() -> None:
    for row in conditions().values():
        assert row.ask.nl.endswith("?")
        assert row.ask.en.endswith("?")
        assert len(row.ask.nl.split()) <= 14


def test_a_program_asks_and_tells_the_same(make_app: Callable[..., Any]) -> None:
    app = make_app()
    settled(app)

    def told() -> tuple[str | None, dict[str, bool | None]]:
        found = app.client.get("/api/conditions").json()
        return found["asked"], {row["condition"]: row["has"] for row in found["conditions"]}

    def tell(condition: str, has: bool | None, status: int = 200) -> None:
        body = {"condition": condition, "has": has}
        assert app.client.post("/api/conditions", json=body, headers=app.headers).status_code == status

    assert told()[0] == "fever"
    tell("fever", None)
    assert told()[0] == "chest_pain"
    tell("chest_pain", False)
    tell("asthma", True)
    assert told()[0] == "fainting"
    assert (told()[1]["chest_pain"], told()[1]["asthma"], told()[1]["fever"]) == (False, True, None)
    tell("splendid", True, 409)
