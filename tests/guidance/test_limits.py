"""No number of an advice passes its hard limit."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Advice, Phrase
from uitknop.core.errors import KnowledgeError, LimitError
from uitknop.guidance.limits import Checked, Limit, by_name, checked, checked_advice, limit, limits, within_limits

NAMES = st.sampled_from(sorted(limits()))
ANY_NUMBER = st.one_of(st.floats(), st.integers(-1000, 1000))
NOTHING_YET = Advice(step=None, gate="plan", limits_applied=(), reasons=(), claims={})


def advice(template: str, **fields: object) -> Advice:
    return replace(NOTHING_YET, step=Phrase(template, fields))


def test_the_figures_are_those_of_the_reference() -> None:
    told = {name: (row.least, row.most) for name, row in limits().items()}
    expected = {
        "breathing_rate": (4, 8),
        "breathing_personal_rate": (4, 8),
        "breath_hold_s": (0, 0),
        "breathing_min": (1, 5),
        "breathing_pem_min": (1, 3),
        "breathing_per_day": (1, 3),
        "rest_min": (5, 20),
        "rests_per_day": (2, 6),
        "nsdr_min": (10, 20),
        "no_driving_after_min": (15, None),
        "cold_c": (10, 15),
        "cold_min": (0, 2),
        "warm_c": (None, 43),
        "warm_min": (0, 20),
        "blanket_kg": (0, 8),
        "blanket_share": (0, 12),
        "easy_walk_min": (0, 20),
        "stable_before_h": (72, None),
        "increase_p": (0, 0),
        "increase_b_week": (0, 10),
        "expansion_on_request": (0, 10),
        "crash_free_before_expansion_days": (28, None),
        "expansion_domains": (0, 1),
        "no_expansion_after_crash_days": (7, None),
        "soft_limit_above_rest": (0, 15),
        "rise_in_exercise": (0, 10),
        "heart_rate_at_rest": (40, 120),
        "questions_per_day": (0, 5),
        "red_flags_again_weeks": (0, 12),
        "mood_list_apart_weeks": (2, None),
    }
    assert {name: told[name] for name in expected} == expected


def test_every_limit_says_where_it_comes_from() -> None:
    assert [name for name, row in limits().items() if len(row.source) < 10 or not row.unit] == []


@given(NAMES, ANY_NUMBER)
def test_what_passed_lies_within_its_limit(name: str, value: float) -> None:
    row = limit(name)
    low = -math.inf if row.least is None else row.least
    high = math.inf if row.most is None else row.most
    inside = math.isfinite(value) and low <= value <= high
    assert within_limits(name, value) is inside
    if inside:
        assert checked(name, value) == Checked(value, name)
    else:
        with pytest.raises(LimitError):
            checked(name, value)


@given(NAMES, ANY_NUMBER)
def test_an_advice_holds_no_number_beyond_its_limit(name: str, value: float) -> None:
    told = advice("Rest for {n} minutes.", n=value)
    if within_limits(name, value):
        assert checked_advice(told, {"n": name}).limits_applied == (name,)
    else:
        with pytest.raises(LimitError):
            checked_advice(told, {"n": name})


@pytest.mark.parametrize(
    "told",
    [
        advice("Rest for {n} minutes.", n=10),  # no limit was named
        advice("Rest for 10 minutes."),
        advice("Rest for {n} minutes.", n="10"),
        advice("Rest: {what}.", what=Phrase("{n} minutes", {"n": 10})),
        advice("Rest {really}.", really=True),
    ],
)
def test_a_number_that_no_limit_knows_is_not_said(told: Advice) -> None:
    with pytest.raises(LimitError):
        checked_advice(told, {})


def test_numbers_in_a_sentence_inside_a_sentence_are_held_too() -> None:
    inner = Phrase("{n} minutes", {"n": 21})
    with pytest.raises(LimitError):
        checked_advice(advice("Rest: {what}.", what=inner), {"n": "rest_min"})
    fits = advice("Rest: {what}.", what=Phrase("{n} minutes", {"n": 20}))
    assert checked_advice(fits, {"n": "rest_min"}).limits_applied == ("rest_min",)


def test_a_checked_number_brings_its_own_limit() -> None:
    told = advice("Breathe {rate} times a minute.", rate=checked("breathing_rate", 6))
    assert checked_advice(told, {}).limits_applied == ("breathing_rate",)
    assert checked("breathing_rate", 6).unit == "brpm"


def test_no_proposal_passes() -> None:
    assert checked_advice(NOTHING_YET, {}) == NOTHING_YET


def test_a_limit_that_does_not_exist_lets_nothing_through() -> None:
    with pytest.raises(LimitError):
        within_limits("as_much_as_you_like", 0)


@pytest.mark.parametrize("ends", [{}, {"least": 3, "most": 2}, {"most": math.inf}, {"least": math.nan}])
def test_a_limit_without_two_ends_in_order_is_none(ends: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="in that order"):
        Limit(id="x", unit="s", source="nowhere", checked="design", nl="niets", en="nothing", **ends)  # type: ignore[arg-type]


def test_one_name_is_one_limit() -> None:
    row = limit("rest_min")
    with pytest.raises(KnowledgeError):
        by_name((row, replace(row, most=60)))
