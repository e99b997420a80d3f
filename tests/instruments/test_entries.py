"""Answers survive being kept as lines of a diary."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.core.errors import Malformed
from uitknop.instruments import Answer, from_entries, give, instrument, no_answers, own_instruments, to_entry
from uitknop.instruments.condition import Given


@given(seed=st.integers(0, 10_000), data=st.data())
def test_answers_come_back_from_the_diary_in_any_order(seed: int, data: st.DataObject) -> None:
    one, chance = data.draw(st.sampled_from(own_instruments())), random.Random(seed)
    answers = no_answers(one)
    for place, item in enumerate(one.items):
        value: Given = (chance.choice(item.keys),) if item.kind == "many" else chance.choice(item.numbers)
        value = None if chance.random() < 0.2 else value
        answers = give(one, answers, Answer(item.id, value, place, "proxy" if chance.random() < 0.5 else "self"))
    lines = [to_entry(one, answer, "Europe/Amsterdam") for answer in answers.given]
    chance.shuffle(lines)
    assert from_entries(one, lines) == answers


def test_a_line_says_list_version_and_item() -> None:
    line = to_entry(instrument("red_flags"), Answer("signs", ("lump", "fainted"), 5, "proxy"), "UTC")
    assert line == Entry(5, "UTC", "answer", "proxy:lump,fainted", label="red_flags/1/signs")


def test_lines_of_other_lists_versions_and_kinds_are_left_alone() -> None:
    one = instrument("load")
    lines = [
        Entry(1, "UTC", "answer", "3", label="energy/1/energy"),
        Entry(1, "UTC", "answer", "3", label="load/0/work"),
        Entry(1, "UTC", "tag", "3", label="load/1/work"),
    ]
    assert from_entries(one, lines) == no_answers(one)


@pytest.mark.parametrize("value", ["", "x", "99", "1.5", "²", "proxy:", "-1"])
def test_a_line_that_holds_no_answer_is_told(value: str) -> None:
    line = Entry(1, "UTC", "answer", value, label="load/1/work")
    with pytest.raises(Malformed):
        from_entries(instrument("load"), [line])


def test_a_list_begun_anew_takes_only_what_came_since() -> None:
    one = instrument("load")
    lines = [
        to_entry(one, Answer(name, 3, at_ms), "UTC") for name, at_ms in (("work", 10), ("money", 20), ("home", 30))
    ]
    assert {answer.item for answer in from_entries(one, lines, since_ms=20).given} == {"money", "home"}


def test_the_answers_of_a_newer_version_wait_for_it() -> None:
    newer = replace(instrument("load"), version="2")
    line = to_entry(newer, Answer("work", 3, 1), "UTC")
    assert from_entries(instrument("load"), [line]).given == ()
    assert from_entries(newer, [line]).value("work") == 3
