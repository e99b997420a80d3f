"""Every page, in a pairwise matrix of language, colours, numbers and letters: accessible, and it fits 320 px."""

from __future__ import annotations

import colorsys
import os
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response
from seen_by_axe import found_by_axe

from uitknop.web.view import CHOICES, View

COLOURS = """() => {
  const names = ["color", "backgroundColor", "borderTopColor", "outlineColor", "fill", "stroke", "accentColor"];
  const shown = [...document.querySelectorAll("*")].filter((one) => one.getClientRects().length);
  const of = (style) => names.map((name) => style[name]);
  return [...new Set(shown.flatMap((one) => of(getComputedStyle(one))))];
}"""
ON_PAPER = """() => [...document.querySelectorAll("html, body, body *")].filter((one) => one.getClientRects().length)
  .map((one) => { const style = getComputedStyle(one); return [one.tagName, style.color, style.backgroundColor]; })"""
FADED = """() => document.getAnimations().forEach((one) => {
  if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
})"""
"""A shape that fades out has no contrast half-way."""

FITS = "document.documentElement.scrollWidth <= window.innerWidth"
OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
PAGES = (
    "/",
    "/rest",
    "/rest/now",
    "/rest/text",
    "/breathe",
    "/breathe/now",
    "/help",
    "/more",
    "/look-back",
    "/why",
    "/why/measuring",
    "/how",
    "/how/what-if?load=heavy&effort=far_over&off=debt_atp",
    "/how/figure/couplings",
    "/why/C001",
    "/data",
    "/data/erase",
    "/data/import",
    "/leave",
    "/settings",
    "/sheet",
    "/plan",
    "/questions",
    "/conditions",
    "/keys",
    "/keys/recovery",
    "/signs",
    "/start/effort",
    "/start/ready",
    "/nowhere",
)
WIDTHS = (320, 1280)


EVERY_VIEW = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"
"""Each page in every language, mode and theme: in a campaign."""


