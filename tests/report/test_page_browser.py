"""The page in a real browser: accessible, narrow and wide, dark and light, and nothing leaves the computer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from seen_by_axe import found_by_axe

FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def shown(opened: Callable[..., Page], rendered: Callable[[str, str], str]) -> Callable[..., Page]:
    """Opens the page of a state in a language."""
    return lambda state, lang, **how: opened(rendered(state, lang), **how)


# Every two of language, width and colours: no rule knows all three.
@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("nl", 400, "dark"), ("nl", 1200, "light"), ("en", 400, "light"), ("en", 1200, "dark")],
)
def test_the_page_is_accessible_and_fits(shown: Callable[..., Page], lang: str, width: int, scheme: str) -> None:
    page = shown("a_day", lang, scheme=scheme, width=width)
    assert found_by_axe(page) == []
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert page.evaluate(FITS)


@pytest.mark.parametrize("state", ["nothing_at_all", "only_untold", "heart_rate_only", "clockless"])
def test_a_page_with_little_is_accessible_on_the_narrowest_screen(shown: Callable[..., Page], state: str) -> None:
    page = shown(state, "nl", width=320)
    assert found_by_axe(page) == []
    assert page.evaluate(FITS)


def test_axe_would_find_a_picture_without_words(shown: Callable[..., Page]) -> None:
    page = shown("nothing_at_all", "en")
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [rule for rule, _ in found_by_axe(page)] == ["image-alt"]


def test_dark_and_light_follow_the_screen_and_can_be_swapped(shown: Callable[..., Page]) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    papers = {}
    for scheme in ("dark", "light"):
        page = shown("nothing_found", "nl", scheme=scheme)
        at_first = page.evaluate(paper)
        page.locator("#other-colours").check()
        papers[scheme] = at_first, page.evaluate(paper)
    assert papers["dark"][0] != papers["light"][0]
    assert papers["dark"] == papers["light"][::-1]


def test_a_swapped_page_keeps_its_contrast(shown: Callable[..., Page]) -> None:
    page = shown("a_day", "nl", scheme="light")
    page.locator("#other-colours").check()
    assert found_by_axe(page) == []


def test_a_figure_takes_the_colours_of_the_page(shown: Callable[..., Page]) -> None:
    colour = "getComputedStyle(document.querySelector('figure svg [stroke=\"var(--heart)\"]')).stroke"
    dark, light = (shown("a_day", "nl", scheme=scheme).evaluate(colour) for scheme in ("dark", "light"))
    assert dark == "rgb(143, 193, 232)"
    assert light == "rgb(42, 100, 150)"


def test_every_fold_opens_from_the_keyboard(shown: Callable[..., Page]) -> None:
    page = shown("a_day", "nl")
    fold = page.locator("details.moment").first
    fold.evaluate("fold => { fold.open = false }")
    fold.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert fold.evaluate("fold => fold.open")


def test_a_day_is_reached_from_its_name(shown: Callable[..., Page]) -> None:
    page = shown("days_of_rest", "nl")
    page.get_by_role("link", name="woensdag 4 maart").click()
    heading = page.locator("#day-2026-03-04")
    assert heading.inner_text() == "Woensdag 4 maart"
    assert 0 <= heading.evaluate("heading => heading.getBoundingClientRect().top") < 100
