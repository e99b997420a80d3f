"""What is true of a synthetic person: every bout, whether it settled, when and by how much."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Entry, Posture, Recording, Span, Value
from uitknop.synthetic.people import Person
from uitknop.synthetic.shapes import Shape


@dataclass(frozen=True, slots=True)
class TrueBout(Value):
    """One stretch of stillness and what the body truly did in it.

    Args:
        span: when, UTC ms.
        kind: one of `core.KINDS`; `label` the named safety signal.
        posture: of the bout; `posture_before` of the minutes that precede it.
        settles: True when the drives eased (before its start for "already calm").
        onset_min: minute of the bout at which a tenth of the easing was done; 0.0 when already calm, None without.
        half_min: minute at which half of it was done.
        hr_change_bpm: change by the easing alone, plateau against before, posture step not counted; plus under stress.
        ln_rmssd_change: the same for ln RMSSD.
        shape: course of the easing; None without.
        outside_priors: True when course, size or noise lie far from what the detector assumes.
        breathing_ln: change of ln RMSSD for as long as slow breathing was kept up; 0.0 without.
        tagged: True when the diary holds this bout.
        why: in words.
    """

    span: Span
    kind: str
    label: str
    posture: Posture
    posture_before: Posture
    settles: bool
    onset_min: float | None
    half_min: float | None
    hr_change_bpm: float
    ln_rmssd_change: float
    shape: Shape | None
    outside_priors: bool
    breathing_ln: float
    tagged: bool
    why: str


@dataclass(frozen=True, slots=True)
class SyntheticPerson(Value):
    """A person, what the device recorded, what the diary says, and the truth.

    Args:
        person: traits.
        recordings: in order of time; each already carries the entries that fall into it.
        entries: the whole diary, in order of time (the same lines as in the recordings).
        truth: every bout the plan holds, in order of time.
        zone: where the person lives.
    """

    person: Person
    recordings: tuple[Recording, ...]
    entries: tuple[Entry, ...]
    truth: tuple[TrueBout, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class BoutRecording(Value):
    """One recording made around one bout, and the truth about it."""

    recording: Recording
    truth: TrueBout
