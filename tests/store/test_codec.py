"""Chunks come back exactly as they went in, and small."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from uitknop.store.codec import decode, encode, grid_of
from uitknop.store.rows import Rows

INT64 = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(width=64, allow_nan=True, allow_infinity=True)
INTERVALS = st.one_of(
    st.integers(1, 3000).map(float),  # whole ms
    st.integers(1, 3000).map(lambda tick: tick * 0.9765625),  # 1/1024 s
    st.integers(1, 30_000).map(lambda tenth: tenth / 10),
    st.integers(1, 3000).map(lambda ms: ms / 1000 * 1000),  # written as seconds
)


def rows_of(t_ms: list[int], value: list[float], flag: list[int], start: list[bool]) -> Rows:
    return Rows(np.array(t_ms, np.int64), np.array(value, float), np.array(flag, np.uint8), np.array(start, bool))


def assert_same(found: Rows, wanted: Rows) -> None:
    assert found.t_ms.tolist() == wanted.t_ms.tolist()
    assert found.bits.tolist() == wanted.bits.tolist()  # NaN and -0.0 included
    assert found.flag.tolist() == wanted.flag.tolist()
    assert found.start.tolist() == wanted.start.tolist()
    assert (found.flag.dtype, found.start.dtype) == (np.uint8, np.bool_)


@given(st.lists(st.tuples(INT64, FLOATS, st.integers(0, 255), st.booleans()), min_size=1, max_size=40))
def test_any_rows_come_back_to_the_bit(lines: list[tuple[int, float, int, bool]]) -> None:
    rows = rows_of(*map(list, zip(*lines, strict=True)))
    assert_same(decode(encode(rows)), rows)


@given(
    st.lists(INTERVALS, min_size=1, max_size=60),
    st.integers(-(2**40), 2**41),
    st.lists(st.integers(0, 5000), min_size=60, max_size=60),
    st.integers(0, 59),
)
def test_beats_with_pauses_come_back_to_the_bit(rr_ms: list[float], zero: int, pause_ms: list[int], at: int) -> None:
    n = len(rr_ms)
    t_ms = zero + np.rint(np.cumsum(rr_ms)).astype(np.int64)
    t_ms[at:] += pause_ms[at]
    start = [i in (0, at) for i in range(n)]
    rows = rows_of(t_ms.tolist(), rr_ms, [0] * n, start)
    assert_same(decode(encode(rows)), rows)


@given(hnp.arrays(np.float64, st.integers(1, 30), elements=st.sampled_from([0.0, -0.0, 1.5, 98.6, 1e300, -7.0])))
def test_samples_of_mixed_values_come_back_to_the_bit(value: np.ndarray) -> None:
    n = value.size
    rows = rows_of([0] * n, value.tolist(), [0] * n, [False] * n)
    assert_same(decode(encode(rows)), rows)


@pytest.mark.parametrize("tick_ms", [1.0, 0.9765625, 3.90625])
def test_an_hour_of_beats_takes_less_than_a_byte_each(tick_ms: float) -> None:
    """AR(1), SD 41 ms: a year of 36 million then takes less than the 45 MB it may; coarser ticks take less still."""
    rng = np.random.default_rng(1)
    deviation = np.zeros(4110)
    for i in range(1, deviation.size):
        deviation[i] = 0.9 * deviation[i - 1] + rng.normal(0, 41 * np.sqrt(1 - 0.81))
    rr_ms = np.rint((876 + deviation) / tick_ms) * tick_ms
    n = rr_ms.size
    t_ms = np.rint(np.cumsum(rr_ms)).astype(np.int64)
    rows = Rows(t_ms, rr_ms, np.zeros(n, np.uint8), np.arange(n) == 0)
    assert len(encode(rows)) < n


def test_a_sample_every_second_takes_next_to_nothing_for_its_time() -> None:
    n = 86_400
    still = Rows(np.arange(n) * 1000, np.full(n, 60.0), np.zeros(n, np.uint8), np.zeros(n, np.bool_))
    assert len(encode(still)) < n / 50


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        encode(rows_of([], [], [], []))


@given(st.binary(max_size=120))
def test_strange_bytes_are_refused_or_read_but_never_end_otherwise(data: bytes) -> None:
    try:
        rows = decode(data)
    except ValueError:
        return
    assert len(rows.t_ms) == len(rows.value) == len(rows.flag) == len(rows.start)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_gives_whole_columns(at: int, flip: int) -> None:
    good = bytearray(encode(rows_of([5, 900, 1800], [800.0, 895.0, 900.0], [0, 2, 0], [True, False, False])))
    good[at % len(good)] ^= flip
    try:
        rows = decode(bytes(good))
    except ValueError:
        return
    assert len(rows.t_ms) == len(rows.value) == len(rows.flag) == len(rows.start)


@given(st.lists(st.one_of(INTERVALS, FLOATS), min_size=2, max_size=30), st.integers(1, 29))
def test_the_grid_of_many_values_holds_for_some_of_them(value: list[float], at: int) -> None:
    n = len(value)
    rows = rows_of(list(range(n)), value, [0] * n, [False] * n)
    for part in (rows.take(slice(0, at)), rows.take(slice(at, None))):
        if len(part):
            assert_same(decode(encode(part, grid_of(rows.value))), part)
