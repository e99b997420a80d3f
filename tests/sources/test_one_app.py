"""Of several apps one counts each day: never a sum, whatever the order of the rows."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Samples
from uitknop.sources.one_app import app_notes, one_app_a_day, one_app_of_series

HOUR_MS = 3_600_000
Row = tuple[str, int]
ROWS = st.lists(st.tuples(st.sampled_from(["", "phone", "watch"]), st.integers(0, 100 * HOUR_MS)), max_size=40)


def chosen(rows: list[Row]) -> tuple[list[Row], int]:
    return one_app_a_day(rows, lambda row: row[0], lambda row: row[1])


def day(row: Row) -> int:
    return (row[1] - 4 * HOUR_MS) // (24 * HOUR_MS)


@given(ROWS)
def test_one_app_is_left_for_each_day_and_it_wrote_most(rows: list[Row]) -> None:
    kept, n_left_out = chosen(rows)
    assert len(kept) + n_left_out == len(rows)
    counts = Counter((day(row), row[0]) for row in rows)
    for which in {day(row) for row in rows}:
        (app,) = {row[0] for row in kept if day(row) == which}
        assert counts[which, app] == max(n for (other, _), n in counts.items() if other == which)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(rows: list[Row], chance: Random) -> None:
    turned = list(rows)
    chance.shuffle(turned)
    assert sorted(chosen(turned)[0]) == sorted(chosen(rows)[0])


@given(ROWS)
def test_samples_are_chosen_as_rows_are(rows: list[Row]) -> None:
    series = []
    for app in sorted({app for app, _ in rows}):
        t_ms = np.array(sorted(at for other, at in rows if other == app), np.int64)
        series.append(Samples("heart_rate", t_ms, np.full(t_ms.size, 60.0), app))
    kept, n_left_out = one_app_of_series(series)
    rows_kept, n_rows_left_out = chosen(rows)
    assert sorted((one.device, at) for one in kept for at in one.t_ms.tolist()) == sorted(rows_kept)
    assert n_left_out == n_rows_left_out


def test_kinds_do_not_compete() -> None:
    t_ms = np.array([5 * HOUR_MS], np.int64)
    heart, steps = Samples("heart_rate", t_ms, np.ones(1), "watch"), Samples("steps", t_ms, np.ones(1), "phone")
    assert one_app_of_series([heart, steps]) == ((heart, steps), 0)


def test_nothing_left_out_is_nothing_said() -> None:
    assert app_notes(0) == ()
    assert "3 rows were left out" in str(app_notes(3)[0])
