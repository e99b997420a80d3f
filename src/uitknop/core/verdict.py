"""The answers about rest: a bout, the verdict on it, and verdicts pooled by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core.estimate import Estimate, Reason
from uitknop.core.recording import Grade
from uitknop.core.span import Span
from uitknop.core.table import Value

Answer = Literal["settled", "not_settled", "cannot_tell", "breathing_only"]
Movement = Literal["moved", "not_moved", "cannot_tell"]
LevelBand = Literal["low", "between", "high", "unknown"]
Posture = Literal["supine", "seated", "standing", "unknown"]

KINDS: tuple[str, ...] = ("passive", "breathing", "nsdr", "nap", "night", "quiet", "task")
"""Kinds of bout that mean something to the verdict; rest with a safety signal is "passive" with the signal as label.
A kind of the user's own stays as it was given and is judged as passive rest."""


@dataclass(frozen=True, slots=True)
class Bout(Value):
    """A stretch that is judged.

    Args:
        span: when.
        posture: "unknown" unless a person or a sensor said so.
        kind: one of `KINDS`, or the user's own word.
        label: the user's own word for it, or the named safety signal.
        given: True when the user gave the span: then it is judged exactly as given.
    """

    span: Span
    posture: Posture = "unknown"
    kind: str = "quiet"
    label: str = ""
    given: bool = False


@dataclass(frozen=True, slots=True)
class Level(Value):
    """How low the body came, between the own upright day (0) and the own night floor (1).

    `heart_rate` and `ln_rmssd` are the place on that scale by each channel, None where it has no anchors.
    """

    band: LevelBand
    heart_rate: Estimate | None = None
    ln_rmssd: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Verdict(Value):
    """What is said of one bout.

    Args:
        bout: what was judged.
        answer: settled, not_settled, cannot_tell, or breathing_only.
        probability: that the body settled, 0..1; None when nothing could be judged.
        movement: did heart rate and ln RMSSD shift to the calm side within the bout?
        level: how low did the person come on the own scale?
        restorative_min: sum over minutes of the probability of being on the calm side, min.
        latency_min: from the start to the settled state, min; right-censored when it was not seen.
        hr_change_bpm: change of heart rate against before (minus = calmer), bpm.
        ln_rmssd_change: change of ln RMSSD against before (plus = calmer); None in heart-rate-only mode.
        confidence: A..D.
        reasons: why, in order of weight.
    """

    bout: Bout
    answer: Answer
    probability: float | None
    movement: Movement
    level: Level
    restorative_min: Estimate | None
    latency_min: Estimate | None
    hr_change_bpm: Estimate | None
    ln_rmssd_change: Estimate | None
    confidence: Grade
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Pooled(Value):
    """What is said of one kind of rest: the headline.

    Args:
        kind: kind of bout; `label` the named signal or the user's own word, "" for bouts without one.
        n: bouts of this kind; `n_judged` those with an answer other than "cannot tell".
        share_settled: share of the judged bouts that settled, with interval; None when none was judged.
        restorative_min: per bout, min.
        latency_min: median by Kaplan-Meier, min.
        level: place reached on the own scale, 0..1.
        felt: share of answers after the rest that said "calmer"; None without answers.
        next_day: share of "refreshed" the next day; None without answers.
        quiet: share settled of the quiet time matched to this kind, with interval; None without any.
        against_quiet: difference of the share settled against that quiet time, shrunk towards none, as a share
            (-1..1); None when there is too little of it.
        reasons: why it is too early, and what would be needed.
    """

    kind: str
    label: str
    n: int
    n_judged: int
    share_settled: Estimate | None
    restorative_min: Estimate | None
    latency_min: Estimate | None
    level: Estimate | None
    felt: Estimate | None
    next_day: Estimate | None
    quiet: Estimate | None
    against_quiet: Estimate | None
    reasons: tuple[Reason, ...] = ()
