"""A flag is open until the person closes it; rest, help and the diary never shut."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.guidance.help_actions import actions
from uitknop.guidance.red_flags import (
    ALWAYS_OPEN,
    ORDER,
    By,
    Closed,
    Raised,
    conditions_meant,
    open_flags,
    proposals_wait,
    what_stays_open,
)

FLAGS = sorted(flag for action in actions().values() for flag in action.flags)
RAISED = st.builds(
    Raised, st.sampled_from([*FLAGS, "a_new_sign"]), st.integers(0, 50), st.sampled_from(["self", "proxy"])
)
CLOSED = st.builds(Closed, st.sampled_from([*FLAGS, "a_new_sign"]), st.integers(0, 50), st.booleans())


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_opens_closes_with_a_date_and_opens_again(flag: str) -> None:
    first, again = Raised(flag, at_ms=1_000), Raised(flag, at_ms=3_000)
    assert [one.id for one in open_flags([first], [])] == [flag]
    assert open_flags([first], [Closed(flag, at_ms=2_000)]) == ()
    reopened = open_flags([first, again], [Closed(flag, at_ms=2_000)])
    assert [(one.id, one.since_ms) for one in reopened] == [(flag, 3_000)]


@pytest.mark.parametrize("flag", FLAGS)
def test_rest_help_and_the_diary_stay_open_with_each_flag(flag: str) -> None:
    stays = what_stays_open(open_flags([Raised(flag, 0)], []))
    assert stays >= {"rest", "help", "diary"}
    assert ("breathing" in stays) == (flag not in {"breathless", "confused_and_drowsy"})


@pytest.mark.parametrize("flag", FLAGS)
def test_nothing_is_proposed_while_a_flag_is_open(flag: str) -> None:
    adapted = flag in {"pregnant", "under_18", "severely_ill"}
    assert proposals_wait(open_flags([Raised(flag, 0)], [])) is not adapted


@pytest.mark.parametrize("flag", ["fainted", "heart_rate_at_rest", "irregular_pulse"])
def test_exercises_with_a_sensor_are_off_when_the_heart_asks_for_a_doctor(flag: str) -> None:
    assert "sensor" not in what_stays_open(open_flags([Raised(flag, 0)], []))


@given(st.lists(RAISED), st.lists(CLOSED))
def test_the_laws_of_open_and_closed(raised: list[Raised], closed: list[Closed]) -> None:
    found = open_flags(raised, closed)
    assert what_stays_open(found) >= ALWAYS_OPEN
    assert list(found) == sorted(found, key=lambda flag: ORDER.index(flag.urgency))
    assert open_flags(raised[::-1], closed[::-1]) == found
    # Whatever was raised after the last word on it is open, unless it may be known and is.
    for one in raised:
        words = [word for word in closed if word.id == one.id]
        if all(word.at_ms <= one.at_ms and not word.known for word in words):
            assert one.id in {flag.id for flag in found}


@given(st.lists(CLOSED), st.integers(0, 50))
def test_a_later_thought_of_suicide_opens_whatever_was_closed_before(closed: list[Closed], at_ms: int) -> None:
    before = [word for word in closed if word.at_ms <= at_ms]
    found = open_flags([Raised("suicidality", at_ms), Raised("lump", 0)], before)
    assert found[0].id == "suicidality"


def test_a_known_finding_stays_closed_until_that_is_taken_back() -> None:
    raised = [Raised("irregular_pulse", 1_000), Raised("irregular_pulse", 9_000)]
    known = Closed("irregular_pulse", 2_000, known=True)
    assert open_flags(raised, [known]) == ()
    taken_back = Closed("irregular_pulse", 5_000)
    assert [flag.since_ms for flag in open_flags(raised, [known, taken_back])] == [9_000]


def test_two_words_at_the_same_moment_keep_the_flag_open() -> None:
    words = [Closed("irregular_pulse", 5_000), Closed("irregular_pulse", 5_000, known=True)]
    for said in (words, words[::-1]):
        assert open_flags([Raised("irregular_pulse", 9_000)], said) != ()


def test_a_flag_is_open_since_it_was_first_raised() -> None:
    found = open_flags([Raised("lump", 3_000), Raised("lump", 2_000), Raised("lump", 500)], [Closed("lump", 1_000)])
    assert [flag.since_ms for flag in found] == [2_000]


def test_suicidality_can_not_be_marked_as_known() -> None:
    known = Closed("suicidality", 2_000, known=True)
    assert [flag.since_ms for flag in open_flags([Raised("suicidality", 3_000)], [known])] == [3_000]


@pytest.mark.parametrize(("by", "told"), [(["proxy"], True), (["proxy", "self"], False), (["self"], False)])
def test_what_only_a_proxy_said_is_marked(by: list[By], told: bool) -> None:
    flags = open_flags([Raised("suicidality", at_ms, who) for at_ms, who in enumerate(by)], [])
    assert [flag.by_proxy for flag in flags] == [told]


def test_the_adapted_mode_says_which_condition_it_means() -> None:
    found = open_flags([Raised("pregnant", 0), Raised("under_18", 0), Raised("severely_ill", 0)], [])
    assert conditions_meant(found) == {"pregnancy", "under_18", "bedbound"}


def test_it_works_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    flags = open_flags([Raised("suicidality", 0)], [])
    assert actions()[flags[0].action].do.nl
