from __future__ import annotations

import numpy as np
import pytest

from uitknop.synthetic import Artefact, Workload, artefact_workload


@pytest.fixture(scope="module")
def day() -> Workload:
    return artefact_workload()


def test_a_day_has_the_size_and_the_artefacts_it_states(day: Workload) -> None:
    assert 90_000 < day.clean_rr_ms.size < 120_000
    assert day.clean_rr_ms.sum() / 3_600_000 == pytest.approx(24.0, abs=0.05)
    assert np.mean(day.label != Artefact.NONE) == pytest.approx(0.0173, abs=0.0015)
    events = [np.sum(day.label == kind) / per for kind, per in ((Artefact.ECTOPIC, 2), (Artefact.EXTRA, 2))]
    missed = float(np.sum(day.label == Artefact.MISSED))
    assert np.array([*events, missed]) / (sum(events) + missed) == pytest.approx([0.5, 0.25, 0.25], abs=0.04)


def test_artefacts_take_no_time_away(day: Workload) -> None:
    assert day.dirty_rr_ms.sum() == day.clean_rr_ms.sum()


def test_what_carries_no_label_was_not_touched(day: Workload) -> None:
    clean_ms, dirty_ms = np.cumsum(day.clean_rr_ms), np.cumsum(day.dirty_rr_ms)
    untouched = day.label == Artefact.NONE
    assert np.isin(dirty_ms[untouched], clean_ms).all()
    at = np.searchsorted(clean_ms, dirty_ms[untouched])
    assert np.array_equal(day.clean_rr_ms[at], day.dirty_rr_ms[untouched])


def test_ectopic_beats_come_early_and_pause_after(day: Workload) -> None:
    ectopic = np.flatnonzero(day.label == Artefact.ECTOPIC)
    first, second = ectopic[::2], ectopic[1::2]
    assert np.array_equal(second, first + 1)
    early = day.dirty_rr_ms[first] / (0.5 * (day.dirty_rr_ms[first] + day.dirty_rr_ms[second]))
    assert np.median(early) == pytest.approx(1 - 0.275, abs=0.02)


def test_intervals_lie_on_whole_milliseconds(day: Workload) -> None:
    assert np.array_equal(day.dirty_rr_ms, np.rint(day.dirty_rr_ms))


def test_same_seed_same_workload() -> None:
    first, again, other = (artefact_workload(seed=seed, hours=1.0) for seed in (2, 2, 3))
    assert np.array_equal(first.dirty_rr_ms, again.dirty_rr_ms)
    assert first.dirty_rr_ms[:50].tolist() != other.dirty_rr_ms[:50].tolist()
