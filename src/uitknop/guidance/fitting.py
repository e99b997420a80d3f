"""Does a practice fit this person now? Contra-indications, track, phase and severity; what is unknown is held back.

Unknown PEM counts as positive, unknown severity then counts as severe, and an unknown phase as the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from uitknop.core import Phrase, Reason, Value
from uitknop.core.errors import KnowledgeError
from uitknop.guidance.data_file import read_data
from uitknop.guidance.limits import Checked, checked
from uitknop.guidance.practices import SEVERITIES, Number, Phase, Practice, Severity, Track, conditions, practices
from uitknop.guidance.text import Language, Text


@dataclass(frozen=True, slots=True)
class Permission(Value):
    """Whether a practice fits, why not, and what to do otherwise when it does.

    Args:
        practice: id of the practice.
        reason: why it does not fit; None when it does. Its code is one of `data/refusals.toml`.
        otherwise: what changes for this person.
    """

    practice: str
    reason: Reason | None
    otherwise: tuple[Text, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the practice fits."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class _Refusal:
    code: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class _Refusals:
    refusal: tuple[_Refusal, ...]


def allowed(
    practice: Practice,
    has: Mapping[str, bool],
    track: Track | None,
    severity: Severity,
    phase: Phase | None = None,
) -> Permission:
    """Whether a practice fits a person now.

    Args:
        practice: which.
        has: conditions that were asked about, by id, and whether the person has them. One that is missing is unknown.
        track: B only when PEM is known to be negative; None is unknown and counts as P.
        severity: of ME; unknown counts as severe on track P.
        phase: None is unknown and counts as 1.
    Raises:
        KnowledgeError: a condition that does not exist.
    """
    if unknown := sorted(set(has) - set(conditions())):
        raise KnowledgeError(Phrase("There is no condition called {name}.", {"name": unknown[0]}))
    reason = (
        _by_track(practice, track)
        or _by_condition(practice, has)
        or _by_severity(practice, track, severity)
        or _by_phase(practice, 1 if phase is None else phase)
    )
    if reason is not None:
        return Permission(practice.id, reason)
    otherwise = tuple(care.words for care in practice.careful if any(has.get(one) for one in care.conditions))
    return Permission(practice.id, None, otherwise)


def numbers(
    practice: Practice, has: Mapping[str, bool], track: Track | None, severity: Severity
) -> Mapping[str, Checked]:
    """The numbers of a practice for this person, each within its hard limit; arguments as in `allowed`.

    Raises:
        LimitError: one is not.
    """
    told: dict[str, Number] = dict(practice.numbers)
    if track != "B":
        told |= practice.numbers_p
    if is_severe(track, severity):
        told |= practice.numbers_severe
    for care in practice.careful:
        if any(has.get(one) for one in care.conditions):
            told |= care.numbers
        if not all(has.get(one) is False for one in care.conditions):
            told = {name: number for name, number in told.items() if name not in care.drops}
    return {name: number.checked() for name, number in told.items()}


def increase(practice: Practice, track: Track | None, plan_on: bool) -> Checked:
    """By how much a practice may be raised in a week, %: nothing on track P or without a plan that was switched on."""
    raised = practice.numbers.get("increase")
    if track != "B" or not plan_on or raised is None:
        return checked("increase_p", 0)
    return raised.checked()


def is_severe(track: Track | None, severity: Severity) -> bool:
    """Whether a person counts as severely ill; on track P not knowing counts."""
    return severity in ("severe", "very_severe") or (severity == "unknown" and track != "B")


def said(permission: Permission, lang: Language) -> str | None:
    """Why a practice is not offered, in words; None when it is."""
    reason = permission.reason
    if reason is None:
        return None
    condition = conditions().get(str(reason.found))
    named = condition.words.said(lang) if condition else ""
    name = practices()[permission.practice].name.said(lang)
    words = _refusals()[reason.code].said(lang).format(name=name, condition=named)
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=1)
def _refusals() -> Mapping[str, Text]:
    return {row.code: Text(row.nl, row.en) for row in read_data("refusals.toml", _Refusals).refusal}


def _by_track(practice: Practice, track: Track | None) -> Reason | None:
    counted: Track = "B" if track == "B" else "P"
    return None if counted in practice.tracks else Reason("track", found=track or "unknown", needed="B")


def _by_condition(practice: Practice, has: Mapping[str, bool]) -> Reason | None:
    for name in practice.not_with:
        if has.get(name):
            return Reason("condition", found=name)
    if practice.form_first and (missing := [name for name in practice.not_with if name not in has]):
        return Reason("not_asked", found=missing[0])
    return None


def _by_severity(practice: Practice, track: Track | None, severity: Severity) -> Reason | None:
    most = practice.most_severe
    if most is None or (severity == "unknown" and track == "B"):
        return None
    # Not knowing how ill somebody is counts as severe; the very severe say so, or somebody says so for them.
    counted = "severe" if severity == "unknown" else severity
    if SEVERITIES.index(counted) <= SEVERITIES.index(most):
        return None
    return Reason("severity", found=severity, needed=most)


def _by_phase(practice: Practice, phase: Phase) -> Reason | None:
    return None if phase in practice.phases else Reason("phase", found=phase, needed=min(practice.phases))
