"""What a request may be: the schema holds, and what breaks it is named without a word of what was measured."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

import golden
import pytest

from uitknop.core.errors import KnowledgeError, Malformed
from uitknop.guidance import Settings
from uitknop.walk import parse_request, request_to_dict

T_MS = 1_700_000_000_000
RR_MS = 812.375
"""No such number may stand in an error."""


def sound() -> dict[str, Any]:
    """A small request that parses."""
    return {
        "version": 1,
        "zone": "Europe/Amsterdam",
        "recordings": [
            {
                "clock": "Europe/Amsterdam",
                "grade": "B",
                "beats": {"rr_ms": [RR_MS] * 20, "runs": [{"index": 0, "start_ms": T_MS}]},
                "samples": [{"kind": "heart_rate", "t_ms": [T_MS, T_MS + 1, T_MS + 2], "value": [71.5, 72.5, 73.5]}],
            }
        ],
        "spans": [{"start_ms": 10, "end_ms": 20, "kind": "passive"}],
        "entries": [{"at_ms": 5, "zone": "UTC", "kind": "rest", "value": "nap", "end_ms": 6}],
    }


def broken(*path: str | int, by: Any) -> dict[str, Any]:
    """The sound request with one thing changed."""
    told = copy.deepcopy(sound())
    place: Any = told
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = by
    return told


BEATS = ("recordings", 0, "beats")
SERIES = ("recordings", 0, "samples", 0)
SCHEMA_BREAKS = {
    "version": broken("version", by=2),
    "recordings": broken("recordings", by=[]),
    "recordings/0/grade": broken("recordings", 0, "grade", by="E"),
    "recordings/0/beats/rr_ms/3": broken(*BEATS, "rr_ms", 3, by=-RR_MS),
    "recordings/0/beats/rr_ms/4": broken(*BEATS, "rr_ms", 4, by=f"{RR_MS}"),
    "recordings/0/beats/rr_ms/5": broken(*BEATS, "rr_ms", 5, by=float("inf")),
    "recordings/0/beats/runs/0/start_ms": broken(*BEATS, "runs", 0, "start_ms", by=1e300),
    "recordings/0/beats/runs/0/index": broken(*BEATS, "runs", 0, "index", by=10**30),
    "recordings/0/samples/0/kind": broken(*SERIES, "kind", by="mood"),
    "recordings/0/samples/0/value/1": broken(*SERIES, "value", 1, by=None),
    "spans/0": broken("spans", 0, by={"start_ms": 10, "end_ms": 20}),
    "spans/0/start_ms": broken("spans", 0, "start_ms", by=10.5),
    "entries/0/kind": broken("entries", 0, "kind", by="mood"),
}
MISFITS = {
    "a hole in the numbers": broken(*BEATS, "rr_ms", 3, by=float("nan")),
    "no run": broken(*BEATS, "runs", by=[]),
    "a first run that is not the first": broken(*BEATS, "runs", 0, "index", by=5),
    "a run beyond the end": broken(
        *BEATS, "runs", by=[{"index": 0, "start_ms": 0}, {"index": 500, "start_ms": 900_000}]
    ),
    "a run that starts before the last": broken(
        *BEATS, "runs", by=[{"index": 0, "start_ms": 0}, {"index": 9, "start_ms": -900_000}]
    ),
    "more times than values": broken(*SERIES, "t_ms", by=[1, 2, 3, 4]),
    "times that fall": broken(*SERIES, "t_ms", by=[1, 3, 2]),
    "a heart rate that is not a number": broken(*SERIES, "value", 1, by=float("nan")),
    "a hundred years": broken(*SERIES, "t_ms", by=[1, 2, T_MS]),
    "a span that ends before it starts": broken("spans", 0, "end_ms", by=3),
    "an entry that ends before it starts": broken("entries", 0, "end_ms", by=3),
}


def test_the_request_the_cases_are_made_of_is_sound() -> None:
    assert len(parse_request(sound()).recordings) == 1


@pytest.mark.parametrize("place", SCHEMA_BREAKS)
def test_a_broken_schema_is_refused_with_its_place_and_without_a_value(place: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_request(SCHEMA_BREAKS[place])
    assert f"at {place}:" in str(refused.value)
    assert re.search(r"812|71\.5|72\.5", str(refused.value)) is None


PLAIN = {
    "version": "one of these belongs there: 1",
    "recordings/0/grade": "one of these belongs there: A, B, C, D",
    "recordings/0/beats/rr_ms/3": "a number above 0 belongs there",
    "recordings/0/beats/rr_ms/4": "a number belongs there",
    "recordings/0/beats/runs/0/index": "the number is too large",
    "spans/0": "the field kind is missing",
    "spans/0/start_ms": "a whole number belongs there",
    "recordings": "nothing stands there yet",
}


@pytest.mark.parametrize("place", PLAIN)
def test_what_should_stand_there_is_said_in_plain_words(place: str) -> None:
    with pytest.raises(Malformed, match=f"at {place}: {PLAIN[place]}"):
        parse_request(SCHEMA_BREAKS[place])
    with pytest.raises(Malformed, match="no field called zones"):
        parse_request(broken("zones", by="UTC"))


@pytest.mark.parametrize("told", [*SCHEMA_BREAKS.values(), *MISFITS.values()])
def test_no_word_of_a_schema_or_of_python_is_said(told: object) -> None:
    with pytest.raises(Malformed) as refused:
        parse_request(told)
    assert re.search(r"null|additionalProperties|enum|\bconst|minItems|False|None|\[", str(refused.value)) is None


@pytest.mark.parametrize("what", MISFITS)
def test_arrays_that_do_not_fit_are_refused_without_a_value(what: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_request(MISFITS[what])
    assert re.search(r"812|71\.5|72\.5", str(refused.value)) is None


@pytest.mark.parametrize("told", [None, [], "recordings", 3, {}])
def test_what_is_no_request_at_all_is_refused(told: object) -> None:
    with pytest.raises(Malformed):
        parse_request(told)


@pytest.mark.parametrize("path", [("zone",), ("recordings", 0, "clock"), ("entries", 0, "zone")])
def test_a_zone_that_does_not_exist_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(Malformed, match="Mars/Base"):
        parse_request(broken(*path, by="Mars/Base"))


@pytest.mark.parametrize("name", golden.CASES)
def test_a_request_keeps_all_that_it_holds(name: str) -> None:
    told = request_to_dict(parse_request(golden.stored(name)[0]))
    assert request_to_dict(parse_request(told)) == told


@pytest.mark.parametrize("name", ["own_minutes", "measured", "never_settles"])
def test_a_request_with_a_moment_keeps_all_that_it_holds(name: str) -> None:
    request = parse_request(golden.stored(name)[0])
    told = request_to_dict(replace(request, settings=Settings(True, {"nsdr": 12.0})))
    assert request_to_dict(parse_request(told)) == told


def test_with_a_moment_a_diary_is_enough_and_without_one_it_is_not() -> None:
    diary = {"version": 1, "entries": sound()["entries"]}
    assert parse_request({**diary, "now_ms": 5}).recordings == ()
    assert parse_request({**diary, "now_ms": 5, "recordings": []}).now_ms == 5
    for told in (diary, {**diary, "now_ms": None}):
        with pytest.raises(Malformed, match="recordings"):
            parse_request(told)


def test_minutes_of_a_practice_that_does_not_exist_are_refused_by_its_name() -> None:
    with pytest.raises(KnowledgeError, match="hopping"):
        parse_request({"version": 1, "now_ms": 5, "settings": {"minutes": {"hopping": 5}}})
