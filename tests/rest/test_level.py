"""Level: the upright day is 0, the night floor 1, and nobody is placed without anchors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Posture, Scale
from uitknop.rest.level import UNKNOWN, place

SCALE = Scale(85.0, 60.0, 3.0, 3.6, 14, 14)
LN = np.full(30, 3.3)
POSTURES: list[Posture] = ["supine", "seated", "standing", "unknown"]


def at(level: float, n: int = 30) -> np.ndarray:
    return np.full(n, 85.0 - 25.0 * level)


@given(st.floats(-0.5, 1.5))
def test_the_upright_day_is_zero_and_the_night_floor_one(level: float) -> None:
    found = place(at(level), LN, SCALE).level
    assert found.heart_rate is not None
    assert found.heart_rate.value == pytest.approx(level, abs=1e-9)
    assert found.heart_rate.low < level < found.heart_rate.high
    assert found.ln_rmssd is not None
    assert found.ln_rmssd.value == pytest.approx(0.5)


@given(st.floats(-0.5, 1.5), st.sampled_from(POSTURES))
def test_the_chances_of_the_bands_fit_the_band(level: float, posture: Posture) -> None:
    found = place(at(level), LN, SCALE, posture)
    assert min(found.p_low, found.p_between, 1.0 - found.p_low - found.p_between) >= -1e-9
    assert (found.p_low >= 0.5 - 1e-6) == (found.level.band == "low") or abs(found.p_low - 0.5) < 1e-6


@pytest.mark.parametrize("posture", POSTURES)
def test_lower_heart_rate_is_never_further_from_low(posture: Posture) -> None:
    chances = [place(at(level), LN, SCALE, posture).p_low for level in np.linspace(-0.5, 1.5, 41)]
    assert chances == sorted(chances)
    bands = [place(at(level), LN, SCALE, posture).level.band for level in (0.0, 0.35, 1.0)]
    assert bands == ["high", "between", "low"]


def test_lying_asks_for_more_than_sitting_because_lying_alone_brings_one_nearer_to_the_night() -> None:
    for level in np.linspace(0.0, 1.0, 21):
        lying, sitting = (place(at(level), LN, SCALE, posture).p_low for posture in ("supine", "seated"))
        assert lying <= sitting


@pytest.mark.parametrize("missing", [{"day_hr_bpm": None}, {"night_hr_bpm": None}])
def test_without_anchors_the_level_is_unknown(missing: dict[str, None]) -> None:
    assert place(at(0.9), LN, replace(SCALE, **missing)) is UNKNOWN
    assert place(at(0.9), LN, None) is UNKNOWN
    assert not UNKNOWN.known


def test_without_heart_rate_the_level_is_unknown() -> None:
    assert place(np.full(30, np.nan), LN, SCALE) is UNKNOWN
    assert place(np.empty(0), np.empty(0), SCALE) is UNKNOWN


def test_without_anchors_for_variation_only_heart_rate_is_placed() -> None:
    found = place(at(0.9), LN, replace(SCALE, day_ln_rmssd=None)).level
    assert found.ln_rmssd is None
    assert found.band == "low"


def test_somebody_whose_quiet_heart_rate_stays_near_the_upright_day_is_never_called_low() -> None:
    rng = np.random.default_rng(0)
    bands = {place(82.0 + rng.normal(0.0, 2.0, 30), LN, SCALE, "seated").level.band for _ in range(200)}
    assert "low" not in bands


def test_the_end_of_the_bout_counts_and_not_its_start() -> None:
    hr = np.concatenate([at(0.0, 20), at(1.0, 10)])
    found = place(hr, LN, SCALE).level
    assert found.heart_rate is not None
    assert found.heart_rate.value == pytest.approx(1.0)


def test_more_minutes_make_the_place_surer_and_one_odd_minute_does_not_move_it() -> None:
    few, many = (place(at(0.5, n), LN[:1].repeat(n), SCALE).level.heart_rate for n in (9, 90))
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low
    odd = at(0.5)
    odd[-3] = 160.0
    assert place(odd, LN, SCALE) == place(at(0.5), LN, SCALE)
