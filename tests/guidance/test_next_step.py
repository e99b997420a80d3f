"""Each step by the diary that leads to it, in the order in which they come; and what a person said about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from made_people import ZONES, Made, at, event, known, tapped, whole_screen

from uitknop.core import Entry, Estimate
from uitknop.guidance import (
    Guided,
    Settings,
    answer_entries,
    button_entry,
    closing_entry,
    condition_entry,
    conditions_of,
    flags_of,
    guide,
    said_advice,
    said_step,
    steps,
)
from uitknop.guidance.answered import ask_again_days
from uitknop.guidance.steps import PROPOSED
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.state import read_diary, state_of

ZONE = ZONES[0]
CHECKED = [to_entry(instrument("red_flags"), Answer("signs", ("none",), at(20)), ZONE)]
LONG_AGO = [to_entry(instrument("red_flags"), Answer("signs", ("none",), at(200)), ZONE), *CHECKED]
MILD = [to_entry(instrument("function"), Answer("ordinary_day", 0, at(20)), ZONE)]
TRACK_B = [*whole_screen(ZONE, 300, positive=False), *whole_screen(ZONE, 40, positive=False), *MILD]
TRACK_P = whole_screen(ZONE, 300, positive=True)
ASKED_FIRST = dict.fromkeys(("fever", "chest_pain", "fainting"), False)
"""Conditions that are asked before anything more."""
PHASE_2 = [event(ZONE, "phase", "2", 26)]
PHASE_3 = [event(ZONE, "phase", "2", 120), event(ZONE, "phase", "3", 100)]
CALM = tapped("f" * 40)
LESS = tapped("fhhff" * 12)


def said(name: str, answer: str, ago: int) -> list[Entry]:
    return [event(ZONE, f"proposal/{name}", answer, ago)]


def one(name: str, item: str, value: int | tuple[str, ...] | None, ago: int = 5) -> Entry:
    return to_entry(instrument(name), Answer(item, value, at(ago)), ZONE)


ENERGY_FELL = [one("energy", "energy", 7, 12), one("energy", "energy", 3, 5)]
SCORES_MOOD = [one("mood", item, 0) for item in ("joy", "low", "unrest", "worry")]
SOLVED = [event(ZONE, "stressor", "solved", 5)]
ALONE_WITH_WORK = [one("work", "now", 1), one("work", "company_doctor", 0)]
CLOSED = [button_entry("suicidality", at(4), ZONE), closing_entry("suicidality", at(2), ZONE)]


@dataclass(frozen=True)
class Case:
    """A diary and the step it leads to, with the plan on and with it off."""

    entries: list[Entry]
    on: str | None
    off: str | None
    gate: str


CASES = {
    "nothing said yet": Case([], "check_flags", "check_flags", "flags_asked"),
    "the page is due": Case([*LONG_AGO[:1], *TRACK_B, *CALM], "check_flags", "check_flags", "flags_asked"),
    "PEM not asked": Case([*CHECKED, *CALM], "ask_pem", "ask_pem", "pem_asked"),
    "PEM asked in part": Case([*CHECKED, TRACK_P[0], *CALM], "ask_pem_rest", "pacing", "pem"),
    "a no on PEM that is too old": Case(
        [*CHECKED, *whole_screen(ZONE, 90, positive=False), *CALM], "ask_pem_again", "ask_pem_again", "pem"
    ),
    "a high total that hides a question": Case(
        [*CHECKED, *TRACK_B, *CALM, *PHASE_2, event(ZONE, "total/phq9/total", "24 | Dutch, 2014", 3)],
        *("ask_safe", "ask_safe", "red_flag"),
    ),
    "after thoughts of suicide": Case(
        [*CHECKED, *TRACK_B, *CALM, *PHASE_2, *CLOSED], "talk_after_help", "talk_after_help", "red_flag"
    ),
    "an ordinary day was never asked": Case(
        [*CHECKED, *whole_screen(ZONE, 40, positive=False), *CALM, *PHASE_2], "ask_before_more", "day_rhythm", "plan"
    ),
    "a crash is on": Case([*CHECKED, *TRACK_B, *tapped("f" * 20 + "c")], "crash_rest", "crash_rest", "crash"),
    "after a crash": Case([*CHECKED, *TRACK_B, *tapped("f" * 20 + "cff")], "after_crash", "after_crash", "after_crash"),
    "energy fell": Case([*CHECKED, *TRACK_B, *CALM, *ENERGY_FELL], "ask_crash", "ask_crash", "crash"),
    "inside": Case([*CHECKED, *TRACK_P, *LESS, *said("phase_2", "no", 5)], "pacing_inside", "pacing_inside", "track_P"),
    "at the edge": Case(
        [*CHECKED, *TRACK_P, *tapped("fffffc" * 2 + "fhhff" * 12 + "fhhfh")], "pacing_edge", "pacing_edge", "track_P"
    ),
    "outside": Case(
        [*CHECKED, *TRACK_P, *tapped("fffffc" * 2 + "fhfff" * 12 + "hhh")],
        "pacing_outside",
        "pacing_outside",
        "track_P",
    ),
    "history unknown": Case([*CHECKED, *TRACK_P], "pacing", "pacing", "track_P"),
    "very ill": Case([*CHECKED, *TRACK_P, one("function", "ordinary_day", 3)], "severe_rest", "severe_rest", "track_P"),
    "three calm weeks on P": Case([*CHECKED, *TRACK_P, *CALM], "phase_2_p", "pacing", "phase_1"),
    "a low time": Case(
        [*CHECKED, *TRACK_B, *CALM, *PHASE_2, one("mood", "low", 2)], "talk_mood", "talk_mood", "phase_2"
    ),
    "long in phase 1": Case([*LONG_AGO, *TRACK_B, *CALM], "talk_doctor", "talk_doctor", "phase_1"),
    "long in phase 2 on P": Case(
        [*LONG_AGO, *TRACK_P, *CALM, event(ZONE, "phase", "2", 100)], "review", "review", "phase_2"
    ),
    "alone with work": Case([*CHECKED, *TRACK_B, *CALM, *ALONE_WITH_WORK], "work_talk", "work_talk", "phase_1"),
    "a conflict at work": Case(
        [*CHECKED, *TRACK_P, *CALM, one("work", "conflict", 1)], "work_talk", "work_talk", "phase_1"
    ),
    "the first weeks": Case(
        [one("red_flags", "signs", ("none",), 10), *TRACK_B, *CALM, *said("phase_2", "no", 1)],
        *("rest_a_few_times", "rest_a_few_times", "phase_1"),
    ),
    "too little known in phase 1": Case([*CHECKED, *TRACK_B, *tapped("ffff")], None, "day_rhythm", "phase_1"),
    "three calm weeks on B": Case([*CHECKED, *TRACK_B, *CALM], "phase_2", "day_rhythm", "phase_1"),
    "steady in phase 2": Case([*CHECKED, *TRACK_B, *CALM, *PHASE_2], "restart", "day_rhythm", "plan"),
    "one thing taken up": Case(
        [*CHECKED, *TRACK_B, *CALM, *PHASE_2, *said("restart", "yes", 8)], "increase", "day_rhythm", "plan"
    ),
    "added this week": Case(
        [*CHECKED, *TRACK_B, *CALM, *PHASE_2, *said("restart", "yes", 6)], "day_rhythm", "day_rhythm", "phase_2"
    ),
    "heavier after more": Case(
        [*CHECKED, *TRACK_B, *tapped("f" * 39 + "h"), *PHASE_2, *said("restart", "yes", 6)],
        *("go_back", "go_back", "stop_rule"),
    ),
    "a heavy day in phase 2": Case(
        [*CHECKED, *TRACK_B, *tapped("f" * 38 + "hf"), *PHASE_2], "day_rhythm", "day_rhythm", "phase_2"
    ),
    "too little known in phase 2": Case(
        [*CHECKED, *TRACK_B, *tapped("f" * 30, 4), *PHASE_2], None, "day_rhythm", "phase_2"
    ),
    "four calm weeks": Case(
        [*CHECKED, *TRACK_B, *CALM, *PHASE_2, *SCORES_MOOD, *SOLVED], "phase_3", "day_rhythm", "phase_2"
    ),
    "in phase 3": Case([*CHECKED, *TRACK_B, *tapped("f" * 20), *PHASE_3], "own_signs", "own_signs", "phase_3"),
    "nothing is needed": Case(
        [*CHECKED, *TRACK_B, *tapped("f" * 20), *PHASE_3, *said("own_signs", "no", 3)], None, None, "phase_3"
    ),
    "three months even": Case([*CHECKED, *TRACK_B, *tapped("f" * 90), *PHASE_3], "leave", "leave", "phase_3"),
}


def guided(entries: list[Entry], *, plan: bool = True, **has: bool) -> Guided:
    return known(Made(tuple(entries), has={**ASKED_FIRST, **has}, settings=Settings(plan=plan))).guided


@pytest.mark.parametrize("name", CASES)
def test_each_diary_leads_to_its_step(name: str) -> None:
    case = CASES[name]
    found = guided(case.entries)
    assert (found.step, found.advice.gate) == (case.on, case.gate)
    assert guided(case.entries, plan=False).step == case.off
    assert found.advice.reasons


def test_there_is_a_diary_for_every_step_but_the_answer_to_a_request() -> None:
    assert {case.on for case in CASES.values()} | {case.off for case in CASES.values()} == {*steps(), None} - {"room"}


def test_no_step_is_of_a_kind_that_adds_unless_the_plan_is_on() -> None:
    for case in CASES.values():
        off = guided(case.entries, plan=False)
        assert off.kind not in ("more", "phase")
        assert case.on == case.off or guided(case.entries).kind in ("more", "phase", "ask", None)


# --- Yes and no ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.on and steps()[case.on].answered])
def test_an_answered_step_stays_away_and_a_no_for_four_weeks(name: str) -> None:
    case = CASES[name]
    proposal = guided(case.entries).proposal
    assert proposal is not None
    for answer in ("no", "proxy:no"):
        assert guided([*case.entries, *said(proposal, answer, 1)]).step != case.on
    if steps()[str(case.on)].kind in PROPOSED:
        assert guided([*case.entries, *said(proposal, "no", 27)]).step != case.on
        assert guided([*case.entries, *said(proposal, "no", 28)]).step == case.on
    assert ask_again_days() == 28


def test_a_later_yes_takes_the_place_of_a_no_and_another_answer_counts_for_nothing() -> None:
    base = [*CHECKED, *TRACK_B, *CALM, *PHASE_2]
    assert guided([*base, *said("restart", "no", 10), *said("restart", "yes", 9)]).step == "increase"
    assert guided([*base, *said("restart", "perhaps", 9)]).step == "restart"


def test_nobody_else_can_say_yes_to_more() -> None:
    base = [*CHECKED, *TRACK_B, *CALM, *PHASE_2]
    assert guided([*base, *said("restart", "proxy:yes", 9)]).step == "restart"


def test_the_answer_to_another_phase_also_moves_it() -> None:
    lines = answer_entries("phase_2", True, at(0), ZONE)
    assert [(line.label, line.value) for line in lines] == [("proposal/phase_2", "yes"), ("phase", "2")]
    assert known(Made((*CHECKED, *TRACK_B, *CALM, *lines))).state.phase.phase == 2
    assert [line.label for line in answer_entries("phase_2", False, at(0), ZONE)] == ["proposal/phase_2"]
    assert [line.label for line in answer_entries("restart", True, at(0), ZONE)] == ["proposal/restart"]


# --- More ----------------------------------------------------------------------------------------------------------


def test_an_increment_is_a_tenth_at_most_once_a_week_and_carries_its_limits_and_claims() -> None:
    found = guided(CASES["one thing taken up"].entries)
    assert found.advice.step is not None
    assert found.advice.step.fields["increase"] == 10
    assert {"increase_b_week", "stable_before_h", "no_expansion_after_crash_days"} <= set(found.advice.limits_applied)
    assert found.advice.claims == {"C025": "B"}
    assert "10 procent" in str(said_step(found, "nl"))


def test_whoever_always_says_yes_gets_one_thing_more_a_week_at_most() -> None:
    lines = [*CHECKED, *TRACK_B, *tapped("f" * 60), event(ZONE, "phase", "2", 30)]
    added: list[int] = []
    for ago in range(29, -1, -1):
        diary = read_diary(lines, now_ms=at(ago, 20), zone=ZONE)
        state = state_of(lines, now_ms=diary.now_ms, zone=ZONE, open_flags=())
        found = guide(state, diary, (), Settings(plan=True), ASKED_FIRST)
        if found.kind == "more" and found.proposal is not None:
            added.append(ago)
            lines += answer_entries(found.proposal, True, diary.now_ms, ZONE)
    assert len(added) >= 3
    assert all(before - after >= 7 for before, after in pairwise(added))


def test_after_a_worsening_nothing_is_added_for_a_week_and_then_one_starts_again_smaller() -> None:
    base = [*CHECKED, *TRACK_B, *PHASE_2, *said("restart", "yes", 12), *said("increase", "yes", 5)]
    steps_by_day = {days: guided([*base, *tapped("f" * (40 - days) + "h" + "f" * days)]).step for days in range(1, 6)}
    assert steps_by_day == {1: "go_back", 2: "go_back", 3: "go_back", 4: "day_rhythm", 5: "day_rhythm"}
    earlier = [*CHECKED, *TRACK_B, *PHASE_2, *said("restart", "yes", 15)]
    for days, step in ((6, "day_rhythm"), (7, "restart"), (14, "restart"), (16, "increase")):
        assert guided([*earlier, *tapped("f" * (40 - days) + "h" + "f" * days)]).step == step


@pytest.mark.parametrize("condition", ["pregnancy", "under_18", "bedbound"])
def test_a_condition_adapts_also_when_its_sign_was_closed(condition: str) -> None:
    entries = tuple(CASES["steady in phase 2"].entries)
    found = guided([*entries], **{condition: True})
    assert found.step == "day_rhythm"
    assert "adapted" in {reason.code for reason in found.held}


@pytest.mark.parametrize("condition", ["fever", "chest_pain", "fainting"])
def test_nothing_is_taken_up_with_what_a_walk_does_not_go_with(condition: str) -> None:
    assert guided(CASES["steady in phase 2"].entries, **{condition: True}).step == "day_rhythm"


def test_whoever_has_a_heart_condition_is_told_to_ask_first() -> None:
    fits = guided(CASES["steady in phase 2"].entries, heart_disease=True).fits
    offered = {offer.practice: offer.otherwise for offer in fits}
    assert [words.nl for words in offered["careful_restart"]] == ["Vraag eerst je arts."]


def test_questions_that_were_passed_over_are_not_asked_for_again() -> None:
    passed = [one("pem_screen", item.id, None) for item in instrument("pem_screen").items]
    assert guided([*CHECKED, *CALM, *passed]).step == "phase_2_p"
    assert guided([*CHECKED, *tapped("ff"), *passed]).step == "pacing"


@pytest.mark.parametrize("sign", ["pregnant", "under_18", "severely_ill"])
def test_nothing_is_added_for_whom_everything_is_adapted(sign: str) -> None:
    page = one("red_flags", "signs", (sign,), 10)
    for name in ("steady in phase 2", "one thing taken up", "three calm weeks on B", "four calm weeks"):
        found = guided([*CASES[name].entries, page])
        assert found.kind not in ("more", "phase")
        assert "adapted" in {reason.code for reason in found.held}
        assert not found.help_first


@pytest.mark.parametrize(
    ("row", "held"),
    [
        ("f" * 40, False),
        ("f" * 36 + "hfff", True),
        ("f" * 35 + "hffff", False),
        ("f" * 37 + "---", True),
        ("f" * 33 + "-f-f-f-f", True),
    ],
)
def test_the_stop_rule_looks_at_72_hours_and_an_unknown_week_adds_nothing(row: str, held: bool) -> None:
    found = guided([*CHECKED, *TRACK_B, *tapped(row), *PHASE_2])
    assert (found.step != "restart") is held
    assert bool(found.held) is held
    offered = {offer.practice for offer in found.fits}
    assert ("careful_restart" in offered) is not held


def test_a_walk_and_a_restart_are_offered_only_with_the_plan_on() -> None:
    entries = CASES["steady in phase 2"].entries
    for plan in (True, False):
        fits = guided(entries, plan=plan).fits
        assert ({"easy_walk", "careful_restart"} <= {offer.practice for offer in fits}) is plan


def test_own_minutes_are_used_within_the_limit_only() -> None:
    def minutes(own: float) -> Estimate | float:
        made = Made((*CHECKED, *TRACK_B), settings=Settings(minutes={"quiet_rest": own, "slow_breathing": own}))
        return {offer.practice: offer.numbers for offer in known(made).guided.fits}["quiet_rest"]["minutes"].value

    assert (minutes(7), minutes(21), minutes(1), minutes(float("nan"))) == (7, 15, 15, 15)


# --- After a sign was closed ---------------------------------------------------------------------------------------

STEADY = [*CHECKED, *TRACK_B, *CALM, *PHASE_2]
NEVER_ASKED_AGAIN = dict.fromkeys(
    ("heart_disease", "heart_failure", "raynaud", "cold_urticaria", "neuropathy", "high_blood_pressure", "panic"), False
) | dict.fromkeys(("epilepsy", "pregnancy", "asthma", "copd", "numb_skin", "arrhythmia", "air_hunger"), False)


def closed(sign: str, ago: float, *, long: bool = False) -> list[Entry]:
    at_ms = round(at(0, 20) - ago * 24 * 3_600_000)
    return [button_entry(sign, at_ms - 500, ZONE), closing_entry(sign, at_ms, ZONE, known=long)]


@pytest.mark.parametrize("sign", ["chest_pain", "fever_or_night_sweats", "suicidality", "lump", "breathless"])
def test_closing_a_sign_brings_nothing_more_for_a_week(sign: str) -> None:
    for ago in (0.01, 3, 6.9):
        for entries in (STEADY, [*CHECKED, *TRACK_B, *CALM], CASES["four calm weeks"].entries):
            found = guided([*entries, *closed(sign, ago)])
            assert found.kind not in ("more", "phase")
            assert "sign_closed" in {reason.code for reason in found.held}
            assert {"easy_walk", "careful_restart"}.isdisjoint(offer.practice for offer in found.fits)
    talks = [guided([*STEADY, *closed(sign, ago)]).kind == "talk" for ago in (0.01, 6.9, 7.1)]
    assert talks == [sign == "suicidality"] * 2 + [False]


@pytest.mark.parametrize(("sign", "name"), [("chest_pain", "chest_pain"), ("fever_or_night_sweats", "fever")])
def test_what_was_talked_about_is_unknown_until_the_person_tells(sign: str, name: str) -> None:
    entries = [*STEADY, *closed(sign, 9)]
    assert guided(entries).step == "ask_before_more"
    earlier, later = (condition_entry(name, False, at(ago), ZONE) for ago in (20, 8))
    assert guided([*entries, earlier]).step == "ask_before_more"
    assert guided([*entries, later]).step == "restart"
    diary = read_diary([*entries, earlier], now_ms=at(0, 20), zone=ZONE)
    assert name not in conditions_of(diary, flags_of(diary))
    assert guided([*STEADY, *closed("lump", 9)]).step == "restart"


def test_what_is_known_for_long_is_there_and_what_is_open_too() -> None:
    found = guided([*STEADY, *closed("fainted", 9, long=True)])
    assert found.step == "day_rhythm"
    assert {"easy_walk", "careful_restart"}.isdisjoint(offer.practice for offer in found.fits)
    for lines in (closed("irregular_pulse", 9, long=True), closed("irregular_pulse", 9)[:1]):
        fits = {offer.practice for offer in guided([*STEADY, *lines], **NEVER_ASKED_AGAIN).fits}
        assert {"cold_cloth", "cyclic_sighing"}.isdisjoint(fits)
        diary = read_diary([*STEADY, *lines], now_ms=at(0, 20), zone=ZONE)
        assert conditions_of(diary, flags_of(diary))["arrhythmia"] is True
    assert {"cold_cloth", "cyclic_sighing"} <= {one.practice for one in guided(STEADY, **NEVER_ASKED_AGAIN).fits}


def test_company_is_not_offered_to_whom_somebody_frightened() -> None:
    assert "social_safety" in {offer.practice for offer in guided(STEADY).fits}
    unsafe = [*STEADY, *closed("unsafe_home", 30)]
    assert "social_safety" not in {offer.practice for offer in guided(unsafe).fits}
    told = condition_entry("unsafe_relation", False, at(2), ZONE)
    assert "social_safety" in {offer.practice for offer in guided([*unsafe, told]).fits}


# --- What is asked before anything more ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fever", "chest_pain", "fainting"])
def test_more_waits_until_what_goes_against_it_was_asked(name: str) -> None:
    has = {other: False for other in ASKED_FIRST if other != name}
    found = known(Made(tuple(STEADY), has=has, settings=Settings(plan=True))).guided
    assert (found.step, found.advice.reasons[-1].found) == ("ask_before_more", name)
    assert "careful_restart" not in {offer.practice for offer in found.fits}


def test_more_waits_until_an_ordinary_day_is_known() -> None:
    never = [entry for entry in STEADY if entry not in MILD]
    assert guided(never).step == "ask_before_more"
    assert "severity" in {reason.code for reason in guided(never).held}
    assert guided([*never, *said("ask_before_more", "no", 2)]).step == "day_rhythm"


# --- A low time ----------------------------------------------------------------------------------------------------


def typed(total: int, ago: int, which: str = "phq9/total") -> Entry:
    return event(ZONE, f"total/{which}", f"{total} | Dutch, 2014", ago)


def test_a_low_time_holds_more_back_also_once_the_talk_was_answered() -> None:
    low = [*STEADY, one("mood", "low", 2)]
    assert guided(low).step == "talk_mood"
    for answer in ("yes", "no"):
        found = guided([*low, *said("talk_mood", answer, 1)])
        assert found.step == "day_rhythm"
        assert "low_mood" in {reason.code for reason in found.held}
    better = [one("mood", item, 0, 2) for item in ("low", "joy")]
    assert guided([*low, *said("talk_mood", "yes", 1), *better]).step == "restart"


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (typed(24, 3), True),
        (typed(10, 3), True),
        (typed(9, 3), False),
        (typed(24, 90), False),
        (typed(3, 3, "4dkl/depression"), True),
        (typed(2, 3, "4dkl/depression"), False),
        (event(ZONE, "total/phq9/total", "proxy:24 | 2014", 3), True),
        (event(ZONE, "total/phq9/total", "many", 3), False),
    ],
)
def test_a_high_total_whose_question_on_suicide_is_unknown_asks_it_first(line: Entry, asked: bool) -> None:
    found = guided([*STEADY, line])
    assert (found.step == "ask_safe") is asked
    assert "help" in found.stays
    answered = one("red_flags", "signs", ("none",), 2)
    assert guided([*STEADY, line, answered]).step != "ask_safe"
    by_other = replace(answered, value="proxy:none")
    assert (guided([*STEADY, line, by_other]).step == "ask_safe") is asked


def test_half_a_form_without_that_question_asks_it_too_and_its_answer_settles_it() -> None:
    half = [one("phq9", str(item), 2, 3) for item in range(1, 9)]
    assert guided([*STEADY, *half]).step == "ask_safe"
    assert guided([*STEADY, *half, one("phq9", "9", 0, 3)]).step == "talk_mood"
    assert guided([*STEADY, *half[:4]]).step == "restart"
    assert guided([*STEADY, *half, one("phq9", "9", 1, 3)]).help_first


# --- PEM that is not known any more --------------------------------------------------------------------------------


def test_crashes_and_a_long_worsening_ask_for_pem_anew_and_nothing_is_added() -> None:
    crashes = [*CHECKED, *TRACK_B, *tapped("f" * 10 + "cc" + "f" * 12 + "cc" + "f" * 12), event(ZONE, "phase", "2", 9)]
    long = [*STEADY, one("effort_diary", "lag", 2), one("effort_diary", "how_long", 4)]
    for entries in (crashes, long):
        found = guided(entries)
        assert (found.step, found.advice.reasons[0].code) == ("ask_pem_again", "pem_against_diary")
        assert guided([*entries, *whole_screen(ZONE, 1, positive=False)]).step != "ask_pem_again"
        later = guided([*entries, *said("ask_pem_again", "no", 2)])
        assert later.kind == "protect"


def test_what_somebody_else_said_of_pem_lifts_nothing() -> None:
    theirs = [replace(row, value=f"proxy:{row.value}") for row in whole_screen(ZONE, 20, positive=False)]
    assert guided([*CHECKED, *theirs, *MILD, *CALM, *PHASE_2]).step == "ask_pem_again"


def test_the_words_of_another_phase_say_no_more_than_the_gate_asks() -> None:
    # A crash nine days ago, so three calm weeks would not be true.
    found = guided([*CHECKED, *TRACK_B, *tapped("f" * 30 + "c" + "f" * 9), *one_good_week()])
    assert found.step == "phase_2"
    assert "week ging zonder crash" in str(said_step(found, "nl"))
    assert "drie weken" not in str(said_step(found, "nl"))


def one_good_week() -> list[Entry]:
    return [one("energy", "control", 2, 2)]


# --- The own request, track P --------------------------------------------------------------------------------------

ASKED = event(ZONE, "request/physical", "asked", 3)
READY = [*CHECKED, *TRACK_P, *MILD, *CALM, *PHASE_2]


def test_nothing_is_proposed_on_track_p_and_an_own_request_is_answered_by_the_rule() -> None:
    assert guided(READY).request is None
    found = guided([*READY, ASKED])
    assert found.request is not None
    assert found.kind == "protect"
    assert set(found.request.limits_applied) == {
        *("expansion_on_request", "expansion_domains", "crash_free_before_expansion_days")
    }
    assert "10 procent" in str(said_advice(found.request, "nl"))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ([*CHECKED, *TRACK_P, *tapped("f" * 20 + "c" + "f" * 27), *PHASE_2], "crash_free"),
        ([*CHECKED, *TRACK_P, *tapped("f" * 19), *PHASE_2], "known_days_too_little"),
        ([*CHECKED, *TRACK_P, *CALM], "phase_held_back"),
        ([*CHECKED, *TRACK_P, *tapped("f" * 39 + "h"), *PHASE_2], "not_stable"),
        ([*READY, *said("room", "yes", 20)], "added_lately"),
        ([*READY, *said("room", "no", 20)], "said_no"),
        ([*READY, one("function", "ordinary_day", 2)], "severity"),
        ([*READY, one("red_flags", "signs", ("pregnant",), 9)], "adapted"),
        ([*READY, one("red_flags", "signs", ("lump",), 9)], "flag_open"),
    ],
)
def test_a_request_waits_for_the_whole_rule(changed: list[Entry], code: str) -> None:
    found = guided([*changed, ASKED]).request
    assert found is not None
    assert found.step is None
    assert code in {reason.code for reason in found.reasons}


def test_a_request_needs_the_plan_the_person_and_track_p() -> None:
    off = guided([*READY, ASKED], plan=False).request
    assert off is not None
    assert [reason.code for reason in off.reasons] == ["plan_off"]
    assert guided([*READY, event(ZONE, "request/physical", "proxy:asked", 3)]).request is None
    assert guided([*READY, event(ZONE, "request/running", "asked", 3)]).request is None
    assert guided([*READY, ASKED, event(ZONE, "request/physical", "withdrawn", 2)]).request is None
    assert guided([*CASES["steady in phase 2"].entries, ASKED]).request is None


def test_one_thing_at_a_time_the_longest_asked_first() -> None:
    found = guided([*READY, ASKED, event(ZONE, "request/mental", "asked", 9)]).request
    assert found is not None
    assert [reason.found for reason in found.reasons if reason.code == "own_request"] == ["mental"]


def test_heavier_after_more_room_means_going_back_on_track_p_too() -> None:
    entries = [*CHECKED, *TRACK_P, *tapped("f" * 39 + "h"), *PHASE_2, *said("room", "yes", 5)]
    assert guided(entries).step == "go_back"
