"""What a tired person can bear: few lines, few choices, no numbers, no red, none of the words that hurt."""

from __future__ import annotations

import colorsys
import html
import json
import math
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.instruments import instrument
from uitknop.report.words import catalogue
from uitknop.web.view import View

STATIC = Path(__file__).parents[2] / "src/uitknop/web/static"
WIDE = 80
MOST_LINES, MOST_GROUPS = 12, 3
QUIET_PAGES = (
    *("/", "/rest", "/help", "/more", "/look-back", "/why", "/start/effort", "/start/ready", "/data/erase", "/locked"),
    *(
        "/why/measuring",
        "/bad",
        "/signs",
        "/breathe",
        "/sheet",
        "/plan",
        "/questions",
        "/leave",
        "/how",
        "/how/what-if",
        "/rest/text",
    ),
    "/conditions",
    "/keys",
)
ONE_REST = "/look-back/the-last"
EVERY_PAGE = (*QUIET_PAGES, "/data", "/settings", "/why/C001", "/why/question/tired_or_burnt_out", ONE_REST)
ALIKE = re.compile(r"/[A-Z]\d+$|/\d+$|(?<=/question)/\w+$")
"""Where pages of one kind differ in their address."""

LONGER = {
    "/signs": "protection: every sign stands there, so that one tap can say none of them",
    "/help": "protection: every number, and what to do at an open flag",
    "/rest/text": "the words of ten minutes, read instead of heard",
    "/settings": "opened now and then, to choose how all of it looks",
    "/why/C001": "a claim with its sources",
    "/why/question/tired_or_burnt_out": "an answer with the grade of each of its points, read once",
    "/why/measuring": "read once, when somebody wants to know how it works",
}
"""Pages that may have more lines, and why."""

BLOCK = {"p", "li", "h1", "h2", "h3", "legend", "dt", "dd", "summary", "label", "button"}
INLINE_GROUPS = {"fieldset", "nav", "form"}
FORBIDDEN = json.loads(Path(__file__).with_name("forbidden.json").read_text(encoding="utf-8"))


