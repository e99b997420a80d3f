"""Traps of ordinary life: what looks like rest that works and is not, seen through the whole room."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Bout, Entry, Recording, Samples, Span
from uitknop.rest import assess, judge_rest

Array = npt.NDArray[np.float64]
MINUTE_MS = 60_000
HOUR_MIN = 60


def heart_rate(hr_bpm: Array, *, steps: Array | None = None, start_min: int = 0, seed: int = 0) -> Recording:
    """A heart-rate series of four samples a minute around a course given per minute, with steps if given."""
    rng = np.random.default_rng(seed)
    t_ms = (start_min * MINUTE_MS + np.arange(hr_bpm.size * 4) * 15_000).astype(np.int64)
    series = [Samples("heart_rate", t_ms, np.repeat(hr_bpm, 4) + rng.normal(0.0, 1.5, t_ms.size))]
    if steps is not None:
        series.append(Samples("steps", t_ms[::4], steps))
    return Recording("array", "made", "UTC", None, tuple(series), grade="D")


def minutes(start: float, end: float) -> Span:
    return Span(round(start * MINUTE_MS), round(end * MINUTE_MS))


def test_getting_up_after_a_rest_does_not_make_it_one_that_settled() -> None:
    hr = np.full(150, 76.0)
    for start in (20, 60, 100):
        hr[start + 20 : start + 26] = 100.0
    rests = [Bout(minutes(start, start + 20), kind="rest") for start in (20, 60, 100)]
    assert {verdict.answer for verdict in judge_rest(heart_rate(hr), rests)} <= {"not_settled", "cannot_tell"}


def test_a_quiet_day_is_no_night() -> None:
    day = np.full(9 * HOUR_MIN, 74.0)
    day[:: HOUR_MIN // 2] = 92.0
    found = assess((heart_rate(day),), [Bout(minutes(300, 320))])
    assert found.scale is None or found.scale.night_hr_bpm is None
    assert found.verdicts[0].answer != "settled"


def test_two_quiet_afternoons_days_apart_make_no_scale() -> None:
    calm = heart_rate(np.full(150, 66.0), steps=np.zeros(150), seed=1)
    later = heart_rate(np.full(150, 76.0), steps=np.zeros(150), start_min=2 * 24 * HOUR_MIN, seed=2)
    assert assess((calm, later)).scale is None


def test_evenings_on_a_sofa_are_no_nights() -> None:
    """Nights of the first and last day were recorded; on the days between only still evenings, much less low."""
    day = np.concatenate([np.full(16 * HOUR_MIN, 84.0), np.full(8 * HOUR_MIN, 56.0)])
    moved = np.concatenate([np.full(16 * HOUR_MIN, 9.0), np.zeros(8 * HOUR_MIN)])
    evening = np.concatenate([np.full(6 * HOUR_MIN, 84.0), np.full(4 * HOUR_MIN, 71.0)])
    stirred = np.concatenate([np.full(6 * HOUR_MIN, 9.0), np.zeros(4 * HOUR_MIN)])
    recordings = [
        heart_rate(
            day if n in (0, 6) else evening,
            steps=moved if n in (0, 6) else stirred,
            start_min=n * 24 * HOUR_MIN,
            seed=n,
        )
        for n in range(7)
    ]
    scale = assess(recordings).scale
    assert scale is not None
    assert scale.n_nights == 2
    assert scale.night_hr_bpm == pytest.approx(56.0, abs=1.0)


@pytest.mark.parametrize("level_bpm", [64.0, 68.0, 72.0])
def test_the_same_minutes_get_the_same_answer_tagged_or_not(level_bpm: float) -> None:
    """Rest and the quiet time beside which it stands are held to one bar."""
    hr = np.concatenate([np.full(8 * HOUR_MIN, 56.0), np.full(6 * HOUR_MIN, 84.0)])
    steps = np.concatenate([np.zeros(8 * HOUR_MIN), np.full(6 * HOUR_MIN, 9.0)])
    still = slice(10 * HOUR_MIN, 10 * HOUR_MIN + 25)
    hr[still], steps[still] = level_bpm, 0.0
    recording = heart_rate(hr, steps=steps)
    span = minutes(600, 625)
    tagged = replace(recording, entries=(Entry(span.start_ms, "UTC", "rest", "passive", span.end_ms),))
    (rest,) = [v for v in assess((tagged,)).verdicts if v.bout.kind == "passive"]
    (quiet,) = [v for v in assess((recording,)).verdicts if v.bout.span.overlaps(span)]
    assert rest.answer == quiet.answer


def test_hard_effort_counts_for_the_whole_quarter_of_an_hour() -> None:
    hr = np.full(90, 74.0)
    hr[45:50] = 155.0  # from fifteen to ten minutes before
    (verdict,) = judge_rest(heart_rate(hr), [Bout(minutes(60, 80))])
    assert [reason.code for reason in verdict.reasons] == ["after_effort"]


def test_walking_off_at_the_end_does_not_undo_the_level_of_a_rest() -> None:
    hr = np.concatenate([np.full(8 * HOUR_MIN, 56.0), np.full(6 * HOUR_MIN, 84.0)])
    steps = np.concatenate([np.zeros(8 * HOUR_MIN), np.full(6 * HOUR_MIN, 9.0)])
    hr[600:613], steps[600:613] = 60.0, 0.0
    (verdict,) = assess((heart_rate(hr, steps=steps),), [Bout(minutes(600, 618), "seated")]).verdicts
    assert verdict.level.band == "low"


def test_a_sparse_second_device_does_not_erase_the_first() -> None:
    hr = np.concatenate([np.full(8 * HOUR_MIN, 56.0), np.full(8 * HOUR_MIN, 84.0)])
    steps = np.concatenate([np.zeros(8 * HOUR_MIN), np.full(8 * HOUR_MIN, 9.0)])
    strap = heart_rate(hr, steps=steps)
    t_ms = np.arange(0, hr.size, 37, dtype=np.int64) * MINUTE_MS
    watch = Recording(
        "array", "watch", "UTC", None, (Samples("heart_rate", t_ms, np.full(t_ms.size, 70.0)),), grade="D"
    )
    alone, both = (assess(recordings).scale for recordings in ((strap,), (strap, watch)))
    assert alone is not None
    assert both is not None
    assert both.night_hr_bpm == pytest.approx(alone.night_hr_bpm, abs=1.5)


def test_a_span_that_settled_beside_its_surroundings_tells_no_time_it_did_not_see() -> None:
    hr = np.full(60, 82.0)
    hr[20:30] = 70.0
    spans = [
        Bout(minutes(8, 20), kind="task"),
        Bout(minutes(20, 30), kind="rest"),
        Bout(minutes(30, 42), kind="task"),
    ]
    verdict = judge_rest(heart_rate(hr), spans)[1]
    assert verdict.answer == "settled"
    assert verdict.reasons[0].code == "lower_around"
    assert verdict.latency_min is None
    assert verdict.restorative_min is None
