"""What cleaning promises: every artefact found, next to nothing else marked, no gap bridged, and a true report."""

from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Beats, Flag
from uitknop.signals import Cleaned, clean
from uitknop.signals.pairs import valid_pairs

Floats = npt.NDArray[np.float64]


def calm_rr(n: int = 400, seed: int = 0, rr_ms: float = 850.0) -> Floats:
    rng = np.random.default_rng(seed)
    swing = 25 * np.sin(np.arange(n) * 1.3) + 15 * np.sin(np.arange(n) * 0.45)
    return np.asarray(rr_ms + swing + rng.normal(0, 8, n))


def rmssd_ms(rr_ms: Floats, pairs: npt.NDArray[np.bool_]) -> float:
    return float(np.sqrt(np.mean((np.diff(rr_ms, prepend=0.0)[pairs]) ** 2)))


@pytest.fixture(scope="module")
def day(hrv_workload: ModuleType) -> tuple[object, Cleaned]:
    workload = hrv_workload.make_workload(8.0)
    return workload, clean(Beats.from_rr_ms(workload.rr_ms))


class TestWorkload:
    def test_every_event_is_found(self, day) -> None:
        workload, cleaned = day
        marked = cleaned.beats.flag != Flag.NORMAL
        found = np.unique(workload.event[marked & (workload.event >= 0)])
        assert found.size == workload.event.max() + 1

    def test_nearly_every_interval_of_an_event_is_marked(self, day) -> None:
        workload, cleaned = day
        assert (cleaned.beats.flag[workload.label > 0] != Flag.NORMAL).mean() >= 0.99

    def test_at_most_one_normal_interval_in_2000_is_marked(self, day) -> None:
        workload, cleaned = day
        assert (cleaned.beats.flag[workload.label == 0] != Flag.NORMAL).mean() <= 0.0005

    @pytest.mark.parametrize("domain", ["beats", "corrected"])
    def test_rmssd_of_five_minutes_is_right_within_2_percent(self, day, domain: str) -> None:
        workload, cleaned = day
        beats = getattr(cleaned, domain)
        pairs = valid_pairs(beats) if domain == "beats" else ~beats.starts_run
        end_s = float(workload.clean_ms.sum()) / 1000
        starts_s = np.arange(0, end_s - 310, 300)
        truth = self.windowed(workload.clean_ms, np.cumsum(workload.clean_ms) / 1000, None, starts_s)
        ours = self.windowed(beats.rr_ms, beats.t_ms / 1000, pairs, starts_s)
        assert np.percentile(np.abs(ours / truth - 1), 95) <= 0.02

    @staticmethod
    def windowed(rr_ms: Floats, t_s: Floats, pairs: npt.NDArray[np.bool_] | None, starts_s: Floats) -> Floats:
        pairs = np.ones(rr_ms.size, dtype=np.bool_) if pairs is None else pairs
        out = []
        for low, high in zip(np.searchsorted(t_s, starts_s), np.searchsorted(t_s, starts_s + 300), strict=True):
            part = slice(low + 1, high)
            out.append(np.sqrt(np.mean(np.diff(rr_ms)[low : high - 1][pairs[part]] ** 2)))
        return np.array(out)

    def test_the_corrected_series_misses_only_artefacts_in_a_row(self, day) -> None:
        workload, cleaned = day
        lost = workload.clean_ms.size - len(cleaned.corrected)
        assert 0 <= lost <= 5 * (cleaned.corrected.run.size - 1)


