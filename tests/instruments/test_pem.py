"""PEM: one construct decides, everything must be known for a no, and unknown counts as positive."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.instruments import Answer, Pem, give, instrument, next_item, no_answers, pem_of, pem_together

SCREEN = instrument("pem_screen")
CONSTRUCTS = ("small_effort", "heavy_start", "day_after", "thinking", "like_flu")
NOTHING: dict[str, Any] = {f"{name}_often": 0 for name in CONSTRUCTS}
NOTHING |= {"worse_after_body": 0, "worse_after_mind": 0, "how_long": 0}


@pytest.mark.parametrize("name", CONSTRUCTS)
@pytest.mark.parametrize(
    ("often", "much", "answer"), [(2, 2, "positive"), (1, 4, "negative"), (4, 1, "negative"), (4, 4, "positive")]
)
def test_half_the_time_and_moderate_in_one_construct_is_positive(
    fill: Any, name: str, often: int, much: int, answer: str
) -> None:
    answers = fill(SCREEN, NOTHING | {f"{name}_often": often, f"{name}_much": much})
    assert pem_of(SCREEN, answers).answer == answer


def test_often_in_one_and_heavy_in_another_is_not_positive(fill: Any) -> None:
    both = {"thinking_often": 4, "thinking_much": 1, "like_flu_often": 1, "like_flu_much": 4}
    assert pem_of(SCREEN, fill(SCREEN, NOTHING | both)).answer == "negative"


@pytest.mark.parametrize("trigger", ["worse_after_body", "worse_after_mind"])
@pytest.mark.parametrize(("how_long", "answer"), [(1, "negative"), (2, "negative"), (3, "positive"), (4, "positive")])
def test_worse_for_fourteen_hours_is_positive(fill: Any, trigger: str, how_long: int, answer: str) -> None:
    assert pem_of(SCREEN, fill(SCREEN, NOTHING | {trigger: 1, "how_long": how_long})).answer == answer


@pytest.mark.parametrize("missing", sorted(NOTHING))
@pytest.mark.parametrize("passed_over", [True, False])
def test_anything_missing_is_unknown_and_counts_as_positive(fill: Any, missing: str, passed_over: bool) -> None:
    left = {name: value for name, value in NOTHING.items() if name != missing}
    found = pem_of(SCREEN, fill(SCREEN, left | ({missing: None} if passed_over else {})))
    assert found.answer == "unknown"
    assert found.counts_as_positive


def test_how_much_missing_is_unknown_too(fill: Any) -> None:
    assert pem_of(SCREEN, fill(SCREEN, NOTHING | {"thinking_often": 3})).answer == "unknown"
    assert pem_of(SCREEN, fill(SCREEN, NOTHING | {"thinking_often": 1})).answer == "unknown"


def test_contradicting_answers_are_no_negative(fill: Any) -> None:
    assert pem_of(SCREEN, fill(SCREEN, NOTHING | {"worse_after_mind": 1, "how_long": 0})).answer == "unknown"


def test_only_a_full_negative_lifts_the_gate(fill: Any) -> None:
    found = pem_of(SCREEN, fill(SCREEN, NOTHING))
    assert found == Pem("negative")
    assert not found.counts_as_positive
    assert pem_of(SCREEN, no_answers(SCREEN)).counts_as_positive


@given(seed=st.integers(0, 100_000))
def test_what_turned_positive_stays_so_as_the_rest_is_answered(seed: int) -> None:
    chance, answers, positive = random.Random(seed), no_answers(SCREEN), False
    while (found := next_item(SCREEN, answers, day=9, severity="mild")).item is not None:
        answers = give(SCREEN, answers, Answer(found.item.id, chance.choice(found.item.numbers), 0))
        now = pem_of(SCREEN, answers).answer == "positive"
        assert now or not positive
        positive = now
    assert pem_of(SCREEN, answers).answer != "unknown" or SCREEN.contradictions


LOW = {item.id: 1 if item.id[-1] in "fs" else 0 for item in instrument("dsq_pem").items}


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({}, "negative"),
        ({"2f": 2, "2s": 2}, "positive"),
        ({"8": 1, "9": 4}, "positive"),
        ({"10": None}, "unknown"),
        ({"1f": 0}, "unknown"),  # never, and yet noticed
    ],
)
def test_the_official_list_is_read_the_same_way(fill: Any, change: dict[str, Any], answer: str) -> None:
    assert pem_of(instrument("dsq_pem"), fill("dsq_pem", LOW | change)).answer == answer


@pytest.mark.parametrize(
    ("answers", "together"),
    [
        ((), "unknown"),
        (("negative", "unknown"), "unknown"),
        (("negative", "negative"), "negative"),
        (("negative", "positive"), "positive"),
        (("unknown", "positive"), "positive"),
    ],
)
def test_over_several_lists_one_positive_decides_and_one_that_is_not_finished_leaves_it_unknown(
    answers: tuple[Any, ...], together: str
) -> None:
    assert pem_together(Pem(answer) for answer in answers).answer == together


def test_a_list_without_a_decision_says_nothing_of_pem(fill: Any) -> None:
    assert pem_of(instrument("load"), fill("load", 0)).answer == "unknown"


def test_the_answers_of_a_proxy_are_marked(fill: Any) -> None:
    proxy = pem_of(SCREEN, fill(SCREEN, NOTHING, by="proxy"))
    assert proxy == Pem("negative", by_proxy=True)
    assert pem_together([proxy, Pem("unknown")]).by_proxy
    assert not pem_together([proxy, Pem("positive")]).by_proxy
