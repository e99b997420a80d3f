"""Slow breathing: offered as guidance says and never longer, written down once, and without a number in quiet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.guidance.limits import within_limits
from uitknop.guidance.pacer import Pace, pace_at
from uitknop.web.breathing import PACE_WORDS, RATES, Offered, ended, own_rate, style_name

ZONE = "Europe/Amsterdam"
STYLE = Path(__file__).parents[2] / "src/uitknop/web/static/breathe.css"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<head>.*?</head>|<kbd.*?</kbd>", "", page)).split())


def begin(app: Any, **said: str) -> str:
    return str(app.post("/breathe/start", **said))


def of_stage(page: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def test_it_begins_runs_and_is_written_down_at_its_end(app: Any) -> None:
    page = begin(app, pace="slower")
    assert of_stage(page, "pace") == "5"
    minutes, since = float(of_stage(page, "minutes")), of_stage(page, "since")
    app.clock.later(minutes)
    felt = app.post("/breathe/stop", since=since, minutes=str(minutes))
    assert "/rest/felt" in felt
    app.post("/rest/felt", felt="calmer")
    assert app.entries() == [("rest", "", "breathing"), ("answer", "felt", "calmer")]


def test_who_is_not_known_gets_the_shortest(app: Any) -> None:
    assert float(of_stage(begin(app), "minutes")) == 1


def test_it_lasts_no_longer_than_its_minutes_however_late_the_end_is_told(app: Any) -> None:
    page = begin(app)
    app.clock.later(45)
    app.post("/breathe/stop", since=of_stage(page, "since"), minutes=of_stage(page, "minutes"))
    (entry,) = app.house.vault.do(lambda store: store.entries())
    assert entry.end_ms is not None
    assert entry.end_ms - entry.at_ms == 60_000


def test_less_than_a_minute_is_not_kept(app: Any) -> None:
    page = begin(app)
    app.clock.later(0.5)
    app.post("/breathe/stop", since=of_stage(page, "since"), minutes=of_stage(page, "minutes"))
    assert app.entries() == []


@given(since=st.integers(-(2**70), 2**70), minutes=st.floats(0, 5), end=st.integers(0, 2**45))
def test_what_a_form_says_makes_at_most_one_line_of_at_most_five_minutes(since: int, minutes: float, end: int) -> None:
    lines = ended(since, minutes).lines(end, ZONE)
    assert len(lines) <= 1
    for line in lines:
        assert line.end_ms is not None
        assert 60_000 <= line.end_ms - line.at_ms <= 300_000
        assert line.end_ms <= end


@pytest.mark.parametrize("said", [{"since": "x", "minutes": "1"}, {"since": "1", "minutes": "nan"}, {"since": "1"}])
def test_an_end_that_is_no_end_is_refused(app: Any, said: dict[str, str]) -> None:
    app.post("/breathe/stop", 422, **said)
    app.post("/breathe/stop", 422, since="1", minutes="6")


def test_often_enough_is_enough_for_the_day_and_rest_is_always_there(app: Any) -> None:
    page = begin(app)
    app.clock.later(1)
    app.post("/breathe/stop", since=of_stage(page, "since"), minutes=of_stage(page, "minutes"))
    shown = app.get("/breathe")
    assert 'href="/rest"' in shown
    assert "/breathe/start" not in shown
    assert begin(app, pace="usual") == shown
    app.clock.now_ms += 24 * 3_600_000
    assert "/breathe/start" in app.get("/breathe")


def test_an_end_while_the_file_is_locked_is_kept_all_the_same(app: Any) -> None:
    page = begin(app)
    app.clock.later(1)
    app.post("/lock")
    app.post("/breathe/stop", since=of_stage(page, "since"), minutes=of_stage(page, "minutes"))
    app.post("/unlock", passphrase=app.passphrase)
    assert ("rest", "", "breathing") in app.entries()


def test_without_scripts_words_and_a_timer_lead_to_the_end(app: Any) -> None:
    page = begin(app)
    assert re.search(r'<noscript><meta http-equiv="refresh" content="60; url=/breathe/done"></noscript>', page)
    app.clock.later(1)
    done = app.get("/breathe/done")
    assert "/breathe/stop" in done
    assert app.get("/breathe/now") == done  # its time is over
    app.clock.later(5)
    assert "/breathe/start" in app.get("/breathe/done")


def test_what_was_chosen_last_stands_ready(app: Any) -> None:
    begin(app, pace="slowest", sound="bell")
    page = app.get("/breathe")
    assert re.search(r'value="slowest" checked', page)
    assert re.search(r'value="bell" checked', page)


def test_what_is_no_choice_is_the_usual(app: Any) -> None:
    page = begin(app, pace="99", sound="<b>")
    assert of_stage(page, "pace") == "6"
    assert of_stage(page, "sound") == "none"


def test_with_air_hunger_the_pace_is_three_in_and_five_out(app: Any) -> None:
    app.house.vault.note([Entry(app.clock.now_ms - 1000, ZONE, "condition", "air_hunger")])
    shown = app.get("/breathe")
    assert 'name="pace"' not in shown
    page = begin(app, pace="slowest")
    assert (of_stage(page, "in"), of_stage(page, "out"), of_stage(page, "pace")) == ("3.0", "5.0", "short")


def test_every_pace_lies_within_its_limits_and_has_its_place_in_the_style() -> None:
    style = STYLE.read_text(encoding="utf-8")
    assert set(RATES) == set(PACE_WORDS)
    for rate in (*RATES.values(), *(tenths / 10 for tenths in range(40, 81))):
        pace = pace_at(rate)
        assert within_limits("breathing_rate", pace.rate_brpm)
        found = re.search(rf'\[data-pace="{style_name(pace)}"\] {{ --breath: ([\d.]+)s; }}', style)
        assert found is not None
        assert float(found[1]) == pytest.approx(pace.in_s + pace.out_s, abs=5e-5)  # the style has 4 decimals


@pytest.mark.parametrize(("typed", "shown"), [("5,3", "5.3"), (" 4 ", "4"), ("7.5", "7.5"), ("8.0", "8")])
def test_a_pace_of_ones_own_is_kept_in_tenths_and_stands_ready(app: Any, typed: str, shown: str) -> None:
    page = str(app.post("/breathe/start", pace="own", rate=typed))
    assert of_stage(page, "pace") == shown
    assert 'value="own" checked' in app.get("/breathe")
    assert f'name="rate" inputmode="decimal" autocomplete="off" maxlength="4" value="{float(shown)}"' in app.get(
        "/breathe"
    )


@pytest.mark.parametrize("typed", ["", "3.9", "8,1", "5.25", "vijf", "-6", "6e0", "٥", "nan"])
def test_what_is_no_pace_of_ones_own_is_told_and_nothing_begins(app: Any, typed: str) -> None:
    assert own_rate(typed) is None
    assert 'role="alert"' in app.post("/breathe/start", 400, pace="own", rate=typed)
    assert app.client.get("/breathe/now", headers=app.headers).url.path == "/breathe"


def test_own_paces_only_where_the_usual_one_fits() -> None:
    assert Offered(5, Pace(4, 6), own=True).pace_of("slower") == pace_at(5)
    assert Offered(5, Pace(3, 5), own=False).pace_of("slower") == Pace(3, 5)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_quiet_says_it_without_numbers_and_the_others_with(make_app: Callable[..., Any], lang: str) -> None:
    app = make_app(lang=lang)
    assert not re.search(r"\d", text_of(app.get("/breathe")))
    assert not re.search(r"\d", text_of(begin(app)))
    app.post("/settings", mode="ordinary")
    assert re.search(r"\d", text_of(app.get("/breathe")))


def test_the_stop_rule_stands_there_before_it_begins_and_what_helps_when_it_feels_worse(app: Any) -> None:
    assert "Stop at dizziness" in app.get("/breathe")
    assert "It feels worse" in begin(app)


def test_when_it_feels_worse_it_stops_at_once_and_says_so(app: Any) -> None:
    begin(app)
    since = app.clock.now_ms
    app.clock.later(1)
    page = app.post("/breathe/stop", since=since, minutes=5, worse="yes")
    assert re.search(r"<h1>Just stop. You are doing nothing wrong.</h1>\s*<p>Open your eyes", page)
    assert "kept" not in page
    assert "data-stage" not in page
    assert app.entries() == [("rest", "", "breathing")]


def test_sound_and_vibration_are_off_unless_chosen(app: Any) -> None:
    page = app.get("/breathe")
    assert re.search(r'name="sound" value="none" checked', page)
    assert not re.search(r'name="vibrates"[^>]*checked', page)
    assert not re.search(r'name="eyes"[^>]*checked', page)
