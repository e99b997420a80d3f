"""The verdict on one bout, against people whose truth is known.

Counts over seeds carry their bound; the bars of docs/verdict.md are measured over more cases in benchmarks/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats, Bout, Recording, Samples, Scale, Span, Verdict
from uitknop.rest import judge_rest
from uitknop.rest.case import Case as Opened
from uitknop.rest.case import open_case
from uitknop.rest.judge import judge
from uitknop.synthetic import BoutRecording, Case, Quality, make_bout_recording

Array = npt.NDArray[np.float64]
MakeRecording = Callable[..., Recording]
MakeRr = Callable[..., Array]
Minutes = Callable[[float, float], Span]
VerdictOf = Callable[..., Verdict]


@cache
def made(case: Case, seed: int, quality: Quality = "strap", **given: Any) -> BoutRecording:
    return make_bout_recording(case, seed=seed, minutes=20.0, quality=quality, **given)


@cache
def opened(case: Case, seed: int, **given: Any) -> Opened:
    return open_case(made(case, seed, **given).recording)


@cache
def judged(verdict_of: VerdictOf, case: Case, seed: int, scale: Scale | None = None, **given: Any) -> Verdict:
    """The verdict on a bout as it truly was; many tests ask for the same ones, on one scale or another."""
    return verdict_of(made(case, seed, **given), scale, opened(case, seed, **given))


def answers(verdict_of: VerdictOf, case: Case, n: int, scale: Scale | None = None, **given: Any) -> Counter[str]:
    return Counter(judged(verdict_of, case, seed, scale, **given).answer for seed in range(n))


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


# What is no settling


@pytest.mark.parametrize("case", ["none", "task", "posture", "breathing"])
def test_what_is_no_settling_is_rarely_called_settled(case: Case, verdict_of: VerdictOf) -> None:
    assert answers(verdict_of, case, 40)["settled"] <= 2  # 3 % of 40, with one to spare


def test_slow_breathing_that_nobody_tagged_is_rarely_called_settled(verdict_of: VerdictOf) -> None:
    found = Counter(
        verdict_of(made("breathing", seed), None, opened("breathing", seed), kind="passive").answer
        for seed in range(30)
    )
    assert found["settled"] <= 1


def test_somebody_who_stays_high_on_the_own_scale_is_not_settled_by_a_small_fall(verdict_of: VerdictOf) -> None:
    stuck = Scale(62.0, 40.0, None, None, 14, 14)  # everything measured here lies above this person's upright day
    for seed in range(10):
        verdict = judged(verdict_of, "shift", seed, stuck, effect=(-6.0, 0.1))
        assert verdict.answer != "settled"
        assert verdict.level.band == "high"


# What is


def test_a_real_fall_of_six_beats_or_more_is_mostly_called_settled(verdict_of: VerdictOf) -> None:
    found = answers(verdict_of, "shift", 25, effect=(-8.0, 0.15), onset_min=4.0)
    assert found["settled"] >= 15
    assert found["not_settled"] <= 5


def test_larger_falls_are_settled_more_often(verdict_of: VerdictOf) -> None:
    settled = [
        answers(verdict_of, "shift", 15, effect=(-bpm, bpm / 50), onset_min=4.0)["settled"] for bpm in (2.0, 6.0, 12.0)
    ]
    assert settled == sorted(settled)
    assert settled[-1] >= 12


def test_somebody_calm_from_the_start_is_settled_with_a_latency_of_nothing_on_the_own_scale(
    verdict_of: VerdictOf, scale: Scale, recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    case = open_case(recording_of(rr_ms_of(60.5 + np.random.default_rng(1).normal(0.0, 0.7, 45), seed=4)))
    verdict, _ = judge(replace(case, scale=scale), Bout(minutes(15, 40), "seated", "passive"))
    assert (verdict.answer, verdict.level.band) == ("settled", "low")
    assert verdict.reasons[0].code == "already_calm"
    assert verdict.latency_min is not None
    assert (verdict.latency_min.value, verdict.latency_min.censored) == (0.0, "left")


def test_a_verdict_tells_numbers_that_fit_each_other(verdict_of: VerdictOf, scale: Scale) -> None:
    for case in ("shift", "none", "calm_from_start"):
        for seed in range(8):
            for own in (None, scale):
                verdict = judged(verdict_of, case, seed, own)
                assert verdict.probability is not None
                assert 0.0 <= verdict.probability <= 1.0
                assert verdict.restorative_min is not None
                assert 0.0 <= verdict.restorative_min.value <= 20.0
                assert (verdict.level.band == "unknown") == (own is None)
                assert verdict.latency_min is not None
                assert (verdict.latency_min.censored == "right") == (verdict.answer != "settled")
                assert verdict.reasons
                for change in (verdict.hr_change_bpm, verdict.ln_rmssd_change):
                    assert change is None or change.low <= change.value <= change.high


# Breathing exercises


def test_a_breathing_exercise_is_judged_on_what_it_leaves_behind(verdict_of: VerdictOf) -> None:
    verdicts = [judged(verdict_of, "carry_over", seed, effect=(-9.0, 0.2)) for seed in range(20)]
    found = Counter(verdict.answer for verdict in verdicts)
    assert found["settled"] >= 8
    assert found["settled"] > answers(verdict_of, "breathing", 20)["settled"]
    for verdict, seed in zip(verdicts, range(20), strict=True):
        assert "carry_over" in codes(verdict)
        assert verdict.bout.span == made("carry_over", seed, effect=(-9.0, 0.2)).truth.span


def test_breathing_only_is_said_with_its_reason_first(verdict_of: VerdictOf) -> None:
    found = [judged(verdict_of, case, seed) for case in ("breathing", "carry_over") for seed in range(20)]
    only = [verdict for verdict in found if verdict.answer == "breathing_only"]
    assert only
    assert all(verdict.reasons[0].code == "breathing_only" for verdict in only)


def test_without_the_minutes_after_it_a_breathing_exercise_can_not_be_told(verdict_of: VerdictOf) -> None:
    for seed in range(3):
        verdict = verdict_of(made("breathing", seed, after_min=2.0))
        assert verdict.answer == "cannot_tell"
        assert codes(verdict)[0] == "carry_over_missing"


# What the device was


def lines(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a nested dictionary, with the path to it."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from lines(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for value in tree:
            yield from lines(value, path)
    else:
        yield path, tree


def assert_without_variation(verdict: Verdict) -> None:
    assert verdict.confidence == "D"
    for path, value in lines(verdict.to_dict()):
        told = value is not None and ("rmssd" in path or "rmssd" in str(value) or value == "ln")
        assert not told, (path, value)


@pytest.mark.parametrize("case", ["shift", "none", "breathing", "posture"])
def test_heart_rate_only_gives_grade_d_and_no_word_of_variation(
    case: Case, verdict_of: VerdictOf, scale: Scale
) -> None:
    for seed in range(4):
        for own in (None, scale):
            verdict = judged(verdict_of, case, seed, own, quality="hr_only")
            assert_without_variation(verdict)
            assert verdict.answer == "cannot_tell" or "heart_rate_only" in codes(verdict)


def test_beats_that_cover_too_little_fall_back_to_heart_rate_only(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes, scale: Scale
) -> None:
    beats = Beats.from_rr_ms(rr_ms_of(np.full(50, 72.0), seed=6))
    keep = np.flatnonzero((beats.t_ms % 240_000) < 95_000)  # a minute and a half of every four
    starts = np.flatnonzero(np.diff(keep, prepend=-9) > 1)
    sparse = Beats(beats.t_ms[keep], beats.rr_ms[keep], beats.flag[keep], starts)
    t_ms = np.arange(0, 3_000_000, 1000)
    series = Samples("heart_rate", t_ms, 72.0 + np.random.default_rng(0).normal(0.0, 1.0, t_ms.size))
    case = replace(open_case(recording_of(sparse, series)), scale=scale)
    verdict, trace = judge(case, Bout(minutes(15, 40), "seated", "passive"))
    assert verdict.probability is not None
    assert "heart_rate_only" in codes(verdict)
    assert_without_variation(verdict)
    assert trace is not None
    assert np.isnan(trace.ln_rmssd).all()


def test_light_gives_grade_c_at_best(verdict_of: VerdictOf, scale: Scale) -> None:
    for case in ("shift", "none"):
        for seed in range(5):
            verdict = verdict_of(made(case, seed, quality="wrist"), scale)
            assert verdict.confidence in {"C", "D"}


def test_the_best_grade_needs_strap_posture_breathing_and_the_own_scale(
    verdict_of: VerdictOf, scale: Scale, recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    case = open_case(recording_of(rr_ms_of(70.0 + np.random.default_rng(1).normal(0.0, 0.7, 45), seed=4), grade="A"))
    best = judge(replace(case, scale=scale), Bout(minutes(15, 40), "seated", given=True))[0]
    assert best.confidence == "A"
    assert judge(replace(case, scale=scale), Bout(minutes(15, 40), given=True))[0].confidence == "C"
    assert judge(case, Bout(minutes(15, 40), "seated", given=True))[0].confidence == "C"
    short = Bout(minutes(15, 22), "seated", given=True)
    assert judge(replace(case, scale=scale), short)[0].confidence == "C"


# Robustness


def with_gap(recording: Recording, span: Span) -> Recording:
    """Five minutes lost in the middle of the bout."""
    assert recording.beats is not None
    beats, middle = recording.beats, (span.start_ms + span.end_ms) // 2
    return replace(recording, beats=kept(beats, (beats.t_ms < middle) | (beats.t_ms >= middle + 300_000)))


def with_missed_beat(recording: Recording, span: Span) -> Recording:
    """One beat missed: two intervals become one."""
    assert recording.beats is not None
    beats = recording.beats
    at = int(np.searchsorted(beats.t_ms, (span.start_ms + span.end_ms) // 2))
    rr_ms = beats.rr_ms.copy()
    rr_ms[at + 1] += rr_ms[at]
    keep = np.arange(len(beats)) != at
    return replace(recording, beats=kept(replace(beats, rr_ms=rr_ms), keep))


def with_duplicate(recording: Recording, span: Span) -> Recording:
    """Two minutes of packets delivered twice: every interval is there again, with the same time."""
    assert recording.beats is not None
    beats, middle = recording.beats, (span.start_ms + span.end_ms) // 2
    times = np.where((beats.t_ms >= middle) & (beats.t_ms < middle + 120_000), 2, 1)
    index = np.repeat(np.arange(len(beats)), times)
    run = np.searchsorted(index, beats.run)
    return replace(recording, beats=Beats(beats.t_ms[index], beats.rr_ms[index], beats.flag[index], run))


def kept(beats: Beats, keep: npt.NDArray[np.bool_]) -> Beats:
    """Only these beats, with a new run after each stretch that is lost."""
    index = np.flatnonzero(keep)
    number = np.cumsum(beats.starts_run)[index]
    lost = np.diff(beats.t_ms[index], prepend=beats.t_ms[index[0]]) > 60_000
    starts = (np.diff(number, prepend=-1) > 0) | lost
    return Beats(
        beats.t_ms[index], beats.rr_ms[index], beats.flag[index], np.flatnonzero(starts), beats.tick_ms, beats.source,
        beats.device, beats.kind,
    )  # fmt: skip


@pytest.mark.parametrize("damage", [with_gap, with_missed_beat, with_duplicate])
@pytest.mark.parametrize("case", ["none", "posture", "task"])
def test_damage_never_turns_not_settled_into_settled(
    damage: Callable[[Recording, Span], Recording], case: Case, verdict_of: VerdictOf, scale: Scale
) -> None:
    looked_at = 0
    for seed in range(8):
        whole = made(case, seed)
        damaged = replace(whole, recording=damage(whole.recording, whole.truth.span))
        hurt = open_case(damaged.recording)
        for own in (None, scale):
            if judged(verdict_of, case, seed, own).answer == "not_settled":
                looked_at += 1
                assert verdict_of(damaged, own, hurt).answer != "settled", seed
    assert looked_at > 0


def test_one_missed_beat_hardly_moves_the_probability(verdict_of: VerdictOf) -> None:
    for seed in range(8):
        whole = made("shift", seed)
        damaged = replace(whole, recording=with_missed_beat(whole.recording, whole.truth.span))
        before, after = judged(verdict_of, "shift", seed).probability, verdict_of(damaged).probability
        assert before is not None
        assert after == pytest.approx(before, abs=0.1)


# Short spans and protocols


def test_spans_of_a_protocol_are_told_apart_by_what_stands_around_them(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    rng = np.random.default_rng(0)
    kinds = ["task", "rest"] * 4
    hr = np.repeat([84.0 if kind == "task" else 70.0 for kind in kinds], 6) + rng.normal(0.0, 1.0, 48)
    spans = [
        Bout(minutes(6 * i, 6 * i + 6), "seated", "task" if k == "task" else "passive") for i, k in enumerate(kinds)
    ]
    verdicts = judge_rest(recording_of(rr_ms_of(hr)), spans)
    chances = {kind: [v.probability for v in verdicts if v.bout.kind == kind] for kind in ("task", "passive")}
    assert max(p for p in chances["task"] if p is not None) < min(p for p in chances["passive"] if p is not None)
    assert all(v.answer != "settled" for v in verdicts if v.bout.kind == "task")
    assert all(v.confidence in {"C", "D"} for v in verdicts)
    assert sum(v.answer == "settled" for v in verdicts) >= 3
