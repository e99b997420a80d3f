"""The delayed crash: later and larger when ill, at once and small when well."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.body.crash import BEGIN_H, END_H, ILL, WELL, Crash, crash
from uitknop.body.load import body_model
from uitknop.body.scenario_file import scenario
from uitknop.core.errors import ModelError


@pytest.fixture(scope="module")
def found() -> Crash:
    return crash(n=24)


@pytest.mark.parametrize("name", [ILL, WELL])
def test_the_exertion_stands_where_the_scenario_puts_it(name: str) -> None:
    schedule = scenario(name).schedule
    hard = schedule.levels[:, list(body_model().inputs).index("exertion")]
    assert list(np.cumsum(schedule.lengths_min)[:2] // 60) == [BEGIN_H, END_H]
    assert hard.argmax() == 1


def test_when_ill_symptoms_are_highest_a_day_later_and_when_well_at_once(found: Crash) -> None:
    assert 12 <= found.peak_h[1] <= found.peak_h[0] <= found.peak_h[2] <= 48
    assert found.when["delayed"].value > 0.9
    assert found.when_well["at_once"].value == 1
    assert found.ill.middle.max() > 2 * found.well.middle.max()


def test_before_the_exertion_nothing_is_added(found: Crash) -> None:
    before = found.hour <= BEGIN_H - END_H
    assert np.abs(found.ill.high[before]).max() < 1e-9
    assert found.n_ill < found.n_well <= 24


def test_where_nobody_is_ill_there_is_nothing_to_compare() -> None:
    with pytest.raises(ModelError, match="Nobody is ill"):
        crash(n=1, seed=0, spread=0.3)
