"""Why a verdict is what it is: reasons as values, the weightiest first. The words come from the catalogues."""

from __future__ import annotations

import numpy as np

from uitknop.core import Reason, Verdict
from uitknop.rest.case import Case
from uitknop.rest.confidence import breathing_known
from uitknop.rest.level import Place
from uitknop.rest.parameters import (
    GAP_LONGEST_MIN,
    HEART_RATE,
    LN_RMSSD,
    NOT_SETTLED_BELOW,
    PROTOCOL_SETTLED_AT,
    SETTLED_AT,
)
from uitknop.rest.setting import Setting
from uitknop.rest.surroundings import Contrast


def explain(
    case: Case, verdict: Verdict, setting: Setting, where: Place, around: Contrast | None, *, short: bool
) -> tuple[Reason, ...]:
    """Every reason that bears on the verdict."""
    reasons = (
        _outcome(verdict, setting, where, around),
        *_channels(verdict, around),
        *_limits(case, setting, where, short),
    )
    once: dict[str, Reason] = {}
    for reason in reasons:
        once.setdefault(reason.code, reason)
    return tuple(once.values())


def _outcome(verdict: Verdict, setting: Setting, where: Place, around: Contrast | None) -> Reason:
    """The one reason that made the answer."""
    if around is not None and verdict.answer != "cannot_tell":
        code = "lower_around" if verdict.answer == "settled" else "not_lower_around"
        return Reason(code, found=round(around.around_bpm, 1), unit="bpm")
    if verdict.answer == "settled":
        if verdict.movement == "moved":
            return Reason("moved")
        early = verdict.latency_min is not None and verdict.latency_min.censored == "left"
        return Reason("already_calm" if early else "level_low", found=None if early else _level_pct(verdict), unit="%")
    if verdict.answer == "not_settled":
        return Reason("moved_but_high" if verdict.movement == "moved" else "not_moved")
    if verdict.probability is not None and verdict.probability < NOT_SETTLED_BELOW and around is None:
        # downgraded: a calm body could not have been told from a stuck one
        if not setting.movement_known and setting.posture_changed:
            return Reason("movement_unknown")
        if where.level.band == "unknown":
            return Reason("no_reference")
    found = None if verdict.probability is None else round(100 * verdict.probability)
    needed = SETTLED_AT if around is None else PROTOCOL_SETTLED_AT
    return Reason("wide_interval", found=found, needed=round(100 * needed), unit="%")


def _level_pct(verdict: Verdict) -> float | None:
    """Place on the own scale by heart rate, %."""
    return None if verdict.level.heart_rate is None else round(100 * verdict.level.heart_rate.value)


def _channels(verdict: Verdict, around: Contrast | None) -> tuple[Reason, ...]:
    """What heart rate, ln RMSSD and the level did."""
    reasons = []
    if around is not None and verdict.answer == "cannot_tell":
        reasons.append(Reason("around", found=round(around.around_bpm, 1), unit="bpm"))
    hr, ln = verdict.hr_change_bpm, verdict.ln_rmssd_change
    if hr is not None:
        code = "hr_fell" if hr.value <= -HEART_RATE.swc else "hr_rose" if hr.value >= HEART_RATE.swc else "hr_flat"
        reasons.append(Reason(code, found=round(hr.value, 1), needed=HEART_RATE.swc, unit="bpm"))
    if ln is not None:
        code = "ln_rmssd_flat"
        if abs(ln.value) >= LN_RMSSD.swc:
            code = "ln_rmssd_rose" if ln.value > 0 else "ln_rmssd_fell"
        reasons.append(Reason(code, found=round(ln.value, 2), needed=LN_RMSSD.swc, unit="ln"))
    if hr is not None and ln is not None and hr.high < 0.0 and ln.high < 0.0:
        reasons.append(Reason("channels_disagree"))
    if verdict.level.band in {"low", "high"} and verdict.level.heart_rate is not None:
        reasons.append(Reason(f"level_{verdict.level.band}", found=_level_pct(verdict), unit="%"))
    return tuple(reasons)


def _limits(case: Case, setting: Setting, where: Place, short: bool) -> tuple[Reason, ...]:
    """What keeps the verdict from being surer."""
    reasons = []
    if not setting.has_before:
        reasons.append(Reason("no_before"))
    if setting.posture_changed:
        reasons.append(Reason("posture_change" if setting.movement_known else "movement_unknown"))
    if setting.posture == "unknown":
        reasons.append(Reason("posture_unknown"))
    if not setting.ln_usable:
        reasons.append(Reason("heart_rate_only"))
    elif case.recording.grade == "C":
        reasons.append(Reason("light_sensor"))
    slow = float(setting.slow[setting.inside].sum()) * setting.epoch_min
    if slow >= 1.0:
        reasons.append(Reason("slow_breathing", found=round(slow), unit="min"))
    elif setting.ln_usable and not breathing_known(setting):
        reasons.append(Reason("breathing_unknown"))
    gap_min = _longest_gap_min(setting)
    if gap_min > GAP_LONGEST_MIN:
        reasons.append(Reason("gap_in_bout", found=round(gap_min, 1), needed=GAP_LONGEST_MIN, unit="min"))
    if short:
        reasons.append(Reason("short_span"))
    if where.level.band == "unknown":
        reasons.append(Reason("no_reference"))
    elif case.scale is not None:
        reasons.extend(case.scale.reasons)
    if case.recording.clock is None:
        reasons.append(Reason("clockless"))
    return tuple(reasons)


def _longest_gap_min(setting: Setting) -> float:
    """The longest stretch of the bout without heart rate, min."""
    missing = np.concatenate(([False], ~np.isfinite(setting.hr_bpm[setting.inside]), [False]))
    edges = np.flatnonzero(np.diff(missing.astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return float(lengths.max()) * setting.epoch_min if lengths.size else 0.0
