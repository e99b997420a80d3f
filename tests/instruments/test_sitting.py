"""What is asked next: it stops and goes on at any item, and a day is never long."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Malformed
from uitknop.instruments import (
    Answer,
    Answers,
    Instrument,
    Item,
    Severity,
    count_since,
    give,
    instrument,
    is_due,
    next_item,
    next_of,
    no_answers,
    own_instruments,
    score,
)
from uitknop.instruments.condition import Given
from uitknop.instruments.sitting import ITEMS_A_DAY, items_left


def some_answer(item: Item, chance: random.Random) -> Given:
    if chance.random() < 0.15:
        return None
    return (chance.choice(item.keys),) if item.kind == "many" else chance.choice(item.numbers)


def answer_all(one: Instrument, chance: random.Random, answers: Answers | None = None, most: int = 99) -> Answers:
    answers = no_answers(one) if answers is None else answers
    for _ in range(most):
        found = next_item(one, answers, day=99, severity="mild")
        if found.item is None:
            assert found.stopped == "done"
            break
        answers = give(one, answers, Answer(found.item.id, some_answer(found.item, chance), 0))
    return answers


@pytest.mark.parametrize("one", own_instruments(), ids=lambda one: one.id)
@settings(max_examples=20)
@given(seed=st.integers(0, 1000), stop=st.integers(0, 12))
def test_stopping_at_any_item_and_going_on_gives_the_same(one: Instrument, seed: int, stop: int) -> None:
    whole = answer_all(one, random.Random(seed))
    chance = random.Random(seed)
    part = answer_all(one, chance, most=stop)
    # What is kept in between may come back in another order.
    kept = list(part.given)
    random.Random(seed + 1).shuffle(kept)
    again = no_answers(one)
    for answer in kept:
        again = give(one, again, answer)
    resumed = answer_all(one, chance, again)
    assert resumed == whole
    assert score(one, resumed) == score(one, whole)


@pytest.mark.parametrize("one", own_instruments(), ids=lambda one: one.id)
def test_nothing_is_asked_twice_and_everything_ends(one: Instrument) -> None:
    answers, asked = no_answers(one), []
    while (found := next_item(one, answers, day=99, severity="mild")).item is not None:
        asked.append(found.item.id)
        answers = give(one, answers, Answer(found.item.id, None, 0))
    assert len(asked) == len(set(asked)) == one.burden_taps
    assert found.stopped == "done"


def days_of(severity: Severity, days: int) -> list[list[str]]:
    """What is asked day by day when somebody answers all they are asked, with the last answer of each item."""
    answered: dict[str, Answers] = {}
    asked = []
    for day in range(1, days + 1):
        today: list[str] = []
        while True:
            count = count_since(answered.values(), day)
            found = next_of(own_instruments(), answered, answered_today=count, severity=severity, day=day)
            if found is None or found.item is None:
                break
            one = instrument(found.instrument)
            value: Given = found.item.keys[-1:] if found.item.kind == "many" else found.item.numbers[-1]
            answers = answered.get(one.id, no_answers(one))
            answered[one.id] = give(one, answers, Answer(found.item.id, value, day))
            today.append(f"{one.id}.{found.item.id}")
        asked.append(today)
    return asked


def test_the_first_day_is_one_tap_on_the_flags_and_one_question() -> None:
    for severity in ("unknown", "mild", "very_severe"):
        assert days_of(severity, 1) == [["red_flags.signs", "pem_screen.small_effort_often"]]


@pytest.mark.parametrize("severity", ["unknown", "severe", "very_severe"])
def test_at_most_five_items_a_day_until_severity_is_known(severity: Severity) -> None:
    asked = days_of(severity, 40)
    assert max(len(today) for today in asked) == ITEMS_A_DAY
    # Everything comes in the end.
    assert sum(len(today) for today in asked) >= sum(one.burden_taps for one in own_instruments())
    assert asked[-1] == []


def test_somebody_mildly_ill_may_go_on() -> None:
    assert max(len(today) for today in days_of("mild", 40)) > ITEMS_A_DAY


def test_the_flags_are_asked_whatever_was_asked_that_day() -> None:
    flags, load = instrument("red_flags"), instrument("load")
    assert next_item(flags, no_answers(flags), answered_today=50, severity="very_severe").item is not None
    assert next_item(load, no_answers(load), answered_today=5, day=9).stopped == "enough_today"
    assert next_item(load, no_answers(load), answered_today=4, day=9).item is not None


def test_what_is_for_a_later_day_waits(fill: Any) -> None:
    load = instrument("load")
    assert next_item(load, no_answers(load), day=1).stopped == "another_day"


def test_an_official_list_without_its_words_is_not_asked() -> None:
    one = instrument("phq9")
    assert next_item(one, no_answers(one)).stopped == "wording_absent"


def test_a_loaded_official_list_is_asked_in_its_order(loaded: Any, fill: Any) -> None:
    one = loaded("phq9")
    found = next_item(one, fill(one, {"1": 0, "3": 2}))
    assert found.item is not None
    assert found.item.id == "2"


def test_answers_to_another_list_do_not_lead_on() -> None:
    with pytest.raises(Malformed, match="belong to the list load"):
        next_item(instrument("energy"), no_answers(instrument("load")))


def test_with_every_list_done_nothing_is_next(fill: Any) -> None:
    one = instrument("energy")
    done = {one.id: fill(one, {item.id: None for item in one.items})}
    assert next_of([one], done, day=9) is None


@pytest.mark.parametrize(("severity", "left"), [("unknown", 1), ("mild", None), ("moderate", None), ("severe", 1)])
def test_how_much_is_left_of_a_day_depends_on_severity(severity: Severity, left: int | None) -> None:
    assert items_left(4, severity) == left


@pytest.mark.parametrize(
    ("name", "days", "due"),
    [
        *(("red_flags", 83, False), ("red_flags", 84, True), ("pem_screen", 27, False), ("pem_screen", 28, True)),
        *(("function", 56, True), ("phq9", 13, False), ("phq9", 14, True), ("patterns", 9999, False)),
    ],
)
def test_a_list_comes_again_no_sooner_than_it_may(fill: Any, name: str, days: int, due: bool) -> None:
    one = instrument(name)
    first = one.items[0]
    answers = fill(one, {first.id: first.keys[-1:] if first.kind == "many" else first.numbers[0]}, at_ms=1000)
    assert is_due(one, answers, now_ms=1000 + days * 86_400_000) is due
    assert is_due(one, no_answers(one), now_ms=0)


def test_the_answers_of_today_are_counted_from_its_start(fill: Any) -> None:
    answered = [fill("load", {"work": 1, "money": 2}, at_ms=100), fill("energy", {"energy": None}, at_ms=200)]
    assert [count_since(answered, since) for since in (0, 100, 101, 201)] == [3, 3, 1, 0]
