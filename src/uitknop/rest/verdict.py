"""One verdict put together: movement, level, the table, minutes, latency, confidence and reasons."""

from __future__ import annotations

from dataclasses import replace

from uitknop.core import Bout, Estimate, Level, Reason, Trace, Verdict
from uitknop.rest.case import Case
from uitknop.rest.changepoint import Grid
from uitknop.rest.confidence import confidence_of
from uitknop.rest.decide import decide
from uitknop.rest.explain import explain
from uitknop.rest.level import Place, place
from uitknop.rest.minutes import latency, restorative_minutes
from uitknop.rest.movement import Shift, change, find_shift
from uitknop.rest.parameters import (
    HYDROSTATIC_MIN,
    LAST_ONSET_BEFORE_END_MIN,
    LAST_ONSET_BEFORE_END_SHORT_MIN,
    ONSET_TAUS_MIN,
)
from uitknop.rest.setting import Flags, Setting
from uitknop.rest.surroundings import Contrast
from uitknop.rest.trace import trace_of

Judged = tuple[Verdict, Trace | None]


def compose(
    case: Case, bout: Bout, setting: Setting, shift: Shift, where: Place, around: Contrast | None, *, short: bool
) -> Judged:
    """The verdict that follows from movement and level, with its reasons, and what a figure of it shows."""
    comparable = setting.has_before and not setting.posture_changed
    probability, answer, movement = decide(shift, where, around, comparable=comparable)
    inside_t = setting.t_min[setting.inside]
    settled = answer == "settled"
    # by the contrast with its surroundings a span may settle without a course that could be timed
    timed = around is None and not (settled and movement != "moved" and not _calm_early(case, bout, setting))
    verdict = Verdict(
        bout=bout,
        answer=answer,
        probability=round(probability, 4),
        movement=movement,
        level=where.level,
        restorative_min=restorative_minutes(shift, where, inside_t) if around is None else None,
        latency_min=latency(
            shift,
            settled=settled,
            already_calm=settled and movement != "moved",
            duration_min=bout.span.duration_min,
            n=int(inside_t.size),
        )
        if timed
        else None,
        hr_change_bpm=change(setting.heart_rate(), turned=True, unit="bpm"),
        ln_rmssd_change=ln_change(setting),
        confidence=confidence_of(case, bout, setting, where, short=short),
        reasons=(),
    )
    told = replace(verdict, reasons=explain(case, verdict, setting, where, around, short=short))
    return told, trace_of(setting, shift if around is None else None, bout)


def no_verdict(case: Case, bout: Bout, reasons: tuple[Reason, ...]) -> Verdict:
    """Can't tell, and why: nothing was judged."""
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


def shift_of(setting: Setting, duration_min: float, *, short: bool, first_onset_min: float = 0.0) -> Shift:
    """The shift within a bout, on a grid that fits its length."""
    margin = LAST_ONSET_BEFORE_END_SHORT_MIN if short else LAST_ONSET_BEFORE_END_MIN
    last_min = max(0.0, duration_min - margin)
    grid = Grid.over(last_min, setting.epoch_min, ONSET_TAUS_MIN, first_onset_min=first_onset_min)
    return find_shift(setting.heart_rate(), setting.variation(), grid, setting.epoch_min)


def place_of(case: Case, bout: Bout, setting: Setting, epochs: Flags | None = None) -> Place:
    """Where the bout lies on the own scale, over the epochs that count or some of them."""
    chosen = setting.inside & setting.counts if epochs is None else epochs
    return place(
        setting.hr_bpm[chosen],
        setting.ln_rmssd[chosen],
        case.scale,
        bout.posture,
        noise=case.noise,
        epoch_min=setting.epoch_min,
    )


def ln_change(setting: Setting) -> Estimate | None:
    """Change of ln RMSSD from before to within the bout; None when it may not speak."""
    variation = setting.variation()
    return None if variation is None else change(variation, turned=False, unit="ln")


def _calm_early(case: Case, bout: Bout, setting: Setting) -> bool:
    """Whether the first minutes that count already lay low on the own scale."""
    early = setting.inside & setting.counts & (setting.t_min < HYDROSTATIC_MIN + 5.0)
    return place_of(case, bout, setting, early).level.band == "low"
