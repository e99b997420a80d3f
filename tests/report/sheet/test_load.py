"""Heading 1: what weighs with its interval, days that are unknown, crashes in words, what lay before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.report.paper.told import Words
from uitknop.report.sheet.load import MOST_COMPLAINTS, load_lines
from uitknop.report.sheet.picked import Picked
from uitknop.report.words import catalogue
from uitknop.state import read_diary
from uitknop.walk import standing


@pytest.fixture
def said(at: Any) -> Callable[..., dict[str, list[str]]]:
    """The lines by field, of entries."""

    def of(entries: list[Any], lang: str = "nl") -> dict[str, list[str]]:
        words = Words(catalogue(lang))
        stands = standing(entries, now_ms=at.now_ms, zone=at.zone)
        diary = read_diary(entries, now_ms=at.now_ms, zone=at.zone)
        found: dict[str, list[str]] = {}
        for one in load_lines(stands.state, diary, Picked(stands, words.catalogue.lang), words):
            found.setdefault(one.field, []).append(one.text)
        return found

    return of


def test_a_weight_stands_with_its_interval_and_days(said: Any, at: Any) -> None:
    told = said([entry for days in (3, 9, 15) for entry in at.answers("load", {"work": 8, "home": 2}, days=days)])
    assert told["domains"] == [
        "Het zwaarst drukt: werk of studie 8 van 10 (7,2 tot 8,8); huishouden en wonen 2 van 10 (1,2 tot 2,8). "
        "Over zes weken, op minstens 3 dagen ingevuld."
    ]


def test_below_three_days_nothing_is_said_of_what_weighs(said: Any, at: Any) -> None:
    told = said([entry for days in (3, 9) for entry in at.answers("load", {"work": 8}, days=days)])
    assert told["domains"] == ["Wat er drukt: nog te weinig ingevuld om iets te zeggen."]


def test_what_does_not_weigh_is_not_called_the_heaviest(said: Any, at: Any) -> None:
    told = said([entry for days in (3, 9, 15) for entry in at.answers("load", {"work": 0, "home": 0}, days=days)])
    assert told["domains"] == ["Wat er drukt: nog te weinig ingevuld om iets te zeggen."]


def test_days_without_a_tap_are_counted_as_unknown(said: Any, at: Any) -> None:
    assert said(at.taps("ggz-"))["days"] == ["Laatste vier weken: 2 keer gaat, 1 keer zwaar, 25 dagen niet ingevuld."]
    assert said([])["days"] == ["Hoe de dagen gaan: niet bijgehouden. Dat hoeft ook niet."]


@pytest.mark.parametrize(
    ("taps", "expected"),
    [
        ("gggccg", "In twaalf weken noemde ik één crash: vanaf 20 november 2026, 2 dagen."),
        ("gcgggcg", "In twaalf weken noemde ik 2 keer een crash. De laatste begon op 21 november 2026: één dag."),
        ("gggcc", "In twaalf weken noemde ik één crash: vanaf 21 november 2026, minstens 2 dagen en nog bezig."),
        ("ggg", "Geen crash genoemd in twaalf weken; van 3 van die dagen is bekend hoe het ging."),
    ],
)
def test_crashes_are_told_as_the_person_called_them(said: Any, at: Any, taps: str, expected: str) -> None:
    assert said(at.taps(taps))["crashes"][0] == expected


def test_of_somebody_who_never_tapped_nothing_is_said_of_crashes(said: Any) -> None:
    assert "crashes" not in said([])


def test_a_crash_of_long_ago_is_not_told(said: Any, at: Any) -> None:
    told = said([at.line("answer", "crash", "now", days=100), *at.taps("gg")])
    assert told["crashes"] == ["Geen crash genoemd in twaalf weken; van 2 van die dagen is bekend hoe het ging."]


def test_what_lay_before_a_crash_names_no_cause(said: Any, at: Any) -> None:
    told = said(at.taps("g" * 30 + "zzzcg"))
    assert any("meer zware dagen. Of dat de oorzaak is, weet niemand." in text for text in told["crashes"])


def test_where_nothing_stands_out_before_a_crash_that_is_said(said: Any, at: Any) -> None:
    told = said(at.taps("gz" * 15 + "gzgcg"))
    assert "In de drie dagen ervoor viel niets op." in told["crashes"]


def test_complaints_are_told_in_turn_and_bounded(said: Any, at: Any) -> None:
    given = {
        "energy_and_sleep": "lasting_tiredness,heavy_legs,suddenly_empty",
        "body": "pain,muscle_tension",
        "belly_and_food": "gut",
        "head": "fog,memory",
    }
    (told,) = said(at.answers("complaints", given))["complaints"]
    assert told.startswith("Klachten: moe, ook als ik weinig deed; gespannen spieren; ")
    assert told.count(";") == MOST_COMPLAINTS
    assert told.endswith("; en nog 2.")


def test_how_somebody_feels_is_no_complaint_of_the_body(said: Any, at: Any) -> None:
    assert "complaints" not in said(at.answers("complaints", {"mood": "low,tearful"}))
