"""Rust: chosen in a tap, black while it lasts, written down as the rooms read it, felt afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest

from uitknop.core import Bout, Span
from uitknop.rest.bouts import posture_at
from uitknop.web.resting import BESIDE, LONGEST_MS, OWN_LONGEST, Resting, resting

ZONE = "Europe/Amsterdam"


def begin(app: Any, **chosen: str) -> dict[str, str]:
    """Begins a rest; gives the fields its black page carries along."""
    page = app.post("/rest/start", **chosen)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def test_a_rest_is_kept_as_the_rooms_read_it(app: Any) -> None:
    start_ms = app.clock.now_ms
    fields = begin(app, posture="seated", beside="bottle")
    app.clock.later(25)
    assert "How did it feel" in app.post("/rest/stop", **fields)
    entries = app.house.vault.do(lambda store: store.entries())
    (rest,) = [entry for entry in entries if entry.kind == "rest"]
    assert (rest.value, rest.label, rest.span) == ("passive", "warm_bottle", Span(start_ms, start_ms + 25 * 60_000))
    assert posture_at(entries, rest.span) == "seated"


def test_slow_breathing_is_a_kind_of_its_own(app: Any) -> None:
    fields = begin(app, posture="supine", beside="breathing")
    app.clock.later(10)
    app.post("/rest/stop", **fields)
    assert ("rest", "", "breathing") in app.entries()


def test_what_was_chosen_last_stands_ready(app: Any) -> None:
    begin(app, posture="seated", beside="mask")
    page = app.get("/rest")
    assert re.search(r'value="seated" checked', page)
    assert re.search(r'value="mask" checked', page)
    assert 'name="beside" value="mask"' in app.post("/bad-day", on="on")


def test_a_sound_is_none_until_it_is_chosen_and_then_stands_ready(app: Any) -> None:
    assert re.search(r'value="none" checked', app.get("/rest"))
    begin(app, sound="bells")
    begin(app)  # from the heavy day, which says nothing of it
    begin(app, sound="trumpets")
    assert re.search(r'value="bells" checked', app.get("/rest"))


def test_the_tone_for_breathing_counts_for_the_most_there_is_in_a_day(app: Any) -> None:
    begin(app, sound="exhale")
    assert re.search(r'value="exhale" checked', app.get("/rest"))
    assert "/breathe/start" not in app.get("/breathe")
    app.clock.now_ms += 24 * 3_600_000
    assert "/breathe/start" in app.get("/breathe")


def test_the_words_of_the_guided_rest_can_be_read_and_end_the_rest_that_runs(app: Any) -> None:
    assert re.search(r'<noscript>.*scripts.*</noscript>(?s:.*)href="/rest/text"', app.get("/rest"))
    assert "Thoughts will come by" in app.get("/rest/text")
    assert "/rest/stop" not in app.get("/rest/text")
    begin(app)
    assert "/rest/stop" in app.get("/rest/text")


def test_the_black_page_shows_no_word_number_or_picture(app: Any) -> None:
    begin(app)
    page = app.get("/rest/now")
    body = re.sub(r'(?s)^.*<body>|<h1 class="unseen">.*?</h1>|<[^>]+>', "", page)
    assert body.strip() == ""
    assert "autofocus" in page
    assert re.search(r'<main data-soon="The screen turns black', page)
    assert "<img" not in page


def test_the_felt_answer_and_not_knowing(app: Any) -> None:
    app.post("/rest/felt", felt="calmer")
    app.post("/rest/felt", felt="unknown")
    app.post("/rest/felt", felt="nonsense")
    assert app.entries() == [("answer", "felt", "calmer")]


def test_a_rest_that_ended_at_once_is_not_kept(app: Any) -> None:
    fields = begin(app)
    app.clock.later(0.5)
    assert "How is it now" in app.post("/rest/stop", **fields)
    assert app.entries() == []


def test_a_rest_nobody_ended_is_told_once_and_may_be_dropped(app: Any) -> None:
    fields = begin(app)
    app.clock.later(30)
    assert "You are resting since 14:00" in app.get("/")
    app.post("/rest/stop", drop="yes", **fields)
    assert app.entries() == []
    assert "You are resting" not in app.get("/")


def test_a_rest_goes_on_when_the_program_was_started_again(make_app: Any) -> None:
    app = make_app()
    begin(app, beside="dark")
    app.house.lock()
    app.post("/unlock", passphrase=app.passphrase)
    app.clock.later(5)
    assert 'value="dark"' in app.get("/rest/now")


def test_a_rest_that_runs_for_half_a_day_is_no_rest(app: Any) -> None:
    fields = begin(app)
    app.clock.now_ms += LONGEST_MS + 60_000
    assert "You are resting" not in app.get("/")
    app.post("/rest/stop", **fields)
    assert app.entries() == []


def test_a_rest_is_kept_when_the_file_was_locked_meanwhile(app: Any) -> None:
    fields = begin(app, beside="bottle")
    app.clock.later(20)
    app.house.lock()
    assert "It is kept" in app.post("/rest/stop", **fields)
    app.post("/unlock", passphrase=app.passphrase)
    assert ("rest", "warm_bottle", "passive") in app.entries()
    assert ("posture", "", "supine") in app.entries()


def test_a_rest_in_the_own_word_is_kept_under_it(app: Any) -> None:
    fields = begin(app, own="  de   kat <b> ")
    assert fields["own"] == "de kat &lt;b&gt;"
    app.clock.later(20)
    app.post("/rest/stop", **{**fields, "own": "de kat <b>"})
    assert ("rest", "de kat <b>", "passive") in app.entries()
    assert "<b>" not in app.get("/look-back")
    assert "de kat &lt;b&gt;" in app.get("/look-back")


def test_words_that_ask_for_help_are_answered_with_help(app: Any) -> None:
    assert "Talk with somebody now" in app.post("/rest/start", own="ik wil niet meer leven")
    assert ("event", "sign/suicidality", "pressed") in app.entries()


def test_without_a_running_rest_the_black_page_is_not_there(app: Any) -> None:
    assert "What would you like with it" in app.get("/rest/now")


@pytest.mark.parametrize("since", ["x", "", "1e9"])
def test_a_start_that_is_no_moment_is_refused(app: Any, since: str) -> None:
    app.post("/rest/stop", 422, since=since)


@pytest.mark.parametrize("since", ["0", "-1", "99999999999999999999"])
def test_a_start_long_ago_or_to_come_keeps_nothing(app: Any, since: str) -> None:
    app.post("/rest/stop", since=since)
    assert app.entries() == []


def test_what_is_no_choice_is_the_usual_one() -> None:
    assert resting(5, "standing on my head", "champagne", "x" * 99) == Resting(
        5, "supine", "nothing", "x" * OWN_LONGEST
    )


@pytest.mark.parametrize("beside", list(BESIDE))
def test_every_choice_gives_a_bout_of_a_known_kind(beside: str) -> None:
    rest, posture = Resting(0, "supine", beside).lines(60 * 60_000, ZONE)
    assert Bout(rest.span, "supine", rest.value, rest.label).kind in ("passive", "breathing")
    assert (posture.kind, posture.value, posture.span) == ("posture", "supine", rest.span)
