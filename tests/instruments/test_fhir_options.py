"""The questions of a resource in the order of the form."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.core.errors import Malformed
from uitknop.instruments.fhir_options import ORDINAL, flatten


def question(link: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": "choice", "text": f"vraag {link}", "answerOption": [{"valueInteger": 0}], **more}


def test_nested_groups_and_questions_under_questions_keep_the_order_of_the_form() -> None:
    inner = {"linkId": "g2", "type": "group", "item": [question("2")]}
    outer = {"linkId": "g1", "type": "group", "text": "eerst", "item": [question("1", item=[question("1a")]), inner]}
    found = flatten({"item": [outer, question("3")]}, "q.json")
    assert [(row.link, row.group, row.group_title) for row in found] == [
        ("1", "g1", "eerst"),
        ("1a", "g1", "eerst"),
        ("2", "g1", "eerst"),
        ("3", "", ""),
    ]


@pytest.mark.parametrize("where", ["coding", "row"])
@pytest.mark.parametrize("value", [{"valueDecimal": 2.0}, {"valueInteger": 2}])
def test_an_ordinal_stands_on_the_answer_or_beside_it(where: str, value: dict[str, Any]) -> None:
    extension = [{"url": "http://example.org/other"}, {"url": ORDINAL, **value}]
    coding: dict[str, Any] = {"display": "twee"}
    row: dict[str, Any] = {"valueCoding": coding}
    (coding if where == "coding" else row)["extension"] = extension
    (found,) = flatten({"item": [question("1", answerOption=[row])]}, "q.json")
    assert [(option.value, option.text.nl) for option in found.options] == [(2, "twee")]


def test_codes_of_other_systems_do_not_count() -> None:
    codes = [
        {"system": "http://snomed.info/sct", "code": "1"},
        {"system": "http://loinc.org", "code": "2"},
        {"code": "3"},
    ]
    (found,) = flatten({"item": [question("1", code=codes)]}, "q.json")
    assert found.codes == {"2", "3"}


def test_a_set_of_answers_elsewhere_is_not_fetched() -> None:
    row = question("1", answerValueSet="http://example.org/answers")
    with pytest.raises(Malformed, match="answers inside the file"):
        flatten({"item": [row]}, "q.json")
