"""The look-back lists what was there in 72 hours, beside what is usual, and says when nothing stands out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Entry
from uitknop.state import find_crashes, look_back
from uitknop.state.parameters import FEWEST_USUAL

NO_BLAME = ("because", "cause", "fault", "should", "too much", "overdid")


def back(lines: Any, entries: list[Any], verdicts: tuple[Any, ...] = ()) -> Any:
    diary = lines.diary(entries)
    return look_back(find_crashes(diary), diary, verdicts, lines.zone)


def night(lines: Any, ago: int, hours: float) -> Entry:
    start = lines.at(ago + 1, 23)
    return Entry(start, lines.zone, "sleep", "asleep", start + round(hours * 3_600_000))


def test_exactly_the_72_hours_before_the_first_line_are_listed(lines: Any) -> None:
    inside = [lines.event("load/work", "9", 3, 12), lines.event("load/work", "7", 0, 11)]
    outside = [lines.event("load/work", "8", 3, 11)]
    [found] = back(lines, [*inside, *outside, *lines.taps("c")])
    assert found.span.duration_min == 72 * 60
    assert [entry for entry in found.entries if entry.label == "load/work"] == inside


def test_loads_exertion_short_sleep_and_rests_are_there_as_facts(lines: Any) -> None:
    entries = [*lines.taps("fhfc"), lines.exertion(60, 2), lines.event("load/sensory", "9", 1), night(lines, 1, 4)]
    [found] = back(lines, entries, (lines.verdict(1), lines.verdict(2, "not_settled")))
    facts = {fact.code: (fact.found, fact.unit, fact.known) for fact in found.facts}
    assert facts["exertion"] == (20.0, "min", 3)
    assert facts["load/sensory"] == (9.0, "points", 1)
    assert facts["sleep"] == (4.0, "h", 1)
    assert facts["rests"] == (2 / 3, "rests", 3)
    assert facts["heavy_days"] == (1 / 3, "days", 3)
    assert len(found.verdicts) == 2


def test_without_a_history_there_is_nothing_usual_and_nothing_stands_out(lines: Any) -> None:
    [found] = back(lines, [*lines.taps("fffc"), lines.exertion(300, 1)])
    assert found.stands_out == ()
    for fact in found.facts:
        assert fact.usual is None
        assert fact.reason.needed == FEWEST_USUAL


def test_what_is_far_from_usual_stands_out(lines: Any) -> None:
    usual = [lines.exertion(20, ago) for ago in range(4, 44)]
    nights = [night(lines, ago, 7) for ago in range(3, 44)]
    before = [lines.exertion(90, ago) for ago in (1, 2, 3)] + [night(lines, ago, 4) for ago in (0, 1, 2)]
    [found] = back(lines, [*lines.taps("f" * 43 + "c"), *usual, *nights, *before])
    assert {fact.code for fact in found.stands_out} == {"exertion", "sleep"}


def test_an_ordinary_week_before_a_crash_says_that_nothing_stands_out(lines: Any) -> None:
    [found] = back(lines, lines.taps("ffh" * 15 + "c"))
    assert found.facts
    assert found.stands_out == ()


def test_a_crash_without_anything_before_it_is_looked_back_on_too(lines: Any) -> None:
    [found] = back(lines, lines.taps("c"))
    assert (found.entries, found.verdicts, found.facts) == ((), (), ())


def test_overlapping_stages_of_two_devices_are_slept_once(lines: Any) -> None:
    twice = [night(lines, 1, 6), Entry(lines.at(2, 23), lines.zone, "sleep", "deep", lines.at(2, 23) + 7_200_000)]
    [found] = back(lines, [*lines.taps("c"), *twice])
    assert next(fact.found for fact in found.facts if fact.code == "sleep") == 6.0


@given(history=st.text("fhc.", max_size=80))
def test_codes_are_facts_and_name_no_cause(lines: Any, history: str) -> None:
    for found in back(lines, lines.taps(history)):
        for fact in found.facts:
            assert not any(word in fact.code for word in NO_BLAME)
            assert (fact.usual is None) == (fact.reason is not None)
            assert 1 <= fact.known <= 3
            assert not (fact.stands_out and fact.usual is None)


def test_quiet_time_without_the_intention_to_rest_is_no_rest(lines: Any) -> None:
    rest = Entry(lines.at(1), lines.zone, "rest", "quiet", lines.at(1) + 600_000)
    quiet = lines.verdict(2)
    quiet = replace(quiet, bout=replace(quiet.bout, kind="quiet"))
    meant = Entry(lines.at(30), lines.zone, "rest", "nap")
    [found] = back(lines, [*lines.taps("fffc"), rest, meant], (quiet,))
    assert next(fact.found for fact in found.facts if fact.code == "rests") == 0
    [found] = back(lines, [*lines.taps("fffc"), rest], (quiet,))
    assert "rests" not in {fact.code for fact in found.facts}


def test_days_before_and_in_a_crash_are_not_the_usual(lines: Any) -> None:
    [found] = back(lines, lines.taps("f" * 40 + "c"))
    heavy = next(fact for fact in found.facts if fact.code == "heavy_days")
    assert heavy.usual.n == 40 - 3 - 1  # the first day has no window of which most is known


def test_who_never_notes_exertion_or_rest_is_not_told_of_days_without_any(lines: Any) -> None:
    taps = lines.taps("ffhfff" * 5 + "hhc")
    (found,) = look_back(find_crashes(lines.diary(taps)), lines.diary(taps), (), lines.zone)
    assert [fact.code for fact in found.facts] == ["heavy_days"]
    noted = lines.diary([*taps, lines.exertion(30, 20), Entry(lines.at(9), lines.zone, "rest", "nap")])
    (found,) = look_back(find_crashes(noted), noted, (), lines.zone)
    assert {fact.code: fact.found for fact in found.facts if fact.code != "heavy_days"} == {"exertion": 0, "rests": 0}
