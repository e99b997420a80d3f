from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.synthetic.drives import Drives
from uitknop.synthetic.pulse import beat_times_s


def _steady(hr_bpm: float, rmssd_ms: float, breathing_hz: float, *, minutes: int = 60) -> Drives:
    n = 60 * minutes
    return Drives(np.full(n, hr_bpm), np.full(n, np.log(rmssd_ms)), np.full(n, breathing_hz), np.ones(n), np.zeros(n))


@settings(max_examples=25)
@given(st.floats(50.0, 95.0), st.floats(8.0, 60.0), st.floats(0.16, 0.32), st.integers(0, 999))
def test_beats_have_the_rate_and_the_variation_the_drives_ask_for(
    hr_bpm: float, rmssd_ms: float, breathing_hz: float, seed: int
) -> None:
    rr_ms = 1000 * np.diff(beat_times_s(_steady(hr_bpm, rmssd_ms, breathing_hz), np.random.default_rng(seed)))
    assert rr_ms.size == pytest.approx(60 * hr_bpm, rel=0.005)
    assert np.sqrt(np.mean(np.diff(rr_ms) ** 2)) == pytest.approx(rmssd_ms, rel=0.12)


def test_breath_leads_the_spectrum_at_its_own_rate() -> None:
    beat_s = beat_times_s(_steady(65.0, 40.0, 0.25), np.random.default_rng(1))
    even = np.interp(np.arange(10, 3500, 0.25), beat_s[1:], np.diff(beat_s))
    power = np.abs(np.fft.rfft(even - even.mean())) ** 2
    frequency = np.fft.rfftfreq(even.size, 0.25)
    high = (frequency > 0.15) & (frequency < 0.4)
    assert frequency[high][np.argmax(power[high])] == pytest.approx(0.25, abs=0.01)


def test_beats_stay_within_their_window() -> None:
    beat_s = beat_times_s(_steady(60.0, 30.0, 0.25), np.random.default_rng(1), first_s=600, last_s=1200)
    assert beat_s[0] >= 600
    assert beat_s[-1] <= 1201
    assert (np.diff(beat_s) > 0.3).all()
