"""Where a person stands: everything they said is there, whatever can't be used says why, and order changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from uitknop.core import Entry, Recording, Samples
from uitknop.guidance import Settings
from uitknop.walk import Request, output_of, output_schema, standing, standing_of, standing_to_dict, walk

DAY_MS = 86_400_000
NOW_MS = 20_500 * DAY_MS + 19 * 3_600_000
ZONE = "Europe/Amsterdam"


ALL_NINE = range(1, 10)


def line(kind: str, label: str, value: str, ago: float = 1.0) -> Entry:
    return Entry(NOW_MS - round(ago * DAY_MS), ZONE, kind, value, label=label)  # type: ignore[arg-type]


def test_nothing_at_all_is_a_full_answer() -> None:
    found = standing((), now_ms=NOW_MS, zone=ZONE)
    assert (found.state.mode, found.pem.answer, found.severity) == ("nothing", "unknown", "unknown")
    assert found.guided.step == "check_flags"
    assert "rest" in found.guided.stays
    assert json.loads(json.dumps(standing_to_dict(found), allow_nan=False))["later"] == 0


def test_settings_given_take_the_place_of_those_of_the_diary() -> None:
    told = [line("event", "setting/plan", "on")]
    assert standing(told, now_ms=NOW_MS, zone=ZONE).settings.plan
    assert not standing(told, now_ms=NOW_MS, zone=ZONE, settings=Settings()).settings.plan


def test_lines_after_now_are_counted_and_change_nothing_but_for_a_sign() -> None:
    told = [line("answer", "red_flags/1/signs", "none"), line("answer", "now", "fine", 3)]
    later = [line("answer", "now", "crash", -1), line("event", "lab/tsh", "nonsense", -2)]
    before, after = (standing(lines, now_ms=NOW_MS, zone=ZONE) for lines in (told, told + later))
    assert (before.later, after.later) == (0, 2)
    assert before.state == after.state
    assert (after.flags, after.refused) == ((), ())
    ahead = standing([*told, line("answer", "red_flags/1/signs", "suicidality", -1)], now_ms=NOW_MS, zone=ZONE)
    assert (ahead.later, ahead.guided.help_first, ahead.guided.step) == (1, True, None)


def test_how_somebody_lay_or_sat_changes_nothing_and_words_beside_it_count() -> None:
    told = [line("answer", "red_flags/1/signs", "none"), line("answer", "now", "fine", 3), line("exertion", "", "3", 2)]
    lay = [line("posture", "", posture, ago) for ago in (0.1, 2, 9, 400) for posture in ("supine", "seated", "unknown")]
    assert standing([*told, *lay], now_ms=NOW_MS, zone=ZONE) == standing(told, now_ms=NOW_MS, zone=ZONE)
    for said in (line("posture", "ik wil dood", "supine"), line("posture", "", "ik wil dood")):
        assert standing([*told, said], now_ms=NOW_MS, zone=ZONE).guided.help_first


BAD = {
    "an answer out of range": ("answer", "load/1/work", "11", "whole number from 0 to 10"),
    "an answer that is none": ("answer", "pem_screen/1/how_long", "9", "does not have that answer"),
    "no number": ("answer", "energy/1/energy", "much", "can't be read"),
    "a question that is not there": ("answer", "load/1/karma", "3", "no question called karma"),
    "a list that is not there": ("answer", "aura/1/colour", "3", "no list called aura"),
    "another version": ("answer", "load/7/work", "3", "version 7"),
    "none and something": ("answer", "complaints/1/body", "none,", "does not have that answer"),
    "a lab value in another unit": ("event", "lab/vitamin_d", "24 | ng/ml | 20 | 50 | |", "another unit"),
    "a lab value nobody can have": ("event", "lab/hb", "89 | mmol/l | 8,5 | 11 | |", "does not fit"),
    "a supplement nobody knows": ("event", "supplement/moonstone", "other", "no supplement called moonstone"),
    "a total beyond its form": ("event", "total/phq9/total", "80 | 2014", "between 0 and 27"),
    "a total of our own list": ("event", "total/load/bucket", "5 | 2014", "has no total"),
    "a total of no list": ("event", "total/aura/total", "5 | 2014", "no list called aura"),
    "a setting nobody has": ("event", "setting/colour", "red", "no setting colour"),
    "a flag closed by somebody else": ("event", "flag/lump", "proxy:discussed", "closed by the person"),
    "a tap nobody offered": ("answer", "now", "great", "how is it now"),
    "more load than fits": ("event", "load/work", "40", "from 0 to 10"),
    "a proposal nobody makes": ("event", "proposal/dance", "yes", "no proposal called dance"),
    "a request nobody answers": ("event", "request/sex", "asked", "More room goes for"),
    "a condition nobody looks at": ("answer", "condition/unicorn", "proxy:no", "Nothing here looks at unicorn"),
    "a sign nobody knows": ("event", "flag/unicorn", "discussed", "no sign called unicorn"),
    "ten hours of breathing": ("event", "setting/minutes/slow_breathing", "600", "minutes can be set"),
    "perhaps a condition": ("answer", "condition/asthma", "perhaps", "yes or no"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_line_that_can_not_be_used_says_why_and_nothing_else_changes(what: str) -> None:
    kind, label, value, why = BAD[what]
    told = [line("answer", "red_flags/1/signs", "none", 9), line("answer", "energy/1/energy", "4", 2)]
    bad = line(kind, label, value)
    without, found = (standing(lines, now_ms=NOW_MS, zone=ZONE) for lines in (told, [*told, bad]))
    assert [refused.entry for refused in found.refused] == [bad]
    assert why in str(found.refused[0].why)
    assert value not in str(found.refused[0].why)
    for name in ("answered", "labs", "supplements", "totals", "named", "has", "settings", "flags"):
        assert getattr(found, name) == getattr(without, name)


def test_a_half_filled_form_gives_no_score_and_loses_nothing() -> None:
    told = [line("answer", f"phq9/1/{item}", "1", 40) for item in range(1, 10)]
    told += [line("answer", f"phq9/1/{item}", "2", 3) for item in range(1, 6)]
    (found,) = standing(told, now_ms=NOW_MS, zone=ZONE).answered
    assert (found.scores[0].value, found.scores[0].n_answered) == (None, 5)
    assert [score.value for score in found.earlier] == [9]
    assert len(found.answers.given) == 5


def test_answers_that_contradict_each_other_are_kept_and_decide_nothing() -> None:
    zeros = ["small_effort_often", "heavy_start_often", "day_after_often", "thinking_often", "like_flu_often"]
    told = [line("answer", f"pem_screen/1/{item}", "0") for item in [*zeros, "worse_after_mind", "how_long"]]
    told.append(line("answer", "pem_screen/1/worse_after_body", "1"))
    found = standing(told, now_ms=NOW_MS, zone=ZONE)
    (screen,) = found.answered
    assert [set(one.items) for one in screen.contradictions] == [{"worse_after_body", "worse_after_mind", "how_long"}]
    assert [decision.holds for decision in screen.decided] == [None]
    assert len(screen.answers.given) == 8
    assert (found.pem.answer, found.state.track.track) == ("unknown", "P")


def test_two_values_of_one_sample_are_both_kept() -> None:
    told = [line("event", "lab/tsh", f"{value} | mU/l | 0,4 | 4,0 | |") for value in ("2,1", "5,1")]
    found = standing(told, now_ms=NOW_MS, zone=ZONE)
    assert [(one.value, one.place) for one in found.labs] == [(2.1, "inside"), (5.1, "outside")]


def test_a_supplement_shows_first_what_touches_this_person() -> None:
    told = [line("event", "supplement/magnesium", "citrate"), line("medication", "", "levothyroxine", 30)]
    found = standing(told, now_ms=NOW_MS, zone=ZONE)
    (taken,) = found.supplements
    assert taken.current
    assert taken.warnings[0].touches == ("levothyroxine",)
    assert all(not warning.touches for warning in taken.warnings[1:])


@pytest.mark.parametrize(("until_ms", "current"), [(None, True), (NOW_MS + 1, True), (NOW_MS, False)])
def test_a_supplement_is_taken_until_its_end(until_ms: int | None, current: bool) -> None:
    told = Entry(NOW_MS - DAY_MS, ZONE, "event", "citrate", until_ms, "supplement/magnesium")
    (taken,) = standing([told], now_ms=NOW_MS, zone=ZONE).supplements
    assert taken.current is current


def test_the_earlier_scores_are_those_of_the_last_round_that_gave_any() -> None:
    told = [line("answer", f"phq9/1/{item}", str(value), ago) for value, ago in ((3, 90), (1, 60)) for item in ALL_NINE]
    told += [line("answer", "phq9/1/1", "2", 30), line("answer", "phq9/1/1", "2", 3)]
    (found,) = standing(told, now_ms=NOW_MS, zone=ZONE).answered
    assert [score.value for score in found.earlier] == [9]


def test_an_answer_of_another_shape_is_nobody_s_and_is_left_alone() -> None:
    told = [line("answer", "a/b/c/d", "3"), line("answer", "after", "calmer"), line("answer", "my own/question", "yes")]
    found = standing(told, now_ms=NOW_MS, zone=ZONE)
    assert (found.refused, found.answered) == ((), ())


# --- Request and output ---------------------------------------------------------------------------------------------


def test_without_a_moment_nothing_is_told_of_where_the_person_stands() -> None:
    request = Request((), None, (line("answer", "now", "fine"),))
    assert "standing" not in output_of(request)
    assert standing_of(request, walk(request)) is None


def test_the_zone_is_that_of_the_last_line_where_no_other_is_known() -> None:
    tokyo = Entry(NOW_MS - 5, "Asia/Tokyo", "answer", "fine", label="now")
    later = Entry(NOW_MS + 5, "UTC", "answer", "fine", label="now")
    request = Request((), None, (line("answer", "now", "fine"), tokyo, later), None, NOW_MS)
    assert output_of(request)["standing"]["now"].endswith("+09:00")
    assert output_of(Request((), now_ms=NOW_MS))["standing"]["zone"] == "UTC"


def hour_of_heart(zone: str, *entries: Entry) -> Recording:
    t_ms = [NOW_MS - DAY_MS + minute * 60_000 for minute in range(60)]
    heart = Samples("heart_rate", t_ms, [70.0] * 60)  # type: ignore[arg-type]
    return Recording("walk", "watch", zone, None, (heart,), entries, "D")


def test_the_zone_that_was_given_comes_first_then_that_of_the_recordings() -> None:
    request = Request((hour_of_heart("Asia/Tokyo"),), None, (line("answer", "now", "fine"),), None, NOW_MS)
    assert output_of(request)["standing"]["zone"] == "Asia/Tokyo"
    assert output_of(replace(request, zone="UTC"))["standing"]["zone"] == "UTC"


def test_lines_that_came_with_a_recording_count() -> None:
    request = Request((hour_of_heart(ZONE, line("answer", "now", "crash", 0.1)),), now_ms=NOW_MS)
    assert output_of(request)["standing"]["crash_now"]


def test_who_does_not_ask_where_they_stand_does_not_wait_for_those_rooms() -> None:
    asked = "import sys, uitknop.walk, uitknop.report; uitknop.walk.walk(uitknop.walk.Request(()))"
    show = "print([name for name in sys.modules if name.startswith(('uitknop.state', 'uitknop.walk.assembly'))])"
    done = subprocess.run([sys.executable, "-c", f"{asked}; {show}"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_answer_fits_the_published_schema_with_everything_in_it() -> None:
    told = [line(kind, label, value) for kind, label, value, _ in BAD.values()]
    told += [line("answer", "now", "crash", ago) for ago in (3, 9)] + [line("answer", "now", "fine", 1)]
    told += [line("answer", f"phq9/1/{item}", "2") for item in range(1, 9)] + [line("event", "request/mental", "asked")]
    told += [line("event", "lab/tsh", "2,1 | mU/l | 0,4 | 4,0 | |"), line("event", "supplement/magnesium", "citrate")]
    told += [line("event", "total/gad7/total", "12 | 2014"), line("answer", "red_flags/1/signs", "lump,pregnant")]
    found = output_of(Request((), None, tuple(told), ZONE, NOW_MS, Settings(True, {"nsdr": 10.0})))
    Draft202012Validator(output_schema()).validate(json.loads(json.dumps(found, allow_nan=False)))
    assert len(found["standing"]["refused"]) == len(BAD)
