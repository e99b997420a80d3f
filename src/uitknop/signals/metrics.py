"""Heart-rate variability of a whole series."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from uitknop.core import Beats, Value
from uitknop.signals.clean import Cleaned
from uitknop.signals.tick import Rounding
from uitknop.signals.windows import METHOD, hrv_of_windows


@dataclass(frozen=True, slots=True)
class HrvMetrics(Value):
    """Heart-rate variability of one series; None where a value can't be told.

    Args:
        n: accepted intervals; `n_pairs` their valid pairs.
        duration_s: from the start of the first interval to the last beat.
        artefact_pct: marked intervals, %.
        coverage: accepted intervals as a share of the duration, 0..1.
        hr_bpm, mean_rr_ms, rmssd_ms, ln_rmssd, sdnn_ms, sdsd_ms, sd1_ms, sd2_ms, pnn50_pct, below_resolution,
        vlf_ms2, lf_ms2, hf_ms2, lf_hf, sample_entropy, dfa_alpha1, tick_ms, method: as in `HrvWindows`. Spectrum,
            entropy and alpha1 need a coverage of 0.85; sample entropy at most 6000 intervals.
    """

    n: int
    n_pairs: int
    duration_s: float
    artefact_pct: float | None
    coverage: float
    hr_bpm: float | None
    mean_rr_ms: float | None
    rmssd_ms: float | None
    ln_rmssd: float | None
    sdnn_ms: float | None
    sdsd_ms: float | None
    sd1_ms: float | None
    sd2_ms: float | None
    pnn50_pct: float | None
    below_resolution: bool
    vlf_ms2: float | None
    lf_ms2: float | None
    hf_ms2: float | None
    lf_hf: float | None
    sample_entropy: float | None
    dfa_alpha1: float | None
    tick_ms: float | None
    method: str = METHOD


def hrv(clean: Cleaned | Beats, *, correct_tick: bool = True, rounding: Rounding = "times") -> HrvMetrics:
    """Heart-rate variability of the whole series, with no difference taken across a gap or a marked interval.

    Args:
        clean: cleaned beats; plain `Beats` are taken as their flags say.
        correct_tick: take off what the clock's tick adds.
        rounding: what the device rounded to its tick.
    Source: Task Force 1996, doi:10.1161/01.CIR.93.5.1043; see `time_domain`, `frequency_domain`, `nonlinear`.

    >>> hrv(Beats.from_rr_ms([800.0, 820.0, 800.0, 820.0])).rmssd_ms
    20.0
    """
    beats = clean.beats if isinstance(clean, Cleaned) else clean
    first_ms = int(beats.t_ms[0]) - round(float(beats.rr_ms[0])) if len(beats) else 0
    duration_ms = max(int(beats.t_ms[-1]) + 1 - first_ms, 1) if len(beats) else 1
    row = hrv_of_windows(
        clean,
        np.array([first_ms], dtype=np.int64),
        duration_ms / 1000,
        correct_tick=correct_tick,
        rounding=rounding,
        most_missing=1.0,
    )

    def value(name: str) -> float | None:
        found = float(getattr(row, name)[0])
        return found if math.isfinite(found) else None

    return HrvMetrics(
        n=int(row.n[0]),
        n_pairs=int(row.n_pairs[0]),
        duration_s=duration_ms / 1000 if len(beats) else 0.0,
        artefact_pct=value("artefact_pct"),
        coverage=float(row.coverage[0]),
        hr_bpm=value("hr_bpm"),
        mean_rr_ms=value("mean_rr_ms"),
        rmssd_ms=value("rmssd_ms"),
        ln_rmssd=value("ln_rmssd"),
        sdnn_ms=value("sdnn_ms"),
        sdsd_ms=value("sdsd_ms"),
        sd1_ms=value("sd1_ms"),
        sd2_ms=value("sd2_ms"),
        pnn50_pct=value("pnn50_pct"),
        below_resolution=bool(row.below_resolution[0]),
        vlf_ms2=value("vlf_ms2"),
        lf_ms2=value("lf_ms2"),
        hf_ms2=value("hf_ms2"),
        lf_hf=value("lf_hf"),
        sample_entropy=value("sample_entropy"),
        dfa_alpha1=value("dfa_alpha1"),
        tick_ms=row.tick_ms,
    )
