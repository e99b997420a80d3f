"""Supplements are recorded with their form, their warnings are shown, and nothing is advised."""

from __future__ import annotations

import re
from typing import Any

import pytest

from uitknop.core.errors import Malformed
from uitknop.instruments import concerns, substances, take_note, warnings_of
from uitknop.instruments.supplements import ASK, OTHER_FORM, Supplement

EVERY = substances()
IMPERATIVES = {
    "nl": r"neem|slik|gebruik|probeer|koop|kies|start|begin|stop|vermijd|verhoog|verlaag|bestel|combineer|eet|drink",
    "en": r"take|use|try|buy|choose|start|begin|stop|avoid|raise|lower|order|combine|add|eat|drink",
}


def sentences(lang: str) -> list[str]:
    """Every sentence of every warning, split at its ends."""
    texts = [warning.text.to_dict()[lang] for one in EVERY for warning in one.warnings]
    return [
        part.strip() for text in [*texts, ASK.to_dict()[lang]] for part in re.split(r"[.:;?]", text) if part.strip()
    ]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_sentence_tells_anybody_to_take_or_leave_anything(lang: str) -> None:
    assert len(sentences(lang)) > 20
    begins = re.compile(rf"(?:please |liever |dan )?(?:{IMPERATIVES[lang]})\b", re.IGNORECASE)
    assert [part for part in sentences(lang) if begins.match(part)] == []
    should = r"\b(moet|zou je|kun je het best|you should|you must|you need to|we recommend|wij raden)\b"
    assert [part for part in sentences(lang) if re.search(should, part, re.IGNORECASE)] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_imperative_stands_beside_the_name_of_a_substance(lang: str) -> None:
    names = "|".join({one.title.to_dict()[lang].split(" (")[0] for one in EVERY})
    told = re.compile(rf"\b({IMPERATIVES[lang]})\b(\W+\w+){{0,2}}\W+({names})\b", re.IGNORECASE)
    assert [part for part in sentences(lang) if told.search(part)] == []


def test_the_search_for_imperatives_would_find_one() -> None:
    told = re.compile(rf"\b({IMPERATIVES['nl']})\b(\W+\w+){{0,2}}\W+(magnesium)\b", re.IGNORECASE)
    assert told.search("Neem elke avond magnesium")


@pytest.mark.parametrize("substance", [one.id for one in EVERY])
def test_every_substance_of_the_clinical_page_has_forms_a_grade_and_warnings(substance: str) -> None:
    (one,) = [one for one in EVERY if one.id == substance]
    assert len(one.forms) >= 2
    assert one.grade in "ABCD"
    assert one.warnings
    for name, _ in one.forms:
        assert take_note(substance, name, from_ms=1).form == name


def test_the_substances_are_those_of_the_texts() -> None:
    wanted = {"ashwagandha", "rhodiola", "bacopa", "magnesium", "vitamin_c", "vitamin_d", "vitamin_b6", "vitamin_b12"}
    assert {one.id for one in EVERY} == wanted


def test_the_forms_that_the_texts_tell_apart_are_told_apart() -> None:
    forms = {one.id: {name for name, _ in one.forms} for one in EVERY}
    assert {"citrate", "bisglycinate", "glycerophosphate", "acetyl_taurate"} <= forms["magnesium"]
    assert {"ascorbic_acid", "amla", "acerola"} <= forms["vitamin_c"]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_every_warning_is_always_shown(one: Any) -> None:
    note = take_note(one.id, OTHER_FORM, from_ms=1)
    assert len(warnings_of(note)) == len(warnings_of(note, [name for name, _ in concerns()])) == len(one.warnings)


@pytest.mark.parametrize(
    ("substance", "named"),
    [
        ("ashwagandha", "pregnancy"),
        ("ashwagandha", "levothyroxine"),
        ("ashwagandha", "antidepressant"),
        ("rhodiola", "antidepressant"),
        ("rhodiola", "losartan"),
        ("bacopa", "slow_heart"),
        ("magnesium", "kidney"),
        ("magnesium", "bisphosphonate"),
        ("vitamin_c", "glucose_meter"),
        ("vitamin_d", "digoxin"),
    ],
)
def test_what_touches_the_person_comes_first(substance: str, named: str) -> None:
    first, *rest = warnings_of(take_note(substance, OTHER_FORM, from_ms=1), {named, "something else"})
    assert first.touches == (named,)
    assert all(warning.touches == () for warning in rest)


def test_ashwagandha_always_says_what_the_institute_says() -> None:
    found = warnings_of(take_note("ashwagandha", "root", from_ms=1))
    assert "RIVM" in found[0].text.nl
    assert found[0].concerns == ()
    assert found[0].verified


@pytest.mark.parametrize(
    ("substance", "form", "until_ms", "sentence"),
    [
        ("gold", "other", None, "no supplement called gold"),
        ("magnesium", "gold", None, "not known in the form gold; it is known as citrate, "),
        ("magnesium", "citrate", 1, "The end lies before the start"),
    ],
)
def test_what_cannot_be_recorded_is_told(substance: str, form: str, until_ms: int | None, sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence):
        take_note(substance, form, from_ms=5, until_ms=until_ms)


def test_how_much_is_not_recorded() -> None:
    assert set(Supplement("magnesium", "citrate", 1).to_dict()) == {"substance", "form", "from_ms", "until_ms"}