class AsText(HTMLParser):
    """A page as text: a group of choices is one line however many it holds; what is folded away is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.groups = 0
        self._parts: list[str] = []
        self._folds: list[bool] = []
        self._hidden = self._inside = 0
        self._legend = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        if tag == "details":
            self._folds.append("open" not in told)
        if tag in ("head", "script", "template") or (tag == "main" and told.get("hidden")):
            self._hidden += 1
        if tag == "kbd" or told.get("class") in ("skip", "unseen"):
            self._hidden += 1
            self._unseen = tag
        if tag in INLINE_GROUPS and not self._inside:
            self._flush()
            choices = tag in ("fieldset", "nav") or told.get("class") in ("choices", "choices wide-choices")
            self.groups += choices and not any(self._folds)
        self._inside += tag in INLINE_GROUPS
        self._legend = tag == "legend" or (self._legend and bool(self._inside))
        if tag in BLOCK and not self._inside:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._folds.pop()
        if tag in ("head", "script", "template"):
            self._hidden -= 1
        if self._hidden and getattr(self, "_unseen", None) == tag:
            self._hidden -= 1
            self._unseen = None
        self._inside -= tag in INLINE_GROUPS
        if tag == "legend" or (tag in BLOCK and not self._inside) or (tag in INLINE_GROUPS and not self._inside):
            self._flush()

    def handle_data(self, data: str) -> None:
        folded = any(self._folds) and self.get_starttag_text() not in ("<summary>",)
        if not self._hidden and not folded and data.strip():
            self._parts.append(" ".join(data.split()))

    def _flush(self) -> None:
        if self._parts:
            self.lines.append(" ".join(self._parts))
            self._parts = []


def as_text(page: str) -> AsText:
    read = AsText()
    read.feed(page)
    read.close()
    read._flush()
    return read


@pytest.fixture(scope="module")
def used(
    making_app: Callable[..., Any], a_week: tuple[Entry, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """The app of somebody who has used it for a week; the tests here only look."""
    with making_app(tmp_path_factory.mktemp("used")) as make:
        app = make()
        app.house.vault.note(a_week)
        app.token = app.client.cookies["uitknop"]
        app.last_rest = f"/look-back/{max(one.at_ms for one in a_week if one.kind == 'rest')}"
        yield app


@pytest.fixture
def show(used: Any) -> Callable[..., str]:
    """Shows one of its pages."""
    app, token = used, used.token

    def shown(path: str, lang: str = "en", mode: str = "quiet") -> str:
        view = View().having("lang", lang).having("mode", mode).having("bad_day", "on" if path == "/bad" else "off")
        app.client.cookies.clear()
        app.client.cookies.set("uitknop_view", view.text)
        if path != "/locked":
            app.client.cookies.set("uitknop", token)
        page = str(app.get({"/bad": "/", ONE_REST: app.last_rest}.get(path, path)))
        assert f'lang="{lang}"' in page
        assert f'data-mode="{mode}"' in page
        return page

    return shown


def test_every_page_that_a_link_leads_to_is_looked_at_here(show: Callable[..., str]) -> None:
    ahead, met = ["/", "/more"], set()
    while ahead:
        path = ahead.pop()
        kind = ALIKE.sub("/*", path)
        if kind not in met:
            met.add(kind)
            ahead += re.findall(r'<a [^>]*href="(/[^"#?]*)"', show(path))
    listed = {ALIKE.sub("/*", path.replace("the-last", "0")) for path in EVERY_PAGE}
    assert len(met) > 15
    assert met - listed == set()


@pytest.mark.parametrize("path", [path for path in EVERY_PAGE if path != "/locked"])
def test_the_heavy_day_is_one_key_away_on_every_page(show: Callable[..., str], path: str) -> None:
    page = show(path)
    assert page.count('data-key=" "') == 1
    assert f'name="on" value="{"off" if path == "/bad" else "on"}"' in page


@pytest.mark.parametrize("path", ["/start/effort", "/questions"])
def test_every_question_can_be_passed_over(show: Callable[..., str], path: str) -> None:
    assert re.search(r'<button name="\w+" value="-">[^<]*[Ss]kip', show(path))


@pytest.mark.parametrize("path", [path for path in EVERY_PAGE if path not in LONGER])
def test_a_page_has_at_most_twelve_lines_and_three_groups_of_choices(show: Callable[..., str], path: str) -> None:
    read = as_text(show(path))
    lines = sum(math.ceil(len(line) / WIDE) for line in read.lines)
    assert lines <= MOST_LINES, read.lines
    assert read.groups <= MOST_GROUPS


def test_the_counting_counts() -> None:
    page = "<body><nav><a>a</a><a>b</a></nav><h1>one</h1><p>two</p><form class='choices'><button>x</button><button>y"
    page += "</button></form><details><summary>more</summary><p>folded</p><fieldset>z</fieldset></details>"
    page += "<ul><li>three</li></ul></body>"
    read = as_text(page)
    assert read.lines == ["a b", "one", "two", "x y", "more", "three"]
    assert read.groups == 2


MAY_BE_DIGITS = (
    r"\b\d{1,2}:\d{2}\b",  # clock times
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    r"\b\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b",
    r"\b(?:112|113(?:\.nl)?|0800-0113|0800-2000)\b",
)


def digits_in(page: str) -> list[str]:
    """Digits that a quiet page shows, other than times, dates, keys to press and telephone numbers."""
    shown = html.unescape(re.sub(r"(?s)<head>.*?</head>|<kbd.*?</kbd>|<[^>]+>", " ", page))
    for allowed in MAY_BE_DIGITS:
        shown = re.sub(allowed, " ", shown)
    return re.findall(r"\S*\d\S*", shown)


EXEMPT_DIGITS = {
    "/start/ready": "the recovery key",
    "/data": "how many lines and files there are, of who wants to know",
    "/why/C001": "the number of a claim, and where it stands",
    "/why/question/tired_or_burnt_out": "the numbers of claims",
    "/signs": "limits at which to call a doctor",
}


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("path", [path for path in EVERY_PAGE if path not in EXEMPT_DIGITS])
def test_a_quiet_page_shows_no_numbers(show: Callable[..., str], path: str, lang: str) -> None:
    assert digits_in(show(path, lang)) == []


def test_digits_are_seen() -> None:
    assert digits_in("<p>rust 14:10, 3 maart, bel 113</p>") == []
    assert digits_in("<p>87 %</p><p>3 van 7</p>") == ["87", "3", "7"]


def test_the_other_modes_show_numbers(show: Callable[..., str]) -> None:
    assert digits_in(show("/look-back", mode="ordinary")) != []


@pytest.mark.parametrize("path", ["/help", "/locked"])
def test_the_help_numbers_are_there(show: Callable[..., str], path: str) -> None:
    page = show(path)
    assert "112" in page
    assert "113" in page


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_page_says_a_word_that_hurts(show: Callable[..., str], path: str, lang: str) -> None:
    for mode in ("quiet", "everything"):
        shown = re.sub(r"<[^>]+>", " ", show(path, lang, mode)).lower()
        assert [word for word in FORBIDDEN[lang] if re.search(word, shown)] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_catalogue_holds_a_word_that_hurts(lang: str) -> None:
    words = catalogue(lang).words
    said = [text for text in getattr(words, "_catalog", {}).values() if isinstance(text, str)]
    assert len(said) > 100
    found = [(text, word) for text in said[1:] for word in FORBIDDEN[lang] if re.search(word, text.lower())]
    assert found == []


# --- Colours -------------------------------------------------------------------------------------------------------


def colours() -> Iterator[str]:
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.svg")):
        yield from re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))


def is_red_or_amber(colour: str) -> bool:
    """Whether a colour warns: a hue from magenta-red to amber, with enough of it to see."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    return saturation > 0.2 and (hue * 360 < 65 or hue * 360 > 320)


