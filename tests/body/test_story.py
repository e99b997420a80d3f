"""The story: what happens when, and how many it happened to."""

from __future__ import annotations

import pytest

from uitknop.body.play import simulate
from uitknop.body.story import Story, story
from uitknop.core.errors import ModelError, ShapeError

ILL = ("mild", "moderate", "severe")


@pytest.fixture(scope="module")
def told() -> Story:
    return story(n=24)


def test_most_fall_ill_under_load_stay_ill_at_rest_and_come_back_with_safety(told: Story) -> None:
    ill = [sum(shares[name].value for name in ILL) for shares in told.shares]
    assert ill[0] == 0
    assert ill[1] > 0.7
    assert ill[2] > 0.6
    assert ill[3] < 0.3


def test_the_last_shares_are_those_of_the_scenario_played_on_its_own(told: Story) -> None:
    assert told.shares[-1] == simulate("the-story", n=24).shares


def test_the_middle_half_lies_inside_the_range_of_95_in_100(told: Story) -> None:
    for fan in told.fans.values():
        assert fan.middle.shape == told.day.shape
        for inner, outer in ((fan.low, fan.half_low), (fan.half_low, fan.middle), (fan.middle, fan.half_high)):
            assert bool((inner <= outer).all())
        assert bool((fan.half_high <= fan.high).all())


def test_a_scenario_without_phases_is_no_story() -> None:
    with pytest.raises(ShapeError):
        story("acute-stress", n=2)
    with pytest.raises(ModelError, match="the-story"):
        story("the-stori", n=2)
