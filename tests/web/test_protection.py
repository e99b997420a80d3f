"""While something urgent is open every page says so, in one calm line, with numbers that can be tapped."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from tests.web.conftest import text_of
from tests.web.test_usability import MOST_GROUPS, MOST_LINES, WIDE, as_text
from uitknop.core import Entry
from uitknop.guidance import action_of
from uitknop.instruments import instrument
from uitknop.web.calling import calls
from uitknop.web.visit import SOONEST

LINE = '<section class="urgent"'


@pytest.mark.parametrize("on", ["off", "on"])
def test_every_page_but_the_black_one_says_what_is_urgent(app: Any, on: str) -> None:
    app.post("/help/sign", sign="suicidality")
    app.post("/signs", signs=["chest_pain"])
    app.post("/bad-day", on=on)
    for path in ("/", "/rest", "/breathe", "/look-back", "/more", "/questions", "/settings", "/signs", "/data"):
        page = app.get(path)
        line = page.split(LINE)[1].split("</section>")[0]
        assert line.index('href="tel:112"') < line.index('href="tel:113"') < line.index('href="/help"')
        assert page.count(LINE) == line.count("<p>") == 1
    assert LINE not in app.post("/rest/start", posture="supine", beside="quiet")
    assert LINE not in app.get("/help")  # all of it stands there


def test_without_something_urgent_there_is_no_line_and_a_locked_page_never_has_one(app: Any) -> None:
    app.post("/signs", signs=["lump", "pregnant"])
    assert LINE not in app.get("/more")
    app.post("/help/sign", sign="suicidality")
    assert LINE in app.get("/more")
    assert LINE not in app.post("/lock")


def test_what_cannot_wait_comes_before_talking_and_each_closes_in_its_own_words(app: Any) -> None:
    app.post("/help/sign", sign="suicidality")
    app.clock.later(1)
    page = app.post("/signs", signs=["suicidality", "chest_pain"])
    assert page.index("Call ") < page.index("I have called") < page.index("It is good that you say this")
    assert page.index("It is good that you say this") < page.index("I have talked with somebody")
    assert "I have talked about this" not in page
    app.clock.later(1)
    assert "I have called" not in app.post("/help/closed", flag="chest_pain", how="discussed")
    assert ("event", "flag/chest_pain", "discussed") in app.entries()


def test_at_the_first_start_the_card_leads_on_and_the_line_stays(make_app: Any) -> None:
    app = make_app(there=False)
    app.post("/start/language", lang="en")
    page = app.post("/start/signs", signs=["suicidality"])
    assert '<a class="button" href="/start">' in page
    assert LINE in app.get("/start")  # the question that comes next
    app.post("/start/effort", answer="-")
    assert 'href="/start"' not in app.get("/help")


def test_a_number_calls_and_stays_whole_and_nothing_else_becomes_a_link() -> None:
    made = calls("Bel 113 of 0800-0113 <b>, chat op 113.nl; 1131, 2112")
    assert re.findall(r'href="tel:(\d+)">([\d-]+)<', made) == [("113", "113"), ("08000113", "0800-0113")]
    assert '<span class="call">113.nl</span>' in made
    assert "&lt;b&gt;" in made
    assert text_of(made).endswith("1131, 2112")
    assert "<a" not in calls("bel 113", link=False)


def test_every_number_of_a_card_and_of_the_locked_page_can_be_tapped(app: Any) -> None:
    app.post("/signs", signs=["suicidality", "chest_pain", "unsafe_home", "fainted"])
    for page in (app.get("/help"), app.post("/lock")):
        main = page.split('<main id="main"')[1]
        bare = re.sub(r'(?s)<a [^>]*href="tel:.*?</a>|<span class="call">113\.nl</span>', "", main)
        assert re.findall(r"\b(?:112|113|0800-\d+)\b(?! Suicide)", re.sub(r"<[^>]+>", " ", bare)) == []


def test_signs_stand_by_how_soon_to_act_each_once(app: Any) -> None:
    page = app.get("/signs")
    keys = re.findall(r'name="signs" value="(\w+)"', page)
    known = [option.key for option in instrument("red_flags").items[0].options if option.key != "none"]
    assert sorted(keys) == sorted(known)
    places = [SOONEST.index(action_of(key).urgency) for key in keys]
    assert places == sorted(places)
    assert keys[0] == "chest_pain"
    assert page.count("<h2") == len(SOONEST)


def test_the_list_says_what_is_asked_and_is_passed_over_above_and_below(make_app: Any) -> None:
    app = make_app(there=False)
    first = app.post("/start/language", lang="en")
    assert "<h1>Welcome</h1>" in first
    before, after = first.split('name="signs" value="chest_pain"')
    for part in (before, after):
        assert "None of these" in part
        assert 'formaction="/start/skip" name="step" value="signs"' in part
    assert "own wording" in after
    assert "own wording" not in before
    app.post("/start/skip", step="signs")
    app.post("/start/effort", answer="-")
    assert "<h1>What do you notice?</h1>" in app.get("/signs?new=yes")
    again = app.get("/signs")
    assert "<h1>This first</h1>" in again
    assert "Skip" not in again


def test_the_line_is_all_that_a_page_has_more(app: Any, a_week: tuple[Entry, ...]) -> None:
    app.house.vault.note(a_week)
    app.post("/help/sign", sign="suicidality")
    app.post("/signs", signs=["chest_pain", "fainted"])
    for path in ("/", "/rest", "/breathe", "/look-back", "/more"):
        read = as_text(app.get(path))
        assert sum(math.ceil(len(line) / WIDE) for line in read.lines) <= MOST_LINES + 1, read.lines
        assert read.groups <= MOST_GROUPS
