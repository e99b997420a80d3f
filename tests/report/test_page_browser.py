"""The page in a real browser: accessible, narrow and wide, dark and light, and nothing leaves the computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, rendered: Callable[[str, str], str]) -> Iterator[Callable[..., Page]]:
    """Opens the page of a state; everything it asked for is in `page.asked`."""
    contexts = []

    def open_page(state: str, lang: str, *, scheme: str = "dark", width: int = 400) -> Page:
        file = tmp_path / f"{state}-{lang}.html"
        file.write_text(rendered(state, lang), encoding="utf-8")
        viewport = {"width": width, "height": 900}
        context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=viewport)
        contexts.append(context)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        page.evaluate(OPEN_ALL)
        assert asked == [file.as_uri()]
        return page

    yield open_page
    for context in contexts:
        context.close()


def found_by_axe(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds against, as pairs of rule and place."""
    result = Axe().run(page, options=RULES).response
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in result["violations"]]


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [400, 1200])
def test_the_page_is_accessible_and_fits(opened: Callable[..., Page], lang: str, scheme: str, width: int) -> None:
    page = opened("a_day", lang, scheme=scheme, width=width)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("state", ["nothing_at_all", "only_untold", "heart_rate_only", "clockless"])
def test_a_page_with_little_is_accessible_on_the_narrowest_screen(opened: Callable[..., Page], state: str) -> None:
    page = opened(state, "nl", width=320)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_would_find_a_picture_without_words(opened: Callable[..., Page]) -> None:
    page = opened("nothing_at_all", "en")
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [rule for rule, _ in found_by_axe(page)] == ["image-alt"]


def test_dark_and_light_follow_the_screen_and_can_be_swapped(opened: Callable[..., Page]) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark, light = (opened("nothing_found", "nl", scheme=scheme) for scheme in ("dark", "light"))
    papers = dark.evaluate(paper), light.evaluate(paper)
    assert papers[0] != papers[1]
    dark.locator("#other-colours").check()
    light.locator("#other-colours").check()
    assert (light.evaluate(paper), dark.evaluate(paper)) == papers


def test_a_swapped_page_keeps_its_contrast(opened: Callable[..., Page]) -> None:
    page = opened("a_day", "nl", scheme="light")
    page.locator("#other-colours").check()
    assert found_by_axe(page) == []


def test_a_figure_takes_the_colours_of_the_page(opened: Callable[..., Page]) -> None:
    colour = "getComputedStyle(document.querySelector('figure svg [stroke=\"var(--heart)\"]')).stroke"
    dark, light = (opened("a_day", "nl", scheme=scheme).evaluate(colour) for scheme in ("dark", "light"))
    assert dark == "rgb(143, 193, 232)"
    assert light == "rgb(42, 100, 150)"


def test_every_fold_opens_from_the_keyboard(opened: Callable[..., Page]) -> None:
    page = opened("a_day", "nl")
    fold = page.locator("details.moment").first
    fold.evaluate("fold => { fold.open = false }")
    fold.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert fold.evaluate("fold => fold.open")


def test_a_day_is_reached_from_its_name(opened: Callable[..., Page]) -> None:
    page = opened("days_of_rest", "nl")
    page.get_by_role("link", name="woensdag 4 maart").click()
    heading = page.locator("#day-2026-03-04")
    assert heading.inner_text() == "Woensdag 4 maart"
    assert 0 <= heading.evaluate("heading => heading.getBoundingClientRect().top") < 100
