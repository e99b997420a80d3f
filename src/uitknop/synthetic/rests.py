"""How one rest goes: whether it settles, from which minute, along which course and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from uitknop.core import Posture, Span
from uitknop.synthetic.people import Person, PersonKind
from uitknop.synthetic.segments import Easing, Segment
from uitknop.synthetic.shapes import WITHIN_PRIORS, Shape
from uitknop.synthetic.truth import TrueBout

SETTLE_PROBABILITY: MappingProxyType[str, float] = MappingProxyType(
    {"passive": 0.35, "kruik": 0.85, "breathing": 0.30, "nsdr": 0.65, "nap": 0.70, "quiet": 0.15}
)
"""Chance that a rest settles in an ordinary person, by kind; a key that is no kind is a safety signal (passive)."""

PACED_HZ = 0.1
_OUTSIDE = ("late", "slow_ramp", "two_step", "relapse", "hr_only", "large", "small")
_NO_SPAN = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Course:
    """An easing, whether it lies outside the detector's priors, and why in words."""

    easing: Easing
    outside_priors: bool
    why: str


def settle_probability_of(kind: PersonKind, given: Mapping[str, float] | None) -> dict[str, float]:
    """Chance to settle by kind of rest for a kind of person; `given` overrides single kinds of rest."""
    chance = dict(SETTLE_PROBABILITY)
    if kind == "never_settles":
        chance = dict.fromkeys(chance, 0.0)
    if kind in ("always_settles", "calm_from_start"):
        chance = dict.fromkeys(chance, 1.0)
    if kind == "breathing_only":
        chance = dict.fromkeys(chance, 0.0)
    return {**chance, **(given or {})}


def dealt_evenly(kinds: list[str], n: int, rng: np.random.Generator) -> list[str]:
    """`n` kinds, each as often as the others, in rounds of shuffled order."""
    out: list[str] = []
    while len(out) < n:
        out += [kinds[i] for i in rng.permutation(len(kinds))]
    return out[:n]


def draw_course(
    rng: np.random.Generator,
    minutes: float,
    *,
    least_hr_bpm: float = 4.0,
    effect: tuple[float, float] | None = None,
    outside_share: float = 0.3,
    shape: Shape | None = None,
    onset_min: float | None = None,
) -> Course:
    """How a rest of `minutes` settles.

    Args:
        rng: source of chance.
        minutes: length of the rest.
        least_hr_bpm: smallest usual fall of heart rate.
        effect: (change of heart rate, change of ln RMSSD) when complete; drawn when None.
        outside_share: chance of a course or size far from what the detector assumes, 0..1.
        shape, onset_min: fixed; drawn when None.
    """
    odd = str(rng.choice(_OUTSIDE)) if rng.random() < outside_share else ""
    hr_bpm = -rng.uniform(least_hr_bpm, 11.0)
    ln_rmssd = float(np.clip(-0.016 * hr_bpm + rng.normal(0.0, 0.04), 0.03, 0.17))
    if rng.random() < 0.3:  # larger than in the laboratory
        hr_bpm, ln_rmssd = -rng.uniform(8.0, 14.0), rng.uniform(0.17, 0.5)
    if odd == "hr_only":
        ln_rmssd = 0.0
    elif odd == "large":
        hr_bpm, ln_rmssd = -rng.uniform(14.0, 20.0), rng.uniform(0.5, 0.8)
    elif odd == "small" and least_hr_bpm <= 4.0:
        hr_bpm, ln_rmssd = -rng.uniform(2.0, 3.5), rng.uniform(0.02, 0.06)
    taken: Shape = shape or (
        odd if odd in ("slow_ramp", "two_step", "relapse") else WITHIN_PRIORS[int(rng.integers(3))]  # type: ignore[assignment]
    )
    pace = {"slow_ramp": 0.55 * minutes, "two_step": 0.3 * minutes, "relapse": 0.2 * minutes}
    pace_min = pace.get(taken, rng.uniform(1.5, 5.0))
    drawn = 0.55 * minutes if odd == "late" else rng.uniform(1.0, max(1.5, 0.3 * minutes))
    hr_bpm, ln_rmssd = effect or (hr_bpm, ln_rmssd)
    easing = Easing(taken, drawn if onset_min is None else onset_min, pace_min, hr_bpm, ln_rmssd)
    return Course(easing, bool(odd) or shape not in (None, *WITHIN_PRIORS), f"eases: {odd or taken}")


def settled(segment: Segment, course: Course, *, kind: str, label: str = "", before: Posture) -> Segment:
    """`segment` with the easing of `course` in it, and the truth that goes with it."""
    easing = course.easing
    truth = TrueBout(
        _NO_SPAN,
        kind,
        label,
        segment.posture,
        before,
        True,
        round(easing.onset_min, 2),
        round(easing.half_min, 2),
        easing.hr_bpm,
        easing.ln_rmssd,
        easing.shape,
        course.outside_priors,
        segment.breathing_ln,
        kind not in ("quiet", "task"),
        course.why,
    )
    return replace(segment, easing=easing, truth=truth)


def unsettled(
    segment: Segment, why: str, *, kind: str, label: str = "", before: Posture, hr_bpm: float = 0.0, ln: float = 0.0
) -> Segment:
    """`segment` as a bout in which nothing eases; `hr_bpm` and `ln` tell of stress that rose instead."""
    truth = TrueBout(
        _NO_SPAN,
        kind,
        label,
        segment.posture,
        before,
        False,
        None,
        None,
        hr_bpm,
        ln,
        None,
        False,
        segment.breathing_ln,
        kind not in ("quiet", "task"),
        why,
    )
    return replace(segment, truth=truth)


def already_calm(segment: Segment, *, kind: str, label: str = "", before: Posture) -> Segment:
    """`segment` as a bout that starts calm and stays so."""
    calm = unsettled(segment, "calm before it began", kind=kind, label=label, before=before)
    assert calm.truth is not None
    return replace(calm, truth=replace(calm.truth, settles=True, onset_min=0.0, half_min=0.0))


def paced(segment: Segment, rng: np.random.Generator) -> Segment:
    """`segment` breathed at six a minute: more variation for as long as it lasts, whatever the drives do."""
    return replace(segment, breathing_hz=PACED_HZ, breathing_ln=rng.uniform(-0.1, 0.5))


def rest_arousal_bpm(person: Person, course: Course | None, rng: np.random.Generator) -> float:
    """The arousal that precedes a rest: at least what is going to ease, so that nobody falls below the night floor."""
    usual = max(1.0, person.arousal_bpm + rng.normal(0.0, 1.0))
    return usual if course is None else max(usual, -course.easing.hr_bpm + rng.uniform(0.2, 1.5))