def pairs() -> list[tuple[str, View, int]]:
    """Pages with views, so that each page meets each choice of each thing, and pairs of choices meet often."""
    rows = []
    if EVERY_VIEW:
        for number, (path, *chosen) in enumerate(
            product(PAGES, *(CHOICES[name] for name in ("lang", "mode", "theme")))
        ):
            view = View().having("lang", chosen[0]).having("mode", chosen[1]).having("theme", chosen[2])
            rows.append((path, view.having("size", CHOICES["size"][number // 2 % 2]), WIDTHS[number % 2]))
        return rows
    for number, path in enumerate(PAGES):
        for turn in range(3):
            mode = CHOICES["mode"][(number + turn) % 3]
            theme = CHOICES["theme"][turn]
            lang = CHOICES["lang"][(number // 2 + turn) % 2]
            size = CHOICES["size"][(number + turn // 2) % 2]
            view = View().having("lang", lang).having("theme", theme).having("mode", mode).having("size", size)
            rows.append((path, view, WIDTHS[(number + turn) % 2]))
    return rows


def test_the_matrix_holds_every_pair_of_choices() -> None:
    views = [(view.lang, view.theme, view.mode, view.size, width) for _, view, width in pairs()]
    every = [CHOICES["lang"], CHOICES["theme"], CHOICES["mode"], CHOICES["size"], WIDTHS]
    for path in PAGES:
        own = [(view.lang, view.theme, view.mode, view.size, width) for where, view, width in pairs() if where == path]
        assert [set(met) for met in zip(*own, strict=True)] == [set(choices) for choices in every], path
    for one in range(5):
        for other in range(one + 1, 5):
            met = {(view[one], view[other]) for view in views}
            assert met == {(a, b) for a in every[one] for b in every[other]}, (one, other)


def light_of(colour: str) -> tuple[float, float, float] | None:
    """Hue in degrees, lightness and saturation of a computed colour; None where nothing of it is seen."""
    found = re.fullmatch(r"rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)", colour)
    if found is None or found[4] == "0":
        return None
    hue, light, saturation = colorsys.rgb_to_hls(*(int(part) / 255 for part in found.groups()[:3]))
    return 360 * hue, light, saturation


def warns(colour: str) -> bool:
    """Whether it is red or amber, with enough of it to see."""
    seen = light_of(colour)
    return seen is not None and seen[2] > 0.2 and 0.02 < seen[1] < 0.98 and (seen[0] < 65 or seen[0] > 320)


def test_a_colour_that_warns_is_seen() -> None:
    assert [warns(one) for one in ("rgb(204, 34, 34)", "rgba(224, 160, 16, 0.5)", "rgb(205, 184, 238)", "none")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, request: Any) -> Iterator[Any]:
    """The app on a file with a week in it."""
    served, entries = request.getfixturevalue("served_app"), request.getfixturevalue("a_week")
    with served(tmp_path_factory.mktemp("lived"), entries=entries) as app:
        yield app


@pytest.fixture(scope="module")
def page(browser: Browser, lived_in: Any) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=True)
    opened = context.new_page()
    opened.goto(lived_in.door)
    opened.goto(f"{lived_in.origin}/rest")
    opened.click('form[action="/rest/start"] button')
    opened.request.post(f"{lived_in.origin}/breathe/start", headers={"origin": lived_in.origin})
    yield opened
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(page: Page, lived_in: Any, path: str) -> None:
    for where, view, width in pairs():
        if where != path:
            continue
        cookie = {"name": "uitknop_view", "value": view.text, "url": lived_in.origin}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(lived_in.origin + path)
        page.evaluate(OPEN_ALL)
        page.evaluate(FADED)
        assert found_by_axe(page) == [], (view, width)
        assert page.evaluate(FITS), (view, width)
        assert [one for one in page.evaluate(COLOURS) if warns(one)] == [], view


@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_little_and_large_letters_fit_the_narrowest_screen(page: Page, lived_in: Any, path: str) -> None:
    cookie = {"name": "uitknop_view", "value": "nl.dark.large.everything.on.off", "url": lived_in.origin}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.set_viewport_size({"width": 320, "height": 640})
    answers: list[Response] = []

    def note(answer: Response) -> None:
        if "location" not in answer.headers:  # what only leads elsewhere has no body
            answers.append(answer)

    page.goto("about:blank")  # so that nothing of the page before is counted
    page.on("response", note)
    page.goto(lived_in.origin + path)
    page.evaluate(OPEN_ALL)
    assert page.evaluate(FITS), path
    page.remove_listener("response", note)
    assert 1000 < sum(len(answer.body()) for answer in answers) <= 150_000


def test_the_locked_page_and_the_bad_day_are_accessible(page: Page, lived_in: Any) -> None:
    known = page.context.cookies()
    page.context.clear_cookies()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(lived_in.origin)
    page.evaluate(OPEN_ALL)
    assert page.url.endswith("/locked")
    assert found_by_axe(page) == []
    page.context.add_cookies(known)  # type: ignore[arg-type]
    for theme in CHOICES["theme"]:
        value = View().having("theme", theme).having("bad_day", "on").text
        page.context.add_cookies([{"name": "uitknop_view", "value": value, "url": lived_in.origin}])
        page.goto(lived_in.origin)
        assert page.locator("form.bad-day button[value=off]").count() == 1
        assert found_by_axe(page) == []


def test_axe_would_find_a_picture_without_words(page: Page, lived_in: Any) -> None:
    page.goto(f"{lived_in.origin}/more")
    page.evaluate("document.body.append(document.createElement('img'))")
    assert [rule for rule, _ in found_by_axe(page)] == ["image-alt"]


def test_the_sheet_is_accessible_and_fits_and_prints_without_the_rest(page: Page, lived_in: Any) -> None:
    page.goto(f"{lived_in.origin}/sheet")
    page.click('button[value="show"]')
    page.wait_for_load_state()
    for theme in CHOICES["theme"]:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        assert found_by_axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(FITS)
    page.emulate_media(media="print")
    assert not page.locator("header").is_visible()
    assert not page.locator("main > .choices").is_visible()
    assert page.locator(".front h1").is_visible()
    paper = page.pdf(format="A4")
    page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2  # a front and a back


def test_on_paper_it_is_dark_on_white_in_every_theme_without_menu_or_button(page: Page, lived_in: Any) -> None:
    for path in ("/look-back", "/why/C001", "/how"):
        page.goto(lived_in.origin + path)
        page.emulate_media(media="print")
        for theme in CHOICES["theme"]:
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            for tag, ink, paper in page.evaluate(ON_PAPER):
                ink_light, paper_light = light_of(ink), light_of(paper)
                assert ink_light is not None, (path, tag)
                assert ink_light[1] < 0.4, (path, theme, tag, ink)
                assert paper_light is None or paper_light[1] > 0.9, (path, theme, tag, paper)
        assert page.locator("header:visible, button:visible, a.button:visible").count() == 0
        page.emulate_media(media="screen")
