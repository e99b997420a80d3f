"""The verdict on one bout: movement and level, two separate answers, brought together by one table.

|                | level low        | between     | high                        | unknown                       |
|----------------|------------------|-------------|-----------------------------|-------------------------------|
| moved          | settled          | settled     | not settled, it stayed high | settled, at most grade C      |
| not moved      | settled, already | not settled | not settled                 | not settled                   |
| can't tell     | can't tell       | can't tell  | can't tell                  | can't tell                    |

`uitknop.rest.decide` reads the table with probabilities, so that a bout near an edge of it is called "can't tell".
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from uitknop.core import Bout, Estimate, Level, Posture, Reason, Span, Trace, Verdict
from uitknop.rest.bouts import posture_at
from uitknop.rest.case import Case
from uitknop.rest.changepoint import Grid
from uitknop.rest.checks import after_effort, constant, irregular, medication, too_little_data, too_short
from uitknop.rest.confidence import confidence_of
from uitknop.rest.course import Course, make_course
from uitknop.rest.decide import decide
from uitknop.rest.explain import explain
from uitknop.rest.level import Place, place
from uitknop.rest.minutes import latency, restorative_minutes
from uitknop.rest.movement import Shift, change, find_shift
from uitknop.rest.parameters import (
    BEFORE_MIN,
    BOUT_SHORTEST_MIN,
    CARRY_OVER_FEWEST_MIN,
    CARRY_OVER_MIN,
    HYDROSTATIC_MIN,
    LAST_ONSET_BEFORE_END_MIN,
    LAST_ONSET_BEFORE_END_SHORT_MIN,
    LN_RMSSD,
    ONSET_TAUS_MIN,
    PROTOCOL_EPOCH_S,
    SHORT_EPOCH_S,
)
from uitknop.rest.setting import Setting, setting_of, with_slow_breathing
from uitknop.rest.surroundings import Contrast, contrast
from uitknop.rest.trace import trace_of

Judged = tuple[Verdict, Trace | None]


def judge(case: Case, bout: Bout, *, before: Span | None = None, protocol: bool = False) -> Judged:
    """The verdict on one bout, and what a figure of it shows.

    Args:
        case: the recording the bout lies in.
        bout: what is judged.
        before: the minutes it is compared with; the ten before it when None.
        protocol: True when the given spans describe the recording, so that both sides of each may be looked at.
    """
    stop = too_short(bout)
    if stop is not None:
        return _cannot_tell(bout, case, (stop,)), None
    short = bout.given and (protocol or bout.span.duration_min < BOUT_SHORTEST_MIN)
    course = _course_around(case, bout, before, SHORT_EPOCH_S if short else 60.0)
    stops = tuple(
        reason
        for reason in (
            medication(case.entries, bout.span),
            too_little_data(course, bout.span),
            constant(course, bout.span),
            irregular(case.cleaned, bout.span),
            after_effort(course, case.entries, bout.span, case.scale),
        )
        if reason is not None
    )
    if stops:
        return _cannot_tell(bout, case, stops), None
    if bout.kind == "breathing":
        return _judge_breathing(case, bout, course, before, short)
    setting = setting_of(course, bout, before=before, posture_before=_posture_before(case, bout), noise=case.noise)
    where = place(
        setting.hr_bpm[setting.inside], setting.ln_rmssd[setting.inside], case.scale, bout.posture, noise=case.noise
    )
    shift = shift_of(setting, bout.span.duration_min, short=short)
    around = contrast_of(case, bout, protocol=protocol) if short and not where.known else None
    verdict, trace = _verdict(case, bout, setting, shift, where, around, short)
    if verdict.answer != "settled" and setting.slow[setting.inside].any():
        verdict = _only_breathing(verdict, setting, bout, short)
    return verdict, trace


def _only_breathing(verdict: Verdict, setting: Setting, bout: Bout, short: bool) -> Verdict:
    """ "Breathing only" when the body moved in the minutes of slow breathing and in no others."""
    with_slow = shift_of(with_slow_breathing(setting), bout.span.duration_min, short=short)
    if with_slow.answer != "moved":
        return verdict
    return replace(verdict, answer="breathing_only", reasons=(Reason("breathing_only"), *verdict.reasons))


def _judge_breathing(case: Case, bout: Bout, course: Course, before: Span | None, short: bool) -> Judged:
    """A breathing exercise is judged on what it leaves behind: the five to ten minutes after its end."""
    end_ms = bout.span.end_ms
    carry = replace(bout, span=Span(end_ms, end_ms + round(CARRY_OVER_MIN * 60_000)))
    before = before or Span(bout.span.start_ms - round(BEFORE_MIN * 60_000), bout.span.start_ms)
    setting = setting_of(
        course, carry, before=before, posture_before=_posture_before(case, bout), after_exercise=True, noise=case.noise
    )
    during = with_slow_breathing(
        setting_of(course, bout, before=before, posture_before=_posture_before(case, bout), noise=case.noise)
    )
    shift_during = shift_of(during, bout.span.duration_min, short=short)
    shown = shift_during.answer == "moved" or _ln_rose(during)
    left = setting.counts & setting.inside & np.isfinite(setting.hr_bpm)
    if float(left.sum()) * setting.epoch_min < CARRY_OVER_FEWEST_MIN:
        missing = Reason("carry_over_missing", needed=CARRY_OVER_FEWEST_MIN, unit="min")
        return _cannot_tell(bout, case, (missing,)), trace_of(during, shift_during, bout)
    where = place(
        setting.hr_bpm[setting.inside], setting.ln_rmssd[setting.inside], case.scale, bout.posture, noise=case.noise
    )
    shift = shift_of(setting, CARRY_OVER_MIN, short=short, first_onset_min=-bout.span.duration_min)
    verdict, trace = _verdict(case, carry, setting, shift, where, None, short)
    verdict = replace(verdict, bout=bout, latency_min=None)
    reasons: tuple[Reason, ...] = (Reason("carry_over", needed=CARRY_OVER_MIN, unit="min"), *verdict.reasons)
    if verdict.answer != "settled" and shown:
        return replace(verdict, bout=bout, answer="breathing_only", reasons=(Reason("breathing_only"), *reasons)), trace
    return replace(verdict, bout=bout, reasons=reasons), trace


def _verdict(
    case: Case, bout: Bout, setting: Setting, shift: Shift, where: Place, around: Contrast | None, short: bool
) -> Judged:
    probability, answer, movement = decide(
        shift, where, around, comparable=setting.has_before and not setting.posture_changed
    )
    inside_t = setting.t_min[setting.inside]
    already = answer == "settled" and movement != "moved" and calm_early(setting, case, bout)
    verdict = Verdict(
        bout=bout,
        answer=answer,
        probability=round(probability, 4),
        movement=movement,
        level=where.level,
        restorative_min=restorative_minutes(shift, where, inside_t),
        latency_min=latency(
            shift,
            settled=answer == "settled",
            already_calm=already,
            duration_min=bout.span.duration_min,
            n=int(inside_t.size),
        ),
        hr_change_bpm=change(setting.heart_rate(), turned=True, unit="bpm"),
        ln_rmssd_change=_ln_change(setting),
        confidence=confidence_of(case, bout, setting, where, short=short),
        reasons=(),
    )
    told = replace(verdict, reasons=explain(case, verdict, setting, shift, where, around, short))
    return told, trace_of(setting, shift, bout)


def shift_of(setting: Setting, duration_min: float, *, short: bool, first_onset_min: float = 0.0) -> Shift:
    """The shift within a bout, on a grid that fits its length."""
    margin = LAST_ONSET_BEFORE_END_SHORT_MIN if short else LAST_ONSET_BEFORE_END_MIN
    last_min = max(0.0, duration_min - margin)
    grid = Grid.over(last_min, setting.epoch_min, ONSET_TAUS_MIN, first_onset_min=first_onset_min)
    return find_shift(setting.heart_rate(), setting.variation(), grid, setting.epoch_min)


def _ln_rose(setting: Setting) -> bool:
    """Whether ln RMSSD rose by more than its smallest worthwhile change from before to within the bout."""
    found = _ln_change(setting)
    return found is not None and found.low > 0.0 and found.value > LN_RMSSD.swc


def calm_early(setting: Setting, case: Case, bout: Bout) -> bool:
    """Whether the first minutes that count already lay low on the own scale."""
    early = setting.inside & setting.counts & (setting.t_min < HYDROSTATIC_MIN + 5.0)
    return (
        place(setting.hr_bpm[early], setting.ln_rmssd[early], case.scale, bout.posture, noise=case.noise).level.band
        == "low"
    )


def _cannot_tell(bout: Bout, case: Case, reasons: tuple[Reason, ...]) -> Verdict:
    """No verdict, and why."""
    return Verdict(
        bout=bout,
        answer="cannot_tell",
        probability=None,
        movement="cannot_tell",
        level=Level("unknown"),
        restorative_min=None,
        latency_min=None,
        hr_change_bpm=None,
        ln_rmssd_change=None,
        confidence="D" if case.cleaned is None else case.recording.grade,
        reasons=reasons,
    )


def _posture_before(case: Case, bout: Bout) -> Posture:
    """The posture the diary gives for the minutes before a bout."""
    start_ms = bout.span.start_ms
    return posture_at(case.entries, Span(start_ms - round(BEFORE_MIN * 60_000), start_ms))


def contrast_of(case: Case, bout: Bout, *, protocol: bool) -> Contrast | None:
    """The contrast of a given span with its surroundings."""
    course = _course_around(case, bout, None, PROTOCOL_EPOCH_S)
    return contrast(course, bout.span, both_sides=protocol)


def _course_around(case: Case, bout: Bout, before: Span | None, epoch_s: float) -> Course:
    """Epochs that start with the bout, from before it until the carry-over after it."""
    start_ms = bout.span.start_ms - round(BEFORE_MIN * 60_000)
    if before is not None:
        start_ms = min(start_ms, before.start_ms)
    start_ms = bout.span.start_ms - math.ceil((bout.span.start_ms - start_ms) / 60_000) * 60_000
    window = _recorded(case, Span(start_ms, bout.span.end_ms + round(CARRY_OVER_MIN * 60_000)))
    course = case.course
    on_grid = len(course) and (bout.span.start_ms - int(course.start_ms[0])) % course.epoch_ms == 0
    if epoch_s == course.epoch_s and on_grid:
        part = course.within(window)
        return course.part(part)
    return make_course(case.cleaned, case.samples, epoch_s=epoch_s, span=window, origin_ms=bout.span.start_ms)


def _recorded(case: Case, window: Span) -> Span:
    """The part of a window that was recorded, with a minute on either side for epochs that are begun or half over: a
    span with a wrong year would ask for millions of empty ones."""
    whole = case.recording.span
    if whole is None or not whole.overlaps(window):
        return Span(window.start_ms, window.start_ms)
    return Span(max(window.start_ms, whole.start_ms - 60_000), min(window.end_ms, whole.end_ms + 60_000))


def _ln_change(setting: Setting) -> Estimate | None:
    variation = setting.variation()
    return None if variation is None else change(variation, turned=False, unit="ln")
