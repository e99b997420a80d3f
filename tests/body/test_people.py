"""People as rows of parameters: reproducible, spread as asked, with couplings off."""

from __future__ import annotations

import math

import numpy as np
import pytest

from uitknop.body.people import ALIKE, draw_people, switch_off
from uitknop.body.spec import Spec
from uitknop.core.errors import ModelError, ParameterOutOfRange


def test_without_spread_everybody_is_the_model(spec: Spec) -> None:
    assert np.array_equal(draw_people(spec, 2, spread=0.0), [[p.value for p in spec.parameters.values()]] * 2)


def test_person_five_is_the_same_among_six_and_among_a_hundred(spec: Spec) -> None:
    assert np.array_equal(draw_people(spec, 6, seed=2)[5], draw_people(spec, 100, seed=2)[5])
    assert not np.array_equal(draw_people(spec, 6, seed=2)[5], draw_people(spec, 6, seed=3)[5])


def test_the_spread_is_what_was_asked_and_published_rates_stay(spec: Spec) -> None:
    people = draw_people(spec, 2000, spread=0.2)
    for place, parameter in enumerate(spec.parameters.values()):
        variation = people[:, place].std() / (people[:, place].mean() or 1.0)
        alike = parameter.symbol in ALIKE or parameter.value == 0
        assert variation == pytest.approx(0.0 if alike else 0.2, abs=0.02)
        assert people[:, place].mean() == pytest.approx(parameter.value, rel=0.02)


def test_a_coupling_that_is_off_takes_its_parameters_with_it(spec: Spec) -> None:
    people = switch_off(spec, draw_people(spec, 3), ["slow_off", "exertion_debt"])
    column = dict(zip(spec.parameters, people.T, strict=True))
    assert np.array_equal(column["tauDo"], column["tauD"])
    assert not column["zO"].any()
    assert not column["zD"].any()


def test_a_kind_of_course_and_own_values_hold_for_everybody(spec: Spec) -> None:
    people = draw_people(spec, 3, kind="post_exertional", values={"reach": 0.3})
    column = dict(zip(spec.parameters, people.T, strict=True))
    assert list(column["reach"]) == [0.3] * 3
    assert column["tauC"].mean() > 1000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "post_exertion"}, r"Did you mean post_exertional\?"),
        ({"values": {"reech": 0.3}}, r"Did you mean reach\?"),
        ({"switched_off": ("threat_vagel",)}, "threat_vagal"),
        ({"n": 0}, "can't be run"),
        ({"n": 1_000_000}, "can't be run"),
        ({"spread": -0.1}, "can't be used"),
        ({"spread": math.nan}, "can't be used"),
    ],
)
def test_what_does_not_exist_or_can_not_be_is_refused(spec: Spec, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        draw_people(spec, **{"n": 2, **asked})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [-1.0, 2.0, math.nan])
def test_a_value_that_is_not_plausible_is_refused(spec: Spec, value: float) -> None:
    with pytest.raises(ParameterOutOfRange, match=r"plausible is from 0\.15 to 1"):
        draw_people(spec, 1, values={"reach": value})
