"""Filling in: a list answered from a table, and a loaded official instrument without anybody's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from uitknop.instruments import Answer, Answers, Instrument, give, instrument, load_wording, no_answers
from uitknop.instruments.condition import Given

Fill = Callable[..., Answers]


@pytest.fixture(scope="session")
def fill() -> Fill:
    """Answers to an instrument: a number for every item, a list of numbers, or a table by name of the item."""

    def filled(
        one: Instrument | str, values: int | Sequence[Given] | Mapping[str, Given], *, at_ms: int = 0, by: str = "self"
    ) -> Answers:
        found = instrument(one) if isinstance(one, str) else one
        if isinstance(values, int):
            table: Mapping[str, Given] = {item.id: values for item in found.items}
        elif isinstance(values, Mapping):
            table = values
        else:
            assert len(values) == len(found.items)
            table = {item.id: value for item, value in zip(found.items, values, strict=True)}
        answers = no_answers(found)
        for name, value in table.items():
            answers = give(found, answers, Answer(name, value, at_ms, by))  # type: ignore[arg-type]
        return answers

    return filled


ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LA = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")


def resource_of(name: str, *, language: str = "nl") -> dict[str, Any]:
    """A Questionnaire with the shape of an instrument and words that nobody ever used."""
    found = instrument(name)
    items = []
    for item in found.items:
        options = []
        for value in item.numbers:
            coding: dict[str, Any] = {"display": f"antwoord {value}"}
            if item.loinc:
                coding |= {"system": "http://loinc.org", "code": LA[value]}
            coding["extension"] = [{"url": ORDINAL, "valueDecimal": value}]
            options.append({"valueCoding": coding})
        row: dict[str, Any] = {"linkId": item.id, "type": "choice", "text": f"vraag {item.number}"}
        if item.loinc:
            row["code"] = [{"system": "http://loinc.org", "code": item.loinc}]
        items.append(row | {"answerOption": options})
    resource: dict[str, Any] = {"resourceType": "Questionnaire", "status": "active", "language": language}
    resource |= {"version": "2", "item": items}
    if found.panel:
        resource["code"] = [{"system": "http://loinc.org", "code": found.panel}]
    return resource


@pytest.fixture
def resource() -> Callable[..., dict[str, Any]]:
    return resource_of


@pytest.fixture(scope="session")
def loaded() -> Callable[[str], Instrument]:
    """An official instrument after its wording was loaded."""

    def load(name: str) -> Instrument:
        return load_wording(json.dumps(resource_of(name)).encode(), f"{name}.json", instrument(name))

    return load