class TestSingleArtefacts:
    def test_a_clean_series_stays_as_it_is(self) -> None:
        rr_ms = calm_rr()
        cleaned = clean(Beats.from_rr_ms(rr_ms))
        assert cleaned.report.artefact_pct == 0
        np.testing.assert_array_equal(cleaned.corrected.rr_ms, rr_ms)

    def test_a_missed_beat_is_put_back_halfway(self) -> None:
        rr_ms = calm_rr()
        dirty = np.r_[rr_ms[:200], rr_ms[200] + rr_ms[201], rr_ms[202:]]
        cleaned = clean(Beats.from_rr_ms(dirty))
        assert cleaned.beats.flag[200] == Flag.MISSED
        assert cleaned.report.inserted == 1
        np.testing.assert_allclose(cleaned.corrected.rr_ms[200:202], dirty[200] / 2)
        np.testing.assert_array_equal(cleaned.corrected.rr_ms[202:], rr_ms[202:])

    def test_two_missed_beats_in_a_row_are_both_found(self) -> None:
        rr_ms = calm_rr()
        dirty = np.r_[rr_ms[:200], rr_ms[200] + rr_ms[201], rr_ms[202] + rr_ms[203], rr_ms[204:]]
        assert clean(Beats.from_rr_ms(dirty)).beats.flag[200:202].tolist() == [Flag.MISSED, Flag.MISSED]

    @pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
    def test_an_extra_beat_is_taken_out(self, share: float) -> None:
        rr_ms = calm_rr()
        dirty = np.r_[rr_ms[:200], share * rr_ms[200], (1 - share) * rr_ms[200], rr_ms[201:]]
        cleaned = clean(Beats.from_rr_ms(dirty))
        assert cleaned.beats.flag[200:202].tolist() == [Flag.EXTRA, Flag.EXTRA]
        np.testing.assert_allclose(cleaned.corrected.rr_ms, rr_ms, rtol=1e-12)

    def test_an_ectopic_pair_is_interpolated_and_time_is_kept(self) -> None:
        rr_ms = calm_rr()
        dirty = rr_ms.copy()
        dirty[200:202] += [-250, 250]
        cleaned = clean(Beats.from_rr_ms(dirty))
        assert np.all(cleaned.beats.flag[200:202] != Flag.NORMAL)
        assert cleaned.report.interpolated == 2
        assert np.abs(cleaned.corrected.rr_ms - rr_ms).max() < 60  # the swings themselves are 40 ms
        assert cleaned.corrected.t_ms[-1] == cleaned.beats.t_ms[-1]

    def test_bigeminy_counts_half_its_intervals_as_ectopic_beats(self) -> None:
        rr_ms = calm_rr()
        rr_ms[150:250:2] -= 250
        rr_ms[151:251:2] += 250
        assert clean(Beats.from_rr_ms(rr_ms)).report.ectopic_pct == pytest.approx(100 * 50 / 400, rel=0.2)

    def test_a_very_regular_series_is_not_marked(self) -> None:
        rr_ms = np.full(300, 812.5)
        rr_ms[::7] += 7.8125  # one tick of 128 Hz
        assert clean(Beats.from_rr_ms(rr_ms, tick_ms=7.8125)).report.artefact_pct == 0

    def test_an_interval_out_of_range_is_never_normal(self) -> None:
        rr_ms = np.full(50, 290.0)
        assert np.all(clean(Beats.from_rr_ms(rr_ms)).beats.flag == Flag.OUT_OF_RANGE)

    def test_limits_can_be_opened_for_test_patterns(self) -> None:
        rr_ms = np.full(50, 3000.0)
        assert clean(Beats.from_rr_ms(rr_ms), high_ms=4000).report.artefact_pct == 0


