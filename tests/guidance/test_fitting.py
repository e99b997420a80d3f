"""What fits whom: each condition against each practice, PEM and severity unknown, and nothing that grows by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import KnowledgeError
from uitknop.guidance.fitting import allowed, increase, is_severe, numbers, said
from uitknop.guidance.limits import within_limits
from uitknop.guidance.pacer import Pace
from uitknop.guidance.practices import SEVERITIES, Phase, Practice, Severity, Track, conditions, practice, practices

NOTHING = dict.fromkeys(conditions(), False)
PRACTICES = st.sampled_from(list(practices().values()))
TRACKS = st.sampled_from(["B", "P", None])
ILL = st.sampled_from(SEVERITIES)
PHASES = st.sampled_from([0, 1, 2, 3, None])
HAS = st.dictionaries(st.sampled_from(sorted(conditions())), st.booleans())

MATRIX = {
    "slow_breathing": "",
    "cyclic_sighing": "panic epilepsy pregnancy heart_disease arrhythmia asthma copd air_hunger",
    "quiet_rest": "",
    "nsdr": "",
    "warm_bottle": "numb_skin neuropathy pots low_blood_pressure_upright",
    "dark_quiet": "",
    "say_resting": "",
    "weighted_blanket": "sleep_apnoea copd heart_failure claustrophobia weakness epilepsy under_18 frailty",
    "eye_mask": "",
    "phone_away": "",
    "cold_cloth": "heart_disease heart_failure arrhythmia raynaud cold_urticaria neuropathy numb_skin "
    "high_blood_pressure",
    "soft_scent": "asthma migraine",
    "nature_sounds": "hyperacusis",
    "nature_time": "",
    "easy_walk": "fever chest_pain fainting",
    "social_safety": "unsafe_relation",
    "pacing": "",
    "careful_restart": "fever chest_pain fainting",
    "day_rhythm": "",
    "limits_at_work": "",
    "problem_solving": "",
    "signals_worksheet": "",
    "work_talk": "",
    "consult_sheet": "",
}
"""Written out by hand from section 5 of the clinical reference, not from the data."""


@pytest.mark.parametrize("name", MATRIX)
def test_each_condition_against_each_practice(name: str) -> None:
    row = practice(name)
    assert allowed(row, NOTHING, "B", "mild", 3).allowed
    stands_in_the_way = set()
    for condition in conditions():
        answer = allowed(row, NOTHING | {condition: True}, "B", "mild", 3)
        if not answer.allowed:
            assert answer.reason is not None
            assert (answer.reason.code, answer.reason.found) == ("condition", condition)
            stands_in_the_way.add(condition)
    assert stands_in_the_way == set(MATRIX[name].split())


def test_the_matrix_is_complete() -> None:
    assert set(MATRIX) == set(practices())


@given(PRACTICES, HAS, ILL, PHASES)
def test_unknown_pem_is_positive_pem(
    row: Practice, has: dict[str, bool], severity: Severity, phase: Phase | None
) -> None:
    unknown, positive = allowed(row, has, None, severity, phase), allowed(row, has, "P", severity, phase)
    assert unknown.allowed == positive.allowed
    assert numbers(row, has, None, severity) == numbers(row, has, "P", severity)
    if row.tracks == ("B",):
        assert not unknown.allowed


@given(PRACTICES, HAS, TRACKS, ILL, PHASES, st.sampled_from(sorted(conditions())))
def test_having_one_thing_more_never_opens_a_practice(
    row: Practice, has: dict[str, bool], track: Track | None, severity: Severity, phase: Phase | None, more: str
) -> None:
    if allowed(row, has | {more: True}, track, severity, phase).allowed:
        assert allowed(row, has | {more: False}, track, severity, phase).allowed


@given(PRACTICES, HAS, TRACKS, ILL)
def test_every_number_told_lies_within_its_limit(
    row: Practice, has: dict[str, bool], track: Track | None, severity: Severity
) -> None:
    told = numbers(row, has, track, severity)
    assert all(within_limits(number.limit, number.value) for number in told.values())
    if "in_s" in told:
        assert 4 <= Pace(told["in_s"].value, told["out_s"].value).rate_brpm <= 8
    if row.id == "slow_breathing" and track != "B":
        assert told["minutes"].value <= 3


@given(PRACTICES, TRACKS, st.booleans())
def test_nothing_grows_with_pem_unknown_or_without_a_plan(row: Practice, track: Track | None, plan_on: bool) -> None:
    grown = increase(row, track, plan_on).value
    assert 0 <= grown <= 10
    if track != "B" or not plan_on:
        assert grown == 0


def test_with_a_plan_and_no_pem_a_restart_grows_by_a_tenth_at_most() -> None:
    assert increase(practice("careful_restart"), "B", plan_on=True).value == 10


@pytest.mark.parametrize("name", ["warm_bottle", "cold_cloth", "weighted_blanket", "easy_walk", "cyclic_sighing"])
def test_what_needs_a_form_waits_for_all_of_its_answers(name: str) -> None:
    row = practice(name)
    for left_out in row.not_with:
        has = {condition: False for condition in row.not_with if condition != left_out}
        reason = allowed(row, has, "B", "mild", 3).reason
        assert reason is not None
        assert (reason.code, reason.found) == ("not_asked", left_out)
    assert allowed(row, dict.fromkeys(row.not_with, False), "B", "mild", 3).allowed


@pytest.mark.parametrize("name", ["quiet_rest", "slow_breathing", "nsdr", "dark_quiet", "pacing"])
@pytest.mark.parametrize("severity", SEVERITIES)
def test_rest_is_there_for_everybody_from_the_first_day(name: str, severity: Severity) -> None:
    assert allowed(practice(name), {}, None, severity, 0).allowed


def test_severe_illness_asks_for_minutes_only() -> None:
    for track, severity in ((None, "unknown"), ("P", "severe"), ("P", "very_severe")):
        told = {name: numbers(practice(name), {}, track, severity) for name in ("quiet_rest", "nsdr", "slow_breathing")}  # type: ignore[arg-type]
        assert max(row["minutes"].value for row in told.values()) <= 3


def test_not_knowing_how_ill_somebody_is_counts_as_severe_with_pem() -> None:
    assert is_severe(None, "unknown")
    assert is_severe("P", "unknown")
    assert not is_severe("B", "unknown")
    assert not allowed(practice("nature_time"), {}, "P", "unknown").allowed
    assert allowed(practice("nature_time"), {}, "P", "moderate").allowed
    assert allowed(practice("nature_time"), {}, "B", "unknown").allowed


@given(PRACTICES, HAS, TRACKS, ILL, PHASES)
def test_being_more_ill_never_opens_a_practice(
    row: Practice, has: dict[str, bool], track: Track | None, severity: Severity, phase: Phase | None
) -> None:
    open_to = [allowed(row, has, track, ill, phase).allowed for ill in SEVERITIES[1:]]
    assert open_to == sorted(open_to, reverse=True)
    if track != "B" and severity == "unknown":
        assert allowed(row, has, track, severity, phase).allowed == open_to[2]


def test_cold_waits_until_the_first_phase_is_over() -> None:
    for phase, fits in ((0, False), (None, False), (1, False), (2, True), (3, True)):
        assert allowed(practice("cold_cloth"), NOTHING, "B", "unknown", phase).allowed is fits  # type: ignore[arg-type]


def test_before_the_first_check_only_what_asks_nothing_is_there() -> None:
    fits = {row.id for row in practices().values() if allowed(row, NOTHING, "B", "mild", 0).allowed}
    menu = "dark_quiet say_resting eye_mask phone_away nature_sounds"
    assert fits == {"slow_breathing", "quiet_rest", "nsdr", *menu.split(), "pacing", "consult_sheet"}


@pytest.mark.parametrize("condition", ["beta_blocker", "pacemaker", "pots", "arrhythmia"])
def test_a_limit_on_heart_rate_is_off_when_the_heart_is_held_or_races(condition: str) -> None:
    row = practice("pacing")
    assert "soft_limit_above_rest" in numbers(row, NOTHING, "P", "mild")
    assert "soft_limit_above_rest" not in numbers(row, NOTHING | {condition: True}, "P", "mild")
    without = {name: value for name, value in NOTHING.items() if name != condition}
    assert "soft_limit_above_rest" not in numbers(row, without, "P", "mild")


def test_air_hunger_changes_the_pace() -> None:
    told = numbers(practice("slow_breathing"), {"air_hunger": True}, "B", "unknown")
    assert (told["in_s"].value, told["out_s"].value) == (3, 5)


def test_what_changes_is_told() -> None:
    answer = allowed(practice("nsdr"), {"trauma": True}, "P", "mild")
    assert answer.allowed
    assert [text.en.split(".")[0] for text in answer.otherwise] == ["Leave out the part about your body"]
    assert said(answer, "nl") is None


@given(PRACTICES, HAS, TRACKS, ILL, PHASES, st.sampled_from(["nl", "en"]))
def test_every_refusal_has_words(
    row: Practice, has: dict[str, bool], track: Track | None, severity: Severity, phase: Phase | None, lang: str
) -> None:
    answer = allowed(row, has, track, severity, phase)
    words = said(answer, lang)  # type: ignore[arg-type]
    assert (words is None) == answer.allowed
    if words is not None:
        assert "{" not in words
        assert row.name.said(lang)[1:] in words  # type: ignore[arg-type]


def test_a_condition_that_does_not_exist_is_our_fault() -> None:
    with pytest.raises(KnowledgeError):
        allowed(practice("nsdr"), {"tiredness": True}, "B", "mild")
