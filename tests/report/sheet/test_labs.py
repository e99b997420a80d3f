"""Heading 4: inside or outside that laboratory's own range, nothing more; what is taken, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.guidance import conditions
from uitknop.report.paper.told import Words
from uitknop.report.sheet.labs import MOST_VALUES, lab_lines
from uitknop.report.words import catalogue
from uitknop.walk import standing


@pytest.fixture
def said(at: Any) -> Callable[..., list[str]]:
    """The lines, of entries."""

    def of(entries: list[Any], lang: str = "nl") -> list[str]:
        stands = standing(entries, now_ms=at.now_ms, zone=at.zone)
        return [one.text for one in lab_lines(stands, Words(catalogue(lang)))]

    return of


def test_without_values_the_doctor_decides(said: Any) -> None:
    assert said([]) == ["Geen ingevuld. Of onderzoek hier past, bepaalt de dokter."]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "31 | ug/l | 30 | 400 | |",
            "Ferritine 31 ug/l (12 november 2026): binnen het bereik van dat lab, 30 tot 400.",
        ),
        (
            "29.5 | ug/l | 30 | 400 | |",
            "Ferritine 29,5 ug/l (12 november 2026): buiten het bereik van dat lab, 30 tot 400.",
        ),
        ("31 | ug/l | 30 | | |", "Ferritine 31 ug/l (12 november 2026): binnen het bereik van dat lab, vanaf 30."),
        ("31 | ug/l | | 300 | |", "Ferritine 31 ug/l (12 november 2026): binnen het bereik van dat lab, tot 300."),
        ("31 | ug/l | | | |", "Ferritine 31 ug/l (12 november 2026): geen bereik van het lab bekend."),
        (
            "<5 | ug/l | 30 | 400 | |",
            "Ferritine < 5 ug/l (12 november 2026): buiten het bereik van dat lab, 30 tot 400.",
        ),
    ],
)
def test_a_value_is_told_as_inside_or_outside_and_no_more(said: Any, at: Any, value: str, expected: str) -> None:
    assert said([at.line("event", value, "lab/ferritin", days=10)]) == [expected]


def test_the_date_of_a_sample_is_that_on_the_report(said: Any, at: Any) -> None:
    # A report has a date and no time, so its moment is midnight; the day of a diary begins at four.
    midnight = at.line("event", "31 | ug/l | 30 | 400 | |", "lab/ferritin", days=10 + 10 / 24)
    assert "(12 november 2026)" in said([midnight])[0]


def test_the_newest_value_of_a_test_counts_and_what_is_outside_comes_first(said: Any, at: Any) -> None:
    told = said(
        [
            at.line("event", "1.8 | mU/l | 0.4 | 4 | |", "lab/tsh", days=3),
            at.line("event", "20 | ug/l | 30 | 400 | |", "lab/ferritin", days=90),
            at.line("event", "25 | ug/l | 30 | 400 | |", "lab/ferritin", days=20),
        ]
    )
    assert [line.split()[0] for line in told] == ["Ferritine", "TSH"]
    assert "25 ug/l" in told[0]


def test_the_number_of_values_is_bounded_and_the_rest_counted(said: Any, people: Any) -> None:
    told = said(list(people("fullest").entries))
    assert sum("bereik van dat lab" in line for line in told) == MOST_VALUES
    assert "Nog 3 andere waarden: in het programma." in told


def test_what_is_taken_is_recorded_and_the_pharmacist_is_asked(said: Any, at: Any) -> None:
    told = said(
        [
            at.line("event", "citrate", "supplement/magnesium", days=60),
            at.line("event", "root", "supplement/ashwagandha", days=60, hours=240),
        ]
    )
    assert told[-1] == (
        "Ik gebruik: magnesium (citraat). Gaat dat samen met mijn medicijnen? Dat is een vraag voor de apotheker."
    )


def test_conditions_and_medicines_are_named_in_words(said: Any, at: Any) -> None:
    told = said(
        [
            at.line("condition", "asthma", days=30),
            at.line("medication", "beta_blocker", days=30),
            at.line("condition", "iets met mijn knie", days=30),
        ]
    )
    names = told[-1].removeprefix("Ik heb of gebruik: ").rstrip(".").split("; ")
    assert set(names) == {conditions()["asthma"].nl, conditions()["beta_blocker"].nl, "iets met mijn knie"}


def test_what_an_open_sign_speaks_of_is_not_told_as_a_condition_too(make: Callable[..., Any]) -> None:
    for gone in ((), ("signs",)):
        texts = [line.text for part in make("flagged", "nl", left_out=gone).sections for line in part.lines]
        assert not [text for text in texts if text.startswith("Ik heb of gebruik")]
