"""The whole state: full without measuring, the same in any order and place, and untouched by the heart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Entry, Estimate
from uitknop.state import State, state_of
from uitknop.state.diary import CRASH, NOW

HOUR_MS = 3_600_000
WEEK_MS = 168 * HOUR_MS


def whole(lines: Any, entries: list[Entry], verdicts: tuple[Any, ...] = ()) -> State:
    return state_of(entries, verdicts, now_ms=lines.now_ms, zone=lines.zone)


@pytest.fixture(scope="module")
def life(lines: Any) -> list[Entry]:
    """Twelve weeks with everything a diary holds."""
    entries = [lines.checked(), *lines.pem(True), *lines.taps("ffhfffhfhhcffh" * 6), *lines.weekly("energy", [4] * 12)]
    entries += [lines.exertion(20 + ago % 7, ago) for ago in range(80)]
    entries += [lines.event("load/work", str(4 + ago % 5), ago) for ago in range(0, 40, 3)]
    entries += [lines.answer("load", "money", 7, ago) for ago in (3, 17, 31)]
    return [*entries, lines.answer("function", "ordinary_day", 1, 20), lines.event("phase", "2", 70)]


def at_rest(lines: Any) -> tuple[Any, ...]:
    return tuple(lines.verdict(ago, "settled" if ago % 3 else "not_settled") for ago in range(1, 60))


# --- Modes ---------------------------------------------------------------------------------------------------------


def test_nothing_at_all_is_a_full_answer(lines: Any) -> None:
    found = whole(lines, [])
    assert (found.mode, found.severity, found.items_left) == ("nothing", "unknown", 5)
    assert (found.phase.phase, found.track.track, found.envelope.where) == (0, "P", "cannot_tell")
    assert (found.crashes, found.look_backs, found.crash_free.days) == ((), (), None)
    assert all(one.reason is not None for one in found.load.domains)
    assert json.loads(json.dumps(found.to_dict()))["mode"] == "nothing"


def test_diary_only_gets_every_answer_there_is(lines: Any, life: list[Entry]) -> None:
    found = whole(lines, life)
    assert found.mode == "diary_only"
    assert found.envelope.where != "cannot_tell"
    assert found.envelope.basis == "exertion"
    assert len(found.crashes) == len(found.look_backs) == 6
    assert {one.domain for one in found.load.domains if one.estimate} == {"work", "money"}
    assert found.context == ()
    assert whole(lines, life, at_rest(lines)).mode == "measured"
    assert "first_day" in json.dumps(found.to_dict(), allow_nan=False)


def test_taps_alone_are_a_full_mode(lines: Any) -> None:
    found = whole(lines, lines.taps("ffhfffhfhhcffh" * 8))
    assert found.envelope.where in ("inside", "edge", "outside")
    assert found.envelope.basis == "taps"
    assert len(found.look_backs) == 8


# --- Heart ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pem", [True, False])
@pytest.mark.parametrize("history", ["", "f" * 30, "fffffh." * 6, "ffc" * 10])
def test_without_any_heart_data_the_phase_and_its_gates_are_the_same(lines: Any, pem: bool, history: str) -> None:
    entries = [lines.checked(), *lines.pem(pem), *lines.taps(history), lines.event("phase", "2", 40)]
    measured, told = whole(lines, entries, at_rest(lines)), whole(lines, entries)
    assert measured.phase == told.phase
    assert measured.track == told.track
    assert measured.envelope == told.envelope
    assert measured.load == told.load
    assert measured.context != told.context


@pytest.mark.parametrize("answer", ["settled", "not_settled", "cannot_tell", "breathing_only"])
def test_what_the_verdicts_say_moves_no_gate(lines: Any, life: list[Entry], answer: str) -> None:
    verdicts = tuple(lines.verdict(ago, answer) for ago in range(1, 60))
    assert whole(lines, life, verdicts).phase == whole(lines, life).phase


# --- Severity ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "severity", "left"),
    [(None, "unknown", 4), (0, "mild", None), (1, "moderate", None), (2, "severe", 4), (3, "very_severe", 4)],
)
def test_severity_limits_the_questions_of_a_day(lines: Any, day: int | None, severity: str, left: int | None) -> None:
    found = whole(lines, [lines.answer("function", "ordinary_day", day)])
    assert (found.severity, found.items_left) == (severity, left)


def test_questions_of_yesterday_and_red_flags_do_not_count_today(lines: Any) -> None:
    entries = [lines.answer("energy", "energy", 4, 1), lines.checked(0)]
    assert whole(lines, entries).items_left == 5


def test_a_line_that_can_not_be_read_is_told(lines: Any) -> None:
    bad = replace(lines.answer("energy", "energy", 4), value="eleven")
    [reason] = whole(lines, [bad]).reasons
    assert (reason.code, reason.found) == ("unreadable_answers", 1)


# --- Laws ----------------------------------------------------------------------------------------------------------


def shifted(value: Any, by_ms: int) -> Any:
    """Any value with its times moved."""
    if isinstance(value, dict):
        return {
            key: (one + by_ms if key.endswith("_ms") and isinstance(one, int) else shifted(one, by_ms))
            for key, one in value.items()
        }
    return [shifted(one, by_ms) for one in value] if isinstance(value, list) else value


def without_days(value: Any) -> Any:
    """Without the dates and zones, which move with the times."""
    if isinstance(value, dict):
        return {key: without_days(one) for key, one in value.items() if key not in ("zone", *DATES)}
    return [without_days(one) for one in value] if isinstance(value, list) else value


DATES = ("first_day", "last_day", "ended")


def moved(entries: list[Entry], by_ms: int, zone: str) -> list[Entry]:
    return [
        replace(one, at_ms=one.at_ms + by_ms, end_ms=one.end_ms and one.end_ms + by_ms, zone=zone) for one in entries
    ]


@pytest.mark.parametrize(("weeks", "offset_h"), [(1, 1), (-53, 1), (520, 1), (0, -10), (0, 13), (3, 0)])
def test_moving_all_times_or_the_zone_keeps_every_answer(
    lines: Any, life: list[Entry], weeks: int, offset_h: int
) -> None:
    """The same local clock in another zone, or the same life in other weeks."""
    zone, by_ms = f"{offset_h:+03d}:00", weeks * WEEK_MS - (offset_h - 1) * HOUR_MS
    before = whole(lines, life, at_rest(lines)).to_dict()
    rests = tuple(
        replace(one, bout=replace(one.bout, span=type(one.bout.span)(*(end + by_ms for end in ends))))
        for one in at_rest(lines)
        for ends in [(one.bout.span.start_ms, one.bout.span.end_ms)]
    )
    after = state_of(moved(life, by_ms, zone), rests, now_ms=lines.now_ms + by_ms, zone=zone).to_dict()
    assert without_days(after) == without_days(shifted(before, by_ms))


@settings(max_examples=15)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(lines: Any, life: list[Entry], chance: Any) -> None:
    mixed = [*life, *life[:20]]
    chance.shuffle(mixed)
    assert whole(lines, mixed) == whole(lines, life)


def estimates(value: Any) -> Iterator[Estimate]:
    """Every estimate in a value."""
    if isinstance(value, Estimate):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from estimates(one)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from estimates(getattr(value, name))


@settings(max_examples=60)
@given(history=st.text("fhc.", max_size=70), more=st.text("fhc.", max_size=30), minutes=st.integers(0, 90))
def test_more_data_gives_no_certainty_without_its_n(lines: Any, history: str, more: str, minutes: int) -> None:
    entries = lines.taps(history + more)
    if minutes:
        entries += [lines.exertion(minutes, ago) for ago in range(len(more))]
    found = whole(lines, entries)
    assert (found.track.track, found.phase.phase, found.phase.proposal) == ("P", 0, None)
    for one in estimates(found):
        assert one.n >= 1
        assert one.low <= one.value <= one.high
    if found.envelope.where != "cannot_tell":
        own_word = found.envelope.reasons[0].code == "crash_now"
        assert own_word or found.envelope.edge.n >= 28


def test_every_figure_stands_in_an_estimate_with_its_interval(lines: Any, life: list[Entry]) -> None:
    seen = list(estimates(whole(lines, life)))
    assert len(seen) > 10
    assert all(one.n >= 1 and one.low <= one.value <= one.high for one in seen)


def test_a_crash_tapped_today_is_on_now(lines: Any) -> None:
    found = whole(lines, [Entry(lines.at(0), lines.zone, "answer", CRASH, label=NOW)])
    assert found.crash_now
    assert found.look_backs[0].span.end_ms == lines.at(0)


def test_a_rest_that_is_not_over_does_not_count_yet(lines: Any) -> None:
    assert whole(lines, lines.taps("f"), (lines.verdict(0, hour=20),)).mode == "diary_only"


@pytest.mark.parametrize(("name", "item"), [("phq9", "9"), ("4dkl", "46")])
def test_every_list_that_asks_about_death_can_open_the_flag(lines: Any, name: str, item: str) -> None:
    found = whole(lines, [lines.checked(), lines.answer(name, item, 1, 3)])
    assert found.protection.open_flags == ("suicidality",)
    assert found.phase.phase == 0
