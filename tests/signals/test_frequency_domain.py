"""Band powers are physical: the EC57 patterns, tones, gaps, and SciPy's periodogram beside them."""

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Beats
from uitknop.signals import clean, sliding_hrv
from uitknop.signals.frequency_domain import frequency_domain

Floats = npt.NDArray[np.float64]

# ANSI/AAMI EC57:2012, table A.10: mean and amplitude (s), frequency (Hz), beats in a tile
PATTERNS = {
    "TP2": (0.8, 0.035, 0.25, 5),
    "TP3": (1.0, 0.070, 0.10, 10),
    "TP4": (3.0, 0.280, 1 / 30, 10),
    "TP5": (1.5, 0.140, 1 / 3600, 2400),
}


def pattern(name: str, duration_s: float) -> Beats:
    mean_s, amplitude_s, frequency_hz, n = PATTERNS[name]
    now_s, tile = 0.0, []
    for _ in range(n):
        tile.append(mean_s + amplitude_s * np.sin(2 * np.pi * frequency_hz * now_s))
        now_s += tile[-1]
    return Beats.from_rr_ms(1000 * np.tile(tile, int(duration_s / now_s) + 1))


def tone(frequency_hz: float, amplitude_ms: float, duration_s: float, rr_ms: float = 850.0) -> Floats:
    now_s, rr = 0.0, []
    while now_s < duration_s:
        rr.append(rr_ms + amplitude_ms * np.sin(2 * np.pi * frequency_hz * now_s))
        now_s += rr[-1] / 1000
    return np.array(rr)


@pytest.mark.parametrize(
    ("name", "window_s", "band", "power_ms2"),
    [
        ("TP2", 300, "hf_ms2", 612.5),
        ("TP3", 300, "lf_ms2", 2450.0),
        ("TP2", 3600, "hf_ms2", 612.5),
        ("TP3", 3600, "lf_ms2", 2450.0),
        ("TP4", 3600, "vlf_ms2", 39_200.0),
    ],
)
def test_ec57_patterns_are_right_within_one_percent(name: str, window_s: int, band: str, power_ms2: float) -> None:
    windows = sliding_hrv(pattern(name, 4200), window_s, 100, "time+frequency")
    assert len(windows) >= 6
    np.testing.assert_allclose(getattr(windows, band), power_ms2, rtol=0.01)


def test_the_hour_long_pattern_leaves_every_band_empty() -> None:
    windows = sliding_hrv(pattern("TP5", 7200), 3600, 300, "time+frequency")
    for band in ("vlf_ms2", "lf_ms2", "hf_ms2"):
        assert np.all(getattr(windows, band) < 1.0)


def test_a_band_beyond_the_nyquist_frequency_of_the_beats_is_not_told() -> None:
    windows = sliding_hrv(pattern("TP4", 4200), 3600, 300, "time+frequency")
    assert np.isnan(windows.hf_ms2).all()
    assert np.isfinite(windows.vlf_ms2).all()


def test_vlf_needs_an_hour_and_lf_five_minutes() -> None:
    beats = Beats.from_rr_ms(tone(0.1, 30, 2000))
    assert np.isnan(sliding_hrv(beats, 300).vlf_ms2).all()
    assert np.isfinite(sliding_hrv(beats, 300).lf_ms2).all()
    assert np.isnan(sliding_hrv(beats, 240).lf_ms2).all()


@pytest.mark.parametrize("rr_ms", [600.0, 850.0, 1100.0])
def test_power_does_not_scale_with_heart_rate(rr_ms: float) -> None:
    windows = sliding_hrv(Beats.from_rr_ms(tone(0.25, 40, 700, rr_ms)), metrics="time+frequency")
    np.testing.assert_allclose(windows.hf_ms2, 800, rtol=0.03)


def test_a_gap_of_a_tenth_of_the_window_leaves_the_power() -> None:
    whole = Beats.from_rr_ms(tone(0.25, 40, 400))
    keep = (whole.t_ms < 120_000) | (whole.t_ms > 150_000)
    run = np.array([0, int(np.count_nonzero(whole.t_ms < 120_000))])
    broken = Beats(whole.t_ms[keep], whole.rr_ms[keep], whole.flag[keep], run)
    windows = sliding_hrv(clean(broken), metrics="time+frequency")
    np.testing.assert_allclose(windows.hf_ms2, 800, rtol=0.05)


def test_more_than_15_percent_missing_gives_no_answer() -> None:
    whole = Beats.from_rr_ms(tone(0.25, 40, 320))
    keep = (whole.t_ms < 120_000) | (whole.t_ms > 180_000)
    run = np.array([0, int(np.count_nonzero(whole.t_ms < 120_000))])
    windows = sliding_hrv(clean(Beats(whole.t_ms[keep], whole.rr_ms[keep], whole.flag[keep], run)))
    for name in ("rmssd_ms", "sdnn_ms", "hr_bpm", "lf_ms2", "hf_ms2", "sample_entropy", "dfa_alpha1"):
        assert np.isnan(getattr(windows, name)).all()


def test_scipy_finds_the_same_power_in_noise() -> None:
    signal = pytest.importorskip("scipy.signal")
    interpolate = pytest.importorskip("scipy.interpolate")
    rng = np.random.default_rng(3)
    t_s = np.arange(0, 3700, 0.25)
    narrow = signal.sosfiltfilt(signal.butter(4, [0.18, 0.33], "band", fs=4, output="sos"), rng.normal(size=t_s.size))
    modulation_ms = 30 * narrow / narrow.std()
    now_s, rr = 0.0, []
    while now_s < 3600:
        rr.append(900 + float(np.interp(now_s, t_s, modulation_ms)))
        now_s += rr[-1] / 1000
    beats = Beats.from_rr_ms(rr)
    ours = frequency_domain(beats, np.array([0]), 3500.0)
    even_ms = interpolate.CubicSpline(beats.t_ms / 1000, rr)(t_s[4:14_000])
    frequency_hz, density = signal.welch(even_ms, 4, nperseg=1200, detrend="linear")
    inside = (frequency_hz >= 0.15) & (frequency_hz < 0.4)
    # a spline through beats 0.9 s apart damps a swing of 3 to 5 s by some percent
    assert ours.hf_ms2[0] == pytest.approx(density[inside].sum() * frequency_hz[1], rel=0.08)
    assert ours.hf_ms2[0] == pytest.approx(900, rel=0.08)
