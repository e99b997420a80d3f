"""From true beats and movement to what a strap or a watch hands over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Samples
from uitknop.synthetic.people import Person
from uitknop.synthetic.segments import Activity, Segment

Array = npt.NDArray[np.float64]

_MOTION_MG: dict[Activity, float] = {"asleep": 2.5, "still": 4.5, "upright": 45.0, "walking": 180.0, "exercise": 330.0}
_STEPS_PER_MIN: dict[Activity, float] = {"upright": 4.0, "walking": 104.0, "exercise": 140.0}
_FIDGETS_PER_H: dict[Activity, float] = {"asleep": 3.0, "still": 9.0, "desk": 25.0}


def motion_of(person: Person, segments: Sequence[Segment], rng: np.random.Generator) -> Array:
    """Size of movement at each second, mg, float64, shape (n,)."""
    n = round(segments[-1].end_s)
    motion = np.empty(n)
    for segment in segments:
        first, last = round(segment.start_s), round(segment.end_s)
        motion[first:last] = _MOTION_MG.get(segment.activity, person.desk_motion_mg) * rng.lognormal(0.0, 0.15)
        fidgets = rng.poisson(_FIDGETS_PER_H.get(segment.activity, 0.0) * segment.minutes / 60.0)
        for at in rng.integers(first, last, fidgets):
            motion[at : min(at + int(rng.integers(2, 7)), last)] += rng.uniform(20.0, 120.0)
    return motion


def movement_samples(
    segments: Sequence[Segment], motion_mg: Array, start_ms: int, rng: np.random.Generator
) -> tuple[Samples, Samples]:
    """Acceleration (one length per second, gravity included) and steps (one count per minute)."""
    n = motion_mg.size
    acceleration = np.abs(1000.0 + motion_mg * rng.standard_normal(n))
    t_ms = start_ms + 1000 * np.arange(1, n + 1, dtype=np.int64)
    cadence = np.zeros(n)
    for segment in segments:
        per_min = _STEPS_PER_MIN.get(segment.activity, 0.0)
        cadence[round(segment.start_s) : round(segment.end_s)] = per_min * rng.uniform(0.85, 1.15)
    whole = n - n % 60
    steps = rng.poisson(cadence[:whole].reshape(-1, 60).mean(axis=1)).astype(np.float64)
    return (
        Samples("acceleration", t_ms, acceleration.round(1), "synthetic"),
        Samples("steps", t_ms[59:whole:60], steps, "synthetic"),
    )


def recorded_beats(beat_s: Array, person: Person, motion_mg: Array, start_ms: int, rng: np.random.Generator) -> Beats:
    """The beats a strap or a watch reports: ectopic, missed and extra beats, lost stretches, the tick of its clock.

    Args:
        beat_s: true beat times, s from the start, increasing, shape (n,); a long step is a stretch not recorded.
        person: traits of body and device.
        motion_mg: movement at each second of the recording, shape (m,).
        start_ms: UTC ms of second 0.
        rng: source of chance.
    """
    wrist = person.quality != "strap"
    beat_s = with_ectopics(beat_s, person.ectopic_share, rng)
    moving = motion_mg[np.clip(beat_s.astype(np.int64), 0, motion_mg.size - 1)]
    missed = rng.random(beat_s.size) < person.missed_share * (1.0 + np.minimum(moving / 60.0, 6.0))
    extra = np.flatnonzero(rng.random(beat_s.size - 1) < person.extra_share)
    added = beat_s[extra] + (beat_s[extra + 1] - beat_s[extra]) * rng.uniform(0.3, 0.7, extra.size)
    seen = np.sort(np.concatenate((beat_s[~missed], added)))
    lost = _lost_stretches(seen, motion_mg, wrist, rng)
    jitter_s = person.jitter_ms / 1000.0 * rng.standard_t(4, seen.size) / np.sqrt(2.0)
    seen = np.maximum.accumulate(np.maximum(seen + jitter_s, 0.0))
    return _as_beats(seen, lost, person, start_ms)


def with_ectopics(beat_s: Array, share: float, rng: np.random.Generator) -> Array:
    """Beat times with a share of premature beats, each followed by a compensatory pause, shape (n,)."""
    out = beat_s.copy()
    at = np.flatnonzero(rng.random(beat_s.size) < share)
    at = at[(at > 2) & (at < beat_s.size - 3)]
    out[at] -= (beat_s[at] - beat_s[at - 1]) * rng.uniform(0.2, 0.35, at.size)
    return out


def heart_rate_samples(beat_s: Array, start_ms: int, *, every_s: int = 5) -> Samples:
    """Heart rate as a watch without beats reports it: whole bpm, averaged over 10 s."""
    if beat_s.size < 3:
        return Samples("heart_rate", np.empty(0, np.int64), np.empty(0), "synthetic")
    at_s = np.arange(np.ceil(beat_s[0] / every_s + 2) * every_s, beat_s[-1], every_s)
    count = np.interp(at_s, beat_s, np.arange(beat_s.size)) - np.interp(at_s - 10.0, beat_s, np.arange(beat_s.size))
    known = beat_s[np.minimum(np.searchsorted(beat_s, at_s), beat_s.size - 1)] - at_s < 10.0
    t_ms = start_ms + np.rint(at_s * 1000).astype(np.int64)
    return Samples("heart_rate", t_ms[known], np.rint(count * 6.0)[known], "synthetic")


def joined(parts: Sequence[Beats], source: str, device: str) -> Beats:
    """Stretches of beats of one device as one recording of another name, each stretch a run of its own.

    Args:
        parts: in order of time, at least one.
        source, device: what they are called from now on.
    """
    starts = [part.run + sum(len(other) for other in parts[:place]) for place, part in enumerate(parts)]
    t_ms, rr_ms, flag = (np.concatenate([getattr(part, name) for part in parts]) for name in ("t_ms", "rr_ms", "flag"))
    return Beats(t_ms, rr_ms, flag, np.concatenate(starts), parts[0].tick_ms, source, device, parts[0].kind)


def _lost_stretches(beat_s: Array, motion_mg: Array, wrist: bool, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """True where a beat falls into a stretch the device lost: at the wrist mostly with movement."""
    lost_second = np.zeros(motion_mg.size, dtype=np.bool_)
    hours = motion_mg.size / 3600.0
    for at in rng.integers(0, motion_mg.size, rng.poisson((0.5 if wrist else 0.12) * hours)):
        lost_second[at : at + int(rng.uniform(10.0, 300.0 if rng.random() < 0.3 else 60.0))] = True
    if wrist:
        chance = np.clip(0.004 + motion_mg / 1500.0, 0.0, 0.25)
        for at in np.flatnonzero(rng.random(motion_mg.size) < chance):
            lost_second[at : at + int(rng.integers(2, 8))] = True
    return lost_second[np.clip(beat_s.astype(np.int64), 0, motion_mg.size - 1)]


def _as_beats(seen_s: Array, lost: npt.NDArray[np.bool_], person: Person, start_ms: int) -> Beats:
    """Intervals between neighbours that were both seen, on the device's clock, in unbroken runs."""
    tick_ms = person.tick_ms
    wrist = person.quality != "strap"
    time_ms = np.rint(seen_s * 1000.0 / tick_ms) * tick_ms if wrist else seen_s * 1000.0
    rr_ms = np.rint(np.diff(time_ms) / tick_ms) * tick_ms
    broken = lost[1:] | lost[:-1] | (np.diff(seen_s) > 4.0)
    keep = ~broken & (rr_ms > 0)
    starts = keep & np.concatenate(([True], ~keep[:-1]))
    t_ms = start_ms + np.rint(time_ms[1:][keep]).astype(np.int64)
    run = np.flatnonzero(starts[keep]).astype(np.int64)
    flag = np.zeros(t_ms.size, dtype=np.uint8)
    name = "synthetic watch" if wrist else "synthetic strap"
    return Beats(t_ms, rr_ms[keep], flag, run, tick_ms, "synthetic", name, "ppg" if wrist else "rr")