def test_there_is_no_red_and_no_amber_in_any_theme() -> None:
    found = list(colours())
    assert len(found) > 20
    assert [colour for colour in found if is_red_or_amber(colour)] == []
    assert is_red_or_amber("#cc2222")
    assert is_red_or_amber("#e0a010")
    assert not is_red_or_amber("#cdb8ee")


MOVES, SOUNDS = {"breathe.css", "black.css"}, {"tones.js", "voice.js"}
"""Where something moves or sounds: only once somebody has chosen it, as the tests of breathing and rest show. The black
screen of a rest only loses its first words."""


def test_nothing_moves_flashes_or_sounds_by_itself() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert path.name in MOVES or not re.search(r"animation:|@keyframes|blink|<animate", text), path.name
        assert path.name in SOUNDS or not re.search(r"AudioContext|new Audio|speechSynthesis\.speak", text), path.name
        assert not re.search(r"Notification\b|showNotification|serviceWorker|localStorage|indexedDB", text), path.name
    script = (STATIC / "app.js").read_text(encoding="utf-8")
    assert not re.search(r"Audio|setInterval|vibrate|sessionStorage", script)


def test_style_and_script_name_no_place_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"(?m)^\s*//.*$", "", text)), path.name


def test_dark_is_the_default_and_quiet_too(make_app: Callable[..., Any]) -> None:
    page = make_app(inside=False).get("/locked")
    assert 'data-theme="dark"' in page
    assert 'data-mode="quiet"' in page


@pytest.mark.parametrize("effort", [None, "4"])
def test_without_a_negative_answer_no_page_speaks_of_doing_more(
    make_app: Callable[..., Any], effort: str | None
) -> None:
    app = make_app(lang="nl")
    if effort:
        app.post("/start/effort", answer=effort)
    for path in EVERY_PAGE:
        if path not in ("/bad", "/locked", ONE_REST):
            shown = re.sub(r"<[^>]+>", " ", app.get(path)).lower()
            assert not re.search(r"opbouw|build up|do more|meer doen", shown), path


def test_the_whole_story_is_as_short_and_as_still(make_app: Callable[..., Any]) -> None:
    app = make_app()
    screen = instrument("pem_screen")
    for item in screen.items:
        if item.needs is None:  # nothing gets worse after effort, so that the whole model is shown
            label = f"{screen.id}/{screen.version}/{item.id}"
            app.house.vault.note([Entry(app.clock.now_ms - 1000, "UTC", "answer", "0", label=label)])
    for path, lines in (("/how", MOST_LINES), ("/how/what-if", MOST_LINES), ("/how/what-if?safety=many", 18)):
        page = app.get(path)
        read = as_text(page)
        assert sum(math.ceil(len(line) / WIDE) for line in read.lines) <= lines, read.lines
        assert read.groups <= MOST_GROUPS
        assert digits_in(page) == []
    assert "Nearly all of them" in page
