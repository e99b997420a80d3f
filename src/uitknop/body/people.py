"""People as rows of parameters: spread around the model, a kind of course, couplings switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Real

import numpy as np
import numpy.typing as npt

from uitknop.body.nearest import unknown
from uitknop.body.spec import Spec
from uitknop.core import Phrase
from uitknop.core.errors import ModelError, ParameterOutOfRange

Floats = npt.NDArray[np.float64]

PUBLISHED = ("gA", "gF", "gP", "gQ")
"""Turnover and gland rates of the stress axis: published, and the same for all."""

ALIKE = (*PUBLISHED, "cE", "cG")
"""The same for all: the published rates, and two links that are whole by definition, there to be switched off."""

USUAL_KIND = "overload"
"""The kind of course that changes nothing of the model."""

WIDEST_SPREAD = 0.5
MOST_PEOPLE = 100_000


def draw_people(
    spec: Spec,
    n: int,
    *,
    seed: int = 1,
    spread: float = 0.1,
    kind: str | None = None,
    values: Mapping[str, float] | None = None,
    switched_off: Iterable[str] = (),
) -> Floats:
    """Parameters of n people, in the order of the specification.

    Person i is the same whatever n is. The first person of a spread of zero is the model itself.

    Args:
        n: how many.
        seed: of the draws.
        spread: coefficient of variation of each parameter, log-normal around its value.
        kind: kind of course; None for the values of the model.
        values: parameters held at another value, for everybody.
        switched_off: couplings that are off, for everybody; a name alone is one coupling.

    Returns: shape (n, parameters).

    Raises:
        ModelError: a name does not exist, or n, seed or spread can't be used.
        ParameterOutOfRange: a value lies outside the plausible range of its parameter.
    """
    _check_size(n, seed, spread)
    fixed = own_values(spec, kind=kind, values=values)
    centre = np.array([fixed.get(symbol, parameter.value) for symbol, parameter in spec.parameters.items()])
    people = np.tile(centre, (n, 1))
    if spread > 0:
        varied = np.array([symbol not in ALIKE for symbol in spec.parameters])
        sigma = np.sqrt(np.log1p(spread * spread))
        for person in range(n):
            draws = np.random.default_rng([seed, person]).standard_normal(centre.size)
            people[person] *= np.where(varied, np.exp(sigma * draws - 0.5 * sigma * sigma), 1.0)
    for symbol in values or {}:
        people[:, list(spec.parameters).index(symbol)] = fixed[symbol]
    return switch_off(spec, people, switched_off)


def own_values(spec: Spec, *, kind: str | None, values: Mapping[str, float] | None) -> dict[str, float]:
    """The values that a kind of course and a wish put in the place of the model's, checked."""
    if kind is not None and kind not in spec.kinds:
        raise unknown(Phrase("kind of course"), kind, spec.kinds)
    found = dict(spec.kinds[kind].values) if kind is not None else {}
    for symbol, value in (values or {}).items():
        if symbol not in spec.parameters:
            raise unknown(Phrase("parameter"), symbol, spec.parameters)
        parameter = spec.parameters[symbol]
        if not parameter.low <= value <= parameter.high:  # NaN is refused too
            raise ParameterOutOfRange(
                Phrase(
                    "The parameter {name} is {value}; plausible is from {low} to {high}.",
                    {"name": symbol, "value": value, "low": parameter.low, "high": parameter.high},
                )
            )
        found[symbol] = float(value)
    return found


def couplings_named(names: Iterable[str]) -> tuple[str, ...]:
    """Names of couplings as they may be given: some of them, or one alone.

    >>> couplings_named("safety_threat")
    ('safety_threat',)
    """
    return (names,) if isinstance(names, str) else tuple(names)


def switch_off(spec: Spec, people: Floats, couplings: Iterable[str]) -> Floats:
    """The same people with couplings off.

    Raises:
        ModelError: a coupling does not exist.
    """
    places = {symbol: place for place, symbol in enumerate(spec.parameters)}
    changed = people.copy()
    for name in couplings_named(couplings):
        if name not in spec.couplings:
            raise unknown(Phrase("coupling"), name, spec.couplings)
        for symbol, value in spec.couplings[name].off.items():
            changed[:, places[symbol]] = people[:, places[value]] if isinstance(value, str) else value
    return changed


def _check_size(n: int, seed: int, spread: float) -> None:
    if not isinstance(n, Integral) or not 1 <= n <= MOST_PEOPLE:
        raise ModelError(
            Phrase("{n} people can't be run; give a whole number from 1 to {most}.", {"n": n, "most": MOST_PEOPLE})
        )
    if not isinstance(seed, Integral) or seed < 0:
        raise ModelError(Phrase("A seed of {seed} can't be used; give a whole number from 0 on.", {"seed": seed}))
    if not isinstance(spread, Real) or not 0 <= spread <= WIDEST_SPREAD:
        raise ModelError(
            Phrase("A spread of {spread} can't be used; give 0 to {most}.", {"spread": spread, "most": WIDEST_SPREAD})
        )
