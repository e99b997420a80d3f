"""The page as HTML: whole, in its language, alone, and with words that can't be orders."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

from uitknop.report.paper import Paper, paper_to_html


def text_of(html: str) -> str:
    body = html[html.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


class Tags(HTMLParser):
    """The tags of a page, and every address in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def test_every_text_is_on_it_in_the_order_of_reading(every_kind: Paper) -> None:
    told, place = text_of(paper_to_html(every_kind)), -1
    for text in (text for text in every_kind.texts if text not in {"C", "0:00", "1:10", "Eerste", "Tweede"}):
        found = told.find(text, place + 1)
        assert found > place, text
        place = found
    assert "(C)" in told
    assert "<" not in told


def test_it_asks_nothing_from_outside_and_runs_nothing(every_kind: Paper) -> None:
    html = paper_to_html(every_kind)
    read = Tags(html)
    assert read.addresses == []
    assert not {"script", "link", "img", "iframe"} & set(read.tags)
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import", html)


def test_words_are_never_orders(nasty: Paper) -> None:
    html = paper_to_html(nasty)
    assert "script" not in Tags(html).tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in html


def test_headings_go_down_one_step_at_a_time(every_kind: Paper) -> None:
    levels = [int(tag[1]) for tag in Tags(paper_to_html(every_kind)).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels == [1, 2, 2, 2, 3]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_names_its_language(every_kind: Paper) -> None:
    assert '<html lang="nl">' in paper_to_html(every_kind)
