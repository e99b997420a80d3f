"""A strap in a real browser: every beat in the file once and in order, whatever breaks; and what a person sees."""

from __future__ import annotations

import os
import random
import re
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

Serve = Callable[..., Any]
Visit = Callable[..., Page]
FAKE = Path(__file__).with_name("fake_strap.js").read_text(encoding="utf-8")
N_BEATS = int(os.environ.get("UITKNOP_LIVE_BEATS", "1000"))
LOSSES = int(os.environ.get("UITKNOP_LIVE_LOSSES", "15"))
RELOADS = LOSSES // 5
HELD = "Object.keys(sessionStorage).filter((name) => name.startsWith('uitknop.live.')).length"


def heart(rr: list[int], *, skin: bool = True) -> list[int]:
    """A packet of 0x2A37 with RR intervals in 1/1024 s."""
    return list(struct.pack(f"<BB{len(rr)}H", 0x16 if skin else 0x14, 60, *rr))


def beats(n: int, start_ms: int) -> list[tuple[int, list[int], list[int]]]:
    """Packets with `n` beats in all: when each comes, its bytes, its beats."""
    chance, at_ms, made, told = random.Random(5), float(start_ms), [], 0
    while told < n:
        rr = [chance.randrange(700, 1300) for _ in range(min(n - told, chance.choice((1, 1, 2))))]
        at_ms += sum(rr) / 1.024
        made.append((round(at_ms), heart(rr), rr))
        told += len(rr)
    return made


def kept(app: Any) -> list[int]:
    """The beats of the file, in order of time, in 1/1024 s."""
    told: list[int] = []
    for recording in app.house.vault.do(lambda store: store.recordings()):
        t_ms = recording.beats.t_ms.tolist()
        assert t_ms == sorted(set(t_ms))
        told += [round(rr_ms * 1.024) for rr_ms in recording.beats.rr_ms.tolist()]
    return told


def until(page: Page, claim: str) -> None:
    """Wait for something on the page; its policy lets no text be run in it, so it is asked from here."""
    for _ in range(400):
        if page.evaluate(claim):
            return
        page.wait_for_timeout(25)
    raise AssertionError(claim)


def connect(page: Page) -> None:
    page.locator("[data-strap][data-ready]").wait_for(state="attached")
    if not page.locator("[data-strap-connect]").is_visible():
        page.click("[data-strap] summary")
    page.click("[data-strap-connect]")
    page.locator("[data-strap-leave]").wait_for()
    until(page, "window.strap.beats.subscribed")


@pytest.fixture
def worn(serving: Serve, visit: Visit) -> Callable[..., tuple[Any, Page]]:
    """The app with a page on which a strap is worn."""

    def wear(path: str = "/rest", **how: Any) -> tuple[Any, Page]:
        app = serving()
        page = visit(app, path, script=FAKE, **how)
        connect(page)
        return app, page

    return wear


class Unsure:
    """A network between page and app that at times loses what is asked, and at times what is answered."""

    def __init__(self) -> None:
        self.chance, self.lost, self.unheard = random.Random(3), 0, 0

    def __call__(self, route: Route) -> None:
        fate = self.chance.random()
        if fate < 0.15:
            self.lost += 1
            route.abort()
        elif fate < 0.3:
            self.unheard += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()


