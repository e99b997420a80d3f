"""Hoe werkt dit in a real browser: behind the gate nothing that is closed stands anywhere; beyond it all of it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from seen_by_axe import found_by_axe

from uitknop.core import Entry
from uitknop.instruments import instrument

CLOSED = re.compile(
    r"way back|safe|recover|better|in steps|again|able to do|in 100|of every 100|\d\s*%|\byears?\b|week|month", re.I
)
"""A way back, what leads to it, outcomes and their shares, and dates."""

EVERY_TEXT = """() => [document.title, ...[...document.querySelector("main").querySelectorAll("*")].flatMap(one =>
    [...one.childNodes].filter(node => node.nodeType === 3 || node.nodeType === 8).map(node => node.data)
        .concat([...one.attributes].filter(each => !["class", "d", "href"].includes(each.name)).map(each => each.value))
)].filter(text => text.trim())"""
"""Every text, comment and attribute of the page, of its drawings and of what is folded away."""

BANDS = (
    "The bands hold 95 of every 100 made-up people.",
    "The light bands hold 95 of every 100 made-up people, the dark ones the middle half.",
)
"""How bands are read: no share of any outcome."""

ASKED = "/how/what-if?load=heavy&effort=far_over"


def texts_of(page: Page) -> str:
    page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    told = " | ".join(page.evaluate(EVERY_TEXT))
    for sentence in BANDS:
        told = told.replace(sentence, "")
    return told


def test_what_is_closed_is_nowhere_and_opens_with_the_answer(
    serving: Callable[..., Any], visit: Callable[..., Page]
) -> None:
    app = serving(lang="en")
    page = visit(app, java_script_enabled=True, bypass_csp=True)
    cookie = {"name": "uitknop_view", "value": "en.dark.usual.everything.on.off", "url": app.origin}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    for path in ("/how", "/how/figure/crash", ASKED):
        page.goto(app.origin + path)
        assert CLOSED.findall(texts_of(page)) == [], path
    assert "Complaints get worse later" in page.inner_text("#shown")

    screen = instrument("pem_screen")
    for item in screen.items:
        if item.needs is None:
            label = f"{screen.id}/{screen.version}/{item.id}"
            app.house.vault.note([Entry(app.clock.now_ms - 1000, "UTC", "answer", "0", label=label)])
    page.goto(f"{app.origin}/how")
    assert len(set(CLOSED.findall(texts_of(page)))) > 3
    page.goto(f"{app.origin}/how/what-if")
    page.select_option("#safety", "many")
    page.click("main form button")
    assert page.url.endswith("#shown")
    assert "in 100" in texts_of(page)
    assert page.locator("#shown svg").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert found_by_axe(page) == []
