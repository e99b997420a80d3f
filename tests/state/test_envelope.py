"""The envelope comes from the own history, has a band in which nothing flips, and says when it can't tell."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Estimate
from uitknop.state import Envelope, envelope_of, find_crashes
from uitknop.state.envelope import follow, step
from uitknop.state.parameters import FEWEST_WINDOWS

EDGE = Estimate(30.0, 22.0, 41.0, 0.9, 60, "min")
HALF_MIN = 8.0


def placed(lines: Any, entries: list[Any]) -> Envelope:
    diary = lines.diary(entries)
    return envelope_of(diary, find_crashes(diary))


def walks(lines: Any, minutes: list[int], *, last_ago: int = 0) -> list[Any]:
    return [lines.exertion(many, last_ago + ago) for ago, many in enumerate(reversed(minutes)) if many]


def test_without_a_diary_it_can_not_tell(lines: Any) -> None:
    found = placed(lines, [])
    assert (found.where, found.basis, found.edge) == ("cannot_tell", None, None)
    assert found.reasons[0].needed == FEWEST_WINDOWS


def test_a_short_diary_is_too_little_and_says_how_much(lines: Any) -> None:
    found = placed(lines, lines.taps("f" * 20))
    assert found.where == "cannot_tell"
    [reason] = found.reasons
    assert (reason.code, reason.needed) == ("too_few_windows", FEWEST_WINDOWS)
    assert 0 < reason.found < FEWEST_WINDOWS


def test_taps_alone_are_enough(lines: Any) -> None:
    history = "ffhfffhffhhhc" * 6
    assert placed(lines, lines.taps(history + "fffff")).where == "inside"
    assert placed(lines, lines.taps(history + "ffhhh")).where == "outside"


def test_more_than_ever_carried_is_outside_in_minutes_too(lines: Any) -> None:
    row = [20, 30, 25, 20, 30, 40, 10, 20, 20, 30, 25, 60, 90, 0] * 6
    taps = lines.taps("fffffffffffffc" * 6 + "ffff")
    for last, where in (([10, 10, 10], "inside"), ([120, 120, 120], "outside")):
        found = placed(lines, taps + walks(lines, [*row, 0, *last]))
        assert (found.where, found.basis, found.edge.unit) == (where, "exertion", "min")


def test_without_any_crash_nobody_knows_where_the_edge_lies(lines: Any) -> None:
    calm = lines.taps("ffhff" * 12)
    assert placed(lines, lines.taps("ffhff" * 12 + "ffff")).where == "inside"
    found = placed(lines, [*calm, *lines.taps("hhhh")])
    assert found.where == "cannot_tell"
    assert found.reasons[0].code == "no_crash_seen"


def test_a_crash_that_is_on_is_outside_by_the_own_word(lines: Any) -> None:
    found = placed(lines, lines.taps("c"))
    assert (found.where, found.reasons[0].code) == ("outside", "crash_now")


def test_unknown_last_days_are_not_called_quiet_ones(lines: Any) -> None:
    found = placed(lines, lines.taps("ffhfffhffhhhc" * 6 + "f...", last_ago=0))
    assert found.where == "cannot_tell"
    assert found.reasons[0].code == "days_unknown"


def test_it_tells_how_often_a_crash_followed_and_how_often_not(lines: Any) -> None:
    seen = placed(lines, lines.taps("fffffhhhcffffffhhhffffff" * 4)).seen
    assert seen.above >= seen.followed > 0
    assert seen.above > seen.followed


def test_there_is_no_target_and_nothing_left_to_spend() -> None:
    names = {field.name for field in dataclasses.fields(Envelope)}
    assert names == {"where", "basis", "amount", "edge", "seen", "reasons"}


@given(
    before=st.sampled_from([None, "inside", "edge", "outside"]),
    start=st.floats(0, 60),
    steps=st.lists(st.floats(0, 0.99 * HALF_MIN), min_size=1, max_size=40),
)
def test_jitter_smaller_than_half_the_band_flips_the_answer_once_at_most(
    before: Any, start: float, steps: list[float]
) -> None:
    sides = []
    for jitter in (0.0, *steps):
        before = step(before, start + jitter, EDGE)
        sides.append(before)
    assert sum(one != other for one, other in itertools.pairwise(sides)) <= 1


@given(amount=st.floats(0, 100), before=st.sampled_from([None, "inside", "edge", "outside"]))
def test_the_same_amount_again_changes_nothing(amount: float, before: Any) -> None:
    once = step(before, amount, EDGE)
    assert step(once, amount, EDGE) == once


@given(amount=st.floats(0, 100))
def test_outside_the_band_the_past_does_not_matter(amount: float) -> None:
    sides = {step(before, amount, EDGE) for before in (None, "inside", "edge", "outside")}
    if not EDGE.low <= amount <= EDGE.high:
        assert len(sides) == 1
    assert follow([], EDGE) is None


@given(history=st.text("fhc.", max_size=90))
def test_it_never_tells_without_its_n(lines: Any, history: str) -> None:
    found = placed(lines, lines.taps(history))
    if found.where != "cannot_tell" and found.reasons[0].code != "crash_now":
        assert found.edge.n >= FEWEST_WINDOWS
        assert found.edge.low < found.edge.value < found.edge.high
        assert found.amount is not None
    assert found.reasons


@pytest.mark.parametrize("minutes", [0, 30])
def test_a_person_who_always_does_the_same_stays_where_they_are(lines: Any, minutes: int) -> None:
    found = placed(lines, lines.taps("f" * 60 + "cf" + "f" * 20) + walks(lines, [minutes] * 82))
    assert found.where in ("inside", "edge")


@pytest.mark.parametrize(
    ("before", "amount", "after"),
    [("outside", 35, "outside"), ("outside", 29, "edge"), ("inside", 25, "inside"), ("inside", 31, "edge")],
)
def test_a_side_is_left_at_the_middle_of_the_band(before: Any, amount: float, after: str) -> None:
    assert step(before, amount, EDGE) == after


def test_equal_days_still_leave_a_band_around_the_edge(lines: Any) -> None:
    edge = placed(lines, lines.taps("f" * 60 + "cf" + "f" * 20) + walks(lines, [30] * 82)).edge
    assert edge.high - edge.value >= 5
    assert edge.value - edge.low >= 5
