"""The letter in a real browser: accessible in both themes, narrow and wide, alone, and on one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from seen_by_axe import found_by_axe

from uitknop.core import Findings
from uitknop.report.letter import doses, numbered, render_letter

PAPER = "getComputedStyle(document.documentElement).backgroundColor"


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
    html = render_letter(numbered(1), "nl")
    light = opened(html, scheme="light").evaluate(PAPER)
    page = opened(html, scheme="dark")
    assert page.evaluate(PAPER) != light
    page.locator("#other-colours").check()
    assert page.evaluate(PAPER) == light


def test_every_letter_prints_on_one_sheet(opened: Callable[..., Page], lang: str) -> None:
    sheets = {}
    for dose in doses():
        page = opened(render_letter(dose, lang))
        sheets[dose.id] = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    assert set(sheets.values()) == {1}, sheets
