"""What a person told of themselves: the last word counts, unknown stays unknown, and only they switch more on."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.guidance import (
    Settings,
    button_entry,
    closing_entry,
    condition_entry,
    conditions,
    conditions_from,
    conditions_of,
    fault_of,
    flags_of,
    setting_entry,
    settings_from,
)
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.state import read_diary

ZONE = "Europe/Amsterdam"
DAY_MS = 86_400_000
NOW_MS = 20_000 * DAY_MS


def page(ago: float, *signs: str) -> Entry:
    return to_entry(instrument("red_flags"), Answer("signs", signs, NOW_MS - round(ago * DAY_MS)), ZONE)


def known(*entries: Entry) -> dict[str, bool]:
    diary = read_diary(entries, now_ms=NOW_MS, zone=ZONE)
    return dict(conditions_of(diary, flags_of(diary)))


def has(*entries: Entry) -> dict[str, bool]:
    return {name: word[1] for name, word in conditions_from(entries, now_ms=NOW_MS).items()}


@given(
    told=st.lists(st.tuples(st.sampled_from(sorted(conditions())), st.booleans(), st.integers(0, 50)), max_size=20),
    seed=st.integers(0, 99),
)
def test_the_last_word_on_each_condition_counts_in_whatever_order_they_come(told: Any, seed: int) -> None:
    lines = [condition_entry(name, holds, at_ms, ZONE) for name, holds, at_ms in told]
    last = {name: max((at, holds) for other, holds, at in told if other == name)[1] for name, _, _ in told}
    random.Random(seed).shuffle(lines)
    assert has(*lines, *lines) == last


def test_what_was_not_told_is_unknown() -> None:
    assert has() == {}
    assert has(condition_entry("asthma", True, NOW_MS + 1, ZONE)) == {}
    assert has(Entry(5, ZONE, "answer", "perhaps", label="condition/asthma")) == {}


def test_a_condition_that_ended_holds_no_more() -> None:
    assert has(Entry(5, ZONE, "condition", "pregnancy", 90)) == {"pregnancy": False}
    assert has(Entry(5, ZONE, "condition", "pregnancy", NOW_MS)) == {"pregnancy": False}
    assert has(Entry(5, ZONE, "condition", "pregnancy", NOW_MS + 1)) == {"pregnancy": True}
    assert has(Entry(5, ZONE, "condition", "pregnancy", 90), condition_entry("pregnancy", True, 95, ZONE)) == {
        "pregnancy": True
    }


@pytest.mark.parametrize(
    ("value", "wider"),
    [("atrial_fibrillation", "arrhythmia"), ("ivabradine", "beta_blocker"), ("digoxin", "beta_blocker")],
)
def test_a_name_that_says_more_means_the_condition_that_practices_ask_about(value: str, wider: str) -> None:
    told = Entry(5, ZONE, "medication", value)
    assert has(told) == {value: True, wider: True}
    assert has(told, condition_entry(wider, False, 9, ZONE))[wider] is True


def test_what_holds_is_a_line_that_the_room_of_rest_reads_too() -> None:
    line = condition_entry("beta_blocker", True, 5, ZONE, medicine=True)
    assert (line.kind, line.value) == ("medication", "beta_blocker")
    assert condition_entry("beta_blocker", False, 5, ZONE).kind == "answer"


def test_the_page_counts_as_asking_about_pregnancy_age_and_lying_in_bed() -> None:
    assert known(page(2, "none")) == {"pregnancy": False, "under_18": False, "bedbound": False}
    assert known(page(2, "pregnant"))["pregnancy"] is True
    assert known() == {}


def test_a_page_that_is_due_again_leaves_unknown_what_was_not_picked_on_it() -> None:
    assert known(page(84, "under_18")) == {"under_18": True}


def test_closing_the_flag_does_not_end_what_the_page_says() -> None:
    closed = closing_entry("pregnant", NOW_MS - DAY_MS, ZONE)
    assert known(page(2, "pregnant"), closed)["pregnancy"] is True
    assert known(page(2, "pregnant"), closed, condition_entry("pregnancy", False, NOW_MS, ZONE))["pregnancy"] is False
    assert known(page(2, "pregnant"), page(1, "none"))["pregnancy"] is False


def test_an_open_flag_that_adapts_means_its_condition_wherever_it_was_raised() -> None:
    assert known(page(2, "none"), button_entry("pregnant", NOW_MS - DAY_MS, ZONE))["pregnancy"] is True


def test_nothing_is_on_until_it_was_switched_on() -> None:
    assert settings_from((), now_ms=NOW_MS) == Settings(plan=False, minutes={})


def test_settings_come_back_and_the_last_word_counts() -> None:
    lines = [
        setting_entry("plan", True, 5, ZONE),
        setting_entry("minutes/slow_breathing", 3.5, 6, ZONE),
        setting_entry("minutes/nsdr", 10, 6, ZONE),
        setting_entry("minutes/nsdr", None, 7, ZONE),
    ]
    for order in (lines, lines[::-1]):
        assert settings_from(order, now_ms=NOW_MS) == Settings(plan=True, minutes={"slow_breathing": 3.5})
    assert not settings_from([*lines, setting_entry("plan", False, 8, ZONE)], now_ms=NOW_MS).plan
    assert not settings_from(lines, now_ms=4).plan


def test_of_on_and_off_at_one_moment_off_counts() -> None:
    lines = [setting_entry("plan", on, 5, ZONE) for on in (True, False)]
    assert not settings_from(lines, now_ms=NOW_MS).plan
    assert not settings_from(lines[::-1], now_ms=NOW_MS).plan


def test_nobody_else_can_switch_proposals_to_do_more_on_but_anybody_can_switch_them_off() -> None:
    by_proxy = Entry(9, ZONE, "event", "proxy:on", label="setting/plan")
    assert not settings_from([by_proxy], now_ms=NOW_MS).plan
    assert "Only the person" in str(fault_of(by_proxy))
    on, off = setting_entry("plan", True, 5, ZONE), Entry(9, ZONE, "event", "proxy:off", label="setting/plan")
    assert not settings_from([on, off], now_ms=NOW_MS).plan


@pytest.mark.parametrize(
    ("kind", "label", "value", "why"),
    [
        ("answer", "condition/asthma", "perhaps", "yes or no"),
        ("event", "setting/plan", "maybe", "on or off"),
        ("event", "setting/colour", "red", "setting colour"),
        ("event", "setting/minutes/hopping", "5", "hopping"),
        ("event", "setting/minutes/nsdr", "-5", "number of minutes"),
        ("event", "setting/minutes/nsdr", "1e9", "number of minutes"),
        ("event", "flag/lump", "gone", "closed by the person"),
        ("event", "flag/lump", "proxy:discussed", "closed by the person"),
    ],
)
def test_a_line_that_can_not_be_used_says_why_and_changes_nothing(kind: Any, label: str, value: str, why: str) -> None:
    line = Entry(5, ZONE, kind, value, label=label)
    assert why in str(fault_of(line))
    assert settings_from([line], now_ms=NOW_MS) == Settings()
    assert has(line) == {}


def test_lines_of_others_have_no_fault() -> None:
    assert fault_of(Entry(5, ZONE, "event", "crash", label="")) is None
    assert fault_of(Entry(5, ZONE, "answer", "no", label="condition/asthma")) is None
    assert fault_of(closing_entry("lump", 5, ZONE)) is None
