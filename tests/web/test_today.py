"""Vandaag: one tap, taken back as easily; the bad day; yesterday's rest; nothing that was not asked for."""

from __future__ import annotations

import re
from typing import Any

import pytest

from uitknop.core import Entry

DAY_MIN = 24 * 60


@pytest.mark.parametrize("value", ["fine", "heavy", "crash", "skipped"])
def test_one_tap_says_it(app: Any, value: str) -> None:
    page = app.post("/tap", now=value)
    assert app.entries() == [("answer", "now", value)]
    assert "You said" in page


def test_what_was_said_can_be_taken_back(app: Any) -> None:
    app.post("/tap", now="crash")
    app.clock.later(1)
    page = app.post("/tap", now="heavy")
    assert "You said: heavy (14:01)" in page
    batch = page.split('name="batch" value="')[1].split('"')[0]
    app.clock.later(1)
    page = app.post("/undo", batch=batch)
    assert "You said: crash (14:00)" in page
    assert app.entries() == [("answer", "now", "crash")]


def test_a_double_tap_says_it_once_and_takes_nothing_back(app: Any) -> None:
    app.post("/tap", now="heavy")
    app.clock.now_ms += 600
    page = app.post("/tap", now="heavy")
    (batch,) = re.findall(r'name="batch" value="(\d+)"', page)
    app.post("/undo", batch=batch)
    assert app.entries() == [("answer", "now", "heavy")]
    app.clock.now_ms += 1_000
    app.post("/undo", batch=batch)
    assert app.entries() == []


@pytest.mark.parametrize("on", ["off", "on"])
def test_what_was_said_stands_below_what_is_tapped(app: Any, on: str) -> None:
    before = app.post("/bad-day", on=on).split('action="/tap"')[0]
    after = app.post("/tap", now="heavy").split('action="/tap"')
    assert after[0] == before  # nothing above it came, went or moved
    assert 'action="/undo"' in after[1]


def test_a_rest_and_how_it_was_are_told_in_whole_sentences(app: Any) -> None:
    start_ms = app.clock.now_ms - 8 * 60_000
    app.house.vault.note([Entry(start_ms, "Europe/Amsterdam", "rest", "passive", app.clock.now_ms)])
    app.house.vault.note([Entry(app.clock.now_ms, "Europe/Amsterdam", "answer", "calmer", label="felt")])
    page = app.get("/")
    assert "You rested until 14:00." in page
    assert "After the rest: calmer." in page
    assert "You said" not in page


def test_only_taps_are_taken_back(app: Any) -> None:
    from uitknop.core import Recording
    from uitknop.store import Origin

    def imported(store: Any) -> int:
        with store.batch(Origin("a.csv", "ab", "csv", "", "", 1)) as batch:
            batch.add(Recording("csv", "a.csv", "UTC", None, (), (Entry(5, "UTC", "tag", "kept"),)))
        return int(batch.id)

    number = app.house.vault.do(imported)
    app.post("/undo", batch=str(number))
    app.post("/undo", batch="99999")
    assert app.entries() == [("tag", "", "kept")]


def test_what_was_said_yesterday_is_not_shown_today(app: Any) -> None:
    app.post("/tap", now="crash")
    app.clock.later(DAY_MIN)
    app.house.sessions._known.clear()
    app.client.get(f"/open/{app.house.door.code}")
    assert "You said" not in app.get("/")


def test_a_day_without_a_tap_leaves_no_mark(app: Any) -> None:
    app.house.vault.do(lambda store: store.keep_setting("app_started", str(app.clock.now_ms)))
    page = app.get("/")
    assert "missed" not in page.lower()
    assert page.count("<form") == 2  # the tap, and the bad day


def test_the_bad_day_is_all_there_is_until_it_is_left(app: Any) -> None:
    page = app.post("/bad-day", on="on")
    assert "Rest now" in page
    assert "How is it now" not in page
    assert "Rest now" in app.get("/")
    assert "You said: heavy" in app.post("/tap", now="heavy")
    assert "How is it now" in app.post("/bad-day", on="off")


def test_bad_day_can_be_begun_from_every_page(app: Any) -> None:
    for path in ("/", "/rest", "/help", "/more", "/settings", "/look-back", "/why", "/data", "/signs"):
        assert 'action="/bad-day"' in app.get(path), path


