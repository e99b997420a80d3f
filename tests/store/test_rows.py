"""Sets of rows: repeats go, places are found, whatever the payload."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from uitknop.store.rows import Rows, distinct, join, places

LINES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from([1.0, 2.0, float("nan")]), st.integers(0, 1), st.booleans()),
    max_size=25,
)
Line = tuple[int, float, int, bool]


def rows_of(lines: list[Line]) -> Rows:
    lines = sorted(lines, key=lambda line: line[0])
    columns = zip(*lines, strict=True) if lines else ((), (), (), ())
    t_ms, value, flag, start = (list(column) for column in columns)
    return Rows(np.array(t_ms, np.int64), np.array(value, float), np.array(flag, np.uint8), np.array(start, bool))


def facts(rows: Rows) -> list[tuple[int, int, int]]:
    return list(zip(rows.t_ms.tolist(), rows.bits.tolist(), rows.flag.tolist(), strict=True))


@given(LINES)
def test_distinct_keeps_every_fact_once(lines: list[Line]) -> None:
    rows = rows_of(lines)
    kept, n_repeated = distinct(rows)
    assert set(facts(kept)) == set(facts(rows))
    assert len(set(facts(kept))) == len(kept) == len(rows) - n_repeated
    assert kept.t_ms.tolist() == sorted(kept.t_ms.tolist())


@given(LINES)
def test_a_repeated_row_starts_a_run_only_where_all_repeats_do(lines: list[Line]) -> None:
    rows = rows_of(lines)
    kept, _ = distinct(rows)
    for fact, start in zip(facts(kept), kept.start.tolist(), strict=True):
        said = [start for other, start in zip(facts(rows), rows.start.tolist(), strict=True) if other == fact]
        assert start == all(said)


@given(LINES, LINES)
def test_places_finds_exactly_what_is_there(stored_lines: list[Line], lines: list[Line]) -> None:
    stored, rows = distinct(rows_of(stored_lines))[0], distinct(rows_of(lines))[0]
    place, held = places(stored, rows)
    known = facts(stored)
    for i, fact in enumerate(facts(rows)):
        assert (known[place[i]] == fact) if fact in known else (place[i] == -1)
        assert bool(held[i]) == any(t_ms == fact[0] for t_ms, _, _ in known)


def test_joining_nothing_gives_no_rows() -> None:
    assert len(join([])) == 0
