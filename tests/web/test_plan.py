"""Plan: one step at most, with its grade; off until switched on; only the answer to what stands is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.instruments import instrument
from uitknop.web.spelled import spelled

ZONE = "Europe/Amsterdam"
DAY_MS = 86_400_000
MORE = re.compile(r"a little more|build up|start again with|more than last week", re.IGNORECASE)


def calm_weeks(app: Any, pem: str) -> None:
    """Six quiet weeks of somebody whose questions about effort were all answered with `pem` (0: never, 4: always)."""
    now_ms, screen = app.clock.now_ms, instrument("pem_screen")
    lines = [
        Entry(now_ms - day * DAY_MS, ZONE, "answer", "fine", label="now") for day in range(42) if now_ms - day * DAY_MS
    ]
    page = Entry(now_ms - DAY_MS, ZONE, "answer", "none", label="red_flags/1/signs")
    answers = [
        Entry(now_ms - DAY_MS, ZONE, "answer", pem, label=f"{screen.id}/{screen.version}/{item.id}")
        for item in screen.items
        if item.id.endswith("_often") or (item.id.startswith("worse_") and pem == "0")
    ]
    for one in (*lines, page, *answers):
        app.house.vault.note([one])


def test_with_nothing_known_it_has_one_step_at_most_and_proposals_are_off(app: Any) -> None:
    page = app.get("/plan")
    assert "Proposals to do more are off" in page
    assert not MORE.search(page.partition("<details>")[0])


def test_an_open_flag_comes_first(app: Any) -> None:
    app.post("/help/sign", sign="suicidality")
    assert str(app.client.get("/plan", headers=app.headers).url.path) == "/help"


def test_it_is_switched_on_and_off_as_lines_of_the_diary(app: Any) -> None:
    assert "Proposals to do more are on" in app.post("/plan/switch", on="on")
    app.clock.later(1)
    assert "Proposals to do more are off" in app.post("/plan/switch", on="off")
    app.post("/plan/switch", on="nonsense")
    assert [value for kind, label, value in app.entries() if label == "setting/plan"] == ["on", "off"]


@pytest.mark.parametrize("on", ["on", "off"])
@pytest.mark.parametrize("pem", ["2", "4"])
def test_with_pem_nothing_speaks_of_doing_more_switched_on_or_not(app: Any, pem: str, on: str) -> None:
    calm_weeks(app, pem)
    app.clock.later(1)
    page = app.post("/plan/switch", on=on)
    assert not MORE.search(page.partition("<details>")[0])


def test_every_claim_a_step_leans_on_is_told_with_its_grade(app: Any) -> None:
    calm_weeks(app, "0")
    page = app.get("/plan")
    linked = re.findall(r'href="/why/(C\d+)">evidence ([ABCDX]):', page)
    assert page.count('href="/why/C') == len(linked)


def test_only_the_proposal_that_stands_is_answered(app: Any) -> None:
    app.post("/plan/answer", proposal="increase", say="yes")
    assert not any(label.startswith("proposal/") for _, label, _ in app.entries())


def test_an_answer_is_kept_and_can_be_taken_back(make_app: Callable[..., Any]) -> None:
    app = make_app()
    calm_weeks(app, "0")
    app.clock.later(1)
    page = app.post("/plan/switch", on="on")
    found = re.search(r'name="proposal" value="([\w/]+)"', page)
    assert found is not None, page
    app.clock.later(1)
    app.post("/plan/answer", proposal=found[1], say="no")
    assert ("event", f"proposal/{found[1]}", "no") in app.entries()
    assert f'value="{found[1]}"' not in app.get("/plan")  # and is not asked again
    page = app.get("/")
    assert "To a proposal you said: no (" in page
    app.clock.later(1)
    app.post("/undo", batch=re.findall(r'name="batch" value="(\d+)"', page)[0])
    assert not any(label.startswith("proposal/") for _, label, _ in app.entries())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_quiet_page_says_the_numbers_of_a_step_in_words(app: Any, lang: str) -> None:
    now_ms, screen = app.clock.now_ms, instrument("pem_screen")
    told = {f"pem_screen/{screen.version}/{item.id}": "0" for item in screen.items if item.id != "reactions"}
    told |= {"function/1/ordinary_day": "1", "red_flags/1/signs": "none"}
    lines = [Entry(now_ms - 10 * DAY_MS, ZONE, "answer", value, label=label) for label, value in told.items()]
    lines += [Entry(now_ms - day * DAY_MS - 1000, ZONE, "answer", "fine", label="now") for day in range(20)]
    app.house.vault.note(lines)
    app.post("/settings", lang=lang)
    shown = re.sub(r"<[^>]+>", " ", app.get("/plan").partition("<h1")[2].partition("<details>")[0])
    assert {"nl": "vijftien minuten", "en": "fifteen minutes"}[lang] in shown
    assert not re.search(r"\d", shown)
    app.post("/settings", mode="ordinary")
    assert re.search({"nl": r"\d+ minuten", "en": r"\d+ minutes"}[lang], app.get("/plan"))


def test_every_number_below_a_hundred_has_words_and_none_is_more_than_was_said() -> None:
    for lang in ("nl", "en"):
        words = [spelled(number / 2, lang) for number in range(200)]
        assert len(set(words)) == 200
        assert not any(re.search(r"\d", one) for one in words)
        assert spelled(9.99, lang) == spelled(9.5, lang)


def test_who_says_that_it_was_a_crash_had_a_crash_and_can_take_it_back(app: Any) -> None:
    calm_weeks(app, "0")
    energy = instrument("energy")
    for day, amount in ((2, "7"), (1, "2")):
        at_ms = app.clock.now_ms - day * DAY_MS + 1000
        app.house.vault.note([Entry(at_ms, ZONE, "answer", amount, label=f"energy/{energy.version}/energy")])
    assert 'value="ask_crash"' in app.get("/plan")
    app.clock.later(1)
    assert "Rest now" in app.post("/plan/answer", proposal="ask_crash", say="yes")
    assert ("event", "told", "crash") in app.entries()
    app.clock.later(1)
    app.post("/undo", batch=re.findall(r'name="batch" value="(\d+)"', app.get("/"))[0])
    assert "crash" not in [value for _, _, value in app.entries()]
