"""The landscape of many: where the model can stay, and where people who differ a little tip and return."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.landscape_diagram import NATURE, Landscape, field_of, fold_at, landscape, traces
from uitknop.body.landscape_trace import Trace
from uitknop.body.load import body_model
from uitknop.body.people import draw_people
from uitknop.body.share import share
from uitknop.core import Estimate, Phrase, Value
from uitknop.core.arrays import frozen
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve(Value):
    """Fixed points that hang together.

    Args:
        level: load from outside, shape (n,).
        defence: there, shape (n,).
    """

    level: Floats
    defence: Floats


@dataclass(frozen=True, slots=True)
class OwnLandscape(Value):
    """Where one person can stay.

    Args:
        curves: of fixed points.
        tips: load above which there is no staying well; None where there is no such load in the range.
        returns: load below which there is no staying ill; None where one can stay ill without any load.
    """

    curves: tuple[Curve, ...]
    tips: float | None
    returns: float | None


@dataclass(frozen=True, slots=True)
class Landscapes(Value):
    """The landscape of the model over the load from outside, among those of people who differ.

    Args:
        model: without spread.
        people: each of those whose curves could be followed.
        two_places: share of them who, on an ordinary day, could stay well and could stay ill.
        n, seed, spread: how many were drawn, from which seed, and how much they differ.
    """

    model: Landscape
    people: tuple[OwnLandscape, ...]
    two_places: Estimate
    n: int
    seed: int
    spread: float
    nature: str = NATURE


def landscapes(*, n: int = 10, seed: int = 1, spread: float = 0.1) -> Landscapes:
    """The bifurcation diagram of the model over the load from outside, and those of people beside it.

    Args:
        n: how many people; each takes about a fifth of a second.
        seed: the same seed gives the same people.
        spread: coefficient of variation of every parameter but the published rates.

    Raises:
        ModelError: n or spread can't be used, or nobody's curves could be followed.

    >>> landscapes(n=1, spread=0.0).two_places.value
    1.0
    """
    spec, model = body_model(), landscape("stress")
    found = [_own(model, person) for person in draw_people(spec, n, seed=seed, spread=spread)]
    people = tuple(own for own in found if own is not None)
    if not people:
        raise ModelError(Phrase("The model can't be followed further there. Try another range or person."))
    usual = spec.inputs["stress"].usual
    both = sum(_between(own, usual) for own in people)
    return Landscapes(model, people, share(both, len(people)), n, seed, spread)


def _own(model: Landscape, person: Floats) -> OwnLandscape | None:
    """None where a curve was lost on the way."""
    spec = body_model()
    field = field_of(spec, model.varied, model.inputs, person)
    try:
        found = traces(field, model.low, model.high)
    except ModelError:
        return None
    defence = list(spec.states).index("defence")
    folds = sorted(
        (fold_at(field, curve, place) for curve in found for place in range(len(curve.before))),
        key=lambda fold: fold.defence,
    )
    well, ill = ([fold.level for fold in folds if fold.ends == ends] for ends in ("well", "ill"))
    curves = tuple(_curve(curve, defence) for curve in found)
    return OwnLandscape(curves, well[0] if well else None, ill[-1] if ill else None)


def _curve(found: Trace, defence: int) -> Curve:
    return Curve(frozen(found.points[:, -1], np.float64), frozen(found.points[:, defence], np.float64))


def _between(own: OwnLandscape, level: float) -> bool:
    """Whether a level lies between the two folds."""
    return own.tips is not None and own.tips > level and (own.returns is None or own.returns < level)
