"""The event that tips, the safety that brings back, the restart that relapses."""

from __future__ import annotations

import json

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.landscape_diagram import landscape
from uitknop.body.landscape_tipping import event_sizes, relapse_map, safety_needed
from uitknop.body.people import draw_people
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def fold() -> float:
    found = landscape("stress").fold("well")
    assert found is not None
    return found


def test_the_event_that_tips_shrinks_to_nothing_at_the_fold(fold: float) -> None:
    found = event_sizes((0.25, 0.5, fold - 0.1, fold - 0.01, fold - 1e-4, fold + 1e-4))
    assert (np.diff(found.size) < 0).all()
    assert found.size[0] > 1.0
    assert 0 < found.size[-2] < 0.1
    assert found.size[-1] == 0.0


def test_whom_no_event_tips_gets_no_size(spec: Spec) -> None:
    never = draw_people(spec, 1, spread=0.0, switched_off=("threat_defence",))[0]
    found = event_sizes((0.5,), person=never)
    assert found.size[0] == np.inf
    assert json.loads(json.dumps(found.to_dict()))["size"] == [None]


def test_more_load_needs_more_safety_and_under_the_load_that_made_ill_none_is_enough() -> None:
    found = [safety_needed(load) for load in (0.1, 0.3, 0.74)]
    ends, years = [item.in_the_end for item in found], [item.within_a_year for item in found]
    assert ends[0] is not None
    assert ends[1] is not None
    assert years[0] is not None
    assert years[1] is not None
    assert 0 < ends[0] < ends[1]
    # A year is not for ever: it takes a little more.
    assert ends[0] <= years[0] < ends[0] + 0.05
    assert ends[1] <= years[1] < ends[1] + 0.05
    assert (ends[2], years[2]) == (None, None)


def test_a_later_or_lighter_restart_relapses_no_more_often() -> None:
    found = relapse_map((90, 10, 30, 150), (0.2, 0.4, 0.6))
    assert list(found.day) == [10, 30, 90, 150]
    assert found.n == 1
    assert (np.diff(found.share, axis=0) <= 0).all()
    assert (np.diff(found.share, axis=1) >= 0).all()
    assert found.share[0, -1] == 1.0
    assert found.share[-1, 0] == 0.0


def test_a_relapse_map_of_many_holds_shares_of_those_who_would_come_back(spec: Spec) -> None:
    people = draw_people(spec, 24, seed=2, spread=0.2)
    found = relapse_map((10, 120), (0.5,), people)
    assert 0 < found.n < 24
    assert found.share[1, 0] < found.share[0, 0] <= 1
    assert found.share[0, 0] * found.n == pytest.approx(round(found.share[0, 0] * found.n))
    assert list(found.to_dataframe().columns) == ["day"]


def test_a_relapse_map_of_nobody_says_nothing(spec: Spec) -> None:
    never = draw_people(spec, 2, spread=0.0, switched_off=("threat_defence",))
    found = relapse_map((10, 120), (0.5,), never)
    assert found.n == 0
    assert np.isnan(found.share).all()
