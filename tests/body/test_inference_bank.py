"""People drawn from the prior of inference."""

from __future__ import annotations

import math

import numpy as np
import pytest

from uitknop.body.inference_bank import CANDIDATES, draw_prior, fill_bank
from uitknop.body.people import PUBLISHED
from uitknop.body.schedule import hold
from uitknop.body.spec import Spec


def test_candidates_lie_in_their_plausible_range_and_published_rates_stay(spec: Spec) -> None:
    prior = draw_prior(spec, 64, seed=1)
    assert 40 < prior.people.shape[0] <= 64
    symbols = list(spec.parameters)
    for column, (symbol, scale) in enumerate(CANDIDATES.items()):
        values, item = prior.people[:, symbols.index(symbol)], spec.parameters[symbol]
        assert item.low <= values.min() < values.max() <= item.high
        expected = np.log(values) if scale == "log" else values
        assert prior.candidates[:, column] == pytest.approx(expected)
    for symbol in PUBLISHED:
        assert set(prior.people[:, symbols.index(symbol)]) == {spec.parameters[symbol].value}


def test_everybody_is_well_at_first_and_more_load_makes_more_people_ill(spec: Spec) -> None:
    prior = draw_prior(spec, 64, seed=1)
    assert prior.well[:, list(spec.states).index("defence")].max() < 0.1
    quiet, hard = (fill_bank(spec, prior, hold(spec, 40, {"stress": stress})) for stress in (0.2, 1.2))
    assert quiet.vagal.shape == quiet.symptoms.shape == (quiet.candidates.shape[0], 40)
    assert quiet.fell_ill.mean() < 0.2 < 0.5 < hard.fell_ill.mean()
    assert hard.symptoms[:, -1].mean() > quiet.symptoms[:, -1].mean()
    assert hard.vagal[:, -1].mean() < quiet.vagal[:, -1].mean()


def test_one_seed_gives_one_set_of_people_and_noise_moves_them(spec: Spec) -> None:
    prior, again = draw_prior(spec, 16, seed=2), draw_prior(spec, 16, seed=2)
    assert np.array_equal(prior.people, again.people)
    week = hold(spec, 7, {"stress": 0.6})
    still, moved = (fill_bank(spec, prior, week, noise_sd=sd, seed=3) for sd in (0.0, 0.3))
    assert np.array_equal(moved.vagal, fill_bank(spec, prior, week, noise_sd=0.3, seed=3).vagal)
    assert not np.allclose(still.vagal, moved.vagal)
    assert math.isfinite(float(moved.vagal.sum()))
