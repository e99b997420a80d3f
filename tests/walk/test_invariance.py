"""Laws of the walk: what has nothing to do with rest has nothing to do with the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from typing import Any

import golden
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uitknop.core import Bout, Entry, Recording, Samples, Span
from uitknop.core.errors import Malformed
from uitknop.core.timeline import parse_iso
from uitknop.report import findings_to_dict
from uitknop.walk import Request, parse_request, walk

DAY_MS = 86_400_000
YEAR_MS = 365 * DAY_MS
VECTORS = ["rest_that_settles", "spans_of_a_protocol", "wrist_pulse", "no_clock", "heart_rate_of_a_day"]
"""One of each kind of input: a diary, given spans, light, no clock, and heart rate on an own scale."""


@lru_cache
def request_of(name: str) -> Request:
    return parse_request(golden.stored(name)[0])


@lru_cache
def verdicts_of(name: str) -> list[dict[str, Any]]:
    return told_without_times(request_of(name))


def told_without_times(request: Request) -> list[dict[str, Any]]:
    """Every verdict and the pooled answer, with what tells when left out; "next day" asks for a person's days."""
    told = findings_to_dict(walk(request))
    times = {"start", "end", "start_s", "end_s", "next_day"}
    return [{key: value for key, value in each.items() if key not in times} for each in told["bouts"] + told["pooled"]]


def moved(request: Request, by_ms: int) -> Request:
    """The whole request, later."""
    return replace(
        request,
        recordings=tuple(_moved_recording(recording, by_ms) for recording in request.recordings),
        spans=None if request.spans is None else tuple(_moved_bout(bout, by_ms) for bout in request.spans),
        entries=tuple(_moved_entry(entry, by_ms) for entry in request.entries),
    )


def _moved_recording(recording: Recording, by_ms: int) -> Recording:
    beats = recording.beats
    return replace(
        recording,
        beats=None if beats is None else replace(beats, t_ms=beats.t_ms + by_ms),
        samples=tuple(
            Samples(series.kind, series.t_ms + by_ms, series.value, series.device) for series in recording.samples
        ),
        entries=tuple(_moved_entry(entry, by_ms) for entry in recording.entries),
    )


def _moved_bout(bout: Bout, by_ms: int) -> Bout:
    return replace(bout, span=Span(bout.span.start_ms + by_ms, bout.span.end_ms + by_ms))


def _moved_entry(entry: Entry, by_ms: int) -> Entry:
    return replace(entry, at_ms=entry.at_ms + by_ms, end_ms=None if entry.end_ms is None else entry.end_ms + by_ms)


def in_zone(request: Request, zone: str) -> Request:
    """The same instants, in the eyes of somebody who lives in another zone."""

    def lived(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(replace(entry, zone=zone) for entry in entries)

    return replace(
        request,
        zone=zone,
        recordings=tuple(
            replace(each, clock=each.clock and zone, entries=lived(each.entries)) for each in request.recordings
        ),
        entries=lived(request.entries),
    )


def same(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    """Equal but for the last digits of floats, which sums of other times may change."""
    return list(golden.differences(found, expected)) == []


# Few examples: each is a whole walk. The law holds for any number, and odd ms are the hardest.
few = settings(max_examples=8)


@pytest.mark.parametrize("name", VECTORS)
@few
@given(by_ms=st.integers(-20 * YEAR_MS, 20 * YEAR_MS))
@example(by_ms=1)
@example(by_ms=60_000 * 17)
@example(by_ms=-12_345_678_901)
def test_verdicts_do_not_depend_on_when(name: str, by_ms: int) -> None:
    if name != "no_clock":  # its zero is its own start
        assert same(told_without_times(moved(request_of(name), by_ms)), verdicts_of(name))


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "-11:00"])
def test_verdicts_do_not_depend_on_the_zone_in_which_the_same_instants_are_told(name: str, zone: str) -> None:
    assert told_without_times(in_zone(request_of(name), zone)) == verdicts_of(name)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/Los_Angeles", "Australia/Lord_Howe"])
