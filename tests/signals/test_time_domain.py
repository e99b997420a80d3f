"""Time-domain measures against plain formulas in double precision, and the law of the tick."""

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Beats, Flag
from uitknop.signals import hrv, sliding_hrv

Floats = npt.NDArray[np.float64]


def series(n: int, seed: int = 0, rmssd_ms: float = 30.0, rr_ms: float = 850.0) -> Floats:
    """White differences of a random walk held near its middle: RMSSD is known and nothing is regular."""
    rng = np.random.default_rng(seed)
    return np.asarray(rr_ms + rmssd_ms / math.sqrt(2) * rng.normal(size=n))


def plain_formulas(rr_ms: Floats, usable: npt.NDArray[np.bool_]) -> dict[str, float]:
    x = rr_ms[usable]
    d = np.array([rr_ms[i] - rr_ms[i - 1] for i in range(1, rr_ms.size) if usable[i] and usable[i - 1]])
    sdnn = math.sqrt(sum((x - x.mean()) ** 2) / (x.size - 1))
    sdsd = math.sqrt(sum((d - d.mean()) ** 2) / (d.size - 1))
    return {
        "rmssd_ms": math.sqrt(sum(d**2) / d.size),
        "sdnn_ms": sdnn,
        "sdsd_ms": sdsd,
        "sd1_ms": sdsd / math.sqrt(2),
        "sd2_ms": math.sqrt(2 * sdnn**2 - sdsd**2 / 2),
        "pnn50_pct": 100 * sum(abs(d) > 50) / d.size,
        "mean_rr_ms": x.mean(),
    }


@given(st.integers(0, 1000), st.integers(20, 400), st.floats(0, 0.3))
@settings(max_examples=50, deadline=None)
def test_every_measure_equals_its_plain_formula(seed: int, n: int, marked: float) -> None:
    rr_ms = series(n, seed)
    usable = np.random.default_rng(seed).random(n) >= marked
    usable[:3] = True
    beats = Beats.from_rr_ms(rr_ms)
    beats = Beats(beats.t_ms, rr_ms, np.where(usable, 0, Flag.LONG).astype(np.uint8), beats.run)
    found = hrv(beats, correct_tick=False)
    for name, expected in plain_formulas(rr_ms, usable).items():
        assert getattr(found, name) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_windows_of_a_long_series_equal_the_plain_formulas() -> None:
    rr_ms = series(40_000) + 100 * np.sin(np.arange(40_000) / 4000)
    beats = Beats.from_rr_ms(rr_ms)
    windows = sliding_hrv(beats, metrics="time", correct_tick=False)
    for row in (0, 100, len(windows) - 1):
        start_ms = windows.start_ms[row]
        part = rr_ms[(beats.t_ms >= start_ms) & (beats.t_ms < start_ms + 300_000)]
        for name, expected in plain_formulas(part, np.ones(part.size, dtype=np.bool_)).items():
            assert getattr(windows, name)[row] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("rounding", "tick_ms"), [("times", 15.625), ("times", 10.0), ("intervals", 10.0)])
@pytest.mark.parametrize("true_ms", [10.0, 20.0, 40.0])
def test_tick_correction_gives_the_true_rmssd_back(rounding: str, tick_ms: float, true_ms: float) -> None:
    rr_ms = series(100_000, rmssd_ms=true_ms, rr_ms=853.3)
    if rounding == "times":
        times = np.rint(np.cumsum(rr_ms) / tick_ms) * tick_ms
        seen = np.diff(times, prepend=0.0)
    else:
        seen = np.rint(rr_ms / tick_ms) * tick_ms
    found = hrv(Beats.from_rr_ms(seen, tick_ms=tick_ms), rounding=rounding)  # type: ignore[arg-type]
    assert found.rmssd_ms == pytest.approx(true_ms, rel=0.02)
    assert found.sdnn_ms == pytest.approx(true_ms / math.sqrt(2), rel=0.02)


def test_a_series_finer_than_the_clock_is_below_resolution_not_zero() -> None:
    rr_ms = np.full(400, 843.75)
    rr_ms[::40] += 15.625
    found = hrv(Beats.from_rr_ms(rr_ms, tick_ms=15.625))
    assert found.below_resolution
    assert found.rmssd_ms is None
    assert found.sd1_ms is None
    assert found.sdnn_ms is None


def test_doubling_all_intervals_doubles_rmssd() -> None:
    rr_ms = series(300, rr_ms=600.0)
    once, twice = (hrv(Beats.from_rr_ms(k * rr_ms), correct_tick=False) for k in (1, 2))
    assert twice.rmssd_ms == pytest.approx(2 * (once.rmssd_ms or 0))
    assert twice.ln_rmssd == pytest.approx((once.ln_rmssd or 0) + math.log(2))


def test_no_beats_and_one_beat_give_no_numbers() -> None:
    for rr_ms in ([], [800.0]):
        found = hrv(Beats.from_rr_ms(rr_ms))
        assert found.n == len(rr_ms)
        assert found.rmssd_ms is None
        assert found.sdnn_ms is None
        assert found.lf_ms2 is None


@pytest.mark.filterwarnings("ignore")
def test_neurokit2_says_the_same() -> None:
    neurokit2 = pytest.importorskip("neurokit2")
    rr_ms = np.round(series(350))
    peaks = np.r_[0, np.cumsum(rr_ms)].astype(int)
    theirs = neurokit2.hrv_time(peaks, sampling_rate=1000).iloc[0]
    ours = hrv(Beats.from_rr_ms(rr_ms), correct_tick=False)
    assert ours.rmssd_ms == pytest.approx(theirs["HRV_RMSSD"], rel=1e-9)
    assert ours.sdnn_ms == pytest.approx(theirs["HRV_SDNN"], rel=1e-9)
    assert ours.sdsd_ms == pytest.approx(theirs["HRV_SDSD"], rel=1e-9)
