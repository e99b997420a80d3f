"""What a closed sign leaves behind: its condition, and a week without anything more."""

from __future__ import annotations

import pytest
from made_people import NOW_MS, ZONES, at, event

from uitknop.core import Entry
from uitknop.guidance import action_of, closing_entry, conditions
from uitknop.guidance.closed import QUIET_DAYS, after_signs, closings, days_since_closed, doubted, talk_is_due
from uitknop.instruments import instrument
from uitknop.state import Diary, read_diary

ZONE = ZONES[0]


def diary(*entries: Entry) -> Diary:
    return read_diary(entries, now_ms=NOW_MS, zone=ZONE)


def closed(sign: str, ago: int, *, known: bool = False) -> Entry:
    return closing_entry(sign, at(ago), ZONE, known=known)


def test_each_sign_of_a_condition_is_one_of_the_page_and_each_that_adapts_has_its_own_rule() -> None:
    page = set(instrument("red_flags").items[0].keys)
    of_conditions = {sign for row in conditions().values() for sign in row.signs}
    assert of_conditions <= page
    assert all(action_of(sign).waits for sign in of_conditions)


def test_only_the_own_closings_up_to_now_count() -> None:
    lines = [closed("lump", 3), closed("lump", -1), event(ZONE, "flag/lump", "proxy:discussed", 2)]
    assert [one.at_ms for one in closings(diary(*lines))] == [at(3)]
    assert closings(diary(closed("pregnant", 3), event(ZONE, "flag/lump", "raised", 2))) == ()
    assert days_since_closed(diary(*lines)) == 3
    assert days_since_closed(diary(*lines), "fainted") is None


def test_a_talk_is_due_for_a_week_after_suicidality_and_no_other_sign() -> None:
    assert QUIET_DAYS == 7
    assert [talk_is_due(diary(closed("suicidality", ago))) for ago in (0, 6, 7)] == [0, 6, None]
    assert talk_is_due(diary(closed("chest_pain", 1))) is None


@pytest.mark.parametrize(
    ("sign", "known", "told", "found"),
    [
        ("chest_pain", False, {}, None),
        ("chest_pain", False, {"chest_pain": (at(9), False)}, None),
        ("chest_pain", False, {"chest_pain": (at(2), False)}, False),
        ("chest_pain", False, {"chest_pain": (at(9), True)}, True),
        ("chest_pain", True, {}, None),  # never known for long
        ("fainted", True, {"fainting": (at(9), False)}, True),
        ("fainted", True, {"fainting": (at(2), False)}, False),
    ],
)
def test_the_last_word_of_the_person_or_the_sign_counts(
    sign: str, known: bool, told: dict[str, tuple[int, bool]], found: bool | None
) -> None:
    has = {name: word[1] for name, word in told.items()}
    name = "fainting" if sign == "fainted" else sign
    one = diary(closed(sign, 5, known=known))
    assert after_signs(has, told, one, ()).get(name) is found
    assert after_signs(after_signs(has, told, one, ()), told, one, ()).get(name) is found
    assert (name in doubted(told, one)) is (told.get(name, (0, False))[0] <= at(5))
