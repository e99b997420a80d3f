"""The model as it ships, and how its people are taken through what the targets ask for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.landscape_tipping import ill_people
from uitknop.body.load import body_model
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]


@pytest.fixture(scope="session")
def spec() -> Spec:
    return body_model()


@pytest.fixture(scope="session")
def person(spec: Spec) -> Floats:
    """The model itself: one person without any spread."""
    return draw_people(spec, 1, spread=0.0)


@pytest.fixture(scope="session")
def well(spec: Spec, person: Floats) -> Floats:
    """That person after a long ordinary time."""
    return settled(spec, person)


@pytest.fixture(scope="session")
def ill(spec: Spec, person: Floats) -> Floats:
    """The same after the months that make ill."""
    return ill_people(spec, person)


@pytest.fixture(scope="session")
def of(spec: Spec) -> Callable[[Floats, str], Floats]:
    """One state out of an array whose last axis holds all of them."""

    def take(states: Floats, name: str) -> Floats:
        return states[..., list(spec.states).index(name)]

    return take
