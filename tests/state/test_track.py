"""PEM that is positive or unknown is track P, at once, and one answer taken back does not lift it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.instruments import from_entries, instrument, pem_of
from uitknop.state import track_of

SCREEN = instrument("pem_screen")


def test_nothing_answered_is_track_p(lines: Any) -> None:
    found = track_of(lines.diary([]))
    assert (found.track, found.pem.answer, found.asked) == ("P", "unknown", False)


def test_only_a_whole_negative_screen_is_track_b(lines: Any) -> None:
    whole = lines.pem(False)
    assert track_of(lines.diary(whole)).track == "B"
    for left_out in range(len(whole)):
        assert track_of(lines.diary(whole[:left_out] + whole[left_out + 1 :])).track == "P"


def test_one_question_passed_over_is_asked_and_unknown(lines: Any) -> None:
    found = track_of(lines.diary([lines.answer("pem_screen", "small_effort_often", None)]))
    assert (found.track, found.asked) == ("P", True)


def test_a_screen_that_turns_positive_moves_to_p_at_once(lines: Any) -> None:
    turned = [
        lines.answer("pem_screen", "day_after_often", 3, 2),
        lines.answer("pem_screen", "day_after_much", 3, 1),
    ]
    found = track_of(lines.diary(lines.pem(False) + turned))
    assert (found.track, found.pem.answer, found.b_since_ms) == ("P", "positive", None)
    assert track_of(lines.diary([*lines.pem(False), turned[0]])).track == "P"


def test_a_screen_answered_negative_again_and_again_is_track_b_since_the_first(lines: Any) -> None:
    often = [entry for ago in (100, 70, 40, 10) for entry in lines.pem(False, ago)]
    assert track_of(lines.diary(often)).b_since_ms == lines.at(100)
    turned = [*often, *lines.pem(True, 90)]
    assert track_of(lines.diary(turned)).b_since_ms == lines.at(70)


def test_a_second_list_that_turned_and_was_renewed_sets_the_date(lines: Any) -> None:
    def official(value: int, ago: int) -> list[Any]:
        return [
            lines.answer(
                "dsq_pem", item.id, min(max(value, item.low), item.high) if item.id[-1] in "fs" else item.low, ago
            )
            for item in instrument("dsq_pem").items
        ]

    both = [*lines.pem(False, 100), *official(4, 60)]
    assert track_of(lines.diary(both)).track == "P"
    renewed = track_of(lines.diary([*both, *official(1, 20)]))
    assert (renewed.track, renewed.b_since_ms) == ("B", lines.at(20))


def test_taking_back_one_answer_does_not_lift_it_and_a_new_screen_does(lines: Any) -> None:
    before = [
        *lines.pem(False, 100),
        lines.answer("pem_screen", "worse_after_mind", 1, 50),
        lines.answer("pem_screen", "how_long", 4, 49),
    ]
    taken_back = [lines.answer("pem_screen", "worse_after_mind", 0, 20)]
    assert track_of(lines.diary(before + taken_back)).track == "P"
    assert track_of(lines.diary(before + taken_back + lines.pem(False, 5))).track == "B"


def test_the_official_list_decides_too(lines: Any) -> None:
    official = [lines.answer("dsq_pem", "2f", 3), lines.answer("dsq_pem", "2s", 3)]
    assert track_of(lines.diary(lines.pem(False) + official)).track == "P"


@pytest.mark.parametrize("value", ["", "maybe", "9", "proxy:"])
def test_a_line_that_can_not_be_read_is_no_negative(lines: Any, value: str) -> None:
    whole = lines.pem(False)
    spoiled = Entry(whole[0].at_ms, whole[0].zone, "answer", value, label=whole[0].label)
    assert track_of(lines.diary([spoiled, *whole[1:]])).track == "P"


ANSWERS = st.lists(
    st.sampled_from(SCREEN.items).flatmap(
        lambda item: st.tuples(st.just(item.id), st.none() | st.sampled_from(item.numbers), st.integers(0, 30))
    ),
    max_size=40,
)


@given(answers=ANSWERS, negative=st.booleans())
def test_a_positive_or_unknown_screen_never_gives_track_b(lines: Any, answers: list[Any], negative: bool) -> None:
    given = [lines.answer("pem_screen", item, value, ago) for item, value, ago in answers]
    diary = lines.diary(given + (lines.pem(False) if negative else []))
    pem = pem_of(SCREEN, from_entries(SCREEN, diary.entries))
    found = track_of(diary)
    if pem.counts_as_positive:
        assert found.track == "P"
    if found.track == "B":
        assert found.pem.answer == pem.answer == "negative"
