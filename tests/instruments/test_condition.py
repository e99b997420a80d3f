"""True, false and unknown: what is missing stays unknown until the rest settles it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.instruments.condition import Condition, Count, Given, Not, Picked, Within, all_of, any_of, holds, items_of

YES, NO, UNKNOWN = Within("yes", 1, 1), Within("no", 1, 1), Within("missing", 1, 1)
GIVEN: dict[str, Given] = {"yes": 1, "no": 0}
TRUTH = {True: YES, False: NO, None: UNKNOWN}


@pytest.mark.parametrize(("left", "right"), list(product(TRUTH, TRUTH)))
def test_any_and_all_follow_the_logic_of_three_values(left: bool | None, right: bool | None) -> None:
    pair = (TRUTH[left], TRUTH[right])
    either = True if True in (left, right) else None if None in (left, right) else False
    both = False if False in (left, right) else None if None in (left, right) else True
    assert holds(any_of(*pair), GIVEN.get) is either
    assert holds(all_of(*pair), GIVEN.get) is both


def test_not_turns_what_is_known_and_keeps_what_is_not() -> None:
    assert [holds(Not(part), GIVEN.get) for part in (YES, NO, UNKNOWN)] == [False, True, None]


@pytest.mark.parametrize(("at_least", "expected"), [(1, True), (2, None), (3, False)])
def test_a_count_is_unknown_while_a_missing_part_could_settle_it(at_least: int, expected: bool | None) -> None:
    assert holds(Count((YES, NO, UNKNOWN), at_least), GIVEN.get) is expected


def test_picks_are_counted_among_the_keys_that_are_asked_for() -> None:
    given_picks: dict[str, Given] = {"list": ("a", "b", "other")}
    assert holds(Picked("list", ("a", "b", "c"), 2, 3), given_picks.get) is True
    assert holds(Picked("list", ("a", "b", "c"), 3, 3), given_picks.get) is False
    assert holds(Picked("elsewhere", ("a",), 1, 1), given_picks.get) is None


def test_a_condition_names_the_items_it_asks_after() -> None:
    assert items_of(all_of(YES, Not(any_of(NO, Picked("list", ("a",), 1, 1))))) == ("yes", "no", "list")


LEAVES: st.SearchStrategy[Condition] = st.sampled_from("abcd").map(lambda name: Within(name, 1, 1))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).flatmap(lambda p: st.sampled_from([any_of(*p), all_of(*p)])),
    ),
    max_leaves=8,
)


@given(condition=TREES, first=st.dictionaries(st.sampled_from("abcd"), st.integers(0, 1)), rest=st.integers(0, 15))
def test_what_is_settled_stays_so_whatever_is_answered_later(
    condition: Condition, first: dict[str, int], rest: int
) -> None:
    settled = holds(condition, first.get)
    later = {name: first.get(name, rest >> place & 1) for place, name in enumerate("abcd")}
    if settled is not None:
        assert holds(condition, later.get) is settled
    assert holds(condition, later.get) is not None