def test_verdicts_do_not_depend_on_where_the_same_local_clock_was_read(zone: str) -> None:
    request = request_of("heart_rate_of_a_day")
    apart_ms = parse_iso("2026-03-02T12:00:00", zone) - parse_iso("2026-03-02T12:00:00", "Europe/Amsterdam")
    assert same(told_without_times(in_zone(moved(request, apart_ms), zone)), verdicts_of("heart_rate_of_a_day"))


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"], ids=["forward", "back"])
@pytest.mark.parametrize("hours", [0, 14, 16])
def test_verdicts_do_not_change_across_a_change_of_the_clocks(day: str, hours: int) -> None:
    # The vector starts at 08:12 and lasts a day; moved by hours, the change falls into the night or into the day.
    request = request_of("heart_rate_of_a_day")
    first = request.recordings[0].span
    assert first is not None
    by_ms = parse_iso(f"{day}T08:12:00", "Europe/Amsterdam") - hours * 3_600_000 - first.start_ms
    later = moved(request, by_ms)
    last = later.recordings[0].span
    change_ms = parse_iso(f"{day}T12:00:00", "Europe/Amsterdam") + DAY_MS
    assert last is not None
    assert last.start_ms < change_ms
    assert same(told_without_times(later), verdicts_of("heart_rate_of_a_day"))


def test_times_are_told_with_the_offset_of_their_own_side_of_the_change() -> None:
    request = request_of("heart_rate_of_a_day")
    first = request.recordings[0].span
    assert first is not None
    later = moved(request, parse_iso("2026-03-28T20:00:00", "Europe/Amsterdam") - first.start_ms)
    offsets = {bout["start"][-6:] for bout in findings_to_dict(walk(later))["bouts"]}
    assert offsets == {"+01:00", "+02:00"}


def test_the_order_in_which_recordings_come_does_not_matter() -> None:
    day = request_of("heart_rate_of_a_day")
    strap = request_of("rest_that_settles").recordings[0]
    span = day.recordings[0].span
    assert span is not None
    assert strap.span is not None
    inside = _moved_recording(strap, span.start_ms + 3 * 3_600_000 - strap.span.start_ms)
    third = _moved_recording(day.recordings[0], 2 * DAY_MS)
    every = [
        findings_to_dict(walk(replace(day, recordings=order)))
        for order in permutations((day.recordings[0], inside, third))
    ]
    assert all(told == every[0] for told in every)
    assert [each["start"] for each in every[0]["recordings"]] == sorted(
        each["start"] for each in every[0]["recordings"]
    )


def test_where_recordings_overlap_the_one_with_beats_is_asked() -> None:
    strap = request_of("rest_that_settles").recordings[0]
    assert strap.span is not None
    minutes = range(strap.span.start_ms - 3_600_000, strap.span.end_ms + 3_600_000, 60_000)
    watch = Recording(
        "watch", "watch", strap.clock, None, (Samples("heart_rate", list(minutes), [70.0] * len(minutes)),)
    )  # type: ignore[arg-type]
    for order in ((strap, watch), (watch, strap)):
        (rest,) = [each for each in walk(Request(order)).verdicts if each.bout.kind == "safety_signal"]
        assert rest.confidence != "D"


@pytest.mark.parametrize("others", ["no_clock", "rest_that_settles"])
def test_a_recording_without_a_clock_is_not_laid_beside_others(others: str) -> None:
    lone = request_of("no_clock").recordings[0]
    with pytest.raises(Malformed, match="no clock"):
        walk(Request((*request_of(others).recordings, lone)))


@pytest.mark.parametrize("name", VECTORS)
def test_the_same_request_gives_the_same_findings(name: str) -> None:
    one, other = (findings_to_dict(walk(request_of(name))) for _ in range(2))
    assert one == other


def test_progress_tells_each_recording() -> None:
    told: list[tuple[int, int]] = []
    tell: Callable[[int, int], None] = lambda done, total: told.append((done, total))  # noqa: E731
    walk(request_of("rest_that_settles"), on_progress=tell)
    assert told == [(1, 1)]
