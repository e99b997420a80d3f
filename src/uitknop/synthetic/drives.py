"""From what a person does to the autonomic drives of each second: tonic heart rate, vagal modulation, breathing.

Two branches carry arousal: a vagal one that follows within seconds and a sympathetic one that follows late and slowly.
Posture adds its own step, with the overshoot of blood that has not found its place yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.synthetic.noise import delayed, low_pass, pink, wandering
from uitknop.synthetic.people import Person
from uitknop.synthetic.segments import Activity, Segment
from uitknop.synthetic.shapes import course

Array = npt.NDArray[np.float64]

VAGAL_SHARE = 0.45
VAGAL_LAG_S = 3.0
SYMPATHETIC_DELAY_S = 5.0
SYMPATHETIC_LAG_S = 45.0
HYDROSTATIC_LAG_S = 60.0
HYDROSTATIC_OVERSHOOT = 0.7
RETURN_LAG_S = 240.0
"""After rest, arousal comes back with this time constant."""
SLEEP_CYCLE_S = 5400.0

_EFFORT_BPM: dict[Activity, float] = {"asleep": 0.0, "still": 0.0, "desk": 0.7, "upright": 2.0, "exercise": 45.0}
_RESTLESS: dict[Activity, float] = {
    "asleep": 0.95,
    "still": 1.0,
    "desk": 1.25,
    "upright": 1.7,
    "walking": 1.9,
    "exercise": 2.0,
}
"""How strongly the slow wandering shows."""


@dataclass(frozen=True, slots=True)
class Drives:
    """One value per second, float64, shape (n,).

    Args:
        hr_bpm: tonic heart rate, without breath and 0.1 Hz wave.
        ln_rmssd: what ln RMSSD these drives aim at.
        breathing_hz: rate of breathing; `breath_depth` its relative depth.
        effort_bpm: what bodily effort adds to heart rate.
    """

    hr_bpm: Array
    ln_rmssd: Array
    breathing_hz: Array
    breath_depth: Array
    effort_bpm: Array


def drives_of(person: Person, segments: Sequence[Segment], *, start_hour: float, rng: np.random.Generator) -> Drives:
    """The drives of one recording, from its first to its last segment, one value per second.

    Args:
        person: traits.
        segments: without holes, in order; the first starts at 0 s.
        start_hour: local hour at second 0, for the circadian level.
        rng: source of chance.
    """
    n = round(segments[-1].end_s)
    hour = start_hour + np.arange(n) / 3600.0
    awake = low_pass(_per_second(segments, n, [float(s.activity != "asleep") for s in segments]), 240.0)
    posture_hr, posture_ln = _posture(person, segments, n)
    arousal = _branches(low_pass(_per_second(segments, n, [s.arousal_bpm for s in segments]), 40.0))
    eased_hr, eased_ln = _easings(segments, n)
    effort = _effort(person, segments, n, rng)
    wander_hr, wander_ln = _wandering(person, segments, n, rng)
    level = person.awake_bpm * awake + person.circadian_bpm * 0.5 * (1.0 - np.cos(2 * np.pi * (hour - 4.0) / 24.0))
    cycle = (1.0 - awake) * np.cos(2 * np.pi * (np.arange(n) / SLEEP_CYCLE_S + rng.random()))
    hr_bpm = person.floor_hr_bpm + level + posture_hr + arousal + effort + eased_hr + wander_hr - 1.2 * cycle
    ln_rmssd = (
        person.floor_ln_rmssd
        + posture_ln
        + eased_ln
        + 0.08 * cycle
        + wander_ln
        - person.ln_per_bpm * (level + arousal + 0.7 * effort + 0.8 * wander_hr)
        + _per_second(segments, n, [s.breathing_ln for s in segments])
    )
    return Drives(np.maximum(hr_bpm, 38.0), np.clip(ln_rmssd, 1.4, 5.3), *_breathing(person, segments, n, rng), effort)


def _per_second(segments: Sequence[Segment], n: int, values: Sequence[float]) -> Array:
    """A value per segment as a value per second."""
    edges = np.rint([s.start_s for s in segments] + [n]).astype(np.int64)
    return np.repeat(np.asarray(values, dtype=np.float64), np.diff(edges))


def _branches(drive: Array) -> Array:
    """A drive as the heart follows it through both branches."""
    vagal = low_pass(drive, VAGAL_LAG_S)
    sympathetic = low_pass(delayed(drive, SYMPATHETIC_DELAY_S), SYMPATHETIC_LAG_S)
    return VAGAL_SHARE * vagal + (1.0 - VAGAL_SHARE) * sympathetic


def _posture(person: Person, segments: Sequence[Segment], n: int) -> tuple[Array, Array]:
    """Heart rate and ln RMSSD added by posture, with the hydrostatic overshoot of the first minutes."""
    hr = {"seated": person.seated_bpm, "standing": person.standing_bpm}
    ln = {"seated": -person.seated_ln, "standing": -person.standing_ln}
    step_hr = low_pass(_per_second(segments, n, [hr.get(s.posture, 0.0) for s in segments]), 8.0)
    step_ln = low_pass(_per_second(segments, n, [ln.get(s.posture, 0.0) for s in segments]), 20.0)
    return (
        step_hr + HYDROSTATIC_OVERSHOOT * (step_hr - low_pass(step_hr, HYDROSTATIC_LAG_S)),
        step_ln + 0.5 * HYDROSTATIC_OVERSHOOT * (step_ln - low_pass(step_ln, HYDROSTATIC_LAG_S)),
    )


def _easings(segments: Sequence[Segment], n: int) -> tuple[Array, Array]:
    """Heart rate and ln RMSSD changed by easing, during each eased segment and in its afterglow."""
    hr, ln = np.zeros(n), np.zeros(n)
    for segment in segments:
        easing = segment.easing
        if easing is None:
            continue
        first, last = round(segment.start_s), round(segment.end_s)
        held = min(n, last + round(60 * easing.outlast_min))
        stop = min(n, held + round(6 * RETURN_LAG_S))
        since_min = np.arange(held - first) / 60.0 - easing.onset_min
        eased = course(easing.shape, since_min, easing.pace_min)
        fading = eased[-1] * np.exp(-np.arange(stop - held) / RETURN_LAG_S)
        whole = np.concatenate((eased, fading))
        hr[first:stop] += easing.hr_bpm * _branches(whole)
        ln[first:stop] += easing.ln_rmssd * low_pass(whole, VAGAL_LAG_S)
    return hr, ln


def _effort(person: Person, segments: Sequence[Segment], n: int, rng: np.random.Generator) -> Array:
    """Heart rate added by bodily effort: most of it gone in half a minute, the rest in minutes."""
    base = {**_EFFORT_BPM, "walking": person.walking_bpm}
    vigour = rng.lognormal(0.0, 0.25, len(segments))
    asked = _per_second(segments, n, [base[s.activity] * v for s, v in zip(segments, vigour, strict=True)])
    asked = asked * np.clip(1.0 + 0.3 * wandering(rng, n, 45.0), 0.2, 1.8)
    return 0.75 * low_pass(asked, 25.0) + 0.25 * low_pass(asked, 200.0)


def _wandering(person: Person, segments: Sequence[Segment], n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Very slow wandering of heart rate and of ln RMSSD: 1/f, heavy-tailed and drifting."""
    restless = low_pass(_per_second(segments, n, [_RESTLESS[s.activity] for s in segments]), 60.0)
    slow = pink(rng, n, 0.0005, 0.04)
    shocks = np.clip(wandering(rng, n, person.noise_tau_s, freedom=person.noise_freedom), -5.0, 5.0)
    drift = wandering(rng, n, 5400.0)
    hr = person.hr_noise_bpm * restless * (0.95 * slow + 0.45 * shocks) + person.drift_bpm * drift
    ln = person.ln_noise * (
        0.78 * np.clip(wandering(rng, n, 12.0, freedom=max(person.noise_freedom, 4.0)), -5.0, 5.0)
        + 0.35 * np.clip(wandering(rng, n, person.noise_tau_s, freedom=person.noise_freedom), -5.0, 5.0)
        + 0.45 * pink(rng, n, 0.0003, 0.004)
        + 0.85 * wandering(rng, n, 3600.0)
    )
    return hr, ln


def _breathing(person: Person, segments: Sequence[Segment], n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Rate of breathing and relative depth of breaths."""
    asleep = _per_second(segments, n, [float(s.activity == "asleep") for s in segments])
    effort = _per_second(segments, n, [0.12 if s.activity == "exercise" else 0.0 for s in segments])
    paced = _per_second(segments, n, [s.breathing_hz or 0.0 for s in segments])
    loose = 0.12 * (1.0 - 0.5 * asleep)
    free_hz = (person.breathing_hz - 0.01 * asleep + effort) * np.exp(loose * wandering(rng, n, 40.0))
    rate_hz = np.where(paced > 0, paced, np.clip(free_hz, 0.155, 0.6))
    depth = np.exp(0.25 * wandering(rng, n, 6.0) - 0.25**2)
    return rate_hz, np.where(paced > 0, np.sqrt(depth), depth)
