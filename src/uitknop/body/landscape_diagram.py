"""The landscape of the model: where it can stay, at which load it tips, and at which it comes back.

A fold is where a stable and an unstable fixed point meet and vanish. Between the two folds there are two places to
stay, and it hangs on the past in which of them somebody is. That holds for these equations, for one person with these
numbers; it says nothing about where anybody is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from uitknop.body.landscape_points import Field, leading, rest_point, settle
from uitknop.body.landscape_trace import Trace, trace
from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.people import draw_people
from uitknop.body.schedule import check_level, level_row
from uitknop.body.spec import Spec
from uitknop.core import Phrase, Table, Value
from uitknop.core.arrays import frozen
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]
SAME = 1e-3
NATURE = "explanatory model"


@dataclass(frozen=True, slots=True)
class Branch(Table):
    """Fixed points that hang together.

    Args:
        level: of the input that is varied, shape (n,).
        states: by name, each of shape (n,).
        leading: real part of the leading eigenvalue, per day, shape (n,): below zero where it is stable.
        stable: shape (n,).
    """

    level: Floats
    states: Mapping[str, Floats]
    leading: Floats
    stable: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fold(Value):
    """Where two fixed points meet and vanish.

    Args:
        level: of the input that is varied.
        defence: there.
        ends: what is no longer possible beyond it: to stay "well", or to stay "ill".
    """

    level: float
    defence: float
    ends: Literal["well", "ill"]


@dataclass(frozen=True, slots=True)
class FixedPoint(Value):
    """A place where the model stays.

    Args:
        states: by name.
        leading: real part of the leading eigenvalue, per day.
        stable: whether it comes back there after a small push.
    """

    states: Mapping[str, float]
    leading: float
    stable: bool


@dataclass(frozen=True, slots=True)
class Landscape(Value):
    """Fixed points over a range of one input, for one person.

    Args:
        varied: name of the input.
        low, high: range of it that was looked at.
        inputs: the others.
        branches: each a curve from one end of the range to an end.
        folds: in order of level.
    """

    varied: str
    low: float
    high: float
    inputs: Mapping[str, float]
    branches: tuple[Branch, ...]
    folds: tuple[Fold, ...]
    nature: str = NATURE

    def fold(self, ends: Literal["well", "ill"]) -> float | None:
        """Level at which staying well, or staying ill, comes to an end; None where it does not within the range.

        There may be milder places to stay between the two: that with the least defence is the well, the most the ill.
        """
        found = sorted((fold for fold in self.folds if fold.ends == ends), key=lambda fold: fold.defence)
        return found[0 if ends == "well" else -1].level if found else None


@dataclass(frozen=True, slots=True)
class Hysteresis(Value):
    """The two folds in the load from outside, at one level of another input.

    Args:
        level: of the other input.
        tips: above this load nobody with these numbers stays well; None where there is no such load in the range.
        returns: below this load nobody stays ill; None where one can stay ill without any load.
    """

    level: float
    tips: float | None
    returns: float | None


def landscape(
    vary: str = "stress",
    *,
    low: float | None = None,
    high: float | None = None,
    inputs: Mapping[str, float] | None = None,
    person: Floats | None = None,
) -> Landscape:
    """Fixed points of the body model while one input varies: a bifurcation diagram.

    Args:
        vary: name of the input.
        low, high: range; None for its own lowest level, and for its highest but 1.5 at most.
        inputs: levels of the others; those not named as on an ordinary day.
        person: parameters, shape (parameters,); None for the model itself. See `uitknop.body.people.draw_people`.

    Raises:
        ModelError: an input does not exist, or the range is empty.
        ParameterOutOfRange: a level lies outside the range of its input.

    >>> [fold.ends for fold in landscape("stress", inputs={"safety": 0.7}).folds]
    ['ill', 'well']
    """
    spec = body_model()
    if vary not in spec.inputs:
        raise unknown(Phrase("input"), vary, spec.inputs)
    item = spec.inputs[vary]
    ends = (item.low if low is None else low, min(item.high, 1.5) if high is None else high)
    for level in ends:
        check_level(spec, vary, level)
    if not ends[0] < ends[1]:
        raise ModelError(
            Phrase("The range from {low} to {high} is empty. Give the lower first.", {"low": ends[0], "high": ends[1]})
        )
    field = field_of(spec, vary, inputs or {}, person)
    curves = traces(field, *ends)
    folds = [fold_at(field, found, place) for found in curves for place in range(len(found.before))]
    others = {name: float(level) for name, level in zip(spec.inputs, field.levels, strict=True) if name != vary}
    branches = tuple(_branch(field, found) for found in curves)
    return Landscape(vary, *ends, others, branches, tuple(sorted(folds, key=lambda fold: fold.level)))


def fixed_points(inputs: Mapping[str, float] | None = None, person: Floats | None = None) -> tuple[FixedPoint, ...]:
    """All fixed points at one set of inputs that hang together with being well or ill, least defence first.

    Args:
        inputs, person: as for `landscape`.

    >>> [point.stable for point in fixed_points({"stress": 0.5})]
    [True, False, True]
    """
    spec, levels = body_model(), dict(inputs or {})
    level = levels.pop("stress", spec.inputs["stress"].usual)
    field = field_of(spec, "stress", levels, person)
    return tuple(_point(field, x) for x in places(field, traces(field, 0.0, max(1.5, level + 0.1)), level))


def hysteresis(over: str, levels: Iterable[float], inputs: Mapping[str, float] | None = None) -> tuple[Hysteresis, ...]:
    """The two folds in the load from outside, at several levels of another input.

    Args:
        over: name of the other input, such as "safety".
        levels: its levels.
        inputs: levels of the rest; those not named as on an ordinary day.
    """
    found = []
    for level in levels:
        seen = landscape("stress", high=2.0, inputs={**(inputs or {}), over: level})
        found.append(Hysteresis(level, seen.fold("well"), seen.fold("ill")))
    return tuple(found)


def field_of(spec: Spec, vary: str, inputs: Mapping[str, float], person: Floats | None) -> Field:
    """The slopes of a person while one input varies.

    Raises:
        ModelError: an input does not exist.
        ParameterOutOfRange: a level lies outside the range of its input.
    """
    numbers = draw_people(spec, 1, spread=0.0)[0] if person is None else person
    return Field(spec, numbers, np.array(level_row(spec, inputs)), list(spec.inputs).index(vary))


def traces(field: Field, low: float, high: float) -> list[Trace]:
    """Every curve of fixed points that begins at an end of the range, each once."""
    found: list[Trace] = []
    for level, ill in ((low, False), (high, True), (low, True), (high, False)):
        try:
            start = settle(field, level, ill=ill)
        except ModelError:
            continue
        ends = [end for item in found for end in (item.points[0], item.points[-1])]
        if not any(np.abs(start - end).max() < SAME for end in ends):
            found.append(trace(field, start, low, high))
    return found


def places(field: Field, curves: Iterable[Trace], level: float) -> list[Floats]:
    """The fixed points of some curves at a level, each of shape (states + 1,), least defence first."""
    found: list[Floats] = []
    for before, after in (pair for curve in curves for pair in pairwise(curve.points)):
        if (before[-1] - level) * (after[-1] - level) > 0:
            continue
        near = before + (level - before[-1]) / (after[-1] - before[-1]) * (after - before)
        near[-1] = level
        point = rest_point(field, near)
        if not any(np.abs(point - other).max() < SAME * SAME for other in found):
            found.append(point)
    defence = list(field.spec.states).index("defence")
    return sorted(found, key=lambda x: float(x[defence]))


def _branch(field: Field, found: Trace) -> Branch:
    lead = frozen([leading(field, x) for x in found.points], np.float64)
    states = {name: frozen(found.points[:, place], np.float64) for place, name in enumerate(field.spec.states)}
    return Branch(frozen(found.points[:, -1], np.float64), states, lead, frozen(lead < 0, np.bool_))


def fold_at(field: Field, found: Trace, place: int) -> Fold:
    """What ends at a fold: the stable side is the one of the well where it has the lesser defence."""
    defence = list(field.spec.states).index("defence")
    sides = sorted(found.points[[found.before[place], found.before[place] + 1]], key=lambda x: float(x[defence]))
    lesser, larger = (leading(field, x) for x in sides)
    at = found.folds[place]
    return Fold(float(at[-1]), float(at[defence]), "well" if lesser < larger else "ill")


def _point(field: Field, x: Floats) -> FixedPoint:
    lead = leading(field, x)
    return FixedPoint(dict(zip(field.spec.states, x[:-1].tolist(), strict=True)), lead, lead < 0)
