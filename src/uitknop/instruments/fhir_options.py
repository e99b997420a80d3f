"""The questions of a FHIR R4 Questionnaire in their order: text, codes, group, and answers with their ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uitknop.core import Phrase, Value
from uitknop.core.errors import Malformed, NotRecognised, TooLarge
from uitknop.instruments.instrument import Option
from uitknop.instruments.text import Text

LOINC = "http://loinc.org"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
MOST_ITEMS = 300
MOST_OPTIONS = 120
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class FhirItem(Value):
    """One question of the file.

    Args:
        link: its linkId.
        text: its words.
        codes: its LOINC codes.
        options: its answers; empty when it has none to choose.
        group: linkId of the group it stands in at the top, else empty.
        group_title: words of that group.
    """

    link: str
    text: str
    codes: frozenset[str]
    options: tuple[Option, ...]
    group: str
    group_title: str


def flatten(resource: Mapping[str, Any], name: str) -> list[FhirItem]:
    """Every question of a resource, in the order of the form; groups are opened, displays left out.

    Raises:
        NotRecognised: shaped as another release of FHIR than R4.
        TooLarge: more questions or answers, or longer texts, than a questionnaire has.
        Malformed: a field of another type, an answer without an ordinal, a linkId that stands twice.
    """
    if "group" in resource:
        raise _other_release(name)
    sets = _value_sets(resource, name)
    found: list[FhirItem] = []
    for row, group, title in _questions(_rows(resource, "item", name), name, "", ""):
        if len(found) >= MOST_ITEMS:
            fields = {"name": name, "limit": MOST_ITEMS}
            raise TooLarge(Phrase("{name} has more than {limit} questions. Nothing was loaded.", fields))
        found.append(_question(row, group, title, sets, name))
    links = [one.link for one in found]
    for link in links:
        if links.count(link) > 1:
            raise _fault(name, link, "a linkId of its own")
    return found


def _questions(
    rows: list[Mapping[str, Any]], name: str, group: str, title: str
) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    for row in rows:
        kind = row.get("type")
        if kind == "coding" or "option" in row:
            raise _other_release(name)
        if kind == "display":
            continue
        inner = _rows(row, "item", name)
        if kind == "group":
            link = _text(row, "linkId", name)
            said = _text(row, "text", name) if "text" in row else ""
            yield from _questions(inner, name, group or link, title or said)
        else:
            yield row, group, title
            yield from _questions(inner, name, group, title)


def _question(
    row: Mapping[str, Any], group: str, title: str, sets: Mapping[str, tuple[Option, ...]], name: str
) -> FhirItem:
    link = _text(row, "linkId", name)
    codes = frozenset(
        _text(code, "code", name) for code in _rows(row, "code", name) if code.get("system", LOINC) == LOINC
    )
    named = row.get("answerValueSet")
    if isinstance(named, str):
        if named.removeprefix("#") not in sets:
            raise _fault(name, link, "answers inside the file")
        options = sets[named.removeprefix("#")]
    else:
        options = _options(_rows(row, "answerOption", name), name, link)
    said = _text(row, "text", name) if "text" in row else ""
    if not said and options:
        raise _fault(name, link, "a text")
    return FhirItem(link, said, codes, options, group, title)


def _value_sets(resource: Mapping[str, Any], name: str) -> dict[str, tuple[Option, ...]]:
    """Sets of answers that the file itself contains, by their id."""
    found = {}
    for row in _rows(resource, "contained", name):
        if row.get("resourceType") == "ValueSet":
            compose, expansion = row.get("compose"), row.get("expansion")
            concepts: list[Mapping[str, Any]] = []
            for part in _rows(compose, "include", name) if isinstance(compose, dict) else []:
                concepts += _rows(part, "concept", name)
            if not concepts and isinstance(expansion, dict):
                concepts = _rows(expansion, "contains", name)
            link = _text(row, "id", name)
            found[link] = _options([{"valueCoding": concept} for concept in concepts], name, link)
    return found


def _options(rows: list[Mapping[str, Any]], name: str, link: str) -> tuple[Option, ...]:
    if len(rows) > MOST_OPTIONS:
        raise TooLarge(
            Phrase(
                "{name}, question {link}: more than {limit} answers. Nothing was loaded.",
                {"name": name, "link": link, "limit": MOST_OPTIONS},
            )
        )
    found = []
    for row in rows:
        number = row.get("valueInteger")
        coding = row.get("valueCoding")
        if type(number) is int:
            found.append(Option(number, Text(str(number), str(number))))
        elif isinstance(coding, dict):
            code = _text(coding, "code", name) if "code" in coding else ""
            said = _text(coding, "display", name)
            found.append(Option(_ordinal(coding, row, name, link), Text(said, said), code=code))
        else:
            raise _fault(name, link, "answers as valueCoding or valueInteger")
    return tuple(found)


def _ordinal(coding: Mapping[str, Any], row: Mapping[str, Any], name: str, link: str) -> int:
    for extension in (*_rows(coding, "extension", name), *_rows(row, "extension", name)):
        if extension.get("url") == ORDINAL:
            value = extension.get("valueDecimal", extension.get("valueInteger"))
            if (
                isinstance(value, (int, float))
                and not isinstance(value, bool)
                and abs(value) < 1e6
                and value == int(value)
            ):
                return int(value)
    raise _fault(name, link, "a whole ordinalValue on each answer")


def _rows(row: Mapping[str, Any], key: str, name: str) -> list[Mapping[str, Any]]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise _fault(name, str(row.get("linkId", ""))[:40], f"{key} as a list of objects")
    return value


def _text(row: Mapping[str, Any], key: str, name: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _fault(name, str(row.get("linkId", ""))[:40], f"{key} as text")
    if len(value) > LONGEST_TEXT:
        raise TooLarge(
            Phrase(
                "{name}: a text of {found} letters; at most {limit} are taken. Nothing was loaded.",
                {"name": name, "found": len(value), "limit": LONGEST_TEXT},
            )
        )
    # A text on a screen: what moves the cursor or turns the direction of reading has no place in it.
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", " ", value).split())


def _other_release(name: str) -> NotRecognised:
    return NotRecognised(
        Phrase(
            "{name} is written for another release of FHIR than R4. Ask the source for the questionnaire in R4.",
            {"name": name},
        )
    )


def _fault(name: str, link: str, expected: str) -> Malformed:
    fields = {"name": name, "link": link, "expected": expected}
    return Malformed(Phrase("{name}, question {link}: expected {expected}. Nothing was loaded.", fields))
