"""The sheet as a whole: five headings in order for everybody, help on it, and nothing that is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from uitknop.core.errors import Malformed
from uitknop.guidance import help_numbers
from uitknop.report.sheet import FIELDS, PARTS, ConsultSheet, sheet_of
from uitknop.report.sheet.consult import ALL_FIELDS

Make = Callable[..., ConsultSheet]


def lines_of(sheet: ConsultSheet) -> list[Any]:
    return [line for section in sheet.sections for line in section.lines] + list(sheet.questions)


def texts_of(sheet: ConsultSheet) -> set[str]:
    return {line.text for line in lines_of(sheet)}


def test_everybody_gets_the_five_headings_in_order(make: Make, who: str, lang: str) -> None:
    sheet = make(who, lang)
    assert [section.part for section in sheet.sections if section.part != "signs"] == [*PARTS[1:]]
    assert all(section.lines for section in sheet.sections)
    assert sheet.unknown
    assert sheet.whole


def test_the_telephone_numbers_of_help_are_on_every_sheet(make: Make, who: str, lang: str) -> None:
    numbers = {
        one.call or one.chat for one in help_numbers().values() if one.id in ("112", "113", "0800-0113", "113.nl")
    }
    assert len(numbers) == 4
    assert all(number in make(who, lang).help for number in numbers)
    assert all(number in make(who, lang, left_out=PARTS).help for number in numbers)


@pytest.mark.parametrize("field", sorted(ALL_FIELDS))
def test_a_field_that_is_left_out_is_nowhere(make: Make, who: str, field: str) -> None:
    whole, without = make(who, "nl"), make(who, "nl", left_out=(field,))
    of_field = {line.text for line in lines_of(whole) if line.field == field or field in line.tells_of}
    assert of_field & texts_of(without) == set()
    assert not [line for line in lines_of(without) if line.field == field or field in line.tells_of]
    assert texts_of(without) <= texts_of(whole)
    assert not without.whole


@pytest.mark.parametrize("part", PARTS)
def test_a_heading_that_is_left_out_takes_its_fields_along(make: Make, who: str, part: str) -> None:
    without = make(who, "nl", left_out=(part,))
    assert part not in {section.part for section in without.sections}
    assert not {line.field for line in lines_of(without)} & set(FIELDS[part])


def test_what_is_left_out_cannot_be_guessed_from_the_foot(make: Make) -> None:
    sheet = make("burnout", "nl", left_out=("heart", "days", "crashes"))
    said = " ".join((*sheet.unknown, sheet.whose))
    assert not [word for word in ("hart", "sensor", "28 dagen", "grens") if word in said]
    assert "niet alles staat erop" in sheet.whose


def test_claims_of_a_line_that_is_left_out_are_not_on_the_back(make: Make) -> None:
    whole, without = make("burnout", "nl"), make("burnout", "nl", left_out=("heart",))
    assert "C102" in {one.id for one in whole.leans_on}
    assert "C102" not in {one.id for one in without.leans_on}
    assert all(one.id in {claim for line in lines_of(without) for claim in line.claims} for one in without.leans_on)


def test_mood_left_out_leaves_no_mood_among_complaints_or_questions(make: Make) -> None:
    words = ("somber", "stemming", "geprikkeld", "zorgen die")
    whole, without = (" ".join(texts_of(make("burnout", "nl", left_out=gone))) for gone in ((), ("mood",)))
    assert all(word in whole for word in words)
    assert not [word for word in words if word in without]


def test_a_name_that_is_no_part_is_refused_with_those_there_are(make: Make) -> None:
    with pytest.raises(Malformed, match=r"no part called blood.*labs \(values, supplements, conditions\)"):
        make("nothing", "en", left_out=("blood",))


def test_what_was_filled_in_by_somebody_else_is_said_to_be_so(make: Make) -> None:
    assert "Iemand vulde een deel voor mij in" in make("severe", "nl").whose
    assert "Iemand" not in make("burnout", "nl").whose


def test_open_red_flags_come_first_with_what_was_said(make: Make) -> None:
    sheet = make("flagged", "nl")
    assert sheet.sections[0].part == "signs"
    said = sheet.sections[0].lines[0].text
    assert "ik denk eraan een einde te maken aan mijn leven" in said
    assert said.endswith("Hiervoor heb ik nu hulp nodig: 113 of 112.")
    assert [line.text.rpartition(". ")[2] for line in sheet.sections[0].lines[1:3]] == [
        "Hiervoor is nu 112 nodig.",
        "Hiervoor moet ik vandaag de huisarts bellen.",
    ]
    assert len(sheet.sections[0].lines) == 4
    assert make("flagged", "nl", left_out=("signs",)).sections[0].part == "load"


def test_a_sign_that_only_adapts_is_no_red_flag_on_the_sheet(make: Make) -> None:
    assert make("severe", "nl").sections[0].part == "load"


def test_the_same_input_gives_the_same_sheet(make: Make, who: str, lang: str) -> None:
    assert make(who, lang) == make(who, lang)


def test_the_order_of_the_diary_changes_nothing(people: Any, who: str) -> None:
    person = people(who)
    turned = replace(person, entries=tuple(reversed(person.entries)))
    one, other = (
        sheet_of(each.stands, "nl", entries=each.entries, findings=each.findings) for each in (person, turned)
    )
    assert one == other


def test_an_object_for_programs_holds_the_sheet_and_no_more(make: Make) -> None:
    told = make("burnout", "nl", left_out=("labs",)).to_dict()
    assert "emoglobine" not in str(told)
    assert "magnesium" not in str(told)
    assert [section["part"] for section in told["sections"]] == ["load", "rest", "mood", "now"]


def test_a_well_kept_diary_in_phase_1_fills_every_heading(make: Make, lang: str) -> None:
    sheet = make("calming", lang)
    assert [len(section.lines) for section in sheet.sections] == [6, 9, 4, 6, 3]
    assert len(sheet.questions) == 4
    assert not [word for text in texts_of(sheet) for word in (" je lijf", "your body") if word in text]
