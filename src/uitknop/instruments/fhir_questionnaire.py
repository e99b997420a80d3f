"""Official wording from a FHIR R4 `Questionnaire` that the user loads: checked, and only then put on the items.

Public resources carry mistakes (a GAD-7 under the panel of PHQ-9, a total under the code of an item), so panel, number
of items, codes and ordinals are compared with what the instrument is known to have. Source: HL7 FHIR R4 (4.0.1),
Questionnaire; ordinals: extension ordinalValue; codes: clinical reference, section 2.3.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError, Malformed, NotRecognised
from uitknop.instruments.catalogue import official_instruments
from uitknop.instruments.condition import items_of
from uitknop.instruments.fhir_json import parse_bounded
from uitknop.instruments.fhir_options import FhirItem, flatten
from uitknop.instruments.instrument import Instrument, Item, Scale
from uitknop.instruments.text import Text

LOINC = "http://loinc.org"


def load_wording(content: bytes, name: str, instrument: Instrument) -> Instrument:
    """The instrument with the words of a file.

    Args:
        content: bytes of the file.
        name: its name, without a path, for errors.
        instrument: the official instrument that it should be.
    Returns: the same instrument, each item with its text and options, `wording` "loaded".
    Raises:
        KnowledgeError: the instrument is worded here and takes no other words.
        NotRecognised: the file is no FHIR R4 Questionnaire.
        TooLarge: larger or deeper than a questionnaire can be.
        Malformed: it is another questionnaire or another version of this one; the sentence says where.
    """
    if instrument.wording == "own":
        raise KnowledgeError("This list is worded here; only an official questionnaire takes the words of a file.")
    resource = parse_bounded(content, name)
    if resource.get("resourceType") != "Questionnaire":
        raise NotRecognised(
            Phrase(
                "{name} is no FHIR Questionnaire. Ask the source for the questionnaire as a FHIR R4 resource in JSON.",
                {"name": name},
            )
        )
    panels = _codes(resource.get("code"))
    _check_panel(instrument, panels, name)
    rows = [row for row in flatten(resource, name) if not _is_extra(row, instrument)]
    if len(rows) != len(instrument.items):
        size = {"name": name, "found": len(rows), "expected": len(instrument.items), "title": instrument.title.en}
        raise Malformed(
            Phrase(
                "{name} has {found} questions and {title} has {expected}: another questionnaire or another version. "
                "Nothing was loaded.",
                size,
            )
        )
    _check_known(instrument, rows, panels, name)
    items = tuple(_worded(item, row, name) for item, row in zip(instrument.items, rows, strict=True))
    return replace(
        instrument,
        items=items,
        scales=(*instrument.scales, *_group_scales(instrument, rows, name)),
        wording="loaded",
        wording_title=_short(resource.get("title") or resource.get("name")),
        wording_language=_short(resource.get("language")),
        wording_version=_short(resource.get("version")),
    )


def _check_panel(instrument: Instrument, panels: set[str], name: str) -> None:
    """The panel is that of the instrument; where it has none, it is at least not that of another one."""
    others = {one.panel for one in official_instruments()} - {"", instrument.panel}
    if instrument.panel not in panels and (panels & others or (instrument.panel and panels)):
        fields = {"name": name, "expected": instrument.panel or "none", "found": ", ".join(sorted(panels))}
        raise Malformed(Phrase("{name}: panel {expected} was expected, found {found}. Nothing was loaded.", fields))


def _is_extra(row: FhirItem, instrument: Instrument) -> bool:
    """A total, or a question beside the instrument that official forms carry and no scale counts."""
    return bool(row.codes & {instrument.total, *instrument.also} - {""})


def _check_known(instrument: Instrument, rows: list[FhirItem], panels: set[str], name: str) -> None:
    """Codes are the ones of the instrument, in its order, and at least something says which instrument it is."""
    coded, flagged = 0, {name for rule in instrument.flags for name in items_of(rule.when)}
    for item, row in zip(instrument.items, rows, strict=True):
        if item.loinc and not row.codes and item.id in flagged:
            raise Malformed(
                Phrase(
                    "{name}, question {number}: it has no code, so it can't be known that this is the question about "
                    "safety. Nothing was loaded; ask the source for the questionnaire with its codes.",
                    {"name": name, "number": item.number},
                )
            )
        if not item.loinc or not row.codes:
            continue
        if item.loinc not in row.codes:
            fields = {
                "name": name,
                "number": item.number,
                "expected": item.loinc,
                "found": ", ".join(sorted(row.codes)),
            }
            raise Malformed(
                Phrase(
                    "{name}, question {number}: code {expected} was expected, found {found}. Nothing was loaded.",
                    fields,
                )
            )
        coded += 1
    known = instrument.panel in panels or coded == len(rows)
    if any(item.loinc for item in instrument.items) and not known:
        raise Malformed(
            Phrase(
                "{name}: neither the panel nor the codes of its questions say that this is {title}. "
                "Nothing was loaded.",
                {"name": name, "title": instrument.title.en},
            )
        )


def _worded(item: Item, row: FhirItem, name: str) -> Item:
    found = tuple(option.value for option in row.options)
    if sorted(found) != sorted(item.numbers) or len(set(found)) != len(found):
        fields = {
            "name": name,
            "number": item.number,
            "found": ", ".join(str(value) for value in found) or "none",
            "expected": ", ".join(str(value) for value in item.numbers),
        }
        raise Malformed(
            Phrase(
                "{name}, question {number}: its answers count {found}, and {expected} was expected: another version. "
                "Nothing was loaded.",
                fields,
            )
        )
    for option in row.options:
        if option.code in _ORDINAL_OF and item.loinc and _ORDINAL_OF[option.code] != option.value:
            fields = {"name": name, "number": item.number, "code": option.code}
            raise Malformed(
                Phrase("{name}, question {number}: answer {code} counts something else. Nothing was loaded.", fields)
            )
    return replace(item, kind="choice", text=Text(row.text, row.text), options=row.options, allowed=())


def _group_scales(instrument: Instrument, rows: list[FhirItem], name: str) -> tuple[Scale, ...]:
    """A mean per group, for an instrument whose domains only the official form tells apart."""
    if not instrument.groups:
        return ()
    groups = list(dict.fromkeys(row.group for row in rows))
    if len(groups) != instrument.groups:
        fields = {"name": name, "found": len(groups), "expected": instrument.groups}
        raise Malformed(
            Phrase("{name} has {found} groups of questions; expected {expected}. Nothing was loaded.", fields)
        )
    scales = []
    for number, group in enumerate(groups, 1):
        items = [item for item, row in zip(instrument.items, rows, strict=True) if row.group == group]
        title = next(row.group_title for row in rows if row.group == group) or f"{number}"
        names = tuple(item.id for item in items)
        scales.append(Scale(f"group_{number}", Text(title, title), names, "mean", items[0].low, items[0].high))
    return tuple(scales)


def _codes(value: Any) -> set[str]:
    rows = value if isinstance(value, list) else []
    return {str(row.get("code")) for row in rows if isinstance(row, dict) and row.get("system", LOINC) == LOINC}


def _short(value: Any) -> str:
    return value[:60] if isinstance(value, str) else ""


_ORDINAL_OF = {"LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3}
"""LOINC codes of the four answers of PHQ and GAD."""
