"""The fates of people who differ a little."""

from __future__ import annotations

import pytest

from uitknop.body.landscape_shares import FATES, fates
from uitknop.core.errors import ModelError


def test_without_spread_everybody_lives_the_story() -> None:
    found = fates(0.0, n=3).shares
    assert found["story"].value == 1.0
    assert set(found) == set(FATES)


def test_everybody_has_one_fate_and_the_more_people_differ_the_fewer_live_the_story() -> None:
    shares = [fates(spread, n=96, seed=5).shares for spread in (0.05, 0.3)]
    for found in shares:
        assert sum(estimate.value for estimate in found.values()) == pytest.approx(1.0)
        assert all(estimate.n == 96 for estimate in found.values())
    assert shares[1]["story"].high < shares[0]["story"].low
    assert sum(estimate.value > 0 for estimate in shares[1].values()) >= 4


def test_the_same_seed_gives_the_same_fates_and_an_unknown_kind_none() -> None:
    assert fates(0.1, n=24).to_dict() == fates(0.1, n=24).to_dict()
    with pytest.raises(ModelError, match=r"Did you mean post_exertional\?"):
        fates(0.1, n=24, kind="post_exertion")
