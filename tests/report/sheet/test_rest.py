"""Heading 2: PEM in three answers, the heart beside quiet time, and nothing measured as a full answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.core import Findings
from uitknop.report.paper.told import Words
from uitknop.report.sheet import sheet_of
from uitknop.report.sheet.picked import Picked
from uitknop.report.sheet.rest import MOST_KINDS, rest_lines
from uitknop.report.words import catalogue
from uitknop.walk import standing


@pytest.fixture
def said(at: Any) -> Callable[..., dict[str, list[str]]]:
    """The lines by field, of entries and findings."""

    def of(entries: list[Any], found: Findings | None = None, lang: str = "nl") -> dict[str, list[str]]:
        words = Words(catalogue(lang))
        stands = standing(entries, now_ms=at.now_ms, zone=at.zone)
        told: dict[str, list[str]] = {}
        for one in rest_lines(stands.state.track, found, Picked(stands, words.catalogue.lang), words):
            told.setdefault(one.field, []).append(one.text)
        return told

    return of


def test_pem_is_told_in_its_three_answers(said: Any, at: Any) -> None:
    assert "passen bij klachten die erger worden na inspanning" in said(at.pem(True))["pem"][0]
    assert "laten nu niet zien" in said(at.pem(False))["pem"][0]
    assert "nog niet bekend" in said([])["pem"][0]


def test_nobody_is_said_to_have_pem(said: Any, at: Any) -> None:
    assert not [text for text in said(at.pem(True))["pem"] if "heb" in text.split()]


def test_without_a_sensor_that_is_said_and_is_fine(said: Any) -> None:
    assert said([])["heart"] == ["Hartslag bij het rusten: niet gemeten. Dat hoeft ook niet."]


def test_the_heart_stands_beside_quiet_time_with_its_long_run(said: Any, state_named: Any) -> None:
    told = said([], state_named("days_of_rest"))["heart"]
    assert told[0].startswith("Rusten met kruik: 6 van de 8 keer kwam mijn hart tot rust; op lange termijn")
    assert told[-2] == "Stille tijd zonder te rusten: 2 van de 8."
    assert "samen 24 uur" in told[-1]
    assert len(told) <= MOST_KINDS + 2


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            "one_bout",
            "Gewoon rusten: één keer te zien, en toen kwam mijn hart tot rust. Dat is te weinig om iets te zeggen.",
        ),
        ("only_untold", "Hartslag bij het rusten: gemeten, en nog niet te zeggen wat het deed."),
        ("nothing_at_all", "Hartslag bij het rusten: niet gemeten. Dat hoeft ook niet."),
        ("only_quiet", "Hartslag bij het rusten: gemeten, en nog niet te zeggen wat het deed."),
    ],
)
def test_little_is_told_as_little(said: Any, state_named: Any, state: str, expected: str) -> None:
    assert said([], state_named(state))["heart"][0] == expected


def test_a_recording_without_a_clock_has_hours_and_no_date(said: Any, state_named: Any) -> None:
    assert said([], state_named("clockless"))["heart"][-1] == "Gemeten: samen 2 uur, zonder datum."


def test_energy_stands_with_the_week_it_is_about(said: Any, at: Any) -> None:
    told = said(at.answers("energy", {"energy": 3, "sleep_refreshing": 2}, days=2))
    assert told["energy"] == ["Energie 3 van 10, uitgerust wakker 2 van 10 (week tot 20 november 2026)."]
    assert said(at.answers("energy", {"energy": 3}))["energy"] == ["Energie 3 van 10 (week tot 22 november 2026)."]
    assert "energy" not in said([])


def test_only_what_is_often_too_much_is_named(said: Any, at: Any) -> None:
    told = said(at.answers("sensory", {"sound": 3, "light": 2, "touch": 1, "smell": 0}))
    assert told["stimuli"] == ["Vaak te veel: geluid; licht en schermen."]


def test_what_was_felt_after_a_rest_stands_in_place_of_not_filled_in(at: Any) -> None:
    entries = [at.line("answer", value, "felt", days=day) for day, value in enumerate(("calmer", "same", "calmer"))]
    told = str(sheet_of(standing(entries, now_ms=at.now_ms, zone=at.zone), "nl", entries=entries).to_dict())
    assert "Na het rusten was ik 2 van de 3 keer rustiger." in told
    assert "niet ingevuld" not in told.partition("Hoe rust voelt")[2]


def test_a_heart_that_is_left_out_is_not_told_as_never_measured(at: Any, state_named: Any) -> None:
    stands = standing([], now_ms=at.now_ms, zone=at.zone)
    told = str(sheet_of(stands, "nl", findings=state_named("days_of_rest"), hides_heart=True).to_dict())
    assert "Hartslag bij het rusten: laat ik hier weg." in told
    assert "niet gemeten" not in told
    assert "kwam mijn hart" not in told
