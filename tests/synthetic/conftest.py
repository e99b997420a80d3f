"""How the tests of this room read beats, with formulas of their own, and the days they look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats
from uitknop.synthetic import SyntheticPerson, make_person

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Epochs:
    """Mean heart rate and ln RMSSD of fixed windows; NaN with too few beats."""

    middle_ms: Array
    hr_bpm: Array
    ln_rmssd: Array

    def within(self, first_ms: float, last_ms: float) -> npt.NDArray[np.bool_]:
        return (self.middle_ms >= first_ms) & (self.middle_ms < last_ms)


def epochs_of(beats: Beats, window_s: float = 60.0) -> Epochs:
    """Windows of beats; steps of more than a quarter of the usual interval are left out, and none crosses a gap."""
    rr = beats.rr_ms
    step = np.full(rr.size, np.nan)
    step[1:] = np.diff(rr)
    step[beats.run] = np.nan
    step[np.abs(step) > 0.25 * np.median(rr)] = np.nan
    index = (beats.t_ms / (1000 * window_s)).astype(np.int64)
    index -= index[0]
    n = int(index[-1]) + 1
    pairs = np.bincount(index, ~np.isnan(step), n)
    square = np.bincount(index, np.where(np.isnan(step), 0.0, step**2), n)
    enough = pairs >= 30 * window_s / 60
    ln_rmssd, hr_bpm = np.full(n, np.nan), np.full(n, np.nan)
    ln_rmssd[enough] = 0.5 * np.log(square[enough] / pairs[enough])
    mean_ms = np.bincount(index, rr, n)[enough] / np.bincount(index, minlength=n)[enough]
    hr_bpm[enough] = 60000.0 / mean_ms
    start_ms = np.floor(beats.t_ms[0] / (1000 * window_s)) * 1000 * window_s
    return Epochs(start_ms + (np.arange(n) + 0.5) * 1000 * window_s, hr_bpm, ln_rmssd)


@pytest.fixture(scope="session")
def epochs() -> Callable[..., Epochs]:
    return epochs_of


@pytest.fixture(scope="session")
def ordinary_days() -> tuple[SyntheticPerson, ...]:
    """One day each of 12 ordinary people."""
    return tuple(make_person(seed=seed, days=1) for seed in range(12))
