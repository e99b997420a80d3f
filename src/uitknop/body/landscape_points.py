"""Where the model stays where it is, and whether it comes back there after a push."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import integrate
from uitknop.body.schedule import DAY_MIN, Schedule
from uitknop.body.spec import Spec
from uitknop.core import Phrase
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]

SETTLE_DAYS = 400
MOST_TIMES = 8
ILL = {"defence": 1.0, "threat": 1.0, "danger": 1.5, "inflammation": 2.0}
"""From here people end where they are ill, if there is such a place."""

CLOSE = 1e-10
NUDGE = 1e-6
MOST_LOOKS = 40


@dataclass(frozen=True, slots=True)
class Field:
    """The slopes of one person, at any state and any level of one input.

    Args:
        spec: the model.
        person: parameters, shape (parameters,).
        levels: the inputs in the order of the specification, shape (inputs,).
        varied: place of the input that is varied.
    """

    spec: Spec
    person: Floats
    levels: Floats
    varied: int

    def slopes(self, x: Floats, person: Floats | None = None) -> Floats:
        """dy/dt per day; x holds the states and the level of the varied input, shape (states + 1,)."""
        from uitknop.body.slope import slope  # compiled code: heavy to load

        found, levels = np.empty(x.size - 1), self.levels.copy()
        levels[self.varied] = x[-1]
        slope(x[:-1], self.person if person is None else person, levels, found)
        return found

    def jacobian(self, x: Floats, person: Floats | None = None) -> Floats:
        """Slopes by states and by the varied input, shape (states, states + 1), from central differences."""
        from uitknop.body.slope import slope  # compiled code: heavy to load

        numbers, levels, moved = self.person if person is None else person, self.levels.copy(), x.copy()
        states, found = moved[:-1], np.empty((x.size, x.size - 1))
        ahead, behind = np.empty(x.size - 1), np.empty(x.size - 1)
        levels[self.varied] = x[-1]
        for place in range(x.size):
            nudge = NUDGE * (1 + abs(x[place]))
            for side, filled in ((nudge, ahead), (-nudge, behind)):
                moved[place] = x[place] + side
                if place == states.size:
                    levels[self.varied] = moved[place]
                slope(states, numbers, levels, filled)
            moved[place] = x[place]
            found[place] = (ahead - behind) / (2 * nudge)
        return found.T

    def even(self, symbol: str) -> Floats:
        """The person with defence as quick to go on as off: both times that of a parameter.

        Where nothing changes both are the same place; but there the slope has a corner, and this has none.
        """
        places, person = list(self.spec.parameters), self.person.copy()
        for name in ("tauD", "tauDo"):
            if name in places:
                person[places.index(name)] = self.person[places.index(symbol)]
        return person


def settle(field: Field, level: float, *, ill: bool) -> Floats:
    """Where a person ends after a long time at a level, states and level; shape (states + 1,).

    Raises:
        ModelError: it is no fixed point.
    """
    start = np.array([[state.start for state in field.spec.states.values()]])
    for name, value in ILL.items() if ill else ():
        start[0, list(field.spec.states).index(name)] = value
    levels = field.levels.copy()
    levels[field.varied] = level
    long = Schedule(np.array([SETTLE_DAYS * DAY_MIN]), levels[None, :])
    for again in range(MOST_TIMES):
        start = integrate(field.person[None, :], start, long, every_min=long.length_min)[:, -1]
        try:
            return rest_point(field, np.append(start[0], level))
        except ModelError:  # near a fold everything is slow
            if again == MOST_TIMES - 1:
                raise
    raise AssertionError(level)


def rest_point(field: Field, near: Floats) -> Floats:
    """The fixed point near a state, at the same level, by Newton's method; shape (states + 1,).

    Raises:
        ModelError: none was found.
    """
    x, person = near.copy(), field.even("tauD")
    for _ in range(MOST_LOOKS):
        step = np.linalg.solve(field.jacobian(x, person)[:, :-1], -field.slopes(x, person))
        largest = float(np.abs(step).max())
        x[:-1] += step * min(1.0, 0.5 / max(largest, 1e-12))
        if largest < CLOSE:
            return x
    raise ModelError(Phrase("The model has no fixed point where it was looked for. Try another level or start."))


def leading(field: Field, x: Floats) -> float:
    """Real part of the leading eigenvalue at a fixed point, per day: below zero it is stable.

    Defence goes on faster than off, so there are two sets of eigenvalues, one for each direction; the larger counts.
    """
    found = [
        np.linalg.eigvals(field.jacobian(x, field.even(symbol))[:, :-1]).real.max() for symbol in ("tauD", "tauDo")
    ]
    return float(max(found))
