"""Practices are data: complete, graded no better than their claims, every number within its limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from uitknop.core.errors import KnowledgeError, LimitError
from uitknop.guidance.limits import within_limits
from uitknop.guidance.practices import (
    Care,
    Number,
    Practice,
    checked_practices,
    conditions,
    practice,
    practices,
    rest_menu,
)

NEVER_TOLD = {
    1,
    3,
    8,
    10,
    13,
    16,
    26,
    35,
    39,
    52,
    59,
    60,
    70,
    72,
    74,
    75,
    85,
    92,
    95,
    101,
    108,
    115,
    139,
    175,
    176,
    183,
}
PEM_GATE = {2, 25, 77, 111, 112, 119, 120, 123}


def numbers_of(claims: tuple[str, ...]) -> set[int]:
    return {int(claim.removeprefix("C")) for claim in claims}


def test_what_was_asked_for_is_there() -> None:
    asked = "slow_breathing nsdr quiet_rest nature_time social_safety easy_walk pacing careful_restart warm_bottle"
    assert set(asked.split()) <= set(practices())
    assert {row.group for row in practices().values()} == {"breathing", "rest", "menu", "around", "pace", "talk"}


def test_the_rest_menu_has_every_item_in_its_order() -> None:
    expected = "warm_bottle dark_quiet say_resting weighted_blanket eye_mask phone_away cold_cloth slow_breathing"
    assert [row.id for row in rest_menu()] == [*expected.split(), "soft_scent", "nature_sounds"]


def test_slow_breathing_is_four_in_six_out() -> None:
    told = practice("slow_breathing").numbers
    assert (told["in_s"].value, told["out_s"].value, told["minutes"].value) == (4, 6, 5)
    assert practice("slow_breathing").numbers_p["minutes"].value == 3


@pytest.mark.parametrize("row", practices().values(), ids=lambda row: row.id)
def test_every_number_lies_within_its_limit(row: Practice) -> None:
    told = [*row.numbers.values(), *row.numbers_p.values(), *row.numbers_severe.values()]
    assert [number for number in told if not within_limits(number.limit, number.value)] == []


def test_no_practice_leans_on_a_claim_that_is_never_told() -> None:
    assert [row.id for row in practices().values() if numbers_of(row.claims) & NEVER_TOLD] == []


def test_no_practice_for_pem_leans_on_a_claim_behind_the_gate() -> None:
    assert [row.id for row in practices().values() if "P" in row.tracks and numbers_of(row.claims) & PEM_GATE] == []


def test_a_graded_practice_names_what_it_leans_on() -> None:
    ungraded = [row.id for row in practices().values() if row.grade is None]
    assert ungraded == ["consult_sheet"]
    assert [row.id for row in practices().values() if row.grade and not (row.claims or row.sources)] == []
    assert [row.id for row in practices().values() if row.grade in ("A", "X")] == []


def test_what_can_burn_chill_or_cover_is_asked_about_first() -> None:
    first = {row.id for row in practices().values() if row.form_first}
    assert {"warm_bottle", "cold_cloth", "weighted_blanket", "easy_walk"} <= first
    assert [row.id for row in practices().values() if row.form_first and not row.not_with] == []


def test_a_practice_beyond_a_limit_is_not_loaded() -> None:
    row = replace(practice("warm_bottle"), numbers={"warmest_c": Number(60, "warm_c")})
    with pytest.raises(LimitError):
        checked_practices([row])


@pytest.mark.parametrize(
    "change",
    [{"not_with": ("tiredness",)}, {"careful": (Care(("tiredness",), "rust", "rest"),)}],
)
def test_a_condition_nobody_knows_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(KnowledgeError):
        checked_practices([replace(practice("nsdr"), **change)])  # type: ignore[arg-type]


def test_one_id_is_one_practice() -> None:
    with pytest.raises(KnowledgeError):
        checked_practices([practice("nsdr"), practice("nsdr")])


def test_every_condition_is_used() -> None:
    rows = practices().values()
    used = {one for row in rows for one in (*row.not_with, *(name for care in row.careful for name in care.conditions))}
    assert set(conditions()) - used == set()


def test_there_is_no_practice_of_another_name() -> None:
    with pytest.raises(KnowledgeError):
        practice("running")