def test_every_beat_arrives_once_and_in_order(worn: Callable[..., tuple[Any, Page]]) -> None:
    app, page = worn()
    packets = beats(N_BEATS, app.clock.now_ms - 86_400_000)
    network = Unsure()
    page.route("**/api/live/*", network)
    edges = [len(packets) * turn // (LOSSES + RELOADS) for turn in range(LOSSES + RELOADS + 1)]
    parts = [packets[start:end] for start, end in pairwise(edges)]
    lost = reloads = 0
    for number, part in enumerate(parts):
        heard = page.evaluate("packets => window.beat(packets)", [(at_ms, data) for at_ms, data, _ in part])
        assert heard == len(part)
        if number % 6 == 5:
            page.reload()
            connect(page)
            reloads += 1
        else:
            page.evaluate("window.strap.gatt.disconnect()")
            until(page, "window.strap.beats.subscribed")
            lost += 1
    assert (lost, reloads) == (LOSSES, RELOADS)
    assert network.lost > 0
    assert network.unheard > 0
    page.unroute("**/api/live/*")
    page.click("[data-strap-leave]")
    until(page, f"{HELD} === 0")
    assert kept(app) == [rr for _, _, part in packets for rr in part]


def test_a_strap_is_lost_and_found_again_during_a_rest_and_nothing_is_shown(
    worn: Callable[..., tuple[Any, Page]],
) -> None:
    app, page = worn()
    expect(page.locator("[data-strap-status]")).to_have_text(re.compile("band|strap", re.I))
    packets = beats(120, app.clock.now_ms)
    page.click('input[value="bottle"]')
    page.click('form[action="/rest/start"] button')
    until(page, "document.documentElement.classList.contains('black')")
    black = page.screenshot(animations="disabled")
    told = [(at_ms, data) for at_ms, data, _ in packets]
    page.evaluate("packets => window.beat(packets)", told[:30])
    page.evaluate("window.strap.away = 1; window.strap.gatt.disconnect()")
    until(page, "window.strap.beats.subscribed")
    assert page.evaluate("packets => window.beat(packets)", told[30:]) == len(told) - 30
    assert page.screenshot(animations="disabled") == black
    assert page.locator("main").inner_text() == ""
    app.clock.later(3)
    page.keyboard.press("x")
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
    shown = page.locator("main").inner_text()
    assert not re.search(r"\d{2,}|bpm|RMSSD", shown)
    assert kept(app) == [rr for _, _, part in packets for rr in part]
    entries = [(one.kind, one.label, one.value) for one in app.house.vault.do(lambda store: store.entries())]
    assert ("rest", "warm_bottle", "passive") in entries


def test_a_tab_that_is_closed_in_the_middle_of_a_rest_loses_no_beat(worn: Callable[..., tuple[Any, Page]]) -> None:
    app, page = worn()
    packets = beats(90, app.clock.now_ms)
    page.click('form[action="/rest/start"] button')
    until(page, "document.documentElement.classList.contains('black')")
    page.evaluate("packets => window.beat(packets)", [(at_ms, data) for at_ms, data, _ in packets])
    other = page.context.new_page()
    page.close(run_before_unload=True)
    other.goto(app.origin)
    expect(other.locator('form[action="/rest/stop"]')).to_be_visible()  # the rest goes on until somebody ends it
    told = [rr for _, _, part in packets for rr in part]
    for _ in range(100):
        if kept(app) == told:
            break
        other.wait_for_timeout(50)
    assert kept(app) == told


def test_what_is_held_while_the_app_is_away_can_be_read_by_nobody_and_comes_later(
    worn: Callable[..., tuple[Any, Page]],
) -> None:
    app, page = worn()
    packets = beats(40, app.clock.now_ms)
    page.route("**/api/live/*", lambda route: route.abort())
    page.evaluate("packets => window.beat(packets)", [(at_ms, data) for at_ms, data, _ in packets])
    until(page, f"{HELD} > 0")
    held = page.evaluate("JSON.stringify(sessionStorage)")
    assert page.evaluate(HELD) == len(packets)
    for at_ms, data, _ in packets:
        assert str(at_ms) not in held
        assert bytes(data).hex() not in held
    app.house.receiving._streams.clear()  # the app was started anew
    page.unroute("**/api/live/*")
    page.reload()
    until(page, "document.querySelector('[data-strap][data-ready]') !== null")
    connect(page)
    page.click("[data-strap-leave]")
    until(page, f"{HELD} === 0")
    assert kept(app) == [rr for _, _, part in packets for rr in part]


def test_a_tab_that_was_copied_goes_on_with_nothing_of_the_first(worn: Callable[..., tuple[Any, Page]]) -> None:
    app, page = worn()
    packets = beats(30, app.clock.now_ms)
    page.route("**/api/live/*", lambda route: route.abort())
    page.evaluate("packets => window.beat(packets)", [(at_ms, data) for at_ms, data, _ in packets])
    with page.context.expect_page() as opened:
        page.evaluate("window.open('/rest')")
    copy = opened.value
    connect(copy)
    page.unroute("**/api/live/*")
    copy.evaluate(
        "packets => window.beat(packets)",
        [(packets[-1][0] + 60_000, heart([901])), (packets[-1][0] + 61_000, heart([902]))],
    )
    copy.click("[data-strap-leave]")
    until(copy, f"{HELD} === 0")
    page.click("[data-strap-leave]")
    until(page, f"{HELD} === 0")
    assert kept(app) == [*(rr for _, _, part in packets for rr in part), 901, 902]


def test_a_strap_that_feels_no_skin_or_sends_no_beats_is_told(worn: Callable[..., tuple[Any, Page]]) -> None:
    app, page = worn()
    status = page.locator("[data-strap-status]")
    connected = status.inner_text()
    at_ms = app.clock.now_ms
    page.evaluate("packets => window.beat(packets)", [(at_ms, heart([900], skin=False))])
    no_skin = status.inner_text()
    page.evaluate("packets => window.beat(packets)", [(at_ms + 1000 * n, heart([])) for n in range(20)])
    no_beats = status.inner_text()
    page.evaluate("packets => window.beat(packets)", [(at_ms + 30_000, heart([900]))])
    assert status.inner_text() == connected
    assert len({connected, no_skin, no_beats}) == 3
    page.evaluate("window.strap.away = 1; window.strap.gatt.disconnect()")
    expect(status).not_to_have_text(connected)
    assert not re.search(r"\d", no_skin + no_beats + connected)


def test_a_browser_that_reaches_no_strap_says_what_does(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/rest")
    page.evaluate("navigator.bluetooth === undefined") or pytest.fail("this browser has Bluetooth; use the fake")
    page.click("[data-strap] summary")
    expect(page.locator("[data-strap-status]")).to_have_text(re.compile("iPhone"))
    assert not page.locator("[data-strap-connect]").is_visible()
    assert app.origin + "/api/live" not in page.asked  # type: ignore[attr-defined]


def test_without_scripts_the_strap_says_so_and_the_rest_goes_on(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/rest", java_script_enabled=False)
    page.click("[data-strap] summary")
    assert page.locator("[data-strap] noscript p").is_visible()
    page.click('form[action="/rest/start"] button')
    expect(page).to_have_url(app.origin + "/rest/now")


def test_without_measuring_there_is_no_strap(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/settings")
    page.click('form[action="/settings/measuring"] button[value="off"]')
    for path in ("/rest", "/breathe"):
        page.goto(app.origin + path)
        assert page.locator("[data-strap]").count() == 0
