"""Where a person stands depends on what was told and how long ago: not on the date, the zone, the order or repeats."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import golden
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from uitknop.core import Entry, Recording
from uitknop.core.recording import EntryKind
from uitknop.instruments import own_instruments
from uitknop.walk import Request, output_of, output_schema, parse_request

DAY_MS = 86_400_000
ZONE = "+01:00"
FIXED = {"Europe/Amsterdam": ZONE, "Asia/Tokyo": "+09:00", "America/Los_Angeles": "-07:00"}
"""Clocks that are never put forward or back, so that a shift by days keeps the local hour."""

DIARIES = [name for name in golden.PEOPLE if not name.startswith("flag_")] + ["flag_breathless", "flag_pregnant"]
MEASURED = ["measured", "beta_blocker_measured", "never_settles"]
ZONES = ("-11:00", "+05:45", "+14:00")
CAMPAIGN = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"
ELSEWHERE = [
    (name, zone)
    for place, name in enumerate(name for name in DIARIES if name != "across_zones")
    for zone in (ZONES if CAMPAIGN else ZONES[place % 3 : place % 3 + 1])
]
"""Everybody in one of the zones, and in all of them in the campaign."""

# A whole answer takes some ms, and there are many people: few examples of each.
few = settings(max_examples=2)


@lru_cache
def person(name: str) -> Request:
    return told_in(parse_request(golden.stored(name)[0]), lambda zone: FIXED[zone])


def each_entry(request: Request, change: Callable[[Entry], Entry]) -> Request:
    """A request with every line of the diary changed, those of the recordings too."""
    recordings = tuple(replace(one, entries=tuple(map(change, one.entries))) for one in request.recordings)
    return replace(request, entries=tuple(map(change, request.entries)), recordings=recordings)


def told_in(request: Request, rename: Callable[[str], str]) -> Request:
    """The same moments, told in other zones."""
    lived = each_entry(request, lambda entry: replace(entry, zone=rename(entry.zone)))
    recordings = tuple(replace(one, clock=one.clock and rename(one.clock)) for one in lived.recordings)
    return replace(lived, zone=request.zone and rename(request.zone), recordings=recordings)


def moved(request: Request, by_ms: int) -> Request:
    """Everything later."""

    def later(entry: Entry) -> Entry:
        return replace(entry, at_ms=entry.at_ms + by_ms, end_ms=None if entry.end_ms is None else entry.end_ms + by_ms)

    def record(one: Recording) -> Recording:
        beats = None if one.beats is None else replace(one.beats, t_ms=one.beats.t_ms + by_ms)
        samples = tuple(replace(series, t_ms=series.t_ms + by_ms) for series in one.samples)
        return replace(one, beats=beats, samples=samples)

    assert request.now_ms is not None
    recordings = tuple(map(record, request.recordings))
    return each_entry(replace(request, recordings=recordings, now_ms=request.now_ms + by_ms), later)


def seen(request: Request) -> Any:
    """The answer with every moment as time before now, and every day as days before today."""
    told = output_of(request)["standing"]
    now = datetime.fromisoformat(told["now"])

    def relative(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: relative(inner) for key, inner in value.items() if key != "zone"}
        if isinstance(value, list):
            return [relative(inner) for inner in value]
        if isinstance(value, str) and value[:2] == "20" and value[4:5] == "-":
            if len(value) == len("2026-03-20"):
                return (date.fromisoformat(value) - now.date()).days
            return (datetime.fromisoformat(value) - now).total_seconds()
        return value

    return json.loads(json.dumps(relative(told)))


@cache
def as_is(name: str) -> Any:
    """What is seen of a person of the fixtures."""
    return seen(person(name))


def same(one: Any, other: Any) -> bool:
    return list(golden.differences(one, other)) == []


@pytest.mark.parametrize("name", DIARIES)
@few
@given(days=st.integers(-3000, 3000))
def test_it_does_not_matter_when(name: str, days: int) -> None:
    assert same(seen(moved(person(name), days * DAY_MS)), as_is(name))


@pytest.mark.parametrize(("name", "zone"), ELSEWHERE)
def test_it_does_not_matter_where_the_same_clock_was_read(name: str, zone: str) -> None:
    hours = int(zone[:3]) + (int(zone[4:]) / 60)
    there = moved(told_in(person(name), lambda _: zone), round((1 - hours) * 3_600_000))
    assert same(seen(there), as_is(name))


@pytest.mark.parametrize("name", ["phase_2_b_plan_on", "crash_three_days_ago", "diary_only_for_months", *MEASURED])
def test_a_zone_by_name_or_by_offset_is_the_same_in_winter(name: str) -> None:
    named = told_in(person(name), lambda _: "Europe/Amsterdam")
    assert same(seen(named), as_is(name))


@pytest.mark.parametrize("name", DIARIES)
@few
@given(seed=st.integers(0, 10**6))
def test_order_and_repeats_do_not_matter(name: str, seed: int) -> None:
    chance, request = random.Random(seed), person(name)
    entries = [*request.entries, *chance.choices(request.entries, k=9)] if request.entries else []
    recordings = [*request.recordings]
    chance.shuffle(entries)
    chance.shuffle(recordings)
    assert seen(replace(request, entries=tuple(entries), recordings=tuple(recordings))) == as_is(name)


@pytest.mark.parametrize("name", MEASURED)
def test_lines_that_came_with_a_recording_are_lines_of_the_diary(name: str) -> None:
    request = person(name)
    lines = tuple(entry for one in request.recordings for entry in one.entries)
    assert lines
    assert seen(replace(request, entries=(*request.entries, *lines))) == seen(request)


# --- Any diary at all -----------------------------------------------------------------------------------------------

NOW_MS = 20_500 * DAY_MS + 19 * 3_600_000
ITEMS = [(one, item) for one in own_instruments() for item in one.items]
NOTES = [
    ("answer", "now", ("fine", "heavy", "crash", "skipped", "proxy:crash", "great")),
    ("answer", "condition/asthma", ("yes", "no", "perhaps")),
    ("answer", "phq9/1/9", ("0", "1", "3", "9", "-")),
    ("event", "load/work", ("0", "10", "11", "proxy:4", "")),
    ("event", "phase", ("1", "2", "3", "4")),
    ("event", "setting/plan", ("on", "off", "proxy:on", "maybe")),
    ("event", "setting/minutes/nsdr", ("12", "off", "x")),
    ("event", "flag/suicidality", ("discussed", "known", "proxy:discussed")),
    ("event", "sign/suicidality", ("pressed",)),
    ("event", "proposal/restart", ("yes", "no", "proxy:yes")),
    ("event", "request/mental", ("asked", "withdrawn")),
    ("event", "lab/tsh", ("2,1 | mU/l | 0,4 | 4,0 | |", "2,1 | ng/ml | | | |", "2,1", "|||||")),
    ("event", "supplement/magnesium", ("citrate", "shiny", "")),
    ("event", "total/phq9/total", ("12 | 2014", "120 | 2014", "12", "")),
    ("event", "stressor", ("solved", "worse")),
    ("event", "", ("crash", "a walk")),
    ("tag", "", ("ik wil niet meer leven", "zon")),
    ("condition", "", ("pregnancy", "asthma", "anything at all")),
    ("medication", "", ("beta_blocker", "levothyroxine")),
    ("exertion", "", ("walk",)),
    ("rest", "", ("nap", "quiet")),
    ("sleep", "", ("asleep", "awake")),
]


@st.composite
def any_line(draw: Any) -> Entry:
    at_ms = NOW_MS - draw(st.integers(-3, 200)) * DAY_MS + draw(st.sampled_from([0, -7_200_000, 3_600_000]))
    zone = draw(st.sampled_from([ZONE, "Asia/Tokyo", "UTC"]))
    if draw(st.booleans()):
        one, item = draw(st.sampled_from(ITEMS))
        values = item.keys if item.kind == "many" else tuple(map(str, item.numbers))
        value = draw(st.sampled_from([*values, "-", "99", "x", f"proxy:{values[0]}", f"{values[0]},{values[-1]}"]))
        label = f"{one.id}/{draw(st.sampled_from([one.version, one.version, one.version, '0']))}/{item.id}"
        return Entry(at_ms, zone, "answer", value, label=label)
    kind, label, said = draw(st.sampled_from(NOTES))
    ends = draw(st.booleans()) and kind != "answer"
    kept: EntryKind = kind
    return Entry(at_ms, zone, kept, draw(st.sampled_from(said)), at_ms + 3_600_000 if ends else None, label)


@settings(max_examples=60 if CAMPAIGN else 25, deadline=None)  # four answers and a schema for each
@given(entries=st.lists(any_line(), max_size=60), seed=st.integers(0, 99), days=st.integers(-500, 500))
def test_any_diary_gets_an_answer_that_order_repeats_and_date_do_not_change(
    entries: list[Entry], seed: int, days: int
) -> None:
    fixed = [replace(entry, zone=FIXED.get(entry.zone, entry.zone)) for entry in entries]
    request = Request((), None, tuple(fixed), ZONE, NOW_MS)
    output = json.loads(json.dumps(output_of(request), allow_nan=False))
    Draft202012Validator(output_schema()).validate(output)
    shuffled = [*fixed, *fixed[:5]]
    random.Random(seed).shuffle(shuffled)
    assert seen(replace(request, entries=tuple(shuffled))) == seen(request)
    assert same(seen(moved(request, days * DAY_MS)), seen(request))


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(any_line(), max_size=40))
def test_of_any_diary_nothing_is_lost(entries: list[Entry]) -> None:
    told = output_of(Request((), None, tuple(entries), ZONE, NOW_MS))["standing"]
    each = set(entries)
    assert told["later"] == sum(entry.at_ms > NOW_MS for entry in each)
    there = [entry for entry in each if entry.at_ms <= NOW_MS]
    refused = {(one["kind"], one["label"]) for one in told["refused"]}
    held = {f"{one['list']}/{one['version']}/{item}" for one in told["lists"] for item in one["answers"]}
    lists = {one["list"] for one in told["lists"]}
    for entry in there:
        name, *inner = entry.label.split("/")
        if entry.kind == "answer" and len(inner) == 2:
            # An answer stands in the last round, or its list went on to another, or it was refused.
            assert entry.label in held or name in lists or ("answer", entry.label) in refused
        if entry.label == "lab/tsh":
            assert told["labs"] or ("event", entry.label) in refused
    assert all(score["value"] is None or score["n_answered"] for one in told["lists"] for score in one["scores"])
