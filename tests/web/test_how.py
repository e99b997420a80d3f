"""Hoe werkt dit: the story and what-if for everybody, and how little of it where effort does harm or may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from uitknop.body import body_model
from uitknop.body.what_if import PROTECTED_COUPLINGS, Choices, what_if
from uitknop.core import Entry
from uitknop.instruments import instrument
from uitknop.report.body_figures import FIGURES
from uitknop.report.body_protected import PROTECTED
from uitknop.report.words import catalogue
from uitknop.web.how import FIGURE_WORDS, PROTECTED_FIGURE_WORDS
from uitknop.web.view import View

CLOSED = {
    "en": r"way back|safe|recover|better|well,|in steps|again|able to do|in 100|of every 100|\byears?\b|week|month|%",
    "nl": r"weg terug|veilig|herstel|beter|goed, kan|in stappen|oppakken|van (de|elke) 100|\bjaar\b|week|weken|maand|%",
}
"""What stands nowhere while effort makes complaints worse, or may: a way back, outcomes, shares of them, dates."""

NOT_SAFE_ENOUGH = {
    "en": r"safe enough|(enough|little|less|more|lack of|insufficient|your) safety|safer|unsafe"
    r"|you\b[^.]{0,25}\bfeel safe",
    "nl": r"veilig genoeg|(genoeg|weinig|minder|meer|gebrek aan|onvoldoende|jouw|je) veiligheid|veiliger|onveilig"
    r"|\b(je|jij|u)\b[^.]{0,25}\bveilig (ge)?voel",
}
"""How somebody could be told that they were not safe enough; nobody ever is."""

BANDS = (
    "The bands hold 95 of every 100 made-up people.",
    "The light bands hold 95 of every 100 made-up people, the dark ones the middle half.",
)
"""How bands are read: no share of any outcome."""

ASKED = ("", "/what-if", "/what-if?load=heavy&effort=far_over&off=debt_atp")


def answer_effort(app: Any, *, worse: bool) -> None:
    """Every question of the screen: effort makes complaints worse, or it does not."""
    screen = instrument("pem_screen")
    for item in screen.items:
        if worse or item.needs is None:
            value, label = ("1" if worse else "0"), f"{screen.id}/{screen.version}/{item.id}"
            if worse and item.id.endswith(("_often", "_much")):
                value = "3"
            app.house.vault.note([Entry(app.clock.now_ms - 1000, "Europe/Amsterdam", "answer", value, label=label)])


def seen(app: Any, path: str, lang: str = "en", mode: str = "quiet") -> str:
    """A page with all that stands in it, hidden or not, without its menu and its tags; text of figures included."""
    app.client.cookies.set("uitknop_view", View().having("lang", lang).having("mode", mode).text)
    main = str(app.get(f"/how{path}")).partition("<main")[2]
    for sentence in BANDS:
        main = main.replace(catalogue(lang).say(sentence), "")
    told = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder|value)="([^"]*)"', main))
    return " ".join(re.sub(r"<[^>]+>", " ", main).split()) + " " + told


@pytest.fixture(scope="module")
def apps(making_app: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Three people: effort makes complaints worse, does not, and nothing is known."""
    people = ("worse", "unknown", "not")
    with ExitStack() as stack:
        found = {who: stack.enter_context(making_app(tmp_path_factory.mktemp(who)))() for who in people}
        for who in ("worse", "not"):
            answer_effort(found[who], worse=who == "worse")
        yield found


@pytest.mark.parametrize("path", ASKED)
def test_where_effort_may_harm_there_is_no_way_back_no_share_and_no_date(apps: dict[str, Any], path: str) -> None:
    rows = (("unknown", "nl", "everything"), ("unknown", "en", "quiet"), ("worse", "nl", "quiet"))
    for who, lang, mode in rows:
        page = seen(apps[who], path, lang, mode)
        assert re.findall(CLOSED[lang], page, re.IGNORECASE) == [], (who, lang, mode)
        assert not {"C002", "C025", "C112", "C119", "C120", "C123"} & set(re.findall(r"C\d{3}", page))


