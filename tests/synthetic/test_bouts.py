from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from uitknop.core import Recording
from uitknop.synthetic import CASES, SHAPES, BoutRecording, Case, make_bout_recording
from uitknop.synthetic.shapes import WITHIN_PRIORS

SEEDS = range(24)


@cache
def made_of(case: Case, seed: int, **wish: Any) -> BoutRecording:
    """What several tests look at, made once."""
    return make_bout_recording(case, seed=seed, **wish)


def _change(made: BoutRecording, epochs: Callable[..., Any], *, after_end: bool = False) -> tuple[float, float]:
    """Measured change of heart rate and ln RMSSD from ten minutes before to the last ten (or the ten after)."""
    assert made.recording.beats is not None
    span = made.truth.span
    found = epochs(made.recording.beats)
    before = found.within(span.start_ms - 600_000, span.start_ms)
    late = (
        found.within(span.end_ms + 120_000, span.end_ms + 600_000)
        if after_end
        else found.within(span.end_ms - 600_000, span.end_ms)
    )
    square = np.exp(2 * found.ln_rmssd)
    ln = 0.5 * np.log(np.nanmean(square[late]) / np.nanmean(square[before]))
    return float(np.nanmean(found.hr_bpm[late]) - np.nanmean(found.hr_bpm[before])), float(ln)


def _mean_change(
    case: Case, epochs: Callable[..., Any], *, after_end: bool = False, **wish: Any
) -> tuple[float, float]:
    changes = [_change(made_of(case, seed, **wish), epochs, after_end=after_end) for seed in SEEDS]
    return float(np.mean([hr for hr, _ in changes])), float(np.mean([ln for _, ln in changes]))


@pytest.fixture(scope="module")
def nothing(epochs: Callable[..., Any]) -> tuple[float, float]:
    """What the same noise shows when nothing eases."""
    return _mean_change("none", epochs)


@pytest.mark.parametrize("effect", [(-4.0, 0.05), (-6.0, 0.2), (-10.0, 0.0), (-12.0, 0.5)])
def test_measured_settling_is_the_true_one(
    effect: tuple[float, float], nothing: tuple[float, float], epochs: Callable[..., Any]
) -> None:
    hr, ln = _mean_change("shift", epochs, effect=effect, shape="logistic", onset_min=4.0)
    assert hr - nothing[0] == pytest.approx(effect[0], abs=0.4)  # arousal before differs a little between the two
    assert ln - nothing[1] == pytest.approx(effect[1], abs=0.06)


def test_nothing_eases_when_nothing_should(nothing: tuple[float, float]) -> None:
    assert abs(nothing[0]) < 1.2  # a standard error of 0.3 bpm, and half a bpm of desk effort
    assert abs(nothing[1]) < 0.12


def test_trap_shows_in_ln_rmssd_alone_and_leaves_nothing_behind(
    nothing: tuple[float, float], epochs: Callable[..., Any]
) -> None:
    hr, ln = _mean_change("breathing", epochs)
    stated = np.mean([made_of("breathing", seed).truth.breathing_ln for seed in SEEDS])
    assert hr == pytest.approx(nothing[0], abs=0.5)
    assert ln - nothing[1] == pytest.approx(stated, abs=0.12)
    after_hr, after_ln = _mean_change("breathing", epochs, after_end=True)
    idle_hr, idle_ln = _mean_change("none", epochs, after_end=True)
    assert after_hr == pytest.approx(idle_hr, abs=0.5)
    assert after_ln == pytest.approx(idle_ln, abs=0.06)


def test_carry_over_outlasts_the_exercise(epochs: Callable[..., Any]) -> None:
    hr, ln = _mean_change("carry_over", epochs, after_end=True, effect=(-7.0, 0.2))
    idle_hr, idle_ln = _mean_change("none", epochs, after_end=True)
    assert hr - idle_hr == pytest.approx(-7.0, abs=0.6)
    assert ln - idle_ln == pytest.approx(0.2, abs=0.07)


def test_posture_step_looks_like_a_settling_and_is_none(epochs: Callable[..., Any]) -> None:
    hr, ln = _mean_change("posture", epochs)
    assert hr < -4
    assert ln > 0.1
    truth = make_bout_recording("posture", seed=1).truth
    assert (truth.settles, truth.posture_before, truth.posture, truth.hr_change_bpm) == (False, "seated", "supine", 0.0)


def test_lying_down_overshoots_for_a_minute_or_two(epochs: Callable[..., Any]) -> None:
    early, late = [], []
    for seed in SEEDS:
        made = made_of("posture", seed)
        assert made.recording.beats is not None
        found = epochs(made.recording.beats, 30.0)
        start_ms = made.truth.span.start_ms
        early.append(np.nanmean(found.hr_bpm[found.within(start_ms + 15_000, start_ms + 75_000)]))
        late.append(np.nanmean(found.hr_bpm[found.within(start_ms + 240_000, start_ms + 600_000)]))
    assert np.mean(early) < np.mean(late) - 0.5


def test_calm_person_was_calm_before(epochs: Callable[..., Any]) -> None:
    hr, _ = _mean_change("calm_from_start", epochs)
    truth = make_bout_recording("calm_from_start", seed=2).truth
    assert abs(hr) < 1.0
    assert (truth.settles, truth.onset_min) == (True, 0.0)


def test_task_raises_heart_rate(epochs: Callable[..., Any]) -> None:
    hr, ln = _mean_change("task", epochs)
    assert 4 < hr < 11
    assert ln < -0.03


@pytest.mark.parametrize("case", CASES)
def test_same_seed_same_beats(case: Case) -> None:
    again = make_bout_recording(case, seed=5).recording
    first, other = (made_of(case, seed).recording for seed in (5, 6))
    assert first.beats is not None
    assert again.beats is not None
    assert other.beats is not None
    assert np.array_equal(first.beats.t_ms, again.beats.t_ms)
    assert not np.array_equal(first.beats.t_ms[:100], other.beats.t_ms[:100])


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_keeps_its_onset(shape: str) -> None:
    truth = make_bout_recording("shift", seed=3, shape=shape, onset_min=6.0).truth  # type: ignore[arg-type]
    assert truth.onset_min == 6.0
    assert truth.half_min is not None
    assert 6.0 <= truth.half_min < 30.0
    assert truth.outside_priors == (shape not in WITHIN_PRIORS)


def test_anchors_hold_a_night_far_below_the_day(epochs: Callable[..., Any]) -> None:
    made = make_bout_recording("none", seed=4, anchors=True)
    recording: Recording = made.recording
    assert recording.beats is not None
    assert recording.span is not None
    found = epochs(recording.beats)
    start_ms = recording.span.start_ms
    night = np.nanmedian(found.hr_bpm[found.within(start_ms, start_ms + 5 * 3_600_000)])
    day = np.nanmedian(found.hr_bpm[found.within(start_ms + 7 * 3_600_000, start_ms + 10 * 3_600_000)])
    assert day - night > 8


def test_unknown_case_is_refused() -> None:
    with pytest.raises(ValueError, match="case must be"):
        make_bout_recording("sleepy", seed=1)  # type: ignore[arg-type]
