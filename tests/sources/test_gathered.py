"""Values of vendors: what no body makes is counted and left out, what stands twice counts once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import TooLarge
from uitknop.core.units import SAMPLE_KINDS
from uitknop.sources import gathered as module
from uitknop.sources.gathered import BELIEVED, EARLIEST_MS, LATEST_MS, Gathered

AT = EARLIEST_MS + 1000
VALUES = st.floats(allow_nan=True, allow_infinity=True) | st.floats(40, 60)
ROWS = st.lists(st.tuples(st.integers(-(1 << 62), 1 << 62) | st.integers(AT, AT + 9), VALUES), max_size=30)


@given(ROWS)
def test_many_at_once_are_taken_as_one_by_one(rows: list[tuple[int, float]]) -> None:
    one_by_one, at_once = Gathered("a"), Gathered("a")
    for at, value in rows:
        one_by_one.add("heart_rate", at, value)
    at_once.add_all("heart_rate", np.array([at for at, _ in rows], np.int64), np.array([v for _, v in rows], float))
    assert one_by_one.n_left_out == at_once.n_left_out
    for left, right in zip(one_by_one.series(), at_once.series(), strict=True):
        assert left.t_ms.tolist() == right.t_ms.tolist()
        assert left.value.tolist() == right.value.tolist()


@given(ROWS)
def test_what_is_kept_lies_within_what_a_body_makes_and_in_order(rows: list[tuple[int, float]]) -> None:
    found = Gathered("a")
    taken = [(at, value) for at, value in rows if found.add("vendor_rmssd", at, value)]
    low, high = BELIEVED["vendor_rmssd"]
    assert found.n_left_out == len(rows) - len(taken)
    for series in found.series():
        assert bool(np.all((series.value >= low) & (series.value <= high)))
        assert sorted(set(taken)) == list(zip(series.t_ms.tolist(), series.value.tolist(), strict=True))


@pytest.mark.parametrize("at", [EARLIEST_MS - 1, LATEST_MS, -5])
def test_a_time_that_can_not_be_is_left_out(at: int) -> None:
    found = Gathered("a")
    assert not found.add("steps", at, 5.0)
    assert "1 values that no body makes" in str(found.notes()[0])


def test_a_missing_value_is_nothing_to_count() -> None:
    found = Gathered("a")
    assert not found.add("steps", AT, None)
    assert (found.n_left_out, found.notes(), found.series()) == (0, (), ())


def test_devices_and_kinds_stay_apart() -> None:
    found = Gathered("a")
    for kind, device in (("vendor_rmssd", "x"), ("vendor_sdnn", "x"), ("vendor_rmssd", "y")):
        found.add(kind, AT, 40.0, device)  # type: ignore[arg-type]
    assert [(one.kind, one.device) for one in found.series()] == [
        ("vendor_rmssd", "x"),
        ("vendor_rmssd", "y"),
        ("vendor_sdnn", "x"),
    ]


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SAMPLES", 3)
    found = Gathered("big.csv")
    found.add_all("steps", np.full(3, AT), np.ones(3))
    with pytest.raises(TooLarge, match="holds more than 3 values"):
        found.add("steps", AT, 1.0)


def test_every_vendor_kind_has_bounds() -> None:
    assert set(BELIEVED) >= {kind for kind in SAMPLE_KINDS if kind.startswith("vendor_")}
