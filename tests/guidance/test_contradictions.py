"""How the contradictions between the texts are resolved in what is said: one test for each row of that table."""

from __future__ import annotations

import re

import pytest
from made_people import ZONES, Made, at, event, known, tapped, whole_screen

from uitknop.guidance import Guided, Settings, practices, rest_menu
from uitknop.instruments import Answer, instrument, to_entry

ZONE = ZONES[0]
CHECKED = to_entry(instrument("red_flags"), Answer("signs", ("none",), at(20)), ZONE)

Words = list[tuple[str, str, str]]


def guided(*, pem: bool, phase: int = 2, row: str = "f" * 40, severity: int | None = None) -> Guided:
    lines = [CHECKED, *whole_screen(ZONE, 40, positive=pem), *tapped(row)]
    lines += [event(ZONE, "phase", "2", 26)] if phase == 2 else []
    lines += [to_entry(instrument("function"), Answer("ordinary_day", severity or 0, at(5)), ZONE)]
    has = dict.fromkeys(("fever", "chest_pain", "fainting"), False)
    return known(Made(tuple(lines), has=has, settings=Settings(plan=True))).guided


def never(words: Words, nl: str, en: str) -> list[str]:
    """Texts that hold what is not to be said."""
    return [text for _, lang, text in words if re.search(nl if lang == "nl" else en, text, re.IGNORECASE)]


def test_1_walk_or_rest_pem_decides() -> None:
    assert guided(pem=True).kind == "protect"
    assert guided(pem=False).kind == "more"


def test_2_sleep_is_never_shortened(all_words: Words) -> None:
    assert (
        never(all_words, r"minder slapen|slaap (over|uitstellen)|korter slapen", r"sleep less|skip sleep|less sleep")
        == []
    )


def test_3_rest_first_and_then_structure_without_pem_and_inside_the_limit_with_it() -> None:
    found = [known(on_b(checked=ago)).guided.step for ago in (3, 13, 14, 20)]
    assert found == ["rest_a_few_times", "rest_a_few_times", "day_rhythm", "day_rhythm"]
    assert guided(pem=True).practice == "pacing"


def on_b(checked: int) -> Made:
    """Phase 1 on track B with the plan off, since so many days."""
    page = to_entry(instrument("red_flags"), Answer("signs", ("none",), at(checked)), ZONE)
    return Made((page, *whole_screen(ZONE, 40, positive=False), *tapped("f" * 40)))


def test_4_nothing_is_counted_in_a_row_and_not_measuring_changes_nothing(all_words: Words) -> None:
    assert never(all_words, r"op rij|\bstreak|\bstappen\b.*\bteller", r"in a row|streak|step count") == []


@pytest.mark.parametrize(("pem", "severity", "minutes"), [(False, None, 5), (True, 1, 3), (True, 3, 1)])
def test_5_breathing_lasts_five_minutes_and_less_with_pem(pem: bool, severity: int | None, minutes: int) -> None:
    fits = {offer.practice: offer.numbers for offer in guided(pem=pem, severity=severity).fits}
    assert fits["slow_breathing"]["minutes"].value == minutes


def test_6_and_10_neither_cortisol_nor_cells_are_spoken_of(all_words: Words) -> None:
    assert (
        never(all_words, r"cortisol|bijnier|\bATP\b|mitochondri|\bcel(len)?\b", r"cortisol|adrenal|\bATP\b|\bcells?\b")
        == []
    )


def test_7_no_cause_is_named(all_words: Words) -> None:
    assert never(all_words, r"komt door je|oorzaak", r"is caused by|the cause") == []


def test_8_the_day_comes_first_and_deeper_work_later() -> None:
    assert 1 in practices()["day_rhythm"].phases
    assert set(practices()["problem_solving"].phases) == {2, 3}
    worksheet = practices()["signals_worksheet"]
    assert "professional" in " ".join(care.nl for care in worksheet.careful)


def test_9_nothing_goes_away_for_good_and_nothing_is_forever(all_words: Words) -> None:
    wrong = never(
        all_words,
        r"definitief|genees|voorgoed|nooit meer over|ongeneeslijk",
        r"for good\b|cure|incurable|never go away",
    )
    assert wrong == []


def test_11_body_and_mind_are_not_set_against_each_other(all_words: Words) -> None:
    assert never(all_words, r"tussen de oren|niet psychisch|puur lichamelijk", r"in your head|purely physical") == []


def test_12_no_step_and_no_practice_is_about_a_supplement() -> None:
    assert [row.id for row in practices().values() if re.search("supplement|vitamin|mineral", row.id)] == []


def test_13_questions_of_work_go_to_the_occupational_physician() -> None:
    for name in ("work_talk", "limits_at_work"):
        assert "bedrijfsarts" in f"{practices()[name].what.nl} {practices()[name].known.nl}"


def test_14_warmth_and_cold_are_both_there_and_both_are_asked_about_first() -> None:
    menu = {row.id: row for row in rest_menu()}
    assert menu["warm_bottle"].form_first
    assert menu["cold_cloth"].form_first
