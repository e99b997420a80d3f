"""Answers are kept whole, refused in one sentence, and the same in whatever order they came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import Malformed
from uitknop.instruments import Answer, give, instrument, no_answers, official_instruments, own_instruments
from uitknop.instruments.answers import applies

PEM, FLAGS, WAI = instrument("pem_screen"), instrument("red_flags"), instrument("wai")


@pytest.mark.parametrize(
    ("name", "item", "value", "sentence"),
    [
        ("load", "work", 11, "a whole number from 0 to 10"),
        ("load", "work", -1, "a whole number from 0 to 10"),
        ("load", "work", True, "a whole number from 0 to 10"),
        ("load", "work", ("work",), "a whole number from 0 to 10"),
        ("phq9", "1", 4, "a whole number from 0 to 3"),
        ("pem_screen", "how_long", 5, "choose from its 5 answers"),
        ("cbi", "1", 30, "choose from its 5 answers"),
        ("wai", "6", 2, "choose from its 3 answers"),
        ("red_flags", "signs", 1, "choose from its 30 answers"),
        ("red_flags", "signs", (), "choose from its 30 answers"),
        ("red_flags", "signs", ("unheard_of",), "choose from its 30 answers"),
        ("red_flags", "signs", ("none", "chest_pain"), "pick one or the other"),
        ("load", "unheard_of", 1, "no question called unheard_of"),
    ],
)
def test_an_answer_that_does_not_exist_is_refused_and_nothing_is_lost(
    fill: Any, name: str, item: str, value: Any, sentence: str
) -> None:
    one = instrument(name)
    first = one.items[0]
    answers = fill(name, {first.id: first.keys[-1:] if first.kind == "many" else first.numbers[0]})
    before = answers.to_dict()
    with pytest.raises(Malformed, match=sentence):
        give(one, answers, Answer(item, value, 1))
    assert answers.to_dict() == before


def test_a_refusal_does_not_repeat_what_was_answered() -> None:
    for name, item in (("load", "work"), ("pem_screen", "how_long"), ("red_flags", "signs")):
        with pytest.raises(Malformed) as fault:
            give(instrument(name), no_answers(instrument(name)), Answer(item, 7777, 1))
        assert "7777" not in str(fault.value)


def test_answers_of_another_version_are_refused_and_stay_as_they_are(fill: Any) -> None:
    answers = fill("load", {"work": 3})
    newer = replace(instrument("load"), version="2")
    with pytest.raises(Malformed, match="version 1 of this list, and this is version 2"):
        give(newer, answers, Answer("money", 1, 1))


def test_a_later_answer_takes_the_place_of_an_earlier_one_in_either_order() -> None:
    one = instrument("load")
    early, late = Answer("work", 2, 10), Answer("work", 7, 20)
    forward = give(one, give(one, no_answers(one), early), late)
    backward = give(one, give(one, no_answers(one), late), early)
    assert forward == backward
    assert forward.value("work") == 7


def test_picks_stand_in_the_order_of_the_list_and_once() -> None:
    answers = give(FLAGS, no_answers(FLAGS), Answer("signs", ("lump", "chest_pain", "lump"), 0))
    assert answers.value("signs") == ("chest_pain", "lump")


def test_passing_over_is_kept_and_is_no_answer() -> None:
    answers = give(PEM, no_answers(PEM), Answer("how_long", None, 5))
    assert answers.of("how_long") == Answer("how_long", None, 5)
    assert answers.value("how_long") is None


def test_one_answer_of_a_proxy_marks_the_whole(fill: Any) -> None:
    answers = give(PEM, fill(PEM, {"how_long": 1}), Answer("worse_after_body", 1, 0, "proxy"))
    assert answers.by_proxy


def test_a_question_that_leans_on_another_waits_for_it(fill: Any) -> None:
    how_much = PEM.item("small_effort_much")
    assert how_much is not None
    often = [applies(how_much, fill(PEM, {"small_effort_often": value})) for value in (0, 1, 4, None)]
    assert often == [False, True, True, False]
    assert not applies(how_much, no_answers(PEM))


@given(value=st.integers(-1000, 1000), data=st.data())
def test_a_number_is_taken_only_when_the_item_has_it(value: int, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([*own_instruments(), *official_instruments()]))
    item = data.draw(st.sampled_from(one.items))
    if value in item.numbers:
        assert give(one, no_answers(one), Answer(item.id, value, 0)).value(item.id) == value
    else:
        with pytest.raises(Malformed):
            give(one, no_answers(one), Answer(item.id, value, 0))
