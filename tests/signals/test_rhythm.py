"""An irregular rhythm is told apart from large breathing swings and from many ectopic beats."""

import numpy as np
import pytest

from uitknop.core import Beats
from uitknop.signals import clean


def test_a_rhythm_drawn_by_lot_is_irregular_throughout() -> None:
    rr_ms = np.clip(np.random.default_rng(0).normal(720, 130, 3000), 320, 1600)
    report = clean(Beats.from_rr_ms(rr_ms)).report
    assert report.irregular_pct is not None
    assert report.irregular_pct > 90


def test_large_breathing_swings_are_not_irregular() -> None:
    now_s, rr_ms = 0.0, []
    for _ in range(3000):
        rr_ms.append(1100 + 170 * np.sin(2 * np.pi * 0.2 * now_s))
        now_s += rr_ms[-1] / 1000
    assert clean(Beats.from_rr_ms(rr_ms)).report.irregular_pct == 0


@pytest.mark.parametrize("every", [2, 20])
def test_ectopic_beats_on_a_regular_rhythm_are_not_irregular(every: int) -> None:
    rr_ms = 800 + np.random.default_rng(1).normal(0, 12, 3000)
    rr_ms[10:-1:every] -= 250
    rr_ms[11::every] += 250
    assert clean(Beats.from_rr_ms(rr_ms)).report.irregular_pct == 0


def test_one_ectopic_beat_in_seven_shows_in_their_share() -> None:
    rr_ms = 800 + np.random.default_rng(1).normal(0, 12, 3000)
    rr_ms[10:-1:7] -= 250
    rr_ms[11::7] += 250
    assert clean(Beats.from_rr_ms(rr_ms)).report.ectopic_pct == pytest.approx(100 / 7, abs=0.5)


def test_too_few_intervals_say_nothing_of_the_rhythm() -> None:
    assert clean(Beats.from_rr_ms(np.full(100, 800.0))).report.irregular_pct is None
