"""Hard limits: every number of an advice passes the one it belongs to, or the advice is not given.

The figures and their sources stand in `data/limits.toml`, all of them. The habit is that of dosing software, where one
file holds what no calculation may pass.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from uitknop.core import Advice, Phrase, Value
from uitknop.core.errors import KnowledgeError, LimitError
from uitknop.guidance.data_file import read_data
from uitknop.guidance.text import Text


@dataclass(frozen=True, slots=True)
class Limit(Value):
    """One hard limit.

    Args:
        id: its name.
        unit: of `least`, `most` and the numbers it holds for.
        source: where the figure comes from.
        checked: whether the figure was compared with its source, or is a choice of this project.
        nl, en: the limit in words.
        least, most: both allowed; None leaves that side open.
    """

    id: str
    unit: str
    source: str
    checked: Literal["verified", "unverified", "design"]
    nl: str
    en: str
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        ends = [end for end in (self.least, self.most) if end is not None]
        if not ends or not all(map(math.isfinite, ends)) or ends != sorted(ends):
            raise ValueError("a limit has a least, a most or both, in that order")

    @property
    def words(self) -> Text:
        """The limit in words."""
        return Text(self.nl, self.en)

    def holds(self, value: float) -> bool:
        """Whether a number lies within it. What is no finite number does not."""
        above = self.least is None or value >= self.least
        return math.isfinite(value) and above and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Checked(Value):
    """A number that lies within its limit; there are no others.

    Raises:
        LimitError: it does not.
    """

    value: float
    limit: str

    def __post_init__(self) -> None:
        if not within_limits(self.limit, self.value):
            raise LimitError(
                Phrase(
                    "An advice would pass the limit {limit}. It was left out; please report this.",
                    {"limit": self.limit},
                )
            )

    @property
    def unit(self) -> str:
        """The unit of the number."""
        return limit(self.limit).unit


@dataclass(frozen=True, slots=True)
class _File:
    limit: tuple[Limit, ...]


@lru_cache(maxsize=1)
def limits() -> Mapping[str, Limit]:
    """Every hard limit by its name, in the order of the file.

    Raises:
        KnowledgeError: the file breaks its form, or names one limit twice.
    """
    return by_name(read_data("limits.toml", _File).limit)


def by_name(rows: tuple[Limit, ...]) -> Mapping[str, Limit]:
    """Limits by their name.

    Raises:
        KnowledgeError: a name occurs twice.
    """
    found: dict[str, Limit] = {}
    for row in rows:
        if row.id in found:
            raise KnowledgeError(Phrase("The limit {limit} is given twice. Keep one of them.", {"limit": row.id}))
        found[row.id] = row
    return MappingProxyType(found)


def limit(name: str) -> Limit:
    """A limit by its name.

    Raises:
        LimitError: there is none, so nothing can be checked against it.
    """
    if name not in limits():
        raise LimitError(Phrase("There is no limit called {limit}; nothing passes it.", {"limit": name}))
    return limits()[name]


def within_limits(name: str, value: float) -> bool:
    """Whether a number lies within a limit.

    Raises:
        LimitError: there is no limit of that name.

    >>> within_limits("breathing_rate", 6), within_limits("breathing_rate", 9)
    (True, False)
    """
    return limit(name).holds(value)


def checked(name: str, value: float) -> Checked:
    """The number, now known to lie within its limit.

    Raises:
        LimitError: it does not, or there is no such limit.
    """
    return Checked(value, name)


def checked_advice(advice: Advice, names: Mapping[str, str]) -> Advice:
    """The advice with the limits that its numbers were held against.

    Args:
        advice: what would be said. Its numbers are fields of its step; the words themselves hold none.
        names: for each field that is a number, the limit it belongs to; without one, the limit of the same name.
    Raises:
        LimitError: a number passes its limit, belongs to none, or stands in the words.
    """
    if advice.step is None:
        return advice
    used = tuple(checked(names.get(field, field), number).limit for field, number in _numbers(advice.step))
    return replace(advice, limits_applied=tuple(dict.fromkeys((*advice.limits_applied, *used))))


def _numbers(phrase: Phrase) -> list[tuple[str, float]]:
    """The fields of a sentence that are numbers, those of the sentences inside it too."""
    words = [re.sub(r"\{[^}]*\}", "", phrase.template)]
    found: list[tuple[str, float]] = []
    for name, value in phrase.fields.items():
        if isinstance(value, Phrase):
            found += _numbers(value)
        elif isinstance(value, Checked):
            found.append((value.limit, value.value))
        elif isinstance(value, (int, float)):
            found.append((name, value))
        else:
            words.append(str(value))
    if re.search(r"\d", " ".join(words)):
        raise LimitError(
            Phrase("An advice holds a number that no limit was asked about. It was left out; please report this.")
        )
    return found