def test_a_rest_of_yesterday_is_asked_about_once(app: Any) -> None:
    start_ms = app.clock.now_ms
    rest = Entry(start_ms, "Europe/Amsterdam", "rest", "passive", start_ms + 20 * 60_000)
    app.house.vault.note([rest])
    assert "refresh you" not in app.get("/")
    app.clock.now_ms += DAY_MIN * 60_000
    assert "refresh you" in app.get("/")
    assert "refresh you" not in app.post("/refreshed", answer="yes")
    assert ("answer", "refreshed", "yes") in app.entries()


def test_not_knowing_whether_it_refreshed_writes_nothing_and_is_not_asked_again(app: Any) -> None:
    start_ms = app.clock.now_ms
    app.house.vault.note([Entry(start_ms, "Europe/Amsterdam", "rest", "passive", start_ms + 20 * 60_000)])
    app.clock.now_ms += DAY_MIN * 60_000
    assert "refresh you" not in app.post("/refreshed", answer="skipped")
    assert not any(label == "refreshed" for _, label, _ in app.entries())


def test_an_open_flag_stands_above_everything(app: Any) -> None:
    app.post("/help/sign", sign="suicidality")
    page = app.get("/")
    assert page.index("Talk with somebody now") < page.index("How is it now")


def test_the_button_opens_what_to_do_and_the_person_closes_it(app: Any) -> None:
    page = app.post("/help/sign", sign="suicidality")
    assert ("event", "sign/suicidality", "pressed") in app.entries()
    assert page.index("Talk with somebody now") < page.index("0800-0113")
    app.clock.later(1)
    page = app.post("/help/closed", flag="suicidality", how="discussed")
    assert "Talk with somebody now" not in page
    assert ("event", "flag/suicidality", "discussed") in app.entries()


def test_no_other_sign_and_no_flag_that_is_not_open_is_written(app: Any) -> None:
    app.post("/help/sign", sign="nonsense")
    app.post("/help/closed", flag="chest_pain", how="discussed")
    app.post("/help/closed", flag="chest_pain", how="nonsense")
    assert app.entries() == []


def test_a_page_that_is_not_there_says_so(app: Any) -> None:
    answer = app.client.get("/nowhere", headers=app.headers)
    assert answer.status_code == 404
    assert "nothing at this address" in answer.text


def test_a_form_with_a_field_missing_says_so(app: Any) -> None:
    assert "did not arrive" in app.post("/tap", 422)


def test_everything_said_today_can_be_undone_one_by_one(app: Any) -> None:
    app.post("/tap", now="heavy")
    app.clock.later(1)
    app.post("/help/sign", sign="suicidality")
    app.clock.later(1)
    app.post("/help/closed", flag="suicidality", how="discussed")
    app.clock.later(1)
    app.post("/start/effort", answer="2")
    page = app.get("/")
    assert page.count('action="/undo"') == 4
    assert page.count("Your answer is kept (") == 2
    for said in ("You asked for help (", "You said: heavy"):
        assert said in page
    app.clock.later(1)
    for batch in re.findall(r'name="batch" value="(\d+)"', page):
        app.post("/undo", batch=batch)
    assert app.entries() == []


def test_what_it_costs_is_asked_once_after_a_month(app: Any) -> None:
    app.house.vault.do(lambda store: store.keep_setting("app_started", str(app.clock.now_ms)))
    assert "cost you more" not in app.get("/")
    app.clock.now_ms += 31 * DAY_MIN * 60_000
    assert "cost you more" in app.get("/")
    page = app.post("/cost", answer="yes")
    assert "Stopping is fine" in page
    assert 'href="/settings"' in page  # where measuring is stopped
    sheet = app.post("/sheet", how="print", parts=re.findall(r'name="parts" value="(\w+)"', page))
    assert 'data-prints="yes"' in sheet
    assert "4. " in sheet  # nothing was left out of it
    assert "cost you more" not in app.get("/")
    assert app.entries() == []  # it is no answer about the person
    app.clock.now_ms += DAY_MIN * 60_000
    assert "what this costs you" not in app.get("/")


def test_the_answer_to_what_it_costs_can_be_taken_back(app: Any) -> None:
    app.clock.now_ms += 31 * DAY_MIN * 60_000
    app.post("/cost", answer="no")
    assert "You said of what this costs you: no (" in app.get("/")
    assert "cost you more" in app.post("/cost", answer="undo")
    assert "what this costs you" in app.post("/cost", answer="yes")  # there too


@pytest.mark.parametrize("answer", ["no", "skipped"])
def test_who_says_no_or_nothing_is_not_asked_again(app: Any, answer: str) -> None:
    app.clock.now_ms += 31 * DAY_MIN * 60_000
    assert "How is it now" in app.post("/cost", answer=answer)
    assert "cost you more" not in app.get("/")
