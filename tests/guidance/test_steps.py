"""The words of the steps: complete, and their numbers within the limits."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from uitknop.core.errors import KnowledgeError, LimitError
from uitknop.guidance.limits import Checked
from uitknop.guidance.practices import Number, practices
from uitknop.guidance.steps import Step, advice_of, checked_steps, in_words, said_advice, said_none, steps

ROOM = Step("more_room", "more", "Nog {increase} procent?", "Another {increase} per cent?", practice="pacing")


def fields(words: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", words))


@pytest.mark.parametrize("name", steps())
def test_the_numbers_in_the_words_are_told_and_both_languages_have_them(name: str) -> None:
    step = steps()[name]
    assert fields(step.nl) == fields(step.en) <= {*step.tells, *step.numbers}
    assert re.search(r"\d", step.nl + step.en) is None


def test_only_steps_of_kind_more_hold_a_number_that_grows() -> None:
    for step in steps().values():
        assert step.kind == "more" or "increase" not in {*step.tells, *step.numbers}


def test_every_proposal_to_do_more_is_about_a_practice_that_says_when_to_stop() -> None:
    for step in steps().values():
        if step.kind == "more":
            assert step.practice is not None
            assert practices()[step.practice].stop.nl


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ROOM, practice="running"),
        replace(ROOM, tells=("minutes",)),
        replace(ROOM, id="room"),
        replace(ROOM, en=steps()["room"].en),
    ],
)
def test_a_step_that_leans_on_nothing_or_stands_there_twice_is_refused(wrong: Step) -> None:
    with pytest.raises(KnowledgeError, match="can't be used"):
        checked_steps([*steps().values(), wrong])


def test_a_number_beyond_its_limit_is_refused_when_it_is_read_and_when_it_is_said() -> None:
    with pytest.raises(LimitError):
        checked_steps([replace(ROOM, numbers={"increase": Number(11, "expansion_on_request")})])
    with pytest.raises(LimitError):
        advice_of(replace(ROOM, numbers={"increase": Number(11, "expansion_on_request")}), "gate", (), {})


def test_a_number_without_a_limit_of_its_own_is_not_said() -> None:
    with pytest.raises(KeyError):
        advice_of(steps()["rest_a_few_times"], "gate", (), {})


def test_a_step_is_said_in_both_languages_with_its_numbers() -> None:
    advice = advice_of(steps()["rest_a_few_times"], "phase_1", (), {"minutes": Checked(12.5, "rest_min")})
    assert "12.5 minuten" in str(said_advice(advice, "nl"))
    assert "12.5 minutes" in str(said_advice(advice, "en"))
    assert advice.limits_applied == ("rest_min",)
    assert said_none("nl") != said_none("en")


def test_words_of_somebody_else_are_no_step() -> None:
    with pytest.raises(KeyError):
        in_words("nl")("Run a mile.")
