"""The model as it ships, and how its people are taken through what the targets ask for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body.integrate import integrate
from uitknop.body.load import body_model
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.schedule import Schedule, hold, joined, ramp
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]
CHRONIC, EVENT = 0.74, 0.9
REST = {"stress": 0.1, "exertion": 0.1}


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
def loaded(spec: Spec, person: Floats, well: Floats) -> Floats:
    """After months of chronic load, not ill."""
    months = joined(
        (hold(spec, 20), ramp(spec, 120, {"stress": 0.25}, {"stress": CHRONIC}), hold(spec, 80, {"stress": CHRONIC}))
    )
    return at_end(person, well, months)


@pytest.fixture(scope="session")
def ill(spec: Spec, person: Floats, loaded: Floats) -> Floats:
    """The same after a small event, ill under load."""
    event = hold(spec, 2, {"stress": CHRONIC + EVENT}).then(hold(spec, 70, {"stress": CHRONIC}))
    return at_end(person, loaded, event)


@pytest.fixture(scope="session")
def resting(spec: Spec, person: Floats, ill: Floats) -> Floats:
    """A year of passive rest after that, day by day, shape (1, 361, states)."""
    return integrate(person, ill, hold(spec, 360, {**REST, "safety": 0.0}))


@pytest.fixture(scope="session")
def recovering(spec: Spec, person: Floats, ill: Floats) -> Floats:
    """A year of rest with much safety instead, day by day."""
    return integrate(person, ill, hold(spec, 360, {**REST, "safety": 0.7}))


@pytest.fixture(scope="session")
def of(spec: Spec) -> Callable[[Floats, str], Floats]:
    """One state out of an array whose last axis holds all of them."""

    def take(states: Floats, name: str) -> Floats:
        return states[..., list(spec.states).index(name)]

    return take


def at_end(people: Floats, start: Floats, schedule: Schedule) -> Floats:
    """The states at the end of a schedule."""
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]
