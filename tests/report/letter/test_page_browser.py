"""The letter in a real browser: accessible in both themes, narrow and wide, alone, and on one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from uitknop.core import Findings
from uitknop.report.letter import doses, numbered, render_letter

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page and sees that it asks for nothing but itself."""
    contexts = []

    def open_page(html: str, *, scheme: str = "dark", width: int = 400) -> Page:
        file = tmp_path / "letter.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
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


@pytest.mark.parametrize(
    ("state", "scheme", "width"),
    [("days_of_rest", "dark", 320), ("a_day", "dark", 900), ("a_day", "light", 400), ("days_of_rest", "light", 900)],
)
def test_a_letter_is_accessible_and_fits(
    opened: Callable[..., Page], lang: str, scheme: str, width: int, findings: Findings
) -> None:
    page = opened(render_letter(numbered(12), lang, findings), scheme=scheme, width=width)
    assert page.locator("#own").count() == 1
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_would_find_a_picture_without_words(opened: Callable[..., Page]) -> None:
    page = opened(render_letter(numbered(1), "en"))
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [rule for rule, _ in found_by_axe(page)] == ["image-alt"]


def test_dark_and_light_follow_the_screen_and_can_be_swapped(opened: Callable[..., Page]) -> None:
    dark = opened(render_letter(numbered(1), "nl"), scheme="dark")
    light = opened(render_letter(numbered(1), "nl"), scheme="light")
    at_first = dark.evaluate(PAPER)
    assert at_first != light.evaluate(PAPER)
    dark.locator("#other-colours").check()
    assert dark.evaluate(PAPER) == light.evaluate(PAPER)


def test_every_letter_prints_on_one_sheet(opened: Callable[..., Page], tmp_path: Path, lang: str) -> None:
    page = opened(render_letter(numbered(1), lang))
    sheets = {}
    for dose in doses():
        file = tmp_path / f"{dose.id}.html"
        file.write_text(render_letter(dose, lang), encoding="utf-8")
        page.goto(file.as_uri())
        sheets[dose.id] = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    assert set(sheets.values()) == {1}, sheets
