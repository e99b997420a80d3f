"""PEM that is positive or unknown is track P, at once, and one answer taken back does not lift it."""

from __future__ import annotations

from dataclasses import replace
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
    late = track_of(lines.diary([*lines.pem(False, 300), *lines.pem(False, 10)]))  # too old for a while
    assert late.b_since_ms == lines.at(300)
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


# --- A "no" that does not hold any more ---------------------------------------------------------------------------


@pytest.mark.parametrize("value", [4, None])
def test_a_second_list_that_was_begun_and_not_finished_leaves_it_unknown(lines: Any, value: int | None) -> None:
    found = track_of(lines.diary([*lines.pem(False, 60), lines.answer("dsq_pem", "1f", value, 20)]))
    assert (found.track, found.pem.answer) == ("P", "unknown")


def codes(lines: Any, entries: list[Any]) -> set[str]:
    found = track_of(lines.diary(entries))
    assert (found.track == "P") is (found.pem.answer == "unknown") is (found.b_since_ms is None) is bool(found.reasons)
    return {reason.code for reason in found.reasons}


@pytest.mark.parametrize(("ago", "found"), [(83, set()), (84, {"pem_old"}), (1_100, {"pem_old"})])
def test_a_negative_screen_counts_for_twelve_weeks_and_then_again_once_it_is_whole(
    lines: Any, ago: int, found: set[str]
) -> None:
    old = lines.pem(False, ago)
    assert codes(lines, old) == found
    assert codes(lines, [*old, *lines.pem(False, 3)[1:]]) == found  # one answer is still the old one
    assert codes(lines, [*old, *lines.pem(False, 3)]) == set()


def by_proxy(entries: list[Entry]) -> list[Entry]:
    return [replace(entry, value=f"proxy:{entry.value}") for entry in entries]


def test_what_somebody_else_answered_lifts_nothing_and_holds_back(lines: Any) -> None:
    theirs = by_proxy(lines.pem(False, 20))
    assert codes(lines, theirs) == {"pem_by_proxy"}
    assert codes(lines, [*lines.pem(False, 30)[1:], theirs[0]]) == {"pem_by_proxy"}
    assert codes(lines, [*lines.pem(False, 30), *theirs]) == set()  # the own answers are all there
    assert codes(lines, [*lines.pem(False, 90), *theirs]) == {"pem_old"}
    assert track_of(lines.diary([*lines.pem(False, 30), *by_proxy(lines.pem(True, 20))])).pem.answer == "positive"


def test_a_long_worsening_in_the_diary_asks_for_the_screen_anew(lines: Any) -> None:
    whole = lines.pem(False, 30)
    for value, found in ((0, set()), (1, set()), (2, {"pem_against_diary"}), (4, {"pem_against_diary"})):
        assert codes(lines, [*whole, lines.answer("effort_diary", "how_long", value, 20)]) == found
    long = [lines.answer("effort_diary", item, value, 20) for item, value in (("lag", 2), ("how_long", 5))]
    assert codes(lines, [*whole, *long]) == {"pem_against_diary"}
    assert codes(lines, [*whole, *by_proxy(long)]) == {"pem_against_diary"}
    assert codes(lines, [*whole, *long, *lines.pem(False, 10)]) == set()


@pytest.mark.parametrize(("apart", "found"), [(14, {"pem_against_diary"}), (56, {"pem_against_diary"}), (57, set())])
def test_two_crashes_in_eight_weeks_ask_for_the_screen_anew(lines: Any, apart: int, found: set[str]) -> None:
    crashes = [*lines.taps("f" * 80), *lines.taps("cc", last_ago=apart + 8), *lines.taps("cc", last_ago=8)]
    assert codes(lines, [*lines.pem(False, 81), *crashes]) == found
    assert codes(lines, [*lines.pem(False, 81), *crashes, *lines.pem(False, 2)]) == set()
    assert codes(lines, [*lines.pem(False, 81), *lines.taps("f" * 60 + "cc" + "f" * 8)]) == set()


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
