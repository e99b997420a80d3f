"""The specification as values: states, inputs, parameters, couplings, read-outs and kinds of course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uitknop.body.formula import Formula
from uitknop.core import Value

GRADES = ("E", "H", "M")
"""E established, H hypothesis, M metaphor or convenience of modelling."""


@dataclass(frozen=True, slots=True)
class Title(Value):
    """The same words in both languages."""

    nl: str
    en: str

    def said(self, lang: str) -> str:
        """The words in a language; English where there is no other."""
        return self.nl if lang == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Input:
    """What the world does to the body, held constant over a stretch of time.

    Args:
        name, symbol: in the outside world, and in formulas.
        usual: on an ordinary day.
        low, high: what is accepted.
    """

    name: str
    symbol: str
    usual: float
    low: float
    high: float
    title: Title


@dataclass(frozen=True, slots=True)
class State:
    """A quantity with a memory. It moves to a target with a time constant, or grows at a rate.

    Args:
        start: where a healthy, quiet person is.
        low, high: beyond these a trajectory is said to diverge.
        target, tau: dy/dt = (target - y) / tau, tau in days; both None where it grows.
        rate: dy/dt = rate * y, per day; None where it has a target.
    """

    name: str
    symbol: str
    start: float
    low: float
    high: float
    target: Formula | None
    tau: Formula | None
    rate: Formula | None
    title: Title


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the model.

    Args:
        value: where all the results start from.
        unit: "d" days, "1/d" per day, "1" none.
        low, high: the plausible range.
        grade: E, H or M.
        source: where the value comes from; "tuned" where it was chosen so that the targets are met.
    """

    symbol: str
    value: float
    unit: str
    low: float
    high: float
    grade: str
    source: str
    title: Title


@dataclass(frozen=True, slots=True)
class Coupling:
    """What leads to what, and how to switch it off.

    Args:
        begins, ends: a state or input, and the state it acts on.
        off: values its parameters take when it is off; the name of a parameter stands for that one's value.
        claims: ids of the claims it rests on.
    """

    name: str
    begins: str
    ends: str
    grade: str
    off: Mapping[str, float | str]
    claims: tuple[str, ...]
    title: Title


@dataclass(frozen=True, slots=True)
class Readout:
    """Something that follows from the states at once."""

    name: str
    formula: Formula
    title: Title


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of course: the same equations with some other values."""

    name: str
    values: Mapping[str, float]
    title: Title


@dataclass(frozen=True, slots=True)
class Spec:
    """The whole model; everything by name, parameters and quantities by symbol.

    Args:
        quantities: what formulas share, in an order in which each needs only those before it.
        loop: couplings, each ending where the next begins, that the diagram marks; empty where none is.
    """

    name: str
    title: Title
    inputs: Mapping[str, Input]
    states: Mapping[str, State]
    quantities: Mapping[str, Formula]
    parameters: Mapping[str, Parameter]
    readouts: Mapping[str, Readout]
    couplings: Mapping[str, Coupling]
    kinds: Mapping[str, Kind]
    loop: tuple[str, ...] = ()
