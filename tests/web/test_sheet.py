"""Blad: what is left out is nowhere on it; printed, shown or as a PDF; a question that asks for help gets help."""

from __future__ import annotations

import re
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.report.sheet import PARTS
from uitknop.web.sheet import PART_WORDS

ALL = list(PART_WORDS)


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>(\d?)", page)


def test_every_heading_can_be_left_out_but_the_signs() -> None:
    assert set(PARTS) - set(PART_WORDS) == {"signs"}


def test_the_sheet_shows_every_part_that_was_chosen(app: Any) -> None:
    page = app.post("/sheet", parts=ALL, how="show")
    assert [n for n in headings(page) if n] == ["1", "2", "3", "4", "5"]
    assert "112" in page


@pytest.mark.parametrize("part", ALL)
def test_a_part_that_is_left_out_is_not_there_and_stays_out_next_time(app: Any, part: str) -> None:
    rest = [one for one in ALL if one != part]
    page = app.post("/sheet", parts=rest, how="show")
    assert len([n for n in headings(page) if n]) == 4
    chosen = re.findall(r'name="parts" value="(\w+)" checked', app.get("/sheet"))
    assert chosen == rest


def test_the_own_question_is_on_it_as_text(app: Any) -> None:
    page = app.post("/sheet", parts=ALL, question="  Mag ik <b>weer</b>  wandelen? ", how="show")
    assert "Mag ik &lt;b&gt;weer&lt;/b&gt; wandelen?" in page
    assert "Mag ik" in app.get("/sheet")


def test_a_question_that_asks_for_help_is_answered_with_help(app: Any) -> None:
    assert "Talk with somebody now" in app.post("/sheet", question="I want to die", how="show")
    assert ("event", "sign/suicidality", "pressed") in app.entries()


def test_as_a_pdf_it_is_one(app: Any) -> None:
    answer = app.client.post("/sheet", data={"parts": ALL, "how": "pdf"}, headers=app.headers)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="uitknop-2026-03-03.pdf"'
    assert answer.content.startswith(b"%PDF-")


def test_it_prints_at_once_only_when_it_was_asked_to(app: Any) -> None:
    assert 'data-prints="yes"' in app.post("/sheet", parts=ALL, how="print")
    assert "data-prints" not in app.post("/sheet", parts=ALL, how="show")


def test_it_tells_what_was_said(app: Any) -> None:
    day_ms = 86_400_000
    app.house.vault.note([Entry(app.clock.now_ms - day_ms, "Europe/Amsterdam", "answer", "crash", label="now")])
    assert "crash" in app.post("/sheet", parts=ALL, how="show")


def test_its_style_has_every_size_a_page_may_get(app: Any) -> None:
    size = re.search(r'class="for-sheet (size-\d+)"', app.post("/sheet", parts=ALL, how="show"))
    assert size is not None
    style = app.client.get("/sheet/style.css", headers=app.headers)
    assert f".{size[1]} {{ --size:" in style.text
    assert style.headers["content-type"].startswith("text/css")
