"""A low time by the answers, and a total that hides its question on suicide."""

from __future__ import annotations

import pytest
from made_people import NOW_MS, ZONES, at, event

from uitknop.core import Entry
from uitknop.guidance.low_mood import SAFETY_LIMITS, low_mood, safety_unknown
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.state import Diary, read_diary

ZONE = ZONES[0]


def diary(*entries: Entry) -> Diary:
    return read_diary(entries, now_ms=NOW_MS, zone=ZONE)


def one(name: str, item: str, value: int, ago: int = 3) -> Entry:
    return to_entry(instrument(name), Answer(item, value, at(ago)), ZONE)


def typed(total: int, ago: int = 3) -> Entry:
    return event(ZONE, "total/phq9/total", f"{total} | Dutch, 2014", ago)


def test_each_limit_is_a_published_one_of_a_form_that_asks_about_suicide() -> None:
    for name, limit in SAFETY_LIMITS.items():
        form, _, scale = name.partition("/")
        assert "suicidality" in {flag.id for flag in instrument(form).flags}
        row = instrument(form).scale(scale)
        assert row is not None
        assert limit in {
            cutoff.value + (cutoff.side == "above") for cutoff in row.cutoffs if cutoff.meaning.en == "moderate"
        }


def test_low_is_what_the_own_list_or_a_total_says_until_it_is_answered_anew() -> None:
    assert low_mood(diary()) is None
    assert low_mood(diary(one("mood", "low", 2, 200))) is not None
    assert low_mood(diary(one("mood", "low", 2, 200), one("mood", "low", 0), one("mood", "joy", 0))) is None
    assert low_mood(diary(typed(9))) is None
    assert low_mood(diary(typed(10))) is not None
    assert low_mood(diary(typed(10, 90))) is None


@pytest.mark.parametrize(("value", "ago", "asks"), [(0, 4, True), (0, 3, False), (0, 1, False)])
def test_the_question_itself_answered_since_settles_it(value: int, ago: int, asks: bool) -> None:
    found = safety_unknown(diary(typed(24), one("phq9", "9", value, ago)))
    assert (found is not None) is asks
    if found is not None:
        assert (found.code, found.found, found.needed) == ("safety_item_unknown", 24, 10)


def test_points_of_the_4dkl_are_recoded_before_they_are_added() -> None:
    items = ("28", "30", "33", "34", "35")
    assert safety_unknown(diary(one("4dkl", items[0], 4))) is None  # two points
    assert safety_unknown(diary(*(one("4dkl", item, 1) for item in items[:3]))) is not None
