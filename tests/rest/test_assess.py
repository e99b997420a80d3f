"""Recordings in, verdicts out: given spans exactly as given, and the same answer at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Bout, Entry, Recording, Span, Verdict
from uitknop.rest import Assessment, assess, judge_rest
from uitknop.rest.assess import given_before
from uitknop.synthetic import BoutRecording, SyntheticPerson, make_bout_recording, make_person

Array = npt.NDArray[np.float64]
MakeRecording = Callable[..., Recording]
MakeRr = Callable[..., Array]
Minutes = Callable[[float, float], Span]
Moved = Callable[[Recording, int], Recording]


@pytest.fixture(scope="module")
def hour(recording_of: MakeRecording, rr_ms_of: MakeRr) -> Recording:
    """An hour in which heart rate falls from minute 30 to 34."""
    minute = np.arange(60.0)
    return recording_of(rr_ms_of(74.0 - 8.0 * np.clip((minute - 30) / 4, 0, 1), seed=2))


@pytest.fixture(scope="module")
def person() -> SyntheticPerson:
    return make_person(seed=5, days=1)


@pytest.fixture(scope="module")
def assessed(person: SyntheticPerson) -> Assessment:
    return assess(person.recordings)


def test_given_spans_are_judged_exactly_as_given_and_in_order_of_time(hour: Recording, minutes: Minutes) -> None:
    spans = [
        Bout(Span(1_800_123, 2_400_456), "supine", "passive", "hot water bottle"),
        Bout(minutes(2, 12), "seated", "task", "sums"),
        Bout(minutes(40, 50), "unknown", "my own kind", "éigen woord"),
    ]
    verdicts = judge_rest(hour, spans)
    assert [verdict.bout for verdict in verdicts] == [replace(spans[i], given=True) for i in (1, 0, 2)]


def test_no_given_spans_means_no_verdicts(hour: Recording) -> None:
    assert judge_rest(hour, []) == ()
    assert len(judge_rest(hour)) > 0


def test_spans_that_overlap_or_come_twice_are_each_judged(hour: Recording, minutes: Minutes) -> None:
    spans = [Bout(minutes(10, 25)), Bout(minutes(15, 30)), Bout(minutes(10, 25))]
    verdicts = judge_rest(hour, spans)
    assert [verdict.bout.span for verdict in verdicts] == [minutes(10, 25), minutes(10, 25), minutes(15, 30)]
    assert verdicts[0] == verdicts[1]


def test_the_given_span_that_ended_just_before_is_what_one_is_compared_with(minutes: Minutes) -> None:
    spans = [Bout(minutes(0, 8)), Bout(minutes(9, 20)), Bout(minutes(25, 30))]
    assert given_before(spans, minutes(20, 40)) == minutes(10, 20)  # at most its last ten minutes
    assert given_before(spans, minutes(8, 9)) == minutes(0, 8)
    assert given_before(spans, minutes(31, 40)) == minutes(25, 30)
    assert given_before(spans, minutes(60, 80)) == minutes(50, 60)  # nothing ended shortly before
    assert given_before(spans, minutes(4, 20)) == minutes(-6, 4)  # one that still goes on is not before


def test_what_a_span_is_compared_with_changes_its_verdict(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    hr = np.full(40, 80.0)
    hr[15:] = 70.0  # from 80 to 70 within the minutes before the rest
    recording = recording_of(rr_ms_of(hr, seed=1))
    rest = Bout(minutes(20, 35), "seated", "passive")
    (alone,) = judge_rest(recording, [rest])
    beside = judge_rest(recording, [Bout(minutes(5, 15), "seated", "task"), rest])[1]
    assert alone.hr_change_bpm is not None
    assert beside.hr_change_bpm is not None
    assert beside.hr_change_bpm.value < alone.hr_change_bpm.value - 2.0


def test_without_recordings_there_is_nothing_to_judge(minutes: Minutes) -> None:
    assert assess(()).verdicts == ()
    assert assess((), [Bout(minutes(0, 20))]).verdicts == ()


def test_every_verdict_has_its_trace_and_every_recording_its_case(
    person: SyntheticPerson, assessed: Assessment
) -> None:
    found = assessed
    assert len(found.verdicts) == len(found.traces) > 0
    assert [case.recording for case in found.cases] == list(person.recordings)
    spans = [verdict.bout.span for verdict in found.verdicts]
    assert spans == sorted(spans)
    assert len(set(spans)) == len(spans)


def test_progress_is_told_once_for_each_recording(hour: Recording) -> None:
    told: list[tuple[int, int]] = []
    assess((hour, hour), on_progress=lambda done, whole: told.append((done, whole)))
    assert told == [(1, 2), (2, 2)]


def test_the_rests_of_the_diary_are_found_with_kind_and_label(person: SyntheticPerson, assessed: Assessment) -> None:
    wanted = {(entry.at_ms, entry.end_ms, entry.value, entry.label) for entry in person.entries if entry.kind == "rest"}
    bouts = [verdict.bout for verdict in assessed.verdicts]
    assert wanted <= {(b.span.start_ms, b.span.end_ms, b.kind, b.label) for b in bouts}
    assert any(bout.kind == "quiet" for bout in bouts)


def test_a_diary_beside_the_recording_counts_as_much_as_one_within(
    person: SyntheticPerson, assessed: Assessment
) -> None:
    bare = tuple(replace(recording, entries=()) for recording in person.recordings)
    within, beside, both = (
        assessed.verdicts,
        assess(bare, entries=person.entries).verdicts,
        assess(person.recordings, entries=person.entries).verdicts,
    )
    assert within == beside == both


def test_a_rest_that_two_recordings_hold_is_judged_once_on_the_one_that_holds_most(
    hour: Recording, rr_ms_of: MakeRr, recording_of: MakeRecording, moved: Moved
) -> None:
    diary = (Entry(55 * 60_000, "UTC", "rest", "passive", end_ms=75 * 60_000),)
    other = moved(recording_of(rr_ms_of(np.full(60, 66.0), seed=3)), 58 * 60_000)
    found = [verdict for verdict in assess((hour, other), entries=diary).verdicts if verdict.bout.kind == "passive"]
    (verdict,) = found
    assert "no_beats" not in [reason.code for reason in verdict.reasons]
    assert verdict.probability is not None


def told(verdicts: tuple[Verdict, ...], by_ms: int = 0) -> list[dict[str, Any]]:
    """Verdicts as dictionaries, moved back by `by_ms`."""
    out = []
    for verdict in verdicts:
        span = verdict.bout.span
        back = Span(span.start_ms - by_ms, span.end_ms - by_ms)
        out.append(replace(verdict, bout=replace(verdict.bout, span=back)).to_dict())
    return out


@pytest.mark.parametrize("by_ms", [1, 61_037, 3_600_000, -86_400_000 * 400 + 17])
def test_a_day_moved_in_time_gets_the_very_same_verdicts(
    by_ms: int, person: SyntheticPerson, assessed: Assessment, moved: Moved
) -> None:
    there = assess(tuple(moved(recording, by_ms) for recording in person.recordings)).verdicts
    assert told(there, by_ms) == told(assessed.verdicts)


@cache
def made(case: Any) -> BoutRecording:
    return make_bout_recording(case, seed=3, minutes=15.0)


@cache
def given_span(moved: Moved, case: Any, by_ms: int) -> tuple[Verdict, ...]:
    span = made(case).truth.span
    bout = Bout(Span(span.start_ms + by_ms, span.end_ms + by_ms), "seated", "passive")
    return judge_rest(moved(made(case).recording, by_ms), [bout])


@settings(max_examples=15)
@given(st.integers(-(10**12), 10**12), st.sampled_from(["shift", "breathing", "posture"]))
def test_a_given_span_moved_by_any_number_of_ms_gets_the_very_same_verdict(moved: Moved, by_ms: int, case: Any) -> None:
    assert told(given_span(moved, case, by_ms), by_ms) == told(given_span(moved, case, 0))


def test_another_zone_changes_nothing(person: SyntheticPerson, assessed: Assessment) -> None:
    elsewhere = tuple(
        replace(r, clock="Asia/Tokyo", entries=tuple(replace(e, zone="Asia/Tokyo") for e in r.entries))
        for r in person.recordings
    )
    assert assess(elsewhere).verdicts == assessed.verdicts
