"""Rounds are counted apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.core.errors import Malformed
from uitknop.instruments import Answer, from_entries, instrument, rounds, score, to_entry
from uitknop.instruments.condition import Given

DAY_MS = 86_400_000


def line(name: str, item: str, value: Given, day: float, by: str = "self") -> Entry:
    return to_entry(instrument(name), Answer(item, value, round(day * DAY_MS), by), "UTC")  # type: ignore[arg-type]


def phq9(day: float, value: int, items: int = 9) -> list[Entry]:
    return [line("phq9", item.id, value, day) for item in instrument("phq9").items[:items]]


def test_answers_of_different_months_are_never_counted_together() -> None:
    found = rounds(instrument("phq9"), [*phq9(100, 1), *phq9(0, 2)[4:], *phq9(0, 3, 4)])
    assert [score(instrument("phq9"), one)[0].value for one in found] == [22, 9]
    half = rounds(instrument("phq9"), [*phq9(0, 2), *phq9(30, 1, 5)])
    assert [score(instrument("phq9"), one)[0].value for one in half] == [18, None]


def test_a_round_may_take_days_and_a_later_answer_corrects() -> None:
    told = [*phq9(0, 1, 5), *phq9(13, 1)[5:], line("phq9", "1", 3, 13.5)]
    (found,) = rounds(instrument("phq9"), told)
    assert score(instrument("phq9"), found)[0].value == 11


@pytest.mark.parametrize(
    ("name", "day", "n"),
    [
        ("load", 13.9, 1),
        ("load", 14, 2),
        ("energy", 7, 2),
        ("red_flags", 83, 1),
    ],
)
def test_a_round_lasts_until_the_list_may_be_begun_anew(name: str, day: float, n: int) -> None:
    one = instrument(name)
    value: Given = ("none",) if one.items[0].kind == "many" else one.items[0].numbers[0]
    assert len(rounds(one, [line(name, one.items[0].id, value, at) for at in (0, day)])) == n


def test_a_list_about_half_a_year_is_not_begun_anew_after_two_weeks() -> None:
    one = instrument("dsq_pem")
    days = one.period_days
    assert (one.repeat_days, days > 100) == (0, True)
    told = [line("dsq_pem", one.items[0].id, 0, day) for day in (0, days - 1, days)]
    assert [len(rounds(one, lines)) for lines in (told[:2], told)] == [1, 2]


@given(days=st.lists(st.integers(0, 90), max_size=30), seed=st.integers(0, 99))
def test_the_order_of_the_lines_changes_nothing_and_no_answer_is_lost(days: list[int], seed: int) -> None:
    one, chance = instrument("energy"), random.Random(seed)
    told = [line("energy", chance.choice(one.items).id, chance.randint(0, 2), day) for day in days]
    found = rounds(one, told)
    chance.shuffle(told)
    assert rounds(one, told * 2) == found
    last = {answer.item: answer for answers in found for answer in answers.given}
    assert {item: last[item].at_ms for item in last} == {
        answer.item: answer.at_ms for answer in from_entries(one, told).given
    }


def test_a_line_that_holds_no_answer_is_told() -> None:
    bad = Entry(0, "UTC", "answer", "99", label="phq9/1/9")
    with pytest.raises(Malformed):
        rounds(instrument("phq9"), [bad])
