"""Breathing in a real browser: in place, softly ended, silent unless chosen, black with the eyes closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

Serve = Callable[..., Any]
Visit = Callable[..., Page]
FAKE = Path(__file__).with_name("fake_strap.js").read_text(encoding="utf-8")
HEARD = """(() => {
  window.heard = {tones: 0, contexts: 0, vibrations: []};
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor() { super(); window.heard.contexts += 1; }
    createOscillator() { window.heard.tones += 1; return super.createOscillator(); }
  };
  navigator.vibrate = (pattern) => { window.heard.vibrations.push(pattern); return true; };
})()"""
BEGIN = 'form[action="/breathe/start"] button'
DONE = 'form[action="/breathe/stop"] button'


def open_page(serving: Serve, visit: Visit, **how: Any) -> tuple[Any, Page]:
    app = serving()
    page = visit(app, script=HEARD, **how)
    page.clock.install()
    page.goto(app.origin + "/breathe")
    page.click("[data-otherwise] summary")
    page.locator("fieldset[data-scripted]").wait_for()
    return app, page


def entries(app: Any) -> list[tuple[str, str, str]]:
    return [(one.kind, one.label, one.value) for one in app.house.vault.do(lambda store: store.entries())]


def test_it_begins_in_place_is_silent_and_ends_softly(serving: Serve, visit: Visit) -> None:
    app, page = open_page(serving, visit)
    page.check('input[value="slower"]')
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    expect(page.locator("h1")).not_to_be_visible()
    assert page.locator(".stage").get_attribute("data-pace") == "5"
    assert page.evaluate("getComputedStyle(document.querySelector('.breath')).animationDuration") == "12s"
    page.clock.run_for(59_000)
    expect(page.locator(".enough")).to_have_text("")
    page.clock.run_for(2_000)  # five breaths of twelve seconds
    expect(page.locator(".enough")).not_to_have_text("")
    assert "over" in str(page.locator(".stage").get_attribute("class"))
    assert page.evaluate("window.heard") == {"tones": 0, "contexts": 0, "vibrations": []}
    app.clock.later(1)
    page.click(DONE)
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
    assert entries(app) == [("rest", "", "breathing")]


def test_sound_and_vibration_where_they_were_chosen_and_they_stop_at_the_end(serving: Serve, visit: Visit) -> None:
    _, page = open_page(serving, visit)
    page.check('input[value="tone"]')
    page.check('input[name="vibrates"]')
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    page.clock.run_for(11_000)
    heard = page.evaluate("window.heard")
    assert heard["contexts"] == 1
    assert heard["tones"] == 6 * 2 + 2  # six breaths of two tones, and the bell
    assert heard["vibrations"] == [60, [40, 90, 40], 60]
    page.evaluate("document.querySelector('.stage form').addEventListener('submit', (event) => event.preventDefault())")
    page.click(DONE)
    page.clock.run_for(60_000)
    assert page.evaluate("window.heard.vibrations") == [60, [40, 90, 40], 60, 0]


def test_with_the_eyes_closed_there_is_nothing_but_black_and_any_key_ends_it(serving: Serve, visit: Visit) -> None:
    app, page = open_page(serving, visit)
    page.check('input[name="eyes"]')
    page.click(BEGIN)
    page.locator("html.black").wait_for(state="attached")
    seen = page.screenshot()
    page.evaluate(
        "document.body.replaceChildren(document.querySelector('main')); document.querySelector('main').hidden = true"
    )
    page.evaluate("document.body.style.background = '#000'")
    assert page.screenshot() == seen
    page.evaluate("document.querySelector('main').hidden = false")
    app.clock.later(1)
    page.keyboard.press("x")
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()


def test_where_no_motion_is_wanted_nothing_moves(serving: Serve, visit: Visit) -> None:
    _, page = open_page(serving, visit, reduced_motion="reduce")
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    shape = "JSON.stringify(document.querySelector('.breath').getBoundingClientRect())"
    names = "document.getAnimations().map((one) => one.animationName).sort().join()"
    assert page.evaluate(names) == "light,say-in,say-out"
    seen = set()
    for at_ms in (0, 2000, 4000, 7000):
        page.evaluate("at => document.getAnimations().forEach((one) => { one.pause(); one.currentTime = at; })", at_ms)
        seen.add(page.evaluate(shape))
    assert len(seen) == 1


def test_the_shape_grows_for_four_tenths_of_a_breath(serving: Serve, visit: Visit) -> None:
    _, page = open_page(serving, visit)
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    widths = []
    for at_ms in range(0, 10_001, 1000):
        page.evaluate("at => document.getAnimations().forEach((one) => { one.pause(); one.currentTime = at; })", at_ms)
        widths.append(page.evaluate("document.querySelector('.breath').getBoundingClientRect().width"))
    assert widths[4] == max(widths)
    assert widths[:5] == sorted(widths[:5])
    assert widths[4:] == sorted(widths[4:], reverse=True)


def test_without_scripts_it_is_words_a_shape_and_a_timer(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/breathe", java_script_enabled=False)
    page.click("[data-otherwise] summary")
    assert page.locator('input[name="pace"]').first.is_visible()
    assert not page.locator("fieldset[data-scripted]").is_visible()
    assert page.locator(".stage").count() == 0
    page.click(BEGIN)
    expect(page).to_have_url(app.origin + "/breathe/now")
    assert page.locator(".breath").is_visible()
    app.clock.later(1)
    page.goto(app.origin + "/breathe/done")
    page.click(DONE)
    page.click('button[value="same"]')
    assert entries(app) == [("rest", "", "breathing"), ("answer", "felt", "same")]


def test_a_reload_goes_on_where_it_was(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/breathe", java_script_enabled=True)
    page.locator("fieldset[data-scripted]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    page.goto(app.origin + "/breathe/now")
    assert page.locator(".breath").is_visible()
    assert page.locator(".stage").get_attribute("data-minutes") == "1.0"


def test_with_a_strap_the_beats_go_to_the_file_and_nothing_of_them_is_shown(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/breathe", script=FAKE)
    page.locator("[data-strap][data-ready]").wait_for(state="attached")
    page.click("[data-strap] summary")
    page.click("[data-strap-connect]")
    page.locator("[data-strap-leave]").wait_for()
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    now_ms = app.clock.now_ms
    beats = [[now_ms + 968 * n, [0x16, 62, 0xE0, 0x03]] for n in range(1, 60)]
    assert page.evaluate("packets => window.beat(packets)", beats) == 59
    assert not re.search(r"\d", page.locator("main").inner_text())
    app.clock.later(1)
    page.click(DONE)
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
    (recording,) = app.house.vault.do(lambda store: store.recordings())
    assert len(recording.beats) == 59


def test_one_word_is_there_at_a_time_and_changes_with_the_breath(serving: Serve, visit: Visit) -> None:
    _, page = open_page(serving, visit)
    page.click(BEGIN)
    expect(page.locator(".stage")).to_be_visible()
    seen = []
    for at_ms in (500, 3900, 4100, 9900):
        page.evaluate("at => document.getAnimations().forEach((one) => { one.pause(); one.currentTime = at; })", at_ms)
        seen.append([page.locator(f".cue .{word}").is_visible() for word in ("in", "out")])
    assert seen == [[True, False], [True, False], [False, True], [False, True]]
