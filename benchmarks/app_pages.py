"""Which pages of the app are measured, and what a browser tells of them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uitknop.web.view import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

FIRST = ("/", "/more")
ALIKE = re.compile(r"/[A-Z]\d+$|/\d+$|(?<=/question)/\w+$")
"""Where pages of one kind differ in their address: one of them is measured."""

PARTS = ["load", "rest", "mood", "labs", "now"]
SAID: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("/tap, then Today", "/tap", {"now": "heavy"}),
    ("/why, a search", "/why", {"words": "cortisol"}),
    ("/sheet, to look at", "/sheet", {"how": "show", "parts": PARTS}),
    ("/sheet, as a PDF", "/sheet", {"how": "pdf", "parts": PARTS}),
)
SHIFTS = """
  window.shift = 0;
  const add = (one) => { if (!one.hadRecentInput) window.shift += one.value; };
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True)
class Weight:
    """What came over the line for a page, with its style and scripts, and the sum of its layout shifts."""

    kilobytes: float
    shift: float


def pages_of(get: Callable[[str], str]) -> tuple[str, ...]:
    """Every page that can be reached by links from Today and More; one of each kind."""
    found: dict[str, str] = {}
    ahead = list(FIRST)
    while ahead:
        path = ahead.pop(0)
        kind = ALIKE.sub("/*", path)
        if kind not in found:
            found[kind] = path
            ahead += re.findall(r'<a [^>]*href="(/[^"#?]*)"', get(path))
    return tuple(found.values())


def weigh(browser: Browser, door: str, pages: tuple[str, ...], view: View) -> dict[str, Weight]:
    """Each page in a browser that kept nothing of another."""
    origin = door.split("/open/")[0]
    opening = browser.new_context(viewport={"width": 320, "height": 640})
    opening.new_page().goto(door)
    cookies: Any = [one for one in opening.cookies() if one["name"] == "uitknop"]
    opening.close()
    found = {}
    for path in pages:
        context = browser.new_context(viewport={"width": 320, "height": 640})
        context.add_cookies([*cookies, {"name": "uitknop_view", "value": view.text, "url": origin}])
        page = context.new_page()
        page.add_init_script(SHIFTS)
        answers: list[Response] = []
        page.on("response", lambda answer, to=answers: to.append(answer))
        page.goto(origin + path, wait_until="networkidle")
        page.wait_for_timeout(300)
        sizes = [answer.request.sizes() for answer in answers]
        n_bytes = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
        found[path] = Weight(n_bytes / 1000, float(page.evaluate("window.shift")))
        context.close()
    return found


def first_start(browser: Browser, door: str) -> float:
    """Seconds of somebody's very first start, from a server that is up to Today, answering at once."""
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    begun = time.perf_counter()
    page.goto(door)
    page.click('button[value="nl"]')
    page.click('form[action="/start/signs"] >> nth=0 >> button')
    page.click('button[value="1"]')
    page.click('main a[href="/"]')
    page.wait_for_selector('form[action="/tap"]')
    return time.perf_counter() - begun
