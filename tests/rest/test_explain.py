"""Reasons: the weightiest first, each with what was found and what was needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uitknop.core import Bout, Entry, Reason, Recording, Scale, Span, Verdict
from uitknop.rest.case import open_case
from uitknop.rest.judge import judge

MakeRecording = Callable[..., Recording]
MakeRr = Callable[..., np.ndarray]
Minutes = Callable[[float, float], Span]
SEATED = Entry(0, "UTC", "posture", "seated", end_ms=3_600_000)


@pytest.fixture
def judged(recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes) -> Callable[..., Verdict]:
    """The verdict on minutes 20 to 45 of a heart rate that goes from one level to another at minute 25."""

    def on(before: float, after: float, *, scale: Scale | None = None, **bout: object) -> Verdict:
        hr = np.where(np.arange(60) < 25, before, after) + np.random.default_rng(1).normal(0.0, 0.7, 60)
        case = replace(open_case(recording_of(rr_ms_of(hr, seed=3), entries=(SEATED,))), scale=scale)
        return judge(case, replace(Bout(minutes(20, 45), "seated", "passive"), **bout))[0]  # type: ignore[arg-type]

    return on


def found(verdict: Verdict, code: str) -> Reason:
    (reason,) = [reason for reason in verdict.reasons if reason.code == code]
    return reason


def test_a_settled_bout_says_so_first_and_then_by_how_much(judged: Callable[..., Verdict]) -> None:
    verdict = judged(80.0, 68.0)
    assert (verdict.answer, verdict.reasons[0].code) == ("settled", "moved")
    fell = found(verdict, "hr_fell")
    assert verdict.hr_change_bpm is not None
    assert (fell.found, fell.unit) == (round(verdict.hr_change_bpm.value, 1), "bpm")


def test_a_bout_in_which_nothing_happened_says_that(judged: Callable[..., Verdict]) -> None:
    verdict = judged(70.0, 70.0)
    assert (verdict.answer, verdict.reasons[0].code) == ("not_settled", "not_moved")
    assert found(verdict, "hr_flat")


def test_a_fall_that_stays_high_is_told_as_such(judged: Callable[..., Verdict]) -> None:
    verdict = judged(96.0, 84.0, scale=Scale(80.0, 58.0, None, None, 14, 14))
    assert (verdict.answer, verdict.reasons[0].code) == ("not_settled", "moved_but_high")
    assert found(verdict, "level_high")


def test_a_rise_is_told_as_a_rise(judged: Callable[..., Verdict]) -> None:
    verdict = judged(70.0, 80.0)
    assert verdict.answer == "not_settled"
    assert found(verdict, "hr_rose").found == pytest.approx(10.0, abs=1.5)


def test_what_was_not_known_is_said(judged: Callable[..., Verdict]) -> None:
    codes = {reason.code for reason in judged(80.0, 68.0, posture="unknown").reasons}
    assert {"posture_unknown", "no_reference"} <= codes


def test_a_provisional_scale_is_said_to_be_so(judged: Callable[..., Verdict]) -> None:
    scale = Scale(85.0, 58.0, None, None, 2, 2, reasons=(Reason("calibrating", 2.0, 7.0, "nights"),))
    assert found(judged(80.0, 68.0, scale=scale), "calibrating").found == 2.0


def test_the_first_minutes_of_a_recording_have_nothing_before_them(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    case = open_case(recording_of(rr_ms_of(70.0 + np.random.default_rng(1).normal(0.0, 0.7, 30)), clock=None))
    verdict = judge(case, Bout(minutes(0, 25), "seated", "passive"))[0]
    assert found(verdict, "no_before")
    assert found(verdict, "clockless")


def test_a_gap_in_the_bout_is_told_with_its_length(
    recording_of: MakeRecording, rr_ms_of: MakeRr, minutes: Minutes
) -> None:
    case = open_case(recording_of(rr_ms_of(70.0 + np.random.default_rng(1).normal(0.0, 0.7, 60))))
    beats = case.recording.beats
    assert beats is not None
    lost = (beats.t_ms >= 30 * 60_000) & (beats.t_ms < 35 * 60_000)
    at = np.flatnonzero(~lost)
    cut = replace(beats, t_ms=beats.t_ms[at], rr_ms=beats.rr_ms[at], flag=beats.flag[at], run=[0, int(np.argmax(lost))])  # type: ignore[arg-type]
    verdict = judge(open_case(recording_of(cut)), Bout(minutes(20, 45), "seated", "passive"))[0]
    assert found(verdict, "gap_in_bout").found == pytest.approx(5.0, abs=1.0)