@pytest.mark.parametrize("name", PROTECTED)
def test_behind_the_gate_no_figure_holds_them_either(apps: dict[str, Any], name: str) -> None:
    page = seen(apps["unknown"], f"/figure/{name}", "nl", "everything")
    assert re.findall(CLOSED["nl"], page, re.IGNORECASE) == []
    assert re.findall(CLOSED["en"], page, re.IGNORECASE) == []
    assert name != "couplings" or "<svg" in apps["unknown"].get(f"/how/figure/{name}")


@pytest.mark.parametrize("name", sorted(set(FIGURES) - set(PROTECTED)))
def test_behind_the_gate_the_other_figures_lead_back(apps: dict[str, Any], name: str) -> None:
    assert "<svg" not in apps["unknown"].get(f"/how/figure/{name}")
    assert "<figure" not in seen(apps["not"], f"/figure/{name}", mode="quiet")


def test_where_it_does_not_all_of_that_is_there(apps: dict[str, Any]) -> None:
    app = apps["not"]
    assert len(set(re.findall(CLOSED["en"], seen(app, "")))) > 3
    page = seen(app, "/what-if?safety=many", mode="everything")
    assert "in 100" in page
    assert "<svg" in app.get("/how/what-if?safety=many")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nobody_is_told_that_they_were_not_safe_enough(apps: dict[str, Any], lang: str) -> None:
    for path in ("", "/what-if?load=heavy&safety=many"):
        assert re.findall(NOT_SAFE_ENOUGH[lang], seen(apps["not"], path, lang), re.IGNORECASE) == []
    sentences = [text for text in getattr(catalogue(lang).words, "_catalog", {}).values() if isinstance(text, str)]
    assert len(sentences) > 1000
    told = [*sentences, *(one.title.said(lang) for one in body_model().couplings.values())]
    assert [one for one in told if re.search(NOT_SAFE_ENOUGH[lang], one, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "Je voelde je niet veilig genoeg"),
        ("nl", "Er was te weinig veiligheid"),
        ("nl", "Met meer veiligheid was het gelukt"),
        ("en", "You did not feel safe enough"),
        ("en", "There was not enough safety"),
        ("en", "Next time, feel safer"),
    ],
)
def test_that_list_bites(lang: str, sentence: str) -> None:
    assert re.search(NOT_SAFE_ENOUGH[lang], sentence, re.IGNORECASE)


def test_over_the_api_the_gate_is_the_same(apps: dict[str, Any]) -> None:
    def ask(who: str, **said: object) -> Any:
        return apps[who].client.post("/api/model/what-if", json=said, headers=apps[who].headers)

    for who in ("worse", "unknown"):
        app = apps[who]
        found = ask(who, load="heavy", effort="far_over").json()
        assert (found["shares"], found["unit"]) == (None, "hours")
        assert set(found["bands"]) == {"symptoms", "envelope", "load"}
        assert (found["at"][0], found["at"][-1]) == (-24, 78)
        told = app.client.get("/api/model", headers=app.headers).json()
        assert (told["whole"], len(told["couplings"])) == (False, len(PROTECTED_COUPLINGS))
        assert not re.search(CLOSED["en"], json.dumps([found["nature"], told]), re.IGNORECASE)
        for closed in ({"safety": "many"}, {"rest": "much"}, {"restart": "steps"}, {"off": ["safety_threat"]}):
            assert ask(who, **closed).status_code == 409
    whole = ask("not", safety="many").json()
    assert sum(one["share"] for one in whole["shares"]) == pytest.approx(1)
    assert ask("not", safety="lots").status_code == 422
    assert "threat_vagal" in ask("not", off=["threat_vagel"]).json()["trouble"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("load=hevy", "Did you mean heavy?"),
        ("restart=stepps", "Did you mean steps"),
        ("off=safety_thret", "safety_threat"),
        ("load=%3Cb%3E", "&lt;b&gt; does not exist"),
        ("load=" + "x" * 41, "did not arrive"),
    ],
)
def test_what_is_no_choice_is_said_with_the_nearest(apps: dict[str, Any], asked: str, said: str) -> None:
    app = apps["not"]
    app.client.cookies.set("uitknop_view", View("en").text)
    answer = app.client.get(f"/how/what-if?{asked}", headers=app.headers)
    assert answer.status_code == 422
    assert said in answer.text


