"""Official wording from a file: taken when it is that very instrument, refused in a sentence when it is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uitknop.core.errors import KnowledgeError, Malformed, NotRecognised, SourceError, TooLarge
from uitknop.instruments import instrument, load_wording, official_instruments, score
from uitknop.instruments.fhir_options import LONGEST_TEXT, MOST_ITEMS, MOST_OPTIONS

Resource = Callable[..., dict[str, Any]]
LOINC = "http://loinc.org"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def load(resource: Any, name: str = "phq9") -> Any:
    return load_wording(json.dumps(resource).encode(), "q.json", instrument(name))


LOADABLE = [one.id for one in official_instruments() if not one.groups]


@pytest.mark.parametrize("name", LOADABLE)
def test_words_are_put_on_the_items_and_the_rules_stay(resource: Resource, fill: Any, name: str) -> None:
    found = load(resource(name), name)
    bare = instrument(name)
    assert (found.wording, found.wording_language, found.wording_version) == ("loaded", "nl", "2")
    assert [item.text.nl for item in found.items] == [f"vraag {number}" for number in range(1, len(bare.items) + 1)]
    assert found.scales == bare.scales
    for pick in (0, -1):
        values = {item.id: item.numbers[pick] for item in bare.items}
        with_words = [one.value for one in score(found, fill(found, values))]
        assert with_words == [one.value for one in score(bare, fill(bare, values))]


def test_the_resources_of_these_tests_are_valid_r4(resource: Resource) -> None:
    for name in ("phq9", "dsq_pem", "who5"):
        assert Questionnaire.model_validate(resource(name)).item is not None


def test_groups_displays_and_a_total_are_left_out(resource: Resource) -> None:
    made = resource("phq9")
    items = made["item"]
    total = {"linkId": "t", "type": "integer", "text": "totaal", "code": [{"system": LOINC, "code": "44261-6"}]}
    beside = {"linkId": "h", "type": "choice", "text": "hinder", "code": [{"system": LOINC, "code": "69722-7"}]}
    intro = {"linkId": "d", "type": "display", "text": "uitleg"}
    made["item"] = [intro, {"linkId": "g", "type": "group", "item": items[:5]}, *items[5:], beside, total]
    assert load(made).items == load(resource("phq9")).items


def test_answers_may_stand_in_a_set_inside_the_file(resource: Resource) -> None:
    made = resource("who5")
    concepts = [
        {"code": f"{value}", "display": f"antwoord {value}", "extension": [{"url": ORDINAL, "valueDecimal": value}]}
        for value in range(6)
    ]
    for where in ({"compose": {"include": [{"concept": concepts}]}}, {"expansion": {"contains": concepts}}):
        other = copy.deepcopy(made) | {"contained": [{"resourceType": "ValueSet", "id": "vs", **where}]}
        for row in other["item"]:
            del row["answerOption"]
            row["answerValueSet"] = "#vs"
        assert [option.value for option in load(other, "who5").items[4].options] == [0, 1, 2, 3, 4, 5]


def test_answers_may_be_whole_numbers(resource: Resource) -> None:
    made = resource("fss")
    for row in made["item"]:
        row["answerOption"] = [{"valueInteger": value} for value in range(1, 8)]
    assert load(made, "fss").items[0].options[6].text.nl == "7"


def test_codes_of_the_items_are_enough_without_a_panel(resource: Resource) -> None:
    made = resource("phq9")
    del made["code"]
    assert load(made).wording == "loaded"


def test_the_panel_is_enough_without_codes_of_the_items(resource: Resource) -> None:
    made = resource("phq9")
    for row in made["item"][:8]:
        del row["code"]
    assert load(made).wording == "loaded"


def test_the_question_about_safety_must_have_its_code(resource: Resource) -> None:
    made = resource("phq9")
    del made["item"][8]["code"]
    with pytest.raises(Malformed, match=r"question 9: it has no code.*safety"):
        load(made)


def change(path: list[Any], value: Any) -> Callable[[dict[str, Any]], None]:
    def act(made: dict[str, Any]) -> None:
        inner: Any = made
        for step in path[:-1]:
            inner = inner[step]
        if value is ...:
            del inner[path[-1]]
        else:
            inner[path[-1]] = value

    return act


FIRST_OPTION = ["item", 0, "answerOption", 0]


@pytest.mark.parametrize(
    ("act", "kind", "sentence"),
    [
        (change(["resourceType"], "Patient"), NotRecognised, "no FHIR Questionnaire"),
        (change(["group"], {}), NotRecognised, "another release of FHIR than R4"),
        (change(["item", 0, "type"], "coding"), NotRecognised, "another release of FHIR than R4"),
        (change(["item", 0, "option"], []), NotRecognised, "another release of FHIR than R4"),
        (change(["code", 0, "code"], "69737-5"), Malformed, "panel 44249-1 was expected, found 69737-5"),
        (change(["item", 8], ...), Malformed, "has 8 questions and PHQ-9 has 9"),
        (
            change(["item", 0, "code", 0, "code"], "44255-8"),
            Malformed,
            "question 1: code 44250-9 was expected, found 44255-8",
        ),
        (change(["item", 8, "code", 0, "code"], "44261-6"), Malformed, "has 8 questions"),
        (change(["item", 0, "answerOption"], []), Malformed, "question 1: its answers count none"),
        (change([*FIRST_OPTION], ...), Malformed, "its answers count 1, 2, 3, and 0, 1, 2, 3 was expected"),
        (change([*FIRST_OPTION, "valueCoding", "extension"], ...), Malformed, "a whole ordinalValue"),
        (
            change([*FIRST_OPTION, "valueCoding", "extension", 0, "valueDecimal"], 0.5),
            Malformed,
            "a whole ordinalValue",
        ),
        (
            change([*FIRST_OPTION, "valueCoding", "extension", 0, "valueDecimal"], 1e300),
            Malformed,
            "a whole ordinalValue",
        ),
        (
            change([*FIRST_OPTION, "valueCoding", "extension", 0, "valueDecimal"], True),
            Malformed,
            "a whole ordinalValue",
        ),
        (
            change([*FIRST_OPTION, "valueCoding", "extension", 0, "valueDecimal"], 1),
            Malformed,
            "its answers count 1, 1, 2, 3",
        ),
        (
            change([*FIRST_OPTION, "valueCoding", "code"], "LA6571-9"),
            Malformed,
            "answer LA6571-9 counts something else",
        ),
        (change([*FIRST_OPTION, "valueCoding"], ...), Malformed, "valueCoding or valueInteger"),
        (change([*FIRST_OPTION, "valueCoding", "display"], ...), Malformed, "display as text"),
        (change(["item", 0, "text"], ...), Malformed, "question 1: expected a text"),
        (change(["item", 0, "text"], " "), Malformed, "text as text"),
        (change(["item", 0, "linkId"], ...), Malformed, "linkId as text"),
        (change(["item", 1, "linkId"], "1"), Malformed, "a linkId of its own"),
        (change(["item", 0, "answerValueSet"], "#gone"), Malformed, "answers inside the file"),
        (change(["item"], "nine"), Malformed, "item as a list of objects"),
        (change(["item", 0], 3), Malformed, "item as a list of objects"),
        (change(["item", 0, "text"], "a" * (LONGEST_TEXT + 1)), TooLarge, "at most 1000"),
        (
            change(["item", 0, "answerOption"], [{"valueInteger": 0}] * (MOST_OPTIONS + 1)),
            TooLarge,
            "more than 120 answers",
        ),
        (
            change(["item"], [{"linkId": "x", "type": "string", "text": "x"}] * (MOST_ITEMS + 1)),
            TooLarge,
            "more than 300 questions",
        ),
    ],
)
def test_another_questionnaire_or_version_is_refused(
    resource: Resource, act: Callable[[dict[str, Any]], None], kind: type[SourceError], sentence: str
) -> None:
    made = resource("phq9")
    act(made)
    with pytest.raises(kind, match=sentence) as fault:
        load(made)
    assert "q.json" in str(fault.value)


def test_a_file_that_says_nowhere_what_it_is_is_refused(resource: Resource) -> None:
    made = resource("phq9")
    del made["code"]
    del made["item"][3]["code"]
    with pytest.raises(Malformed, match="neither the panel nor the codes"):
        load(made)


def test_one_questionnaire_is_not_taken_for_another(resource: Resource) -> None:
    for name, other in (("phq9", "gad7"), ("gad7", "phq9"), ("bat12", "bat23"), ("fss", "phq9")):
        with pytest.raises(Malformed, match="Nothing was loaded"):
            load(resource(other), name)


def test_a_list_without_a_panel_does_not_take_the_panel_of_another(resource: Resource) -> None:
    made = resource("who5")
    made["code"] = [{"system": LOINC, "code": "44249-1"}]
    with pytest.raises(Malformed, match="panel none was expected, found 44249-1"):
        load(made, "who5")
    made["code"] = [{"system": LOINC, "code": "99999-9"}, {"system": "http://snomed.info/sct", "code": "1144665009"}]
    assert load(made | {"title": "Vijf vragen"}, "who5").wording_title == "Vijf vragen"


def test_a_list_worded_here_takes_no_other_words(resource: Resource) -> None:
    with pytest.raises(KnowledgeError, match="is worded here"):
        load(resource("phq9"), "load")


def test_signs_that_turn_the_direction_of_reading_are_taken_out(resource: Resource) -> None:
    made = resource("phq9")
    made["item"][0]["text"] = "een\u202e vraag\nop\u0000 twee\tregels"
    assert load(made).items[0].text.nl == "een vraag op twee regels"


@pytest.mark.parametrize("name", ["funcap27", "funcap55"])
def test_groups_of_the_form_become_its_domains(resource: Resource, fill: Any, name: str) -> None:
    made = resource(name)
    items, cut = made["item"], [0, 3, 6, 9, 12, 15, 18, 21, None]
    made["item"] = [
        {"linkId": f"g{n}", "type": "group", "text": f"domein {n}", "item": items[cut[n] : cut[n + 1]]}
        for n in range(8)
    ]
    found = load(made, name)
    values = [6, 3, 0] + [2] * (len(items) - 3)
    results = {one.scale: one.value for one in score(found, fill(found, values))}
    assert (results["group_1"], results["group_8"]) == (3.0, 2.0)
    assert found.scale("group_1").title.nl == "domein 0"
    with pytest.raises(Malformed, match="has 1 groups of questions; expected 8"):
        load(resource(name), name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_a_file_with_anything_changed_is_loaded_whole_or_refused(resource: Resource, data: st.DataObject) -> None:
    made: Any = resource("phq9")
    inner: Any = made
    while isinstance(inner, (dict, list)) and inner:
        step = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if data.draw(st.booleans()) or not isinstance(inner[step], (dict, list)):
            inner[step] = data.draw(
                st.none() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([3])
            )
            break
        inner = inner[step]
    told = "q.json"
    try:
        assert [item.numbers for item in load(made).items] == [(0, 1, 2, 3)] * 9
    except SourceError as fault:
        told = str(fault)
    assert "q.json" in told
