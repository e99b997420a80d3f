"""Epochs: one row per minute with everything the verdict on rest looks at.

The grid starts at the recording's own start, so that moving all times by any number of ms moves the epochs with them
and changes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from uitknop.core import BeatKind, SampleKind, Samples, Span, Table
from uitknop.signals.breathing import SLOW_BRPM, WINDOW_S, Breathing, estimate_breathing
from uitknop.signals.clean import Cleaned
from uitknop.signals.pairs import accepted, covered_ms, valid_pairs
from uitknop.signals.tick import rmssd2_error
from uitknop.signals.within import deviation_within, median_within, steps_within

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EPOCH_S = 60.0
FEWEST_PAIRS = 40
"""Valid pairs in 60 s for ln RMSSD."""
FEWEST_PAIRS_ANY = 10
"""Valid pairs in 60 s for `ln_rmssd_any`, whose reader weighs it by `n_pairs`."""
FEWEST_BEATS = 10
"""Accepted intervals in 60 s for a median heart rate."""
MOST_ARTEFACT = 0.05
"""Share of marked intervals beyond which an epoch has no ln RMSSD."""


@dataclass(frozen=True, slots=True)
class Epochs(Table):
    """Regular, contiguous epochs; every array has shape (n,). NaN means unknown.

    Args:
        start_ms: UTC ms, int64; epoch i is `start_ms[i] <= t < start_ms[i] + 1000 epoch_s`.
        hr_bpm: 60000 over the median accepted interval, bpm.
        hr_series_bpm: median of the heart-rate samples, bpm.
        n_beats: accepted intervals that end in the epoch.
        n_pairs: valid pairs of neighbours that end in the epoch.
        ln_rmssd: natural logarithm of RMSSD / 1 ms, corrected for the tick; NaN below 40 pairs per 60 s, above 5 %
            artefact, and where RMSSD is below what the clock resolves.
        ln_rmssd_any: the same from 10 pairs per 60 s on, whatever the artefact share.
        below_resolution: True where RMSSD lies below what the clock resolves.
        artefact_share: marked intervals over all, 0..1; NaN without intervals.
        coverage: share of the epoch covered by accepted intervals, 0..1; 0 without beats.
        breathing_brpm: from a sensor where there is one, else from the beats.
        breathing_concentration: share of the spectrum within 0.02 Hz of its peak, 0..1; 1 from a sensor.
        slow_breathing: True where slow breathing is recognised.
        steps: steps in the epoch.
        acceleration_mg: standard deviation of the length of the acceleration vector, mg.
        epoch_s: length of an epoch, s.
        kind: "rr" or "ppg"; None without beats.
    """

    start_ms: Ints
    hr_bpm: Floats
    hr_series_bpm: Floats
    n_beats: Ints
    n_pairs: Ints
    ln_rmssd: Floats
    ln_rmssd_any: Floats
    below_resolution: npt.NDArray[np.bool_]
    artefact_share: Floats
    coverage: Floats
    breathing_brpm: Floats
    breathing_concentration: Floats
    slow_breathing: npt.NDArray[np.bool_]
    steps: Floats
    acceleration_mg: Floats
    epoch_s: float = EPOCH_S
    kind: BeatKind | None = None

    def __post_init__(self) -> None:
        for name in self.__slots__:
            array = getattr(self, name)
            if isinstance(array, np.ndarray):
                array.flags.writeable = False

    def __len__(self) -> int:
        return int(self.start_ms.size)


class _BeatRows(TypedDict):
    """The columns that come from beats."""

    hr_bpm: Floats
    n_beats: Ints
    n_pairs: Ints
    ln_rmssd: Floats
    ln_rmssd_any: Floats
    below_resolution: npt.NDArray[np.bool_]
    artefact_share: Floats
    coverage: Floats


def make_epochs(
    cleaned: Cleaned | None,
    samples: tuple[Samples, ...] = (),
    *,
    span: Span | None = None,
    epoch_s: float = EPOCH_S,
    origin_ms: int | None = None,
) -> Epochs:
    """Epochs of a recording, without a gap between them.

    Args:
        cleaned: beats after cleaning; None for a recording of heart rate only.
        samples: other series of the same recording; of each kind the longest is used.
        span: only epochs that touch it; default the whole recording.
        epoch_s: length of an epoch, s.
        origin_ms: an epoch starts here, UTC ms; default the start of the recording.
    Source: validity of an epoch, Task Force 1996, doi:10.1161/01.CIR.93.5.1043, and common practice.
    """
    start_ms, end_ms = _extent(cleaned, samples, span)
    length_ms = round(epoch_s * 1000)
    origin_ms = _extent(cleaned, samples, None)[0] if origin_ms is None else origin_ms
    first = (start_ms - origin_ms) // length_ms
    last = -((origin_ms - end_ms) // length_ms)
    edges_ms = origin_ms + length_ms * np.arange(first, max(last, first) + 1, dtype=np.int64)
    n = edges_ms.size - 1
    series = {kind: _longest(samples, kind) for kind in ("heart_rate", "steps", "acceleration", "respiration_rate")}
    rows = _beat_rows(cleaned, edges_ms, epoch_s)
    breathing = _breathing(cleaned, series["respiration_rate"], edges_ms)
    hr_series = series["heart_rate"]
    acceleration, steps = series["acceleration"], series["steps"]
    return Epochs(
        start_ms=edges_ms[:-1].copy(),
        hr_series_bpm=_heart_rate(hr_series, edges_ms),
        steps=np.full(n, np.nan) if steps is None else steps_within(steps.t_ms, steps.value, edges_ms),
        acceleration_mg=np.full(n, np.nan)
        if acceleration is None
        else deviation_within(acceleration.t_ms, acceleration.value, edges_ms),
        breathing_brpm=breathing.rate_brpm,
        breathing_concentration=breathing.concentration,
        slow_breathing=breathing.slow,
        epoch_s=epoch_s,
        kind=None if cleaned is None else cleaned.beats.kind,
        **rows,
    )


def _extent(cleaned: Cleaned | None, samples: tuple[Samples, ...], span: Span | None) -> tuple[int, int]:
    """From the first to the last moment of heart data, or the span."""
    if span is not None:
        return span.start_ms, span.end_ms
    ends: list[tuple[int, int]] = []
    if cleaned is not None and len(cleaned.beats):
        beats = cleaned.beats
        ends.append((int(beats.t_ms[0]) - round(beats.rr_ms[0]), int(beats.t_ms[-1]) + 1))
    heart_rate = _longest(samples, "heart_rate")
    if heart_rate is not None:
        ends.append((int(heart_rate.t_ms[0]), int(heart_rate.t_ms[-1]) + 1))
    return (min(low for low, _ in ends), max(high for _, high in ends)) if ends else (0, 0)


def _longest(samples: tuple[Samples, ...], kind: SampleKind) -> Samples | None:
    found = [series for series in samples if series.kind == kind and len(series)]
    return max(found, key=len) if found else None


def _beat_rows(cleaned: Cleaned | None, edges_ms: Ints, epoch_s: float) -> _BeatRows:
    """Everything that comes from the intervals of each epoch."""
    n = edges_ms.size - 1
    scale = epoch_s / 60
    if cleaned is None:
        unknown, none = np.full(n, np.nan), np.zeros(n, dtype=np.int64)
        return {
            "hr_bpm": unknown.copy(), "n_beats": none, "n_pairs": none.copy(), "ln_rmssd": unknown.copy(),
            "ln_rmssd_any": unknown.copy(), "below_resolution": np.zeros(n, dtype=np.bool_),
            "artefact_share": unknown, "coverage": np.zeros(n),
        }  # fmt: skip
    beats = cleaned.beats
    low, high = np.searchsorted(beats.t_ms, edges_ms[[0, -1]]).tolist()
    place = np.searchsorted(edges_ms, beats.t_ms[low:high], side="right") - 1
    good, pair = accepted(beats)[low:high], valid_pairs(beats)[low:high]
    rr_ms = beats.rr_ms[low:high]
    n_all = np.bincount(place, minlength=n)
    n_beats = np.bincount(place[good], minlength=n)
    n_pairs = np.bincount(place[pair], minlength=n)
    difference_ms = np.diff(rr_ms, prepend=beats.rr_ms[low - 1] if low else np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        artefact_share = 1 - n_beats / n_all
        rmssd2 = np.bincount(place[pair], difference_ms[pair] ** 2, n) / n_pairs
        rmssd2 -= rmssd2_error(cleaned.report.tick_ms)
        hr_bpm = 60_000 / median_within(place[good], rr_ms[good], n)
        below = (rmssd2 <= 0) & (n_pairs >= FEWEST_PAIRS_ANY * scale)
        ln_any = 0.5 * np.log(np.where(rmssd2 > 0, rmssd2, np.nan))
    ln_any[n_pairs < FEWEST_PAIRS_ANY * scale] = np.nan
    hr_bpm[n_beats < FEWEST_BEATS * scale] = np.nan
    strict = (n_pairs >= FEWEST_PAIRS * scale) & (artefact_share <= MOST_ARTEFACT)
    return {
        "hr_bpm": hr_bpm, "n_beats": n_beats, "n_pairs": n_pairs, "ln_rmssd": np.where(strict, ln_any, np.nan),
        "ln_rmssd_any": ln_any, "below_resolution": below, "artefact_share": artefact_share,
        "coverage": covered_ms(beats, accepted(beats), edges_ms[:-1], edges_ms[1:]) / (1000 * epoch_s),
    }  # fmt: skip


def _heart_rate(series: Samples | None, edges_ms: Ints) -> Floats:
    """Median of the plausible heart-rate samples in each epoch, bpm."""
    n = edges_ms.size - 1
    if series is None:
        return np.full(n, np.nan)
    usable = (series.value >= 25) & (series.value <= 240)
    usable &= (series.t_ms >= edges_ms[0]) & (series.t_ms < edges_ms[-1])
    place = np.searchsorted(edges_ms, series.t_ms[usable], side="right") - 1
    return median_within(place, series.value[usable], n)


def _breathing(cleaned: Cleaned | None, sensor: Samples | None, edges_ms: Ints) -> Breathing:
    """Breathing by epoch: a sensor's word goes before the beats'."""
    middle_ms = (edges_ms[:-1] + edges_ms[1:]) // 2
    n = middle_ms.size
    found = Breathing(np.full(n, np.nan), np.full(n, np.nan), np.zeros(n, dtype=np.bool_))
    if cleaned is not None and len(cleaned.corrected):
        half_ms = round(WINDOW_S * 500)
        everything = np.ones(len(cleaned.corrected), dtype=np.bool_)
        covered = covered_ms(cleaned.corrected, everything, middle_ms - half_ms, middle_ms + half_ms) / (2 * half_ms)
        found = estimate_breathing(cleaned.corrected, middle_ms, covered)
    if sensor is not None:
        usable = (sensor.value > 2) & (sensor.t_ms >= edges_ms[0]) & (sensor.t_ms < edges_ms[-1])
        place = np.searchsorted(edges_ms, sensor.t_ms[usable], side="right") - 1
        rate_brpm = median_within(place, sensor.value[usable], n)
        told = np.isfinite(rate_brpm)
        found = Breathing(
            np.where(told, rate_brpm, found.rate_brpm),
            np.where(told, 1.0, found.concentration),
            np.where(told, rate_brpm < SLOW_BRPM, found.slow),
        )
    return found
