"""Who a synthetic person is: traits drawn once, from a seed.

Sizes follow healthy people (medians of 54 and 9 people with 24-h recordings: heart rate 15 to 18 bpm lower and
ln RMSSD 0.2 to 0.4 higher by night than by day) and laboratory stress (4 to 11 bpm above rest).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from uitknop.core import Value

Quality = Literal["strap", "wrist", "hr_only"]
PersonKind = Literal["ordinary", "never_settles", "always_settles", "calm_from_start", "breathing_only"]

PERSON_KINDS: tuple[PersonKind, ...] = get_args(PersonKind)
QUALITIES: tuple[Quality, ...] = get_args(Quality)


@dataclass(frozen=True, slots=True)
class Person(Value):
    """A body and a device. Additions in bpm are above the night floor, in ln units below the night's ln RMSSD.

    Args:
        kind: what rest does to this person.
        quality: the device.
        floor_hr_bpm, floor_ln_rmssd: deep night.
        awake_bpm, seated_bpm, standing_bpm: what being awake and each posture adds.
        seated_ln, standing_ln: what each posture takes from ln RMSSD.
        arousal_bpm: the drive of an ordinary unsettled hour.
        ln_per_bpm: how much ln RMSSD one bpm of arousal or effort takes.
        circadian_bpm: from trough (04:00) to peak (16:00).
        walking_bpm: what walking adds.
        hr_noise_bpm, ln_noise: size of the very slow wandering.
        noise_tau_s: its longest memory; `noise_freedom` its Student-t degrees of freedom.
        drift_bpm: size of hour-long drift.
        noise_outside_priors: True when this noise is far from Gaussian first-order noise of the usual size.
        breathing_hz: spontaneous breathing.
        ectopic_share, missed_share, extra_share: of beats, 0..1.
        tick_ms: clock of the device; `jitter_ms` its timing error.
        desk_motion_mg: restlessness at a desk.
    """

    kind: PersonKind
    quality: Quality
    floor_hr_bpm: float
    floor_ln_rmssd: float
    awake_bpm: float
    seated_bpm: float
    standing_bpm: float
    seated_ln: float
    standing_ln: float
    arousal_bpm: float
    ln_per_bpm: float
    circadian_bpm: float
    walking_bpm: float
    hr_noise_bpm: float
    ln_noise: float
    noise_tau_s: float
    noise_freedom: float
    drift_bpm: float
    noise_outside_priors: bool
    breathing_hz: float
    ectopic_share: float
    missed_share: float
    extra_share: float
    tick_ms: float
    jitter_ms: float
    desk_motion_mg: float


def draw_person(
    kind: PersonKind, rng: np.random.Generator, *, quality: Quality = "strap", outside_share: float = 0.3
) -> Person:
    """A person of a kind; `outside_share` is the share of cases outside the detector's priors, 0..1.

    Two thirds of that share have unusual noise; `rests` gives that share of the easings an unusual course or size. In
    ordinary fortnights the two together come to `outside_share` of all rests.
    """
    outside = bool(rng.random() < outside_share * 2.0 / 3.0)
    stuck = kind == "never_settles"
    seated_bpm, seated_ln = rng.uniform(3.0, 6.0), rng.uniform(0.03, 0.18)
    return Person(
        kind=kind,
        quality=quality,
        floor_hr_bpm=rng.uniform(52.0, 66.0),
        floor_ln_rmssd=float(rng.normal(3.65, 0.28)),
        awake_bpm=rng.uniform(0.3, 1.5),
        seated_bpm=seated_bpm,
        standing_bpm=seated_bpm + rng.uniform(2.5, 5.0),
        seated_ln=seated_ln,
        standing_ln=seated_ln + rng.uniform(0.0, 0.06),
        arousal_bpm=rng.uniform(10.0, 13.0) if stuck else rng.uniform(6.5, 9.0),
        ln_per_bpm=rng.uniform(0.018, 0.025),
        circadian_bpm=rng.uniform(0.5, 2.0),
        walking_bpm=rng.uniform(14.0, 24.0),
        hr_noise_bpm=rng.uniform(1.4, 1.9) * (1.3 if outside else 1.0),
        ln_noise=rng.uniform(0.17, 0.27) * (1.2 if outside else 1.0),
        noise_tau_s=rng.uniform(240.0, 420.0) if outside else rng.uniform(60.0, 150.0),
        noise_freedom=2.5 if outside else rng.uniform(4.0, 9.0),
        drift_bpm=rng.uniform(2.0, 3.0) if outside else rng.uniform(0.8, 1.8),
        noise_outside_priors=outside,
        breathing_hz=rng.uniform(0.21, 0.29),
        ectopic_share=float(10 ** rng.uniform(-4.3, -2.5)),
        missed_share=float(10 ** rng.uniform(-4.0, -3.0)),
        extra_share=float(10 ** rng.uniform(-4.3, -3.3)),
        tick_ms=1000.0 / 1024.0 if quality == "strap" else float(rng.choice([1000.0 / 64.0, 1000.0 / 128.0])),
        jitter_ms=rng.uniform(0.3, 0.8) if quality == "strap" else rng.uniform(3.0, 7.0),
        desk_motion_mg=rng.uniform(14.0, 28.0),
    )
