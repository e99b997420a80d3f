"""A breathing exercise is judged on what it leaves behind: the five to ten minutes after its end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from uitknop.core import Bout, Posture, Reason, Span
from uitknop.rest.case import Case
from uitknop.rest.course import Course
from uitknop.rest.parameters import BEFORE_MIN, CARRY_OVER_FEWEST_MIN, CARRY_OVER_MIN, LN_RMSSD
from uitknop.rest.setting import Setting, setting_of, with_slow_breathing
from uitknop.rest.trace import trace_of
from uitknop.rest.verdict import Judged, compose, ln_change, no_verdict, place_of, shift_of


def judge_carry_over(
    case: Case, bout: Bout, course: Course, before: Span | None, posture_before: Posture, *, short: bool
) -> Judged:
    """The verdict on a breathing exercise.

    Args:
        case: the recording.
        bout: the exercise.
        course: epochs around it that start with it.
        before: the minutes it is compared with; the ten before it when None.
        posture_before: of those minutes.
        short: half-minute epochs.
    Returns: "breathing only" when heart rate or ln RMSSD moved during the exercise and nothing of it was left.
    """
    end_ms = bout.span.end_ms
    after = replace(bout, span=Span(end_ms, end_ms + round(CARRY_OVER_MIN * 60_000)))
    before = before or Span(bout.span.start_ms - round(BEFORE_MIN * 60_000), bout.span.start_ms)
    within = setting_of(course, bout, before=before, posture_before=posture_before, noise=case.noise)
    during = with_slow_breathing(within)
    shift_during = shift_of(during, bout.span.duration_min, short=short)
    setting = setting_of(
        course, after, before=before, posture_before=posture_before, after_exercise=True, noise=case.noise
    )
    left = setting.counts & setting.inside & np.isfinite(setting.hr_bpm)
    if float(left.sum()) * setting.epoch_min < CARRY_OVER_FEWEST_MIN:
        missing = Reason("carry_over_missing", needed=CARRY_OVER_FEWEST_MIN, unit="min")
        return no_verdict(case, bout, (missing,)), trace_of(during, shift_during, bout)
    where = place_of(case, bout, setting)
    # what carries over may have begun within the exercise
    shift = shift_of(setting, CARRY_OVER_MIN, short=short, first_onset_min=-bout.span.duration_min)
    verdict, trace = compose(case, after, setting, shift, where, None, short=short)
    reasons: tuple[Reason, ...] = (Reason("carry_over", needed=CARRY_OVER_MIN, unit="min"), *verdict.reasons)
    shown = shift_during.answer == "moved" or _ln_rose(during)
    if verdict.answer == "not_settled" and shown:
        verdict = replace(verdict, answer="breathing_only")
        reasons = (Reason("breathing_only"), *reasons)
    return replace(verdict, bout=bout, latency_min=None, reasons=reasons), trace


def _ln_rose(setting: Setting) -> bool:
    """Whether ln RMSSD rose by more than its smallest worthwhile change from before to within the exercise."""
    found = ln_change(setting)
    return found is not None and found.low > 0.0 and found.value > LN_RMSSD.swc
