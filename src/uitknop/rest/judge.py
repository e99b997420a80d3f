"""The verdict on one bout: movement and level, two separate answers, brought together by one table.

|                | level low        | between     | high                        | unknown                       |
|----------------|------------------|-------------|-----------------------------|-------------------------------|
| moved          | settled          | settled     | not settled, it stayed high | settled, at most grade C      |
| not moved      | settled, already | not settled | not settled                 | not settled, or can't tell    |
| can't tell     | settled          | can't tell  | not settled                 | can't tell                    |

`uitknop.rest.decide` reads the table with probabilities, so that a bout near an edge of it is called "can't tell".
"""

from __future__ import annotations

from dataclasses import replace

from uitknop.core import Bout, Posture, Reason, Span, Verdict
from uitknop.rest.bouts import posture_at
from uitknop.rest.carry_over import judge_carry_over
from uitknop.rest.case import Case, course_around
from uitknop.rest.checks import after_effort, constant, irregular, medication, too_little_data, too_short
from uitknop.rest.course import Course
from uitknop.rest.parameters import (
    BEFORE_MIN,
    BOUT_SHORTEST_MIN,
    PROTOCOL_EPOCH_S,
    SHORT_EPOCH_S,
    WHOLE_RECORDING_LONGEST_MIN,
)
from uitknop.rest.setting import Setting, setting_of, with_slow_breathing
from uitknop.rest.surroundings import Contrast, contrast
from uitknop.rest.verdict import Judged, compose, no_verdict, place_of, shift_of


def judge(
    case: Case, bout: Bout, *, before: Span | None = None, protocol: bool = False, followed: bool = False
) -> Judged:
    """The verdict on one bout, and what a figure of it shows.

    Args:
        case: the recording the bout lies in.
        bout: what is judged.
        before: the minutes it is compared with; the ten before it when None.
        protocol: True when the given spans describe the recording as a protocol does: then the bout is compared with
            its surroundings.
        followed: True when the minutes after it belong to the protocol too.
    """
    stop = too_short(bout)
    if stop is not None:
        return no_verdict(case, bout, (stop,)), None
    short = bout.given and bout.span.duration_min < BOUT_SHORTEST_MIN
    course = course_around(case, bout.span, before, SHORT_EPOCH_S if short else 60.0)
    stops = _stops(case, bout, course)
    if stops:
        return no_verdict(case, bout, stops), None
    posture_before = _posture_before(case, bout)
    if bout.kind == "breathing":
        return judge_carry_over(case, bout, course, before, posture_before, short=short)
    setting = setting_of(course, bout, before=before, posture_before=posture_before, noise=case.noise)
    where = place_of(case, bout, setting)
    if picked_by_heart_rate(case, bout):
        where = replace(where, tells=False)
    shift = shift_of(setting, bout.span.duration_min, short=short)
    around = contrast_of(case, bout, followed=followed) if protocol and not where.known else None
    verdict, trace = compose(case, bout, setting, shift, where, around, short=short)
    if verdict.answer == "not_settled" and setting.slow[setting.inside].any():
        verdict = _only_breathing(verdict, setting, bout, short)
    return verdict, trace


def _stops(case: Case, bout: Bout, course: Course) -> tuple[Reason, ...]:
    """Every reason for which no verdict is given."""
    found = (
        medication(case.entries, bout.span),
        too_little_data(course, bout.span),
        constant(course, bout.span),
        irregular(case.cleaned, bout.span),
        after_effort(case.course, case.entries, bout.span, case.scale),
    )
    return tuple(reason for reason in found if reason is not None)


def _only_breathing(verdict: Verdict, setting: Setting, bout: Bout, short: bool) -> Verdict:
    """ "Breathing only" when the body moved in the minutes of slow breathing and in no others."""
    with_slow = shift_of(with_slow_breathing(setting), bout.span.duration_min, short=short)
    if with_slow.answer != "moved":
        return verdict
    return replace(verdict, answer="breathing_only", reasons=(Reason("breathing_only"), *verdict.reasons))


def picked_by_heart_rate(case: Case, bout: Bout) -> bool:
    """Whether a bout was found by its low heart rate, for want of movement data and of a diary."""
    found = bout.kind == "quiet" and not bout.given
    minutes = len(case.course) * case.course.epoch_s / 60.0
    return found and not case.course.movement_known.any() and minutes > WHOLE_RECORDING_LONGEST_MIN


def _posture_before(case: Case, bout: Bout) -> Posture:
    """The posture the diary gives for the minutes before a bout."""
    start_ms = bout.span.start_ms
    return posture_at(case.entries, Span(start_ms - round(BEFORE_MIN * 60_000), start_ms))


def contrast_of(case: Case, bout: Bout, *, followed: bool) -> Contrast | None:
    """The contrast of a span of a protocol with its surroundings."""
    course = course_around(case, bout.span, None, PROTOCOL_EPOCH_S)
    return contrast(course, bout.span, both_sides=followed)
