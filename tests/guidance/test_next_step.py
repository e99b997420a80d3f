"""Each step by the diary that leads to it, in the order in which they come; and what a person said about them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from made_people import ZONES, Made, at, event, known, tapped, whole_screen

from uitknop.core import Entry, Estimate
from uitknop.guidance import Guided, Settings, answer_entries, guide, said_advice, said_step, steps
from uitknop.guidance.answered import ask_again_days
from uitknop.guidance.steps import PROPOSED
from uitknop.instruments import Answer, instrument, to_entry
from uitknop.state import read_diary, state_of

ZONE = ZONES[0]
CHECKED = [to_entry(instrument("red_flags"), Answer("signs", ("none",), at(20)), ZONE)]
LONG_AGO = [to_entry(instrument("red_flags"), Answer("signs", ("none",), at(200)), ZONE), *CHECKED]
TRACK_B = whole_screen(ZONE, 300, positive=False)
TRACK_P = whole_screen(ZONE, 300, positive=True)
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


def guided(entries: list[Entry], *, plan: bool = True) -> Guided:
    return known(Made(tuple(entries), settings=Settings(plan=plan))).guided


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
        found = guide(state, diary, (), Settings(plan=True))
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
    found = known(Made(entries, has={condition: True}, settings=Settings(plan=True))).guided
    assert found.step == "day_rhythm"
    assert "adapted" in {reason.code for reason in found.held}


@pytest.mark.parametrize("condition", ["fever", "chest_pain", "fainting"])
def test_nothing_is_taken_up_with_what_a_walk_does_not_go_with(condition: str) -> None:
    entries = tuple(CASES["steady in phase 2"].entries)
    assert known(Made(entries, has={condition: True}, settings=Settings(plan=True))).guided.step == "day_rhythm"


def test_whoever_has_a_heart_condition_is_told_to_ask_first() -> None:
    made = Made(tuple(CASES["steady in phase 2"].entries), has={"heart_disease": True}, settings=Settings(plan=True))
    offered = {offer.practice: offer.otherwise for offer in known(made).guided.fits}
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
    has = dict.fromkeys(("fever", "chest_pain", "fainting"), False)
    for plan in (True, False):
        fits = known(Made(tuple(entries), has=has, settings=Settings(plan))).guided.fits
        assert ({"easy_walk", "careful_restart"} <= {offer.practice for offer in fits}) is plan


def test_own_minutes_are_used_within_the_limit_only() -> None:
    def minutes(own: float) -> Estimate | float:
        made = Made((*CHECKED, *TRACK_B), settings=Settings(minutes={"quiet_rest": own, "slow_breathing": own}))
        return {offer.practice: offer.numbers for offer in known(made).guided.fits}["quiet_rest"]["minutes"].value

    assert (minutes(7), minutes(21), minutes(1), minutes(float("nan"))) == (7, 15, 15, 15)


# --- The own request, track P --------------------------------------------------------------------------------------

ASKED = event(ZONE, "request/physical", "asked", 3)
READY = [*CHECKED, *TRACK_P, *CALM, *PHASE_2]


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
