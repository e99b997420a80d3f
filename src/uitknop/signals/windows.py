"""Heart-rate variability window by window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Table
from uitknop.core.errors import ShapeError
from uitknop.signals.clean import Cleaned
from uitknop.signals.correct import correct
from uitknop.signals.frequency_domain import FrequencyDomain, frequency_domain
from uitknop.signals.nonlinear import dfa_alpha1, sample_entropy
from uitknop.signals.pairs import accepted, covered_ms
from uitknop.signals.tick import Rounding, tick_of
from uitknop.signals.time_domain import time_domain

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Metrics = Literal["time", "time+frequency", "all"]

WINDOW_S, STEP_S = 300.0, 60.0
MOST_MISSING = 0.15
"""A window that misses more of its time has no values; default of Vest et al. 2018, doi:10.1088/1361-6579/aae021."""
METHOD = "Lipponen & Tarvainen 2019; linear detrend; 3 sine tapers; 1"
"""Cleaning, detrending, spectrum and version of the methods: changes when a number could."""


@dataclass(frozen=True, slots=True)
class HrvWindows(Table):
    """One row per window, every array of shape (w,); NaN where a value can't be told.

    Args:
        start_ms: UTC ms; a window holds the intervals with `start_ms <= t < start_ms + 1000 window_s`.
        n: accepted intervals; `n_pairs` their valid pairs.
        artefact_pct: marked intervals, %.
        coverage: accepted intervals as a share of the window's time, 0..1. Below 0.85 all measures are NaN.
        hr_bpm: 60000 over the mean interval.
        mean_rr_ms, rmssd_ms, sdnn_ms, sdsd_ms, sd1_ms, sd2_ms: ms.
        ln_rmssd: natural logarithm of RMSSD / 1 ms.
        pnn50_pct: pairs that differ by more than 50 ms, %.
        below_resolution: True where RMSSD lies below what the clock resolves.
        vlf_ms2, lf_ms2, hf_ms2: power, ms²; VLF only for windows of an hour and more.
        lf_hf: their ratio; a description of the spectrum, not a balance of nerves.
        sample_entropy, dfa_alpha1: no unit.
        window_s, step_s: s.
        tick_ms: tick that was corrected for; None when none was.
        method: how all this was computed.
    """

    start_ms: Ints
    n: Ints
    n_pairs: Ints
    artefact_pct: Floats
    coverage: Floats
    hr_bpm: Floats
    mean_rr_ms: Floats
    rmssd_ms: Floats
    ln_rmssd: Floats
    sdnn_ms: Floats
    sdsd_ms: Floats
    sd1_ms: Floats
    sd2_ms: Floats
    pnn50_pct: Floats
    below_resolution: npt.NDArray[np.bool_]
    vlf_ms2: Floats
    lf_ms2: Floats
    hf_ms2: Floats
    lf_hf: Floats
    sample_entropy: Floats
    dfa_alpha1: Floats
    window_s: float = WINDOW_S
    step_s: float = STEP_S
    tick_ms: float | None = None
    method: str = METHOD

    def __post_init__(self) -> None:
        for name in self.__slots__:
            array = getattr(self, name)
            if isinstance(array, np.ndarray):
                array.flags.writeable = False

    def __len__(self) -> int:
        return int(self.start_ms.size)


def sliding_hrv(
    clean: Cleaned | Beats,
    window_s: float = WINDOW_S,
    step_s: float = STEP_S,
    metrics: Metrics = "all",
    *,
    correct_tick: bool = True,
    rounding: Rounding = "times",
) -> HrvWindows:
    """Heart-rate variability in windows that slide over the recording from its start.

    Args:
        clean: cleaned beats; plain `Beats` are taken as their flags say.
        window_s, step_s: length of a window and distance between starts, s.
        metrics: "time", "time+frequency" or "all" (with sample entropy and DFA alpha1); the rest is NaN.
        correct_tick: take off what the clock's tick adds.
        rounding: what the device rounded to its tick.
    Raises:
        ShapeError: a window or step that is not above zero.
    """
    if not (window_s > 0 and step_s > 0):
        raise ShapeError(f"window {window_s} s, step {step_s} s")
    beats = clean.beats if isinstance(clean, Cleaned) else clean
    if not len(beats):
        start_ms = np.zeros(0, dtype=np.int64)
    else:
        first_ms = float(beats.t_ms[0]) - float(beats.rr_ms[0])
        last_s = (float(beats.t_ms[-1]) + 1 - first_ms) / 1000 - window_s
        start_ms = np.rint(first_ms + 1000 * step_s * np.arange(int(last_s // step_s) + 1)).astype(np.int64)
    return hrv_of_windows(
        clean, start_ms, window_s, metrics, step_s=step_s, correct_tick=correct_tick, rounding=rounding
    )


def hrv_of_windows(
    clean: Cleaned | Beats,
    start_ms: Ints,
    window_s: float,
    metrics: Metrics = "all",
    *,
    step_s: float = STEP_S,
    correct_tick: bool = True,
    rounding: Rounding = "times",
    most_missing: float = MOST_MISSING,
) -> HrvWindows:
    """Heart-rate variability of windows that start where one says, UTC ms, never decreasing; see `sliding_hrv`."""
    beats = clean.beats if isinstance(clean, Cleaned) else clean
    tick_ms = tick_of(beats) if correct_tick else None
    end_ms = start_ms + round(1000 * window_s)
    low, high = np.searchsorted(beats.t_ms, start_ms), np.searchsorted(beats.t_ms, end_ms)
    time = time_domain(beats, low, high, tick_ms=tick_ms, rounding=rounding)
    coverage = np.minimum(covered_ms(beats, accepted(beats), start_ms, end_ms) / (1000 * window_s), 1.0)
    told = coverage >= 1 - most_missing
    spectrum, entropy, alpha1 = _from_corrected(clean, start_ms, end_ms, window_s, metrics, told, coverage)
    with np.errstate(divide="ignore", invalid="ignore"):
        artefact_pct = 100 * (1 - time.n / (high - low))
        ln_rmssd = np.log(time.rmssd_ms)
    return HrvWindows(
        start_ms=start_ms.copy(),
        n=time.n,
        n_pairs=time.n_pairs,
        artefact_pct=artefact_pct,
        coverage=coverage,
        hr_bpm=_only(told, 60_000 / time.mean_rr_ms),
        mean_rr_ms=_only(told, time.mean_rr_ms),
        rmssd_ms=_only(told, time.rmssd_ms),
        ln_rmssd=_only(told, ln_rmssd),
        sdnn_ms=_only(told, time.sdnn_ms),
        sdsd_ms=_only(told, time.sdsd_ms),
        sd1_ms=_only(told, time.sd1_ms),
        sd2_ms=_only(told, time.sd2_ms),
        pnn50_pct=_only(told, time.pnn50_pct),
        below_resolution=time.below_resolution & told,
        vlf_ms2=spectrum.vlf_ms2,
        lf_ms2=spectrum.lf_ms2,
        hf_ms2=spectrum.hf_ms2,
        lf_hf=spectrum.lf_hf,
        sample_entropy=entropy,
        dfa_alpha1=alpha1,
        window_s=window_s,
        step_s=step_s,
        tick_ms=tick_ms,
    )


def _from_corrected(
    clean: Cleaned | Beats,
    start_ms: Ints,
    end_ms: Ints,
    window_s: float,
    metrics: Metrics,
    told: npt.NDArray[np.bool_],
    coverage: Floats,
) -> tuple[FrequencyDomain, Floats, Floats]:
    """What needs a whole series: spectrum, sample entropy, DFA alpha1; only where enough of the window is there."""
    unknown = np.full(start_ms.size, np.nan)
    spectrum, entropy, alpha1 = FrequencyDomain(unknown, unknown, unknown, unknown), unknown, unknown
    told = told & (coverage >= 1 - MOST_MISSING)
    if metrics == "time" or not told.any():
        return spectrum, entropy, alpha1
    corrected = clean.corrected if isinstance(clean, Cleaned) else correct(clean).beats
    found = frequency_domain(corrected, start_ms[told], window_s)
    vlf_ms2, lf_ms2, hf_ms2, lf_hf = (
        _placed(told, part) for part in (found.vlf_ms2, found.lf_ms2, found.hf_ms2, found.lf_hf)
    )
    spectrum = FrequencyDomain(vlf_ms2, lf_ms2, hf_ms2, lf_hf)
    if metrics == "all":
        low, high = (np.searchsorted(corrected.t_ms, edge[told]) for edge in (start_ms, end_ms))
        entropy = _placed(told, sample_entropy(corrected.rr_ms, corrected.starts_run, low, high))
        alpha1 = _placed(told, dfa_alpha1(corrected.rr_ms, corrected.starts_run, low, high))
    return spectrum, entropy, alpha1


def _only(told: npt.NDArray[np.bool_], values: Floats) -> Floats:
    return np.where(told, values, np.nan)


def _placed(told: npt.NDArray[np.bool_], values: Floats) -> Floats:
    out = np.full(told.size, np.nan)
    out[told] = values
    return out
