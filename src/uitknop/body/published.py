"""The published models of the stress axis on their own: Karin 2020 with the glands of Milo 2025, and Gupta 2007.

They are here to be checked against the numbers they are known for (tests/body/test_published.py), not to be fast: the
classical Runge-Kutta method of fourth order, in Python.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from uitknop.body.people import own_values
from uitknop.body.schedule import check_level
from uitknop.body.spec import Spec
from uitknop.core import Table

Floats = npt.NDArray[np.float64]
Slopes = Callable[[list[float], Mapping[str, float]], list[float]]


@dataclass(frozen=True, slots=True)
class Course(Table):
    """One course.

    Args:
        t: moments, in the unit of time of the model, shape (kept,).
        states: by name, each of shape (kept,).
    """

    t: Floats
    states: Mapping[str, Floats]

    def at(self, moment: float) -> dict[str, float]:
        """The states at the kept moment nearest to one."""
        place = int(np.abs(self.t - moment).argmin())
        return {name: float(values[place]) for name, values in self.states.items()}


def follow(
    spec: Spec,
    pieces: Sequence[tuple[float, Mapping[str, float]]],
    *,
    step: float,
    every: int = 1,
    kind: str | None = None,
    start: Mapping[str, float] | None = None,
) -> Course:
    """Take a published model through a schedule.

    Args:
        spec: the model, see `uitknop.body.load.published_model`.
        pieces: length in the unit of time of the model, and the inputs; those not named are as usual.
        step: length of a step; a piece is cut into equal steps that are no longer.
        every: keep each so many steps.
        kind: kind of course of the specification.
        start: states to start from; those not named as in the specification.

    Raises:
        ModelError: an input or kind does not exist.
        ParameterOutOfRange: a level lies outside the range of its input.
    """
    slopes = slopes_of(spec, own_values(spec, kind=kind, values=None))
    y = [(start or {}).get(name, state.start) for name, state in spec.states.items()]
    t, count, moments, kept = 0.0, 0, [0.0], [list(y)]
    for length, named in pieces:
        for name, level in named.items():
            check_level(spec, name, level)
        levels = {item.symbol: named.get(name, item.usual) for name, item in spec.inputs.items()}
        steps = max(math.ceil(length / step - 1e-9), 1)
        for _ in range(steps):
            y = _step(slopes, y, levels, length / steps)
            t, count = t + length / steps, count + 1
            if count % every == 0:
                moments.append(t)
                kept.append(y)
    columns = np.array(kept).T
    return Course(np.array(moments), dict(zip(spec.states, columns, strict=True)))


def slopes_of(spec: Spec, values: Mapping[str, float]) -> Slopes:
    """The slopes of all states as a function of the states and the levels of the inputs, by symbol."""
    lines = [f"{', '.join(state.symbol for state in spec.states.values())}, = y"]
    lines += [f"{item.symbol} = levels[{item.symbol!r}]" for item in spec.inputs.values()]
    lines += [f"{symbol} = ({formula.text})" for symbol, formula in spec.quantities.items()]
    slopes = []
    for state in spec.states.values():
        if state.rate is not None:
            slopes.append(f"{state.symbol} * ({state.rate.text})")
        elif state.target is not None and state.tau is not None:
            slopes.append(f"(({state.target.text}) - {state.symbol}) / ({state.tau.text})")
    lines.append(f"return [{', '.join(slopes)}]")
    known: dict[str, Any] = {**FUNCTIONS, "__builtins__": {}}
    known |= {symbol: values.get(symbol, item.value) for symbol, item in spec.parameters.items()}
    # The formulas were checked when they were read: arithmetic and nothing else.
    exec("\n    ".join(("def slopes(y, levels):", *lines)), known)
    found: Slopes = known["slopes"]
    return found


def _step(slopes: Slopes, y: list[float], levels: Mapping[str, float], h: float) -> list[float]:
    def moved(by: list[float], share: float) -> list[float]:
        return [value + share * h * slope for value, slope in zip(y, by, strict=True)]

    one = slopes(y, levels)
    two = slopes(moved(one, 0.5), levels)
    three = slopes(moved(two, 0.5), levels)
    four = slopes(moved(three, 1.0), levels)
    return [value + h / 6 * (a + 2 * (b + c) + d) for value, a, b, c, d in zip(y, one, two, three, four, strict=True)]


FUNCTIONS: dict[str, object] = {
    "exp": math.exp,
    "log": math.log,
    "max": max,
    "min": min,
    "where": lambda condition, yes, no: yes if condition else no,
    "hill": lambda x, half, n: x**n / (half**n + x**n),
}