def test_what_is_closed_is_not_played_when_it_is_asked_for(apps: dict[str, Any]) -> None:
    app = apps["unknown"]
    app.client.cookies.set("uitknop_view", View("en").text)
    answer = app.client.get("/how/what-if?safety=many&restart=late", headers=app.headers)
    assert answer.status_code == 422
    assert "not shown here" in answer.text
    assert 'id="shown"' not in answer.text


def test_every_hypothesis_can_be_left_out_and_shows_its_grade_and_claims(apps: dict[str, Any]) -> None:
    app = apps["not"]
    app.client.cookies.set("uitknop_view", View("en").having("mode", "ordinary").text)
    page = app.get("/how/what-if")
    names = re.findall(r'name="off" value="(\w+)"', page)
    assert sorted(names) == sorted(body_model().couplings)
    rows = re.findall(r'(?s)<div class="part">(.*?)</div>', page)
    for row, name in zip(rows, names, strict=True):
        coupling = body_model().couplings[name]
        assert ("a hypothesis" if coupling.grade == "H" else "established") in row
        assert sorted(re.findall(r'href="/why/(C\d+)"', row)) == sorted(coupling.claims)
        assert ("no claim behind it" in row) == (not coupling.claims)
    page = app.get("/how/what-if?safety=few&off=defence_threat")
    assert "Left out: defence holds threat" in page
    assert "well, able to do as much as before: 97 in 100" in page


def test_without_anybody_falling_ill_nothing_is_called_a_way_back(apps: dict[str, Any]) -> None:
    assert "did not become ill at all" in seen(apps["not"], "/what-if?off=load_threat")


def test_a_course_that_diverges_is_told_as_such_and_not_drawn(
    apps: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = what_if(Choices())
    lost = replace(found, bands={}, diverged=found.n, outcomes=("diverged",) * found.n)
    monkeypatch.setattr("uitknop.web.how.what_if", lambda _: lost)
    page = apps["not"].get("/how/what-if?load=heavy")
    assert "left the range of the model" in page
    assert "<svg" not in page


def test_help_comes_first_and_a_heavy_day_leaves_two_sentences(make_app: Callable[..., Any]) -> None:
    app = make_app()
    app.post("/bad-day", on="on")
    for path in ("/how", "/how/what-if?load=heavy"):
        page = app.get(path)
        assert "The rest of this page can wait" in page
        assert "<details" not in page
    app.post("/help/sign", sign="suicidality")
    for path in ("/how", "/how/what-if"):
        assert str(app.client.get(path, headers=app.headers).url.path) == "/help"
    assert app.client.get("/api/model", headers=app.headers).status_code == 409


@pytest.mark.parametrize("who", ["unknown", "not"])
def test_every_page_of_the_model_says_that_it_is_nobody(apps: dict[str, Any], who: str) -> None:
    for path in ("", "/what-if", "/what-if?load=heavy", "/figure/couplings"):
        page = seen(apps[who], path, mode="everything")
        assert "explanatory model, not about you" in page
        if path != "/what-if":
            assert "It is nobody&#39;s body" in page


def test_every_figure_of_the_model_has_its_place() -> None:
    assert set(FIGURE_WORDS) == set(FIGURES)
    assert set(PROTECTED_FIGURE_WORDS) == set(PROTECTED)


def test_it_is_reached_from_why_and_from_the_menu(apps: dict[str, Any]) -> None:
    for path in ("/why", "/more"):
        assert 'href="/how"' in apps["not"].get(path)
