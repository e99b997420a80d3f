"""Each red flag has its action, its numbers and its words, as the clinical reference says."""

from __future__ import annotations

import re

import pytest

from uitknop.guidance.help_actions import FALLBACK, Action, action_of, actions, help_numbers, red_flag_words
from uitknop.guidance.practices import conditions

SECTION_4 = {
    "suicidality": ("now", ["113", "0800-0113", "113.nl", "112", "doctor"]),
    "chest_pain": ("112", ["112"]),
    "breathless": ("112", ["112"]),
    "paralysis_or_speech": ("112", ["112"]),
    "faint_on_effort": ("112", ["112"]),
    "confused_and_drowsy": ("112", ["112"]),
    "fainted": ("today", ["doctor", "112"]),
    "heart_rate_at_rest": ("today", ["doctor", "112"]),
    "irregular_pulse": ("today", ["doctor", "112"]),
    "steroid_stop": ("today", ["doctor", "112"]),
    "salt_and_skin": ("today", ["doctor", "112"]),
    "yellow_with_herb": ("today", ["doctor"]),
    "cannot_eat_or_drink": ("today", ["doctor", "112"]),
    "weight_loss": ("days", ["doctor", "112"]),
    "fever_or_night_sweats": ("days", ["doctor", "112"]),
    "blood_loss": ("days", ["doctor", "112"]),
    "lump": ("days", ["doctor", "112"]),
    "new_headache": ("days", ["doctor", "112"]),
    "numb_or_weak": ("today", ["doctor", "112"]),
    "snoring_and_sleepy": ("doctor", ["doctor"]),
    "sleepy_driving": ("doctor", ["doctor"]),
    "very_high_or_lost": ("doctor", ["doctor", "112"]),
    "severe_agitation": ("doctor", ["doctor", "112"]),
    "eating_disorder": ("doctor", ["doctor", "112"]),
    "dependence": ("doctor", ["doctor", "112"]),
    "unsafe_home": ("help", ["0800-2000", "112"]),
    "pregnant": ("adapted", ["doctor"]),
    "under_18": ("adapted", ["doctor"]),
    "severely_ill": ("adapted", ["doctor"]),
}
"""Written out by hand from section 4 of the clinical reference, not from the data."""


@pytest.mark.parametrize("flag", SECTION_4)
def test_each_flag_has_its_action_and_numbers(flag: str) -> None:
    urgency, numbers = SECTION_4[flag]
    action = action_of(flag)
    assert action.id != FALLBACK
    assert (action.urgency, list(action.numbers)) == (urgency, numbers)


def test_every_flag_asks_for_one_action() -> None:
    listed = [flag for action in actions().values() for flag in action.flags]
    assert sorted(listed) == sorted(SECTION_4)


@pytest.mark.parametrize("action", actions().values(), ids=lambda action: action.id)
def test_the_words_name_the_numbers_to_call(action: Action) -> None:
    for lang, doctor in (("nl", "huisarts"), ("en", "doctor")):
        told = " ".join((action.title.said(lang), *action.do.said(lang)))  # type: ignore[arg-type]
        for name in action.numbers:
            number = help_numbers()[name]
            assert (number.call or number.chat or doctor) in told
        # A number in the words is one of the listed, so that it can be tapped.
        in_words = set(re.findall(r"\b(?:112|113(?:\.nl)?|0800-\d{4})", told))
        assert in_words <= {help_numbers()[name].call or help_numbers()[name].chat for name in action.numbers}


def test_the_words_of_today_name_the_surgery_that_is_open_at_night() -> None:
    today = [action for action in actions().values() if action.urgency in ("now", "today")]
    assert len(today) == 6
    assert [action.id for action in today if "huisartsenpost" not in " ".join(action.do.nl)] == []


def test_the_page_on_suicidality_asks_and_answers() -> None:
    action = action_of("suicidality")
    assert action.ask is not None
    assert action.ask.nl == "Ben je nu veilig?"
    assert action.if_no is not None
    assert "112" in action.if_no.nl
    assert "112" in action.if_no.en
    assert action.if_yes is not None
    assert "113" in action.if_yes.nl
    assert action.to_proxy is not None
    assert action.by_proxy is not None
    assert "113" in action.to_proxy.nl


def test_no_driving_when_sleepy_and_no_herb_when_yellow() -> None:
    assert "Rijd niet" in action_of("sleepy_driving").title.nl
    assert "Stop met het kruid" in action_of("yellow_with_herb").title.nl


def test_what_may_save_a_life_can_not_be_called_known() -> None:
    known = {flag for action in actions().values() if action.may_be_known for flag in action.flags}
    assert known == {"fainted", "heart_rate_at_rest", "irregular_pulse", "snoring_and_sleepy", "sleepy_driving"}


def test_a_flag_nobody_knows_asks_for_the_doctor() -> None:
    assert action_of("a_new_sign").id == FALLBACK
    assert "doctor" in action_of("a_new_sign").numbers


def test_only_what_is_no_illness_to_see_to_lets_proposals_go_on() -> None:
    assert {action.urgency for action in actions().values() if not action.waits} == {"adapted"}
    assert {action.means for action in actions().values()} - {None} <= set(conditions())


def test_a_number_that_was_not_checked_says_so() -> None:
    assert [name for name, number in help_numbers().items() if number.checked == "unverified"] == ["0800-2000"]


def test_words_for_free_text_exist_in_both_languages() -> None:
    words = red_flag_words().words
    assert set(words) == {"nl", "en"}
    form = r"[a-z]+[a-z*|_]*(?: (?:\.\.|[a-z]+[a-z*|_]*))*"
    assert [one for row in words.values() for one in row if not re.fullmatch(form, one)] == []
