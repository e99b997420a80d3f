"""A person's months judged day by day say what one walk over all of them says, and old days stay as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Bout, Entry, Recording, Samples, Scale, Span
from uitknop.core.timeline import day_of, day_span
from uitknop.rest import DayScale, DaySketch, assess, open_day, pool, scale_of_day, sketch_of
from uitknop.synthetic import SyntheticPerson, make_person
from uitknop.walk import DayFindings, day_key, gather, judge_day, sketch_day, with_scale
from uitknop.walk.days import find_in_day

DAY_MS = 86_400_000
ZONE = "Europe/Amsterdam"
Judged = dict[Span, DayFindings]


def person_of(seed: int, days: int, quality: Any = "hr_only", start: str = "2026-03-02") -> SyntheticPerson:
    return _person_of(seed, days, quality, start)


@lru_cache  # which tells a default that is given from one that is not
def _person_of(seed: int, days: int, quality: Any, start: str) -> SyntheticPerson:
    return make_person(seed=seed, days=days, quality=quality, start=start, zone=ZONE)


def spans_of(recordings: Sequence[Recording]) -> list[Span]:
    """The days that the recordings touch."""
    held = [recording.span for recording in recordings if recording.span is not None]
    first, last = (day_of(edge, ZONE) for edge in (min(s.start_ms for s in held), max(s.end_ms for s in held)))
    return [day_span(first + timedelta(days=i), ZONE) for i in range((last - first).days + 1)]


def near(recordings: Sequence[Recording], span: Span) -> list[Recording]:
    reach = Span(span.start_ms - DAY_MS // 2, span.end_ms + DAY_MS // 2)
    return [each for each in recordings if each.span is not None and each.span.overlaps(reach)]


def judged(recordings: Sequence[Recording], entries: Sequence[Entry], spans: Sequence[Span] | None = None) -> Judged:
    """Every day, opened once to be sketched and judged; that this is what `judge_day` finds, a test shows."""
    spans = spans_of(recordings) if spans is None else spans
    days = [open_day(span, near(recordings, span), entries) for span in spans]
    sketches = [sketch_of(day) for day in days]
    return {day.span: find_in_day(day, scale_of_day(day.span, sketches)) for day in days}


def days_of(seed: int, days: int, quality: Any = "hr_only", start: str = "2026-03-02") -> Judged:
    return _days_of(seed, days, quality, start)


@lru_cache
def _days_of(seed: int, days: int, quality: Any, start: str) -> Judged:
    person = person_of(seed, days, quality, start)
    return judged(person.recordings, person.entries)


def kept(days: Judged) -> dict[Span, bytes]:
    return {span: day.to_bytes() for span, day in days.items()}


def moved(recording: Recording, by_ms: int) -> Recording:
    beats = recording.beats
    return replace(
        recording,
        beats=None if beats is None else replace(beats, t_ms=beats.t_ms + by_ms),
        samples=tuple(replace(series, t_ms=series.t_ms + by_ms) for series in recording.samples),
        entries=tuple(entry_moved(entry, by_ms) for entry in recording.entries),
    )


def entry_moved(entry: Entry, by_ms: int) -> Entry:
    return replace(entry, at_ms=entry.at_ms + by_ms, end_ms=None if entry.end_ms is None else entry.end_ms + by_ms)


# --- The same as one walk over everything --------------------------------------------------------------------------


@pytest.mark.parametrize(("seed", "days", "quality"), [(5, 2, "strap"), (1, 9, "hr_only")])
def test_day_by_day_finds_the_same_bouts_and_nearly_always_the_same_answer(seed: int, days: int, quality: Any) -> None:
    person = person_of(seed, days, quality)
    whole = {verdict.bout: verdict.answer for verdict in assess(person.recordings).verdicts}
    found = {v.bout: v.answer for day in days_of(seed, days, quality).values() for v in day.verdicts}
    assert list(found) == list(whole)
    # the scale of the first days knows fewer nights than that of them all
    assert sum(found[bout] != whole[bout] for bout in whole) <= 0.06 * len(whole)


@pytest.mark.parametrize("start", ["2026-03-27", "2026-10-23"])
def test_days_of_23_and_25_hours_lose_no_bout_and_tell_none_twice(start: str) -> None:
    days = days_of(4, 3, "hr_only", start)
    assert {round(span.duration_min / 60) for span in days} in ({23, 24}, {24, 25})
    told = [verdict.bout for day in days.values() for verdict in day.verdicts]
    assert told == [verdict.bout for verdict in assess(person_of(4, 3, "hr_only", start).recordings).verdicts]


def test_a_night_belongs_to_the_day_it_starts_in() -> None:
    person = person_of(1, 9)
    span = spans_of(person.recordings)[2]
    night = Entry(span.end_ms - 5 * 3_600_000, ZONE, "rest", "night", span.end_ms + 3 * 3_600_000)
    days = judged(person.recordings, [*person.entries, night], spans_of(person.recordings)[1:4])
    found = {day: [v for v in told.verdicts if v.bout.kind == "night"] for day, told in days.items()}
    assert [day for day, verdicts in found.items() if verdicts] == [span]
    assert found[span][0].probability is not None  # and it is judged to its end


# --- What a day depends on, and what it does not -------------------------------------------------------------------


def test_a_day_judged_again_gives_the_same_bytes_in_any_order_of_import() -> None:
    person = person_of(1, 9)
    spans = spans_of(person.recordings)
    again = judged(person.recordings[::-1], person.entries[::-1], spans[::-1])
    everything = {span: judge_day(span, person.recordings, sketches_of(1, 9), person.entries) for span in spans}
    assert kept(again) == kept(everything) == kept(days_of(1, 9))


@lru_cache
def sketches_of(seed: int, days: int) -> list[DaySketch]:
    """Sketches as they were kept, and of everything there is."""
    person = person_of(seed, days)
    made = (sketch_day(person.recordings, span, person.entries) for span in spans_of(person.recordings))
    return [DaySketch.from_bytes(sketch.to_bytes()) for sketch in made]


def test_a_day_from_long_ago_changes_only_the_sixty_days_after_it() -> None:
    (recording, *_), entries = person_of(1, 9).recordings, person_of(1, 9).entries
    told = [entry for entry in entries if entry in recording.entries]
    offsets = (0, 3, 4, 58, 59, 60, 61, 62)
    spans = [day_span(date(2026, 3, 2) + timedelta(days=offset), "+01:00") for offset in offsets]
    others = [moved(recording, offset * DAY_MS) for offset in offsets[1:]]
    diary = [entry_moved(entry, offset * DAY_MS) for offset in offsets for entry in told]
    before, after = (kept(judged(recordings, diary, spans)) for recordings in (others, [recording, *others]))
    changed = [offset for offset, span in zip(offsets, spans, strict=True) if before[span] != after[span]]
    assert changed == [0, 3, 4, 58, 59]


def test_later_days_change_only_the_day_before_them_whose_night_goes_on() -> None:
    person, days = person_of(1, 9), kept(days_of(1, 9))
    earlier = kept(judged(person.recordings[:5], person.entries))
    *before, _, day_goes_on = earlier  # the night of the last but one goes on
    assert [span for span in before if earlier[span] != days[span]] == []
    assert earlier[day_goes_on] != days[day_goes_on]


@settings(max_examples=6)
@given(st.integers(-(10**12), 10**12))
def test_everything_moved_in_time_gives_the_very_same_days(by_ms: int) -> None:
    person, recordings = person_of(1, 9), person_of(1, 9).recordings[:2]
    spans = spans_of(recordings)
    there = judged(
        [moved(recording, by_ms) for recording in recordings],
        [entry_moved(entry, by_ms) for entry in person.entries],
        [Span(span.start_ms + by_ms, span.end_ms + by_ms) for span in spans],
    )
    back = [[_bout_moved(v, -by_ms) for v in day.verdicts] for day in there.values()]
    assert back == [list(day.verdicts) for day in judged(recordings, person.entries, spans).values()]


def _bout_moved(verdict: Any, by_ms: int) -> Any:
    span = verdict.bout.span
    there = Span(span.start_ms + by_ms, span.end_ms + by_ms)
    return replace(verdict, bout=replace(verdict.bout, span=there))


def test_the_same_instants_told_in_another_zone_give_the_very_same_verdicts() -> None:
    person = person_of(1, 9)
    tokyo = [replace(entry, zone="Asia/Tokyo") for entry in person.entries]
    recordings = [replace(each, entries=()) for each in person.recordings[:2]]
    elsewhere = [replace(each, clock="Asia/Tokyo") for each in recordings]
    here = judged(recordings, person.entries)
    there = judged(elsewhere, tokyo, list(here))
    assert [day.verdicts for day in there.values()] == [day.verdicts for day in here.values()]


def test_medication_told_long_ago_still_stops_the_verdict() -> None:
    person = person_of(1, 9)
    span = spans_of(person.recordings)[1]
    told = Entry(span.start_ms - 400 * DAY_MS, ZONE, "medication", "beta_blocker")
    day = judge_day(span, person.recordings, sketches_of(1, 9), [*person.entries, told])
    assert {reason.code for verdict in day.verdicts for reason in verdict.reasons} == {"medication"}


def test_an_empty_day_is_an_answer_too() -> None:
    span = Span(0, DAY_MS)
    day = judge_day(span, [], [sketch_day([], span)])
    assert day == DayFindings(span, (), (), (), None)


def test_recordings_without_a_clock_take_no_part_and_are_named() -> None:
    recording = person_of(1, 9).recordings[0]
    span = spans_of([recording])[0]
    day = judge_day(span, [replace(recording, clock=None, name="morning.csv")], [])
    assert (day.verdicts, day.recordings, day.clockless) == ((), (), ("morning.csv",))


# --- Several devices -----------------------------------------------------------------------------------------------


def strap_and_watch() -> tuple[Recording, Recording]:
    """A day on the strap, and a watch that counted heart rate and steps with it."""
    strap = person_of(5, 2, "strap").recordings[0]
    assert strap.beats is not None
    heart = Samples("heart_rate", strap.beats.t_ms[::5], 60_000 / strap.beats.rr_ms[::5], "watch")
    return strap, replace(strap, source="watch", name="watch", beats=None, samples=(heart, *strap.samples), grade="D")


def test_of_strap_and_watch_the_strap_is_asked_first() -> None:
    strap, watch = strap_and_watch()
    span = spans_of([strap])[0]
    alone, both = (judge_day(span, found, [], strap.entries) for found in ([strap], [watch, strap]))
    assert both.verdicts == alone.verdicts
    assert [told.source for told in both.recordings] == ["synthetic", "watch"]


def test_where_the_strap_was_off_the_watch_is_asked() -> None:
    strap, watch = strap_and_watch()
    span = spans_of([strap])[0]
    noon_ms = span.start_ms + 11 * 3_600_000
    assert strap.beats is not None
    morning = replace(strap, beats=strap.beats.between(0, noon_ms))
    found = judge_day(span, [morning, watch], [], strap.entries)
    devices = {verdict.confidence == "D" for verdict in found.verdicts if verdict.bout.span.start_ms > noon_ms}
    assert devices == {True}
    assert any(verdict.confidence != "D" for verdict in found.verdicts)


def test_steps_of_a_phone_count_for_the_strap() -> None:
    strap = person_of(5, 2, "strap").recordings[0]
    phone = replace(strap, source="phone", name="phone", beats=None, entries=())
    span = spans_of([strap])[0]
    within, beside = (
        judge_day(span, found, [], strap.entries) for found in ([strap], [phone, replace(strap, samples=())])
    )
    assert beside.to_bytes() == within.to_bytes()


# --- The key of a day ----------------------------------------------------------------------------------------------

SPAN = Span(0, DAY_MS)
ON = DayScale(Scale(80.0, 60.0, 3.0, 3.6, 20, 20), 1.0, ())


@pytest.mark.parametrize(
    "other",
    [
        replace(ON, scale=Scale(80.05, 59.95, 3.004, 3.604, 21, 19)),
        replace(ON, noise=1.01),
    ],
)
def test_the_key_stays_while_the_scale_moves_by_less_than_a_step(other: DayScale) -> None:
    assert day_key(SPAN, other) == day_key(SPAN, ON)


@pytest.mark.parametrize(
    "other",
    [
        replace(ON, scale=Scale(80.5, 60.0, 3.0, 3.6, 20, 20)),
        replace(ON, scale=Scale(80.0, 60.0, 3.0, 3.6, 20, 3)),
        replace(ON, scale=None),
        replace(ON, noise=1.2),
    ],
)
def test_the_key_changes_with_what_the_verdicts_are_made_of(other: DayScale) -> None:
    assert day_key(SPAN, other) != day_key(SPAN, ON)


def test_the_key_changes_with_the_diary_of_the_day_and_no_other() -> None:
    rest = Entry(1000, ZONE, "rest", "passive", 900_000)
    assert day_key(SPAN, ON, [rest]) != day_key(SPAN, ON)
    assert day_key(SPAN, ON, [entry_moved(rest, 5 * DAY_MS)]) == day_key(SPAN, ON)


def test_days_with_the_same_key_have_the_same_verdicts() -> None:
    person = person_of(1, 9)
    span = spans_of(person.recordings)[-2]
    sketches = sketches_of(1, 9)
    fewer = sketches[1:]
    keys = [day_key(span, scale_of_day(span, found), person.entries) for found in (sketches, fewer)]
    days = [judge_day(span, person.recordings, found, person.entries) for found in (sketches, fewer)]
    assert days[0].scale != days[1].scale
    same = with_scale(days[0], days[1].scale).to_bytes() == days[1].to_bytes()
    assert same == (keys[0] == keys[1])


# --- All days as one answer ----------------------------------------------------------------------------------------


def test_gathered_days_hold_every_verdict_in_order_and_the_latest_scale() -> None:
    person, days = person_of(1, 9), list(days_of(1, 9).values())
    found = gather(days[::-1], person.entries)
    assert found.verdicts == tuple(verdict for day in days for verdict in day.verdicts)
    assert len(found.traces) == len(found.verdicts)
    assert found.pooled == pool(found.verdicts, person.entries)
    assert found.scale == days[-1].scale
    assert (found.zone, gather(days, zone="Asia/Tokyo").zone) == (ZONE, "Asia/Tokyo")
    assert gather(days, person.entries) == found


def test_gathered_recordings_are_told_once_for_each_source_with_the_time_recorded() -> None:
    days = [replace(day, recordings=_named(day, "watch")) for day in days_of(1, 9).values()]
    (told,) = gather(days).recordings
    parts = [part for day in days for part in day.recordings]
    assert told.start_ms == min(part.start_ms for part in parts)
    assert told.end_ms == max(part.end_ms or 0 for part in parts)
    assert told.duration_s == pytest.approx(sum(part.duration_s for part in parts), abs=0.1)
    assert min(part.coverage_pct for part in parts) <= told.coverage_pct <= max(part.coverage_pct for part in parts)
    whole = [recording.span for recording in person_of(1, 9).recordings if recording.span is not None]
    assert told.duration_s == pytest.approx(sum(span.duration_min for span in whole) * 60, abs=1.0)


def _named(day: DayFindings, name: str) -> tuple[Any, ...]:
    return tuple(replace(part, name=name) for part in day.recordings)


def test_beats_and_artefacts_are_counted_over_all_days() -> None:
    (first, *_) = person_of(5, 2, "strap").recordings
    days = judged([first], first.entries)
    assert first.beats is not None
    (told,) = gather(days.values()).recordings
    assert told.n_beats == len(first.beats)
    assert told.artefact_pct is not None
    assert 0.0 < told.artefact_pct < 5.0


def test_the_course_of_the_anchors_has_a_point_a_week() -> None:
    scale = Scale(80.0, 60.0, None, None, 20, 20)
    days = [
        DayFindings(Span(day * DAY_MS, (day + 1) * DAY_MS), (), (), (), replace(scale, n_days=day)) for day in range(20)
    ]
    found = gather(days).anchors
    assert [(point.day_ms // DAY_MS, point.scale.n_days) for point in found] == [(5, 5), (12, 12), (19, 19)]
    assert gather([replace(day, scale=None) for day in days]).anchors == ()


def test_quiet_time_that_runs_past_the_end_of_a_day_is_told_once() -> None:
    (one, other) = [v for day in days_of(1, 9).values() for v in day.verdicts if v.bout.kind == "quiet"][:2]
    edge = 50 * DAY_MS
    pieces = [Bout(Span(edge - 600_000, edge + 600_000)), Bout(Span(edge + 300_000, edge + 900_000))]
    days = [
        DayFindings(Span(edge + at, edge + at + DAY_MS), (replace(verdict, bout=bout),), (None,), (), None)
        for at, verdict, bout in zip((-DAY_MS, 0), (one, other), pieces, strict=True)
    ]
    assert [verdict.bout for verdict in gather(days).verdicts] == pieces[:1]


def test_no_days_give_empty_findings() -> None:
    found = gather([])
    assert (found.recordings, found.verdicts, found.pooled, found.scale, found.zone) == ((), (), (), None, None)
