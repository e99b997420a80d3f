"""However a recording arrives, no interval is stretched and nothing is joined across what is missing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from uitknop.sources import assemble
from uitknop.sources.repeats import repeated

Floats = npt.NDArray[np.float64]


def heart(n: int, seed: int) -> Floats:
    return np.rint(np.random.default_rng(seed).normal(850, 60, n))


@given(
    n=st.integers(20, 300),
    seed=st.integers(0, 999),
    late_ms=st.integers(0, 1400),
    gaps=st.sets(st.integers(1, 19), max_size=4),
)
@settings(max_examples=120, deadline=None)
def test_late_packets_never_change_an_interval_or_hide_a_gap(n: int, seed: int, late_ms: int, gaps: set[int]) -> None:
    rr_ms = heart(n, seed)
    ends = np.cumsum(rr_ms)
    for at in gaps:
        ends[at:] += 10_000
    late = np.random.default_rng(seed + 1).uniform(0, late_ms, n)
    made = assemble.from_arrivals(np.maximum.accumulate(ends + late), rr_ms, source="test")
    assert made.beats.rr_ms.tolist() == rr_ms.tolist()
    assert gaps <= set(made.beats.run.tolist())
    # Never later than it was written down, and never earlier than it could have been.
    assert bool(np.all(made.beats.t_ms <= ends + late_ms + 1))


@given(n=st.integers(20, 300), seed=st.integers(0, 999), at=st.integers(1, 19), gap_ms=st.integers(3001, 10**7))
@settings(max_examples=60, deadline=None)
def test_time_goes_on_over_a_gap(n: int, seed: int, at: int, gap_ms: int) -> None:
    rr_ms = heart(n, seed)
    made = assemble.from_intervals(np.insert(rr_ms, at, float(gap_ms)), source="test")
    assert made.beats.run.tolist() == [0, at]
    assert made.beats.rr_ms.tolist() == rr_ms.tolist()
    assert int(made.beats.t_ms[-1]) == round(rr_ms.sum()) + gap_ms


@given(seed=st.integers(0, 999), n=st.integers(300, 900), length=st.integers(256, 290), at=st.integers(0, 9))
@settings(max_examples=40, deadline=None)
def test_a_copied_block_is_found_wherever_it_stands(seed: int, n: int, length: int, at: int) -> None:
    rr_ms = heart(n, seed)
    assume(at == 0 or rr_ms[at - 1] != rr_ms[-1])  # else nobody can say whether the copy began one earlier
    copied = np.concatenate([rr_ms, rr_ms[at : at + length]])
    copy = repeated(copied)
    assert copied[~copy].tolist() == rr_ms.tolist()


@given(seed=st.integers(0, 999))
@settings(max_examples=20, deadline=None)
def test_a_living_heart_is_never_taken_for_a_copy(seed: int) -> None:
    assert not repeated(heart(20_000, seed)).any()


def test_a_rhythm_that_repeats_by_itself_is_no_copy() -> None:
    assert not repeated(np.tile(np.arange(800.0, 830.0), 100)).any()
