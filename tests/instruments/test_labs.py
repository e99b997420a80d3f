"""Laboratory values: the right unit or nothing, and inside or outside that laboratory's own interval."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import KnowledgeError, Malformed, UitknopError
from uitknop.instruments import TypedLab, lab_tests, take_lab

NOW_MS = 10**12
REPORT = {
    # value and interval as a Dutch report has them
    "hb": ("8,9", "mmol/L", "8,5", "11,0"),
    "ferritin": ("80", "µg/l", "30", "300"),
    "tsh": ("2,1", "mU/L", "0,4", "4,0"),
    "ft4": ("15", "pmol/l", "10", "24"),
    "b12": ("300", "pmol/l", "148", "600"),
    "mma": ("0,25", "µmol/l", "", "0,45"),
    "vitamin_d": ("60", "nmol/l", "50", "125"),
    "magnesium": ("0,85", "mmol/l", "0,70", "1,05"),
    "crp": ("3", "mg/l", "", "10"),
    "hba1c": ("36", "mmol/mol", "20", "42"),
    "glucose_fasting": ("5,2", "mmol/l", "4,0", "6,1"),
    "egfr": ("90", "ml/min/1,73 m²", "60", ""),
    "alat": ("20", "U/l", "", "45"),
    "cortisol": ("400", "nmol/l", "150", "700"),
}


def typed(name: str, **change: Any) -> TypedLab:
    value, unit, low, high = REPORT[name]
    fields = {"value": value, "unit": unit, "low": low, "high": high, "at_ms": 5, "fasting": True, "clock_known": True}
    return TypedLab(**(fields | change))


@pytest.mark.parametrize("name", sorted(REPORT))
def test_a_dutch_report_is_taken_as_it_stands(name: str) -> None:
    found = take_lab(name, typed(name), now_ms=NOW_MS)
    assert (found.place, found.unit) == ("inside", lab_tests()[name].unit)
    assert found.value == float(REPORT[name][0].replace(",", "."))


def test_every_test_has_a_report() -> None:
    assert set(REPORT) == set(lab_tests())


# The same report in the other unit of that test: value, interval and unit; only the unit wrong; only the unit kept.
OTHER_UNIT = {
    "hb": ("g/dl", 1.611),
    "ferritin": ("pmol/l", 2.247),
    "ft4": ("ng/dl", 0.0777),
    "b12": ("pg/ml", 1.355),
    "vitamin_d": ("ng/ml", 0.4006),
    "magnesium": ("mg/dl", 2.431),
    "crp": ("mg/dl", 0.1),
    "hba1c": ("%", 0.11),
    "glucose_fasting": ("mg/dl", 18.02),
    "cortisol": ("ug/dl", 0.03625),
}


@pytest.mark.parametrize("name", sorted(OTHER_UNIT))
def test_another_unit_is_refused_and_never_converted(name: str) -> None:
    unit, factor = OTHER_UNIT[name]
    value, _, low, high = REPORT[name]
    turned = {
        key: f"{float(text.replace(',', '.')) * factor:.2f}"
        for key, text in (("value", value), ("low", low), ("high", high))
        if text
    }
    with pytest.raises(Malformed, match="says another unit"):
        take_lab(name, typed(name, unit=unit), now_ms=NOW_MS)
    with pytest.raises(Malformed, match="says another unit"):
        take_lab(name, typed(name, unit=unit, **turned), now_ms=NOW_MS)


@pytest.mark.parametrize("name", sorted(set(OTHER_UNIT) - {"ferritin"}))
def test_numbers_of_another_unit_under_the_right_one_are_refused_by_the_interval(name: str) -> None:
    # Ferritin is left out: 30-300 ug/l and 67-674 pmol/l overlap, so that only the unit itself can tell.
    _, factor = OTHER_UNIT[name]
    value, _, low, high = REPORT[name]
    turned = {
        key: f"{float(text.replace(',', '.')) * factor:.2f}"
        for key, text in (("value", value), ("low", low), ("high", high))
        if text
    }
    with pytest.raises(Malformed, match="does not fit"):
        take_lab(name, typed(name, **turned), now_ms=NOW_MS)


@given(
    unit=st.sampled_from(
        ["ng/ml", "nmol/l", "pmol/l", "mg/dl", "g/dl", "ug/dl", "%", "mmol/l", "mg/l", "U/l", "g/l", "x"]
    ),
    name=st.sampled_from(sorted(REPORT)),
)
def test_only_a_spelling_of_the_right_unit_is_taken(unit: str, name: str) -> None:
    test = lab_tests()[name]
    right = unit.lower() in {test.unit.lower(), *(same.lower() for same in test.same)}
    refused = False
    try:
        take_lab(name, typed(name, unit=unit), now_ms=NOW_MS)
    except Malformed:
        refused = True
    assert refused is not right


@pytest.mark.parametrize(
    ("value", "low", "high", "place"),
    [
        ("50", "50", "125", "inside"),
        ("125", "50", "125", "inside"),
        ("49,9", "50", "125", "outside"),
        ("125.1", "50", "125", "outside"),
        ("60", "50", "", "inside"),
        ("40", "50", "", "outside"),
        ("200", "", "125", "outside"),
        ("60", "", "", "unknown"),
        ("<50", "50", "125", "outside"),
        ("<60", "50", "125", "unknown"),
        ("< 60", "", "125", "inside"),
        (">100", "50", "125", "unknown"),
        (">125", "50", "125", "outside"),
        (">60", "50", "", "inside"),
        (">40", "50", "", "unknown"),
    ],
)
def test_it_is_inside_or_outside_and_the_ends_are_inside(value: str, low: str, high: str, place: str) -> None:
    assert take_lab("vitamin_d", typed("vitamin_d", value=value, low=low, high=high), now_ms=NOW_MS).place == place


def test_nothing_more_is_said_of_it() -> None:
    found = take_lab("vitamin_d", typed("vitamin_d", value="20"), now_ms=NOW_MS)
    assert set(found.to_dict()) == {
        "test",
        "value",
        "bound",
        "unit",
        "low",
        "high",
        "at_ms",
        "fasting",
        "clock_known",
        "place",
    }


@pytest.mark.parametrize(
    "value", ["", "x", "1,2,3", "1.234,5", "-3", "1e3", "<<5", "<>5", "nan", "inf", "٣", "12345678", "5 5"]
)
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(Malformed, match="no number"):
        take_lab("crp", typed("crp", value=value), now_ms=NOW_MS)


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("vitamin_d", {"unit": " "}, "The unit is missing"),
        ("vitamin_d", {"value": "5000"}, "does not fit nmol/l"),
        ("vitamin_d", {"low": "125", "high": "50"}, "lies above its upper end"),
        ("vitamin_d", {"at_ms": NOW_MS + 1}, "in the future"),
        ("glucose_fasting", {"fasting": None}, "taken fasting"),
        ("cortisol", {"clock_known": False}, "without the time of day"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told(name: str, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence) as fault:
        take_lab(name, typed(name, **change), now_ms=NOW_MS)
    assert "5000" not in str(fault.value)


def test_an_unknown_test_is_told_with_the_known_ones() -> None:
    with pytest.raises(KnowledgeError, match="no laboratory test called gold; there are hb, "):
        take_lab("gold", typed("hb"), now_ms=NOW_MS)


@given(
    name=st.sampled_from(sorted(REPORT)),
    value=st.text(max_size=8),
    low=st.text(max_size=6),
    high=st.text(max_size=6),
    unit=st.text(max_size=6),
)
def test_any_text_is_taken_or_refused_in_a_sentence(name: str, value: str, low: str, high: str, unit: str) -> None:
    for said in (unit, lab_tests()[name].unit):
        try:
            place = take_lab(name, typed(name, value=value, low=low, high=high, unit=said), now_ms=NOW_MS).place
        except UitknopError as fault:
            place = str(fault)
        assert place
