"""The numbers: not what they are, but what must hold between them whatever they are tuned to."""

from __future__ import annotations

from typing import get_args

from uitknop.core import Posture
from uitknop.rest import parameters as p


def test_a_verdict_asks_for_more_than_it_takes_to_deny_one() -> None:
    assert 0.5 <= p.NOT_SETTLED_BELOW < p.SETTLED_AT < 1.0
    assert 0.0 < p.NOT_MOVED_BELOW < p.MOVED_AT < 1.0
    assert p.NOT_SETTLED_BELOW < p.PROTOCOL_SETTLED_AT < 1.0


def test_every_posture_has_its_band_and_lying_asks_for_most() -> None:
    assert set(p.LEVEL_LOW_FROM) == set(get_args(Posture))
    assert all(p.LEVEL_HIGH_BELOW < low < 1.0 for low in p.LEVEL_LOW_FROM.values())
    assert p.LEVEL_LOW_FROM["supine"] == max(p.LEVEL_LOW_FROM.values())


def test_light_can_not_overrule_heart_rate_as_well_as_a_strap() -> None:
    assert p.LN_RMSSD_LIGHT.noise_sd > p.LN_RMSSD.noise_sd
    assert p.LN_RMSSD_LIGHT.prior_sd == p.LN_RMSSD.prior_sd


def test_lower_heart_rate_than_around_makes_settling_likelier() -> None:
    assert p.PROTOCOL_PER_BPM > 0.0


def test_variation_asks_for_more_bouts_than_heart_rate() -> None:
    assert p.FEWEST_BOUTS_LN_RMSSD > p.FEWEST_BOUTS_HEART_RATE >= 1
