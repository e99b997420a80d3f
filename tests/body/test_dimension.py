"""Units follow from the formulas: a sum of unlike things would be seen."""

from __future__ import annotations

import ast

import pytest

from uitknop.body.dimension import dimension, dimensions
from uitknop.body.load import published_model
from uitknop.body.spec import Spec


@pytest.mark.parametrize(
    ("text", "power"),
    [("a * b", 1), ("a / b", -1), ("b / a", 1), ("b**2", 2), ("-b + b", 1), ("exp(a)", 0), ("max(b, 0)", 1)],
)
def test_the_power_of_time_follows_the_arithmetic(text: str, power: int) -> None:
    assert dimension(ast.parse(text, mode="eval").body, {"a": 0, "b": 1}) == power


def test_every_state_moves_in_time_and_to_a_plain_number(spec: Spec) -> None:
    for model in (spec, published_model("karin")):
        known = dimensions(model)
        for state in model.states.values():
            if state.rate is not None:
                assert dimension(state.rate.tree, known) == -1, state.name
                continue
            assert state.tau is not None
            assert state.target is not None
            assert dimension(state.tau.tree, known) == 1, state.name
            assert dimension(state.target.tree, known) == 0, state.name
