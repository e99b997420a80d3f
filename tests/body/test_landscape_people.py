"""The landscape of many: each person has its own folds, and the shares follow from them."""

from __future__ import annotations

import numpy as np
import pytest

from uitknop.body.landscape_people import Landscapes, landscapes
from uitknop.core.errors import ModelError


@pytest.fixture(scope="module")
def found() -> Landscapes:
    return landscapes(n=3)


def test_people_tip_at_loads_of_their_own_around_that_of_the_model(found: Landscapes) -> None:
    tips = [own.tips for own in found.people if own.tips is not None]
    assert len(tips) == 3
    assert len(set(tips)) == 3
    model = found.model.fold("well")
    assert model is not None
    assert np.median(tips) == pytest.approx(model, abs=0.2)


def test_a_person_returns_at_a_lower_load_than_it_tips(found: Landscapes) -> None:
    for own in found.people:
        assert own.tips is not None
        assert own.returns is None or own.returns < own.tips
    assert found.two_places.n == 3


def test_curves_lie_in_the_range_that_was_looked_at(found: Landscapes) -> None:
    for curve in (curve for own in found.people for curve in own.curves):
        assert found.model.low <= curve.level.min() <= curve.level.max() <= found.model.high
        assert curve.defence.shape == curve.level.shape


def test_a_spread_that_can_not_be_is_refused() -> None:
    with pytest.raises(ModelError, match="spread"):
        landscapes(n=1, spread=2.0)
