"""Load is told domain by domain, with its interval and n, and is silent where too little is known."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Reason
from uitknop.state import Load, load_of
from uitknop.state.parameters import FEWEST_LOAD_DAYS, LOAD_DAYS

DOMAINS = ("work", "money", "relations", "illness", "sensory")


def test_without_answers_every_domain_is_silent_and_says_what_it_needs(lines: Any) -> None:
    load = load_of(lines.diary([]))
    assert set(DOMAINS) <= {found.domain for found in load.domains}
    for found in load.domains:
        assert found.estimate is None
        assert found.reason == Reason("too_few_answers", 0, FEWEST_LOAD_DAYS, "days")
    assert load.stands_out == ()


def test_answers_and_notes_of_one_domain_become_a_mean_with_n_in_days(lines: Any) -> None:
    entries = [lines.answer("load", "work", 8, 20), lines.event("load/work", "4", 10), lines.event("load/work", "6", 3)]
    found = load_of(lines.diary(entries)).of("work")
    assert found.reason is None
    assert (found.estimate.value, found.estimate.n, found.estimate.unit) == (6.0, 3, "points")
    assert found.estimate.low < 6.0 < found.estimate.high


def test_many_notes_on_one_day_are_one_day(lines: Any) -> None:
    notes = [lines.event("load/money", "9", 1, hour) for hour in range(8, 20)]
    assert load_of(lines.diary(notes)).of("money").reason.found == 1


@pytest.mark.parametrize("value", ["11", "-1", "much", "", "5.5", "²"])
def test_a_note_out_of_range_does_not_count(lines: Any, value: str) -> None:
    notes = [lines.event("load/money", value, ago) for ago in range(5)]
    assert load_of(lines.diary(notes)).of("money").reason.found == 0


def test_old_answers_do_not_speak_of_now(lines: Any) -> None:
    notes = [lines.event("load/money", "9", LOAD_DAYS + ago) for ago in range(5)]
    assert load_of(lines.diary(notes)).of("money").estimate is None


def test_a_domain_stands_out_only_beside_other_known_ones(lines: Any) -> None:
    heavy = [lines.event("load/work", "9", ago) for ago in range(6)]
    light = [lines.event(f"load/{name}", "2", ago) for name in ("money", "home") for ago in range(6)]
    assert load_of(lines.diary(heavy)).stands_out == ()
    assert load_of(lines.diary(heavy + light)).stands_out == ("work",)


def test_no_field_adds_the_domains_up() -> None:
    assert {field.name for field in dataclasses.fields(Load)} == {"domains", "stands_out"}


@given(points=st.lists(st.tuples(st.integers(0, 10), st.integers(0, 60)), max_size=12))
def test_a_domain_has_an_estimate_or_a_reason_never_both(lines: Any, points: list[tuple[int, int]]) -> None:
    load = load_of(lines.diary([lines.event("load/work", str(value), ago) for value, ago in points]))
    for found in load.domains:
        assert (found.estimate is None) != (found.reason is None)
    estimate = load.of("work").estimate
    days = {ago for _, ago in points if ago < LOAD_DAYS}
    assert (estimate is not None) == (len(days) >= FEWEST_LOAD_DAYS)
    if estimate is not None:
        assert estimate.n == len(days)
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 10
