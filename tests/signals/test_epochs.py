"""Epochs: a regular grid that moves with the recording, and NaN wherever a minute can't be told."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Beats, Flag, Samples, Span
from uitknop.signals import Cleaned, Epochs, clean, make_epochs


def recording(minutes: float = 10, seed: int = 0, start_ms: int = 0) -> Beats:
    rng = np.random.default_rng(seed)
    n = int(minutes * 60 / 0.85)
    return Beats.from_rr_ms(np.round(850 + 25 * np.sin(np.arange(n) * 1.3) + rng.normal(0, 12, n)), start_ms=start_ms)


def moved(beats: Beats, by_ms: int) -> Beats:
    return Beats(beats.t_ms + by_ms, beats.rr_ms, beats.flag, beats.run, beats.tick_ms)


def arrays(epochs: Epochs) -> dict[str, np.ndarray]:
    return {name: getattr(epochs, name) for name in epochs.__slots__ if isinstance(getattr(epochs, name), np.ndarray)}


@given(by_ms=st.integers(-(10**12), 10**12), seed=st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_moving_all_times_moves_the_epochs_and_changes_nothing_else(by_ms: int, seed: int) -> None:
    beats = recording(6, seed)
    heart_rate = Samples("heart_rate", np.arange(0, 360_000, 1000), 60 + np.arange(360) % 7)
    steps = Samples("steps", np.arange(0, 360_000, 20_000), np.arange(18) % 3)
    acceleration = Samples("acceleration", np.arange(0, 360_000, 250), 1000 + np.arange(1440) % 11)
    here = make_epochs(clean(beats), (heart_rate, steps, acceleration))
    there = make_epochs(
        clean(moved(beats, by_ms)),
        tuple(Samples(s.kind, s.t_ms + by_ms, s.value) for s in (heart_rate, steps, acceleration)),
    )
    for name, column in arrays(here).items():
        expected = column + by_ms if name == "start_ms" else column
        np.testing.assert_array_equal(getattr(there, name), expected, err_msg=name)


def test_an_epoch_holds_what_plain_formulas_say() -> None:
    beats = recording(4)
    cleaned = clean(beats)
    epochs = make_epochs(cleaned)
    start_ms = epochs.start_ms[1]
    inside = (beats.t_ms >= start_ms) & (beats.t_ms < start_ms + 60_000) & (cleaned.beats.flag == Flag.NORMAL)
    good = cleaned.beats.flag == Flag.NORMAL
    d = np.array([beats.rr_ms[i] - beats.rr_ms[i - 1] for i in np.flatnonzero(inside) if good[i - 1]])
    assert epochs.hr_bpm[1] == pytest.approx(60_000 / np.median(beats.rr_ms[inside]))
    assert epochs.n_pairs[1] == d.size
    tick_ms = cleaned.report.tick_ms or 0.0
    assert epochs.ln_rmssd[1] == pytest.approx(math.log(math.sqrt(np.mean(d**2) - tick_ms**2 / 2)))
    assert epochs.coverage[1] == pytest.approx(1.0, abs=0.001)


def test_a_gap_leaves_an_epoch_without_values_but_not_without_a_row() -> None:
    whole = recording(10)
    keep = (whole.t_ms < 180_000) | (whole.t_ms >= 320_000)
    first = int(np.count_nonzero(whole.t_ms < 180_000))
    epochs = make_epochs(clean(Beats(whole.t_ms[keep], whole.rr_ms[keep], whole.flag[keep], np.array([0, first]))))
    assert np.all(np.diff(epochs.start_ms) == 60_000)
    assert np.isnan(epochs.hr_bpm[3:5]).all()
    assert np.isnan(epochs.ln_rmssd[3:5]).all()
    assert epochs.coverage[4] == 0
    assert np.isnan(epochs.breathing_brpm[2:6]).all()
    assert epochs.n_pairs.sum() == np.count_nonzero(keep) - 2


def with_flags(beats: Beats, marked: list[int]) -> Cleaned:
    flag = np.zeros(len(beats), dtype=np.uint8)
    flag[marked] = Flag.LONG
    cleaned = clean(beats)
    return Cleaned(Beats(beats.t_ms, beats.rr_ms, flag, beats.run), cleaned.corrected, cleaned.report)


def test_more_than_five_percent_artefact_leaves_only_the_relaxed_value() -> None:
    beats = recording(3)
    in_second = np.flatnonzero((beats.t_ms >= 60_000) & (beats.t_ms < 120_000))
    epochs = make_epochs(with_flags(beats, in_second[5:15:2].tolist()))
    assert np.isfinite(epochs.ln_rmssd[0])
    assert np.isnan(epochs.ln_rmssd[1])
    assert np.isfinite(epochs.ln_rmssd_any[1])
    assert epochs.artefact_share[1] == pytest.approx(5 / in_second.size)


def test_fewer_than_forty_pairs_leave_only_the_relaxed_value() -> None:
    whole = recording(3)
    keep = (whole.t_ms < 60_000) | (whole.t_ms >= 90_000)
    first = int(np.count_nonzero(whole.t_ms < 60_000))
    epochs = make_epochs(clean(Beats(whole.t_ms[keep], whole.rr_ms[keep], whole.flag[keep], np.array([0, first]))))
    assert 10 <= epochs.n_pairs[1] < 40
    assert np.isnan(epochs.ln_rmssd[1])
    assert np.isfinite(epochs.ln_rmssd_any[1])


def test_below_the_clocks_resolution_is_marked_not_zero() -> None:
    rr_ms = np.full(300, 843.75)
    rr_ms[::40] += 15.625
    epochs = make_epochs(clean(Beats.from_rr_ms(rr_ms, tick_ms=15.625)))
    assert epochs.below_resolution[0]
    assert np.isnan(epochs.ln_rmssd[0])


def test_heart_rate_alone_gives_heart_rate_alone() -> None:
    heart_rate = Samples("heart_rate", np.arange(0, 300_000, 1000), np.repeat([60.0, 70.0, 0.0, 80.0, 90.0], 60))
    epochs = make_epochs(None, (heart_rate,))
    np.testing.assert_array_equal(epochs.hr_series_bpm, [60, 70, np.nan, 80, 90])
    assert epochs.kind is None
    for name in ("hr_bpm", "ln_rmssd", "ln_rmssd_any", "breathing_brpm", "steps", "acceleration_mg"):
        assert np.isnan(getattr(epochs, name)).all()


def test_a_span_cuts_epochs_out_of_the_same_grid() -> None:
    cleaned = clean(recording(10))
    whole, part = make_epochs(cleaned), make_epochs(cleaned, span=Span(150_000, 290_000))
    assert part.start_ms.tolist() == [120_000, 180_000, 240_000]
    rows = slice(2, 5)
    np.testing.assert_array_equal(part.ln_rmssd, whole.ln_rmssd[rows])
    np.testing.assert_array_equal(part.n_pairs, whole.n_pairs[rows])


def test_an_origin_sets_the_grid() -> None:
    epochs = make_epochs(clean(recording(3)), origin_ms=30_000, epoch_s=60)
    assert epochs.start_ms[0] == -30_000


def test_a_breathing_sensor_goes_before_the_beats() -> None:
    sensor = Samples("respiration_rate", np.arange(0, 600_000, 5000), np.full(120, 6.0))
    epochs = make_epochs(clean(recording(10)), (sensor,))
    assert np.all(epochs.breathing_brpm[:-1] == 6.0)
    assert epochs.slow_breathing[:-1].all()


def test_steps_and_acceleration_land_in_their_minute() -> None:
    steps = Samples("steps", np.arange(60_000, 660_000, 60_000), [0, 0, 80, 0, 0, 0, 0, 0, 0, 0])
    rng = np.random.default_rng(0)
    deviation = np.repeat([2.0] * 5 + [90.0] + [2.0] * 4, 600)
    acceleration = Samples("acceleration", np.arange(0, 600_000, 100), 1000 + deviation * rng.normal(size=6000))
    epochs = make_epochs(clean(recording(9.9)), (steps, acceleration))
    assert epochs.steps[:5].round().tolist() == [0, 0, 80, 0, 0]
    assert epochs.acceleration_mg[5] == pytest.approx(90, rel=0.1)
    assert epochs.acceleration_mg[4] == pytest.approx(2, rel=0.1)


def test_nothing_at_all_gives_no_epochs() -> None:
    assert len(make_epochs(None)) == 0
    assert len(make_epochs(clean(Beats.from_rr_ms([])))) == 0


def test_epochs_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        make_epochs(clean(recording(3))).hr_bpm[0] = 1.0
