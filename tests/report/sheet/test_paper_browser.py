"""The sheet in a real browser: accessible in both themes, narrow and wide, alone, and printed on one front and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from seen_by_axe import found_by_axe

from uitknop.guidance import guided_rest, sheets
from uitknop.report.guides import guide_to_paper, rest_to_paper
from uitknop.report.paper import paper_to_html
from uitknop.report.sheet import ConsultSheet, sheet_to_paper

PEOPLE = ("burnout", "severe", "sparse", "nothing", "flagged", "fullest")


def sides(page: Page) -> int:
    """On how many sides a page prints."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(("who", "scheme", "width"), [("flagged", "dark", 320), ("burnout", "light", 900)])
def test_the_sheet_is_accessible_and_fits(
    opened: Callable[..., Page], make: Callable[..., ConsultSheet], who: str, scheme: str, width: int
) -> None:
    page = opened(paper_to_html(sheet_to_paper(make(who, "nl"))), scheme=scheme, width=width)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("name", "scheme"), [("resting_now", "dark"), ("signals_worksheet", "light"), ("", "dark")])
def test_cards_and_the_guided_rest_are_accessible(opened: Callable[..., Page], name: str, scheme: str) -> None:
    paper = guide_to_paper(sheets()[name], "nl") if name else rest_to_paper(guided_rest("nl"))
    page = opened(paper_to_html(paper), scheme=scheme, width=320)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_would_find_a_picture_without_words(opened: Callable[..., Page], make: Callable[..., ConsultSheet]) -> None:
    page = opened(paper_to_html(sheet_to_paper(make("nothing", "en"))))
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [rule for rule, _ in found_by_axe(page)] == ["image-alt"]


def test_the_sheet_prints_on_one_front_and_one_back(
    opened: Callable[..., Page], make: Callable[..., ConsultSheet], lang: str
) -> None:
    found = {who: sides(opened(paper_to_html(sheet_to_paper(make(who, lang))))) for who in PEOPLE}
    assert found == dict.fromkeys(PEOPLE, 2)


def test_pages_of_guidance_print_on_one_side(opened: Callable[..., Page], lang: str) -> None:
    papers = [*(guide_to_paper(sheet, lang) for sheet in sheets().values()), rest_to_paper(guided_rest(lang))]  # type: ignore[arg-type]
    assert {paper.title: sides(opened(paper_to_html(paper))) for paper in papers} == {
        paper.title: 1 for paper in papers
    }


def test_nothing_on_paper_needs_colour(opened: Callable[..., Page], make: Callable[..., ConsultSheet]) -> None:
    page = opened(paper_to_html(sheet_to_paper(make("flagged", "nl"))))
    page.emulate_media(media="print")
    colours = page.evaluate(
        "[...document.querySelectorAll('main *')].flatMap(e => { const s = getComputedStyle(e);"
        " return [s.color, s.backgroundColor] })"
    )
    shades = [tuple(map(int, re.findall(r"\d+", one)[:3])) for one in colours]
    assert shades
    assert all(len(set(shade)) == 1 for shade in shades)
