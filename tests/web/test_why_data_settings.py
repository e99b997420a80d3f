"""Waarom, Gegevens and Instellingen: graded claims, a copy that opens, plain files, everything gone, choices kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.knowledge import library
from uitknop.person import Secret, open_file, restore
from uitknop.web.settings import OPTIONS
from uitknop.web.view import CHOICES, View, view_from

# --- Why -----------------------------------------------------------------------------------------------------------


def test_what_is_looked_for_is_found_and_stands_in_no_address(app: Any) -> None:
    answer = app.client.post("/why", data={"words": "cortisol"}, headers=app.headers)
    assert answer.url.query == b""
    assert answer.text.count("/why/C") >= 1
    assert 'value="cortisol"' in answer.text


def test_every_claim_shown_carries_its_grade_and_refuted_ones_say_so(app: Any) -> None:
    refuted = [claim for claim in library().claims if claim.grade == "X"]
    assert refuted
    for claim in (refuted[0], library().claims[0]):
        page = app.get(f"/why/{claim.id}")
        assert f"grade {claim.grade}" in page
        assert ("Refuted" in page) == (claim.grade == "X")


def test_nothing_found_is_told(app: Any) -> None:
    assert "Nothing was found" in app.post("/why", words="zzzzqq")
    assert "Nothing was found" in app.post("/why", words="   ")


def test_what_was_typed_is_shown_as_text(app: Any) -> None:
    page = app.post("/why", words='"><script>alert(1)</script>')
    assert "<script>alert" not in page


@pytest.mark.parametrize("question", [one.id for one in library().questions])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_each_question_is_answered_with_grades(make_app: Callable[..., Any], question: str, lang: str) -> None:
    page = make_app(lang=lang).get(f"/why/question/{question}")
    one = next(each for each in library().questions if each.id == question)
    assert page.partition('class="points"')[2].count("<li>") == len(one.points)
    assert len(re.findall(r"(?:evidence|bewijs) [ABCDX]", page)) == len(one.points)


def test_a_claim_or_question_that_is_not_there_leads_back(app: Any) -> None:
    for path in ("/why/C999", "/why/question/none"):
        assert str(app.client.get(path, headers=app.headers).url.path) == "/why"


def test_how_it_is_measured_says_what_it_cannot_know(app: Any) -> None:
    assert "What tomorrow will be like" in app.get("/why/measuring")


# --- Data ----------------------------------------------------------------------------------------------------------


def download(app: Any, path: str) -> tuple[str, bytes]:
    answer = app.client.post(path, headers=app.headers)
    assert answer.status_code == 200
    name = re.search(r'filename="([^"]+)"', answer.headers["content-disposition"])
    assert name is not None
    return name[1], answer.content


def test_a_copy_opens_as_the_file_does_and_nothing_is_left_beside_it(app: Any, tmp_path: Path) -> None:
    app.post("/tap", now="heavy")
    app.house.judging.rest()
    before = sorted(each.name for each in tmp_path.iterdir())
    name, content = download(app, "/data/backup")
    assert name == "uitknop-2026-03-03-140000.backup"
    assert b"heavy" not in content
    assert sorted(each.name for each in tmp_path.iterdir()) == before
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / name).write_bytes(content)
    secret = Secret(passphrase=app.passphrase)
    restore(elsewhere / name, elsewhere / "person.uitknop", secret)
    with open_file(elsewhere / "person.uitknop", secret, now_ms=1) as store:
        assert [entry.value for entry in store.entries()] == ["heavy"]


def test_everything_comes_along_in_plain_files(app: Any, tmp_path: Path) -> None:
    app.post("/tap", now="heavy")
    name, content = download(app, "/data/export")
    assert name == "uitknop-2026-03-03.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert any(b"heavy" in archive.read(each) for each in archive.namelist())
    assert not list(tmp_path.glob(".uitknop-making-*"))


def test_erasing_is_asked_once_and_then_everything_is_gone(app: Any, tmp_path: Path) -> None:
    app.post("/tap", now="heavy")
    assert app.path.exists()
    app.post("/data/erase")
    assert app.path.exists()
    assert "Everything is erased" in app.post("/data/erase", sure="yes")
    assert not list(tmp_path.glob("person*"))
    assert str(app.client.get("/", headers=app.headers).url.path) == "/locked"
    app.client.get(f"/open/{app.house.door.code}")
    assert str(app.client.get("/", headers=app.headers).url.path) == "/start"  # and one can begin anew


def test_what_came_in_is_listed_and_taps_are_not(app: Any) -> None:
    from uitknop.core import Recording
    from uitknop.store import Origin

    def take_in(store: Any) -> None:
        with store.batch(Origin("polar <1>.csv", "ab", "csv", "", "", app.clock.now_ms)) as batch:
            batch.add(Recording("csv", "a", "UTC", None, (), (Entry(5, "UTC", "tag", "x"),)))

    app.house.vault.do(take_in)
    app.post("/tap", now="fine")
    page = app.get("/data")
    assert "polar &lt;1&gt;.csv" in page
    assert "2 lines" in page
    assert "1 file" in page


# --- Settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in OPTIONS for value in OPTIONS[name]])
def test_a_choice_is_kept_in_the_file_and_seen_while_locked(app: Any, name: str, value: str) -> None:
    page = app.post("/settings", **{name: value})
    assert re.search(rf'name="{name}" value="{value}" checked', page)
    assert getattr(view_from(app.house.vault.do(lambda store: store.setting("app_view")), "nl"), name) == value
    app.post("/lock")
    assert f'data-{name}="{value}"' in app.get("/locked")


def test_the_language_is_changed_at_once(app: Any) -> None:
    assert '<html lang="nl"' in app.post("/settings", lang="nl")
    assert '<html lang="nl"' in app.get("/help")


def test_another_browser_sees_what_was_chosen(app: Any) -> None:
    app.post("/settings", theme="dim", lang="nl")
    app.client.cookies.clear()
    app.client.get(f"/open/{app.house.door.code}")
    assert 'data-theme="dim"' in app.get("/")


def test_what_is_no_choice_changes_nothing(app: Any) -> None:
    app.post("/settings", theme="<script>", lang="xx", mode="", size="9", keys="maybe")
    assert view_from(app.house.vault.do(lambda store: store.setting("app_view")), "en") == View("en")


@pytest.mark.parametrize("text", ["", "x", "nl", "nl.dark", ".....", "nl.dark.usual.quiet.on.off.more", "é.ü", None])
def test_whatever_stands_in_the_cookie_gives_a_view(text: str | None) -> None:
    view = view_from(text, "en")
    assert all(getattr(view, name) in CHOICES[name] for name in CHOICES)
    assert view_from(view.text, "nl") == view
