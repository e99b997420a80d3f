"""When something holds: conditions over answers, in a logic that knows "unknown".

A condition is true, false or unknown (None). A missing answer is unknown, and unknown only goes away where the answers
that are there settle the matter: "any of" is true as soon as one part is, "all of" false as soon as one part is
(Kleene's strong logic of three values, 1952).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from uitknop.core import Value

Given = int | tuple[str, ...] | None
"""What was answered: a number, the keys that were picked, or None for an item that was passed over or never met."""


@dataclass(frozen=True, slots=True)
class Within(Value):
    """The number given to an item lies from `at_least` to `at_most`."""

    item: str
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Picked(Value):
    """From `at_least` to `at_most` of `keys` were picked in an item with several answers."""

    item: str
    keys: tuple[str, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Count(Value):
    """At least `at_least` of the parts hold: 1 for "any of", all of them for "all of"."""

    parts: tuple[Condition, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Not(Value):
    """The part does not hold."""

    part: Condition


Condition = Within | Picked | Count | Not


def any_of(*parts: Condition) -> Count:
    """At least one of the parts holds."""
    return Count(parts, 1)


def all_of(*parts: Condition) -> Count:
    """Every part holds."""
    return Count(parts, len(parts))


def holds(condition: Condition, given: Callable[[str], Given]) -> bool | None:
    """Whether a condition holds; None when the answers that are there do not settle it.

    Args:
        condition: what is asked.
        given: the answer to an item, None when there is none.

    >>> light, heavy = Within("light", 1, 1), Within("heavy", 1, 1)
    >>> answers = {"heavy": 1}.get
    >>> holds(any_of(light, heavy), answers), holds(all_of(light, heavy), answers)
    (True, None)
    """
    if isinstance(condition, Within):
        number = given(condition.item)
        return None if not isinstance(number, int) else condition.at_least <= number <= condition.at_most
    if isinstance(condition, Picked):
        picked = given(condition.item)
        if not isinstance(picked, tuple):
            return None
        return condition.at_least <= len(set(picked) & set(condition.keys)) <= condition.at_most
    if isinstance(condition, Not):
        inner = holds(condition.part, given)
        return None if inner is None else not inner
    parts = [holds(part, given) for part in condition.parts]
    if parts.count(True) >= condition.at_least:
        return True
    return None if parts.count(True) + parts.count(None) >= condition.at_least else False


def items_of(condition: Condition) -> Iterable[str]:
    """The items a condition asks after."""
    if isinstance(condition, (Within, Picked)):
        return (condition.item,)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return tuple(item for part in parts for item in items_of(part))
