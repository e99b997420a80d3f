"""A crash is what the person calls one: it starts, lasts and ends by the taps, and silence is never an end."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.state import find_crashes
from uitknop.state.crashes import ask_whether_crash, crash_free, crash_now


@pytest.mark.parametrize(
    ("word", "lengths"),
    [
        ("fffh", []),
        ("fcf", [(1, 1)]),
        ("fcccff", [(3, 3)]),
        ("fc..cf", [(4, 4)]),
        ("fc.f", [(1, 2)]),
        ("fcfcf", [(1, 1), (1, 1)]),
        ("fc...cf", [(1, math.inf), (1, 1)]),
        ("fch", [(1, 1)]),
        ("fcc", [(2, math.inf)]),
    ],
)
def test_duration_lies_between_what_was_told(lines: Any, word: str, lengths: list[tuple[float, float]]) -> None:
    found = find_crashes(lines.diary(lines.taps(word)))
    assert [(one.duration.low, one.duration.high) for one in found] == lengths
    assert [one.duration.censored for one in found] == [None if high < math.inf else "right" for _, high in lengths]


def test_a_crash_told_afterwards_has_its_start_and_end(lines: Any) -> None:
    told = replace(lines.event("note", "crash", 9), end_ms=lines.at(6))
    [crash] = find_crashes(lines.diary([told, *lines.taps("ffffff")]))
    assert (crash.start_ms, crash.duration.low, crash.duration.high) == (lines.at(9), 4, 4)


def test_a_crash_starts_at_its_first_line(lines: Any) -> None:
    told = lines.event("note", "crash", 1, hour=7)
    [crash] = find_crashes(lines.diary([*lines.taps("fc"), told]))
    assert crash.start_ms == told.at_ms


def test_crash_free_days_say_how_many_of_them_are_known(lines: Any) -> None:
    diary = lines.diary(lines.taps("fcf..f"))
    free = crash_free(diary, find_crashes(diary))
    assert (free.days, free.known) == (4, 2)
    assert crash_free(lines.diary([]), ()).days is None


def test_a_crash_is_on_until_another_tap_or_a_few_silent_days(lines: Any) -> None:
    for word, on in (("fc", True), ("fc..", True), ("fc...", False), ("fcf", False)):
        diary = lines.diary(lines.taps(word))
        assert crash_now(find_crashes(diary), diary.today) is on


def test_energy_that_falls_asks_and_makes_no_crash(lines: Any) -> None:
    diary = lines.diary(lines.weekly("energy", [7, 4]))
    asked = ask_whether_crash(diary, find_crashes(diary))
    assert (asked.code, asked.found, asked.needed) == ("energy_fell", 3, 2)
    assert find_crashes(diary) == ()
    assert ask_whether_crash(lines.diary(lines.weekly("energy", [7, 6])), ()) is None


def test_energy_that_falls_in_a_crash_asks_nothing(lines: Any) -> None:
    diary = lines.diary([*lines.weekly("energy", [7, 4]), *lines.taps("cff")])
    assert ask_whether_crash(diary, find_crashes(diary)) is None


@given(word=st.text("fhc.", max_size=30))
def test_crashes_lie_apart_in_order_and_hold_every_day_called_one(lines: Any, word: str) -> None:
    diary = lines.diary(lines.taps(word))
    found = find_crashes(diary)
    for one, other in itertools.pairwise(found):
        assert one.last_day < other.first_day
    inside = [day for day, said in diary.taps.items() for one in found if one.first_day <= day <= one.last_day]
    assert len(inside) == sum(one.duration.n for one in found) == word.count("c")
    assert all(one.duration.low <= one.duration.high for one in found)
