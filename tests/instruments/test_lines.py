"""What was typed in comes back from the diary as it was, or is refused as it would be when typed in."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.core.errors import KnowledgeError, Malformed
from uitknop.instruments import (
    Supplement,
    TypedLab,
    TypedTotal,
    instrument,
    lab_from_entry,
    lab_tests,
    lab_to_entry,
    official_instruments,
    substances,
    supplement_from_entry,
    supplement_to_entry,
    take_lab,
    take_total,
    total_from_entry,
    total_to_entry,
)
from uitknop.instruments.lines import each_once

NOW_MS = 10**12
ZONE = "Europe/Amsterdam"
SAID = {
    "wrong unit": ("lab/vitamin_d", "24 | ng/ml | 20 | 50 | |", "another unit"),
    "a value of another unit": ("lab/hba1c", "5,4 | mmol/mol | 4 | 6 | |", "does not fit"),
    "no unit": ("lab/tsh", "2,1 | | 0,4 | 4,0 | |", "unit is missing"),
    "no number": ("lab/tsh", "high | mU/l | 0,4 | 4,0 | |", "no number"),
    "no time of day": ("lab/cortisol", "400 | nmol/l | 150 | 700 | |", "time of day"),
    "fasting unknown": ("lab/glucose_fasting", "5,2 | mmol/l | 4,0 | 6,1 | |", "fasting"),
    "half a line": ("lab/tsh", "2,1 | mU/l", "can't be read"),
    "a word that is none": ("lab/tsh", "2,1 | mU/l | 0,4 | 4,0 | sober |", "can't be read"),
}


@given(name=st.sampled_from(sorted(lab_tests())), data=st.data())
def test_a_laboratory_value_comes_back_as_it_was_taken(name: str, data: st.DataObject) -> None:
    test = lab_tests()[name]

    def within(span: tuple[float, float]) -> str:
        return f"{data.draw(st.floats(*span)):.4f}".replace(".", ",")

    low = data.draw(st.sampled_from(["", within(test.low)]))
    high = data.draw(st.sampled_from(["", within(test.high)]))
    value = data.draw(st.sampled_from(["", "<", ">"])) + within(test.value)
    fasting = data.draw(st.booleans() if test.fasting else st.sampled_from([None, True, False]))
    typed = TypedLab(value, test.unit, low, high, 5, fasting, test.clock or data.draw(st.booleans()))
    try:
        result = take_lab(name, typed, now_ms=NOW_MS)
    except Malformed:
        return  # rounded to just outside, or the ends crossed
    line = lab_to_entry(result, ZONE)
    assert lab_from_entry(line, now_ms=NOW_MS) == result
    assert (line.kind, line.at_ms, line.label) == ("event", 5, f"lab/{name}")


def test_a_line_reads_like_the_report() -> None:
    typed = TypedLab("<0,85", "mmol/L", "0,70", "", 5, fasting=False)
    line = lab_to_entry(take_lab("magnesium", typed, now_ms=NOW_MS), ZONE)
    assert line.value == "<0.85 | mmol/l | 0.7 |  | not_fasting | "


@pytest.mark.parametrize("what", SAID)
def test_a_line_that_would_be_refused_when_typed_in_gives_no_value(what: str) -> None:
    label, value, why = SAID[what]
    with pytest.raises(Malformed, match=why):
        lab_from_entry(Entry(5, ZONE, "event", value, label=label), now_ms=NOW_MS)


def test_a_laboratory_value_of_a_test_nobody_knows_or_of_tomorrow_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="zonulin"):
        lab_from_entry(Entry(5, ZONE, "event", "1 | g/l | | | |", label="lab/zonulin"), now_ms=NOW_MS)
    with pytest.raises(Malformed, match="future"):
        lab_from_entry(Entry(NOW_MS + 1, ZONE, "event", "2,1 | mU/l | 0,4 | 4,0 | |", label="lab/tsh"), now_ms=NOW_MS)


@pytest.mark.parametrize("substance", substances(), ids=lambda one: one.id)
@pytest.mark.parametrize("until_ms", [None, 10**11])
def test_a_supplement_comes_back_in_each_of_its_forms(substance: object, until_ms: int | None) -> None:
    for form in (*(name for name, _ in substance.forms), "other"):  # type: ignore[attr-defined]
        supplement = Supplement(substance.id, form, 5, until_ms)  # type: ignore[attr-defined]
        assert supplement_from_entry(supplement_to_entry(supplement, ZONE)) == supplement


@pytest.mark.parametrize(
    ("label", "value", "why"),
    [("supplement/moonstone", "other", "moonstone"), ("supplement/magnesium", "shiny", "shiny")],
)
def test_a_supplement_or_form_nobody_knows_is_refused_by_its_name(label: str, value: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        supplement_from_entry(Entry(5, ZONE, "event", value, label=label))


def test_a_supplement_told_again_with_its_end_is_one_supplement() -> None:
    begun, stopped = Supplement("magnesium", "citrate", 5), Supplement("magnesium", "citrate", 5, 90)
    longer, other = replace(stopped, until_ms=99), Supplement("vitamin_c", "other", 1)
    for order in permutations((begun, stopped, longer, other)):
        assert each_once(order) == (other, stopped)


@pytest.mark.parametrize("one", official_instruments(), ids=lambda one: one.id)
def test_a_total_comes_back_with_the_limits_it_reaches(one: object) -> None:
    for scale in one.scales:  # type: ignore[attr-defined]
        for value, by in ((scale.low, "self"), (scale.high, "proxy")):
            total = TypedTotal(scale.id, value, 5, "Dutch | 2014", by)  # type: ignore[arg-type]
            expected = take_total(one, total, now_ms=NOW_MS)  # type: ignore[arg-type]
            line = total_to_entry(one, total, ZONE)  # type: ignore[arg-type]
            assert total_from_entry(one, line, now_ms=NOW_MS) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("12", "can't be read"),
        ("twelve | 2014", "can't be read"),
        ("1_2 | 2014", "can't be read"),
        ("28 | 2014", "between 0 and 27"),
        ("12 | ", "version of the form"),
        ("12,5 | 2014", "steps of 1"),
    ],
)
def test_a_total_that_would_be_refused_when_typed_in_gives_no_result(value: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        total_from_entry(instrument("phq9"), Entry(5, ZONE, "event", value, label="total/phq9/total"), now_ms=NOW_MS)