class TestGaps:
    def test_a_long_interval_is_a_gap_with_a_new_run_behind_it(self) -> None:
        rr_ms = calm_rr()
        dirty = np.r_[rr_ms[:200], 60_000.0, rr_ms[200:]]
        cleaned = clean(Beats.from_rr_ms(dirty))
        assert cleaned.report.gaps == 1
        assert cleaned.corrected.run.tolist() == [0, 200]
        assert len(cleaned.corrected) == 400

    @given(at=st.integers(100, 300), gap_ms=st.integers(5_000, 7_200_000), seed=st.integers(0, 20))
    @settings(max_examples=30, deadline=None)
    def test_a_gap_never_changes_a_difference_outside_it(self, at: int, gap_ms: int, seed: int) -> None:
        rr_ms = calm_rr(seed=seed)
        whole = Beats.from_rr_ms(rr_ms)
        t_ms = whole.t_ms.copy()
        t_ms[at:] += gap_ms
        broken = Beats(t_ms, rr_ms, whole.flag, np.array([0, at]))
        difference_ms = set(np.delete(np.diff(rr_ms, prepend=np.nan), [0, at]).tolist())
        cleaned = clean(broken)
        assert not valid_pairs(cleaned.beats)[at]
        assert np.count_nonzero(valid_pairs(cleaned.beats)) >= 390
        for beats in (cleaned.beats, cleaned.corrected):
            unchanged = valid_pairs(beats)
            assert set(np.diff(beats.rr_ms, prepend=np.nan)[unchanged].tolist()) <= difference_ms

    def test_a_clock_that_jumps_breaks_the_run(self) -> None:
        whole = Beats.from_rr_ms(calm_rr())
        t_ms = whole.t_ms.copy()
        t_ms[150:] += 20_000
        cleaned = clean(Beats(t_ms, whole.rr_ms, whole.flag, whole.run))
        assert cleaned.beats.run.tolist() == [0, 150]
        assert cleaned.report.coverage == pytest.approx(whole.rr_ms.sum() / (whole.rr_ms.sum() + 20_000), rel=1e-3)

    def test_several_marked_beats_in_a_row_stay_a_gap(self) -> None:
        rr_ms = calm_rr()
        rr_ms[200:210] = [350, 1400, 420, 380, 1500, 330, 1350, 400, 1450, 360]
        cleaned = clean(Beats.from_rr_ms(rr_ms))
        assert cleaned.corrected.run.size >= 2
        assert len(cleaned.corrected) < 400


class TestReport:
    @given(st.lists(st.floats(1, 20_000), max_size=60))
    @settings(max_examples=200, deadline=None)
    def test_whatever_comes_in_counts_add_up_and_times_never_decrease(self, rr_ms: list[float]) -> None:
        cleaned = clean(Beats.from_rr_ms(rr_ms))
        report = cleaned.report
        marked = report.out_of_range + report.ectopic + report.long + report.short + report.missed + report.extra
        assert marked == np.count_nonzero(cleaned.beats.flag)
        assert report.artefact_pct == pytest.approx(100 * marked / max(len(rr_ms), 1))
        assert 0 <= report.coverage <= 1
        assert np.all(cleaned.corrected.rr_ms > 0)
        assert len(cleaned.corrected) <= len(rr_ms) + report.inserted - report.deleted

    def test_cleaning_twice_says_the_same(self) -> None:
        rr_ms = calm_rr()
        rr_ms[100:102] += [-300, 300]
        once = clean(Beats.from_rr_ms(rr_ms))
        np.testing.assert_array_equal(clean(once.beats).beats.flag, once.beats.flag)

    def test_packets_that_came_twice_show_in_the_clock_ratio(self) -> None:
        whole = Beats.from_rr_ms(calm_rr())
        order = np.sort(np.r_[np.arange(400), np.arange(100, 300)])
        doubled = Beats(whole.t_ms[order], whole.rr_ms[order], whole.flag[order], whole.run)
        assert clean(doubled).report.clock_ratio == pytest.approx(1.5, abs=0.01)

    def test_an_empty_recording_gives_an_empty_report(self) -> None:
        cleaned = clean(Beats.from_rr_ms([]))
        assert cleaned.report.n == 0
        assert len(cleaned.corrected) == 0


def test_rmssd_of_marked_beats_ignores_the_artefact() -> None:
    rr_ms = calm_rr()
    dirty = rr_ms.copy()
    dirty[200] += 900
    cleaned = clean(Beats.from_rr_ms(dirty))
    pairs = valid_pairs(cleaned.beats)
    assert rmssd_ms(dirty, pairs) == pytest.approx(rmssd_ms(rr_ms, pairs), rel=1e-12)
