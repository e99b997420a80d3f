"""A day of RR intervals with known artefacts: what `hrv.py` measures and the tests of `signals` check against.

Circadian heart rate, slow 1/f wander, a swing near 0.095 Hz, a breathing swing that is larger at night, bouts of
activity and 3 ms of jitter on a 1 ms grid; then labelled artefacts: half of them ectopic pairs (20 to 35 % early, with
a compensating pause), a quarter missed beats, a quarter extra beats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CLEAN, ECTOPIC, MISSED, EXTRA = 0, 1, 2, 3
_FS = 4.0


@dataclass(frozen=True)
class Workload:
    """Dirty intervals (ms), the class of each, the event each belongs to (-1: none), and the clean series (ms)."""

    rr_ms: Floats
    label: npt.NDArray[np.int64]
    event: npt.NDArray[np.int64]
    clean_ms: Floats


def make_workload(hours: float = 24.0, *, seed: int = 1, artefact_rate: float = 0.01, hr_bpm: float = 70.0) -> Workload:
    rng = np.random.default_rng(seed)
    clean_ms = _clean_series(hours, hr_bpm, rng)
    kinds = rng.choice(4, clean_ms.size, p=[1 - artefact_rate, artefact_rate / 2, artefact_rate / 4, artefact_rate / 4])
    rr_ms: list[float] = []
    label: list[int] = []
    event: list[int] = []
    i, events = 0, 0
    while i < clean_ms.size:
        kind = int(kinds[i]) if 10 < i < clean_ms.size - 10 else CLEAN
        here, following = float(clean_ms[i]), float(clean_ms[min(i + 1, clean_ms.size - 1)])
        if kind == ECTOPIC:
            early = round(here * rng.uniform(0.2, 0.35))
            parts, used = [here - early, following + early], 2
        elif kind == MISSED:
            parts, used = [here + following], 2
        elif kind == EXTRA:
            part = round(here * rng.uniform(0.3, 0.7))
            parts, used = [part, here - part], 1
        else:
            parts, used = [here], 1
        rr_ms += parts
        label += [kind] * len(parts)
        event += [events if kind else -1] * len(parts)
        events += kind != CLEAN
        i += used
    return Workload(np.array(rr_ms), np.array(label), np.array(event), clean_ms)


def _clean_series(hours: float, hr_bpm: float, rng: np.random.Generator) -> Floats:
    n = int(hours * 3600 * _FS)
    t_s = np.arange(n) / _FS
    hour = (t_s / 3600 + 12) % 24
    night = 1 / (1 + np.exp(-9 * (np.cos(2 * np.pi * (hour - 3) / 24) - 0.35)))
    level = 60_000 / hr_bpm * (1 - 0.12 * np.cos(2 * np.pi * (hour - 16) / 24))
    active = np.zeros(n)
    for start_s in rng.uniform(0, hours * 3600, int(max(1, hours / 2))):
        inside = (t_s > start_s) & (t_s < start_s + rng.uniform(300, 2400))
        active[inside] = np.maximum(active[inside], rng.uniform(0.1, 0.35) * (1 - night[inside]))
    decay = np.exp(-np.arange(600) / 160)
    active = np.convolve(active, decay / decay.sum())[:n]
    slow = 30 * _noise(n, rng, lambda f: ((f >= 0.0005) & (f <= 0.04)) / np.sqrt(np.maximum(f, 1e-9)))
    mayer = 22 * _noise(n, rng, lambda f: np.exp(-0.5 * ((f - 0.095) / 0.012) ** 2))
    rate_hz = np.clip(0.26 - 0.03 * night + 0.02 * _noise(n, rng, lambda f: f <= 0.01), 0.17, 0.38)
    breath = (22 + 22 * night) * np.sqrt(2) * np.sin(2 * np.pi * np.cumsum(rate_hz) / _FS)
    series = (level + slow + mayer) * (1 - active) + breath * (1 - 2 * np.minimum(active, 0.45))
    jitter = rng.normal(0, 3, n)
    rr_ms: list[float] = []
    now_s = 0.0
    while now_s < t_s[-1] - 3:
        rr_ms.append(max(330.0, float(series[int(now_s * _FS)] + jitter[len(rr_ms)])))
        now_s += rr_ms[-1] / 1000
    return np.round(np.array(rr_ms))


def _noise(n: int, rng: np.random.Generator, shape: object) -> Floats:
    """Noise of standard deviation 1 with an amplitude spectrum given as a function of frequency."""
    frequency_hz = np.fft.rfftfreq(n, 1 / _FS)
    spectrum = (rng.normal(size=frequency_hz.size) + 1j * rng.normal(size=frequency_hz.size)) * shape(frequency_hz)  # type: ignore[operator]
    series = np.fft.irfft(spectrum, n)
    return np.asarray(series / series.std())
