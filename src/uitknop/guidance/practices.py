"""Practices: what a person could do, with numbers, evidence, contra-indications and stop rules, all from data files.

Figures and rules: clinical reference, section 5, with its sources; the files stand in `data/practices`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, get_args

from uitknop.core import Phrase, Value
from uitknop.core.errors import KnowledgeError
from uitknop.guidance.data_file import data_names, read_data
from uitknop.guidance.limits import Checked, checked
from uitknop.guidance.text import Text

Track = Literal["B", "P"]
"""B: PEM negative. P: PEM positive or unknown."""
Severity = Literal["unknown", "mild", "moderate", "severe", "very_severe"]
Phase = Literal[0, 1, 2, 3]
Grade = Literal["A", "B", "C", "D", "X"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""How ill somebody is with ME, "unknown" first, then the least ill."""


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A number of a practice, and the hard limit it belongs to."""

    value: float
    limit: str

    def checked(self) -> Checked:
        """The number, held against its limit.

        Raises:
            LimitError: it passes it.
        """
        return checked(self.limit, self.value)


@dataclass(frozen=True, slots=True)
class Care(Value):
    """What to do otherwise with one of some conditions.

    Args:
        conditions: any one of these.
        numbers: those that take the place of the usual ones.
        drops: names of numbers that are not told, also when it is not known whether the person has one of these.
    """

    conditions: tuple[str, ...]
    nl: str
    en: str
    numbers: Mapping[str, Number] = field(default_factory=dict)
    drops: tuple[str, ...] = ()

    @property
    def words(self) -> Text:
        """What to do otherwise."""
        return Text(self.nl, self.en)


@dataclass(frozen=True, slots=True)
class Condition(Value):
    """Something a person may have that changes which practice fits.

    Args:
        ask: the question, answered with yes or no.
        signs: the red flags that speak of it.
    """

    id: str
    nl: str
    en: str
    ask: Text
    signs: tuple[str, ...] = ()

    @property
    def words(self) -> Text:
        """Its name."""
        return Text(self.nl, self.en)


@dataclass(frozen=True, slots=True)
class Practice(Value):
    """Something to do or to leave.

    Args:
        what: what one does.
        known: what is known of it, in words that go with the grade.
        tracks, phases: those it is for.
        stop: when to stop.
        worse: what to do when it feels worse.
        grade: of the evidence; None where there is no claim to grade.
        claims: ids of the graded claims it leans on.
        sources: keys of the studies and guidelines behind it.
        numbers: by name; `numbers_p` instead on track P, and `numbers_severe` instead in severe illness.
        not_with: ids of the conditions it does not go with.
        form_first: whether each of those is asked before it is offered.
        careful: what to do otherwise with which conditions.
        most_severe: on track P, how ill somebody may be for it; None: no bound.
        menu: its place on the rest menu.
        more: whether it asks more of somebody than rest does; then it waits until the plan is switched on.
    """

    id: str
    name: Text
    what: Text
    known: Text
    tracks: tuple[Track, ...]
    phases: tuple[Phase, ...]
    stop: Text
    worse: Text
    grade: Grade | None = None
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)
    numbers_p: Mapping[str, Number] = field(default_factory=dict)
    numbers_severe: Mapping[str, Number] = field(default_factory=dict)
    not_with: tuple[str, ...] = ()
    form_first: bool = False
    careful: tuple[Care, ...] = ()
    most_severe: Severity | None = None
    menu: int | None = None
    more: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    group: str
    practice: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class _Conditions:
    condition: tuple[Condition, ...]


@lru_cache(maxsize=1)
def conditions() -> Mapping[str, Condition]:
    """Every condition by its id."""
    rows = read_data("conditions.toml", _Conditions).condition
    return MappingProxyType({row.id: row for row in rows})


@lru_cache(maxsize=1)
def practices() -> Mapping[str, Practice]:
    """Every practice by its id, group by group.

    Raises:
        KnowledgeError: a file breaks its form, or names something that is not there.
        LimitError: a number passes its hard limit.
    """
    groups = (read_data(name, _Group, "practices") for name in data_names("practices"))
    return checked_practices(replace(row, group=part.group) for part in groups for row in part.practice)


def practice(name: str) -> Practice:
    """A practice by its id.

    Raises:
        KnowledgeError: there is none.
    """
    if name not in practices():
        raise KnowledgeError(Phrase("There is no practice called {name}.", {"name": name}))
    return practices()[name]


def rest_menu() -> tuple[Practice, ...]:
    """The small things to lie down with, in their order on the menu."""
    return tuple(sorted((row for row in practices().values() if row.menu), key=lambda row: row.menu or 0))


def checked_practices(rows: Iterable[Practice]) -> Mapping[str, Practice]:
    """Practices by their id, every number within its limit and every condition known.

    Raises:
        KnowledgeError: an id occurs twice, or a condition is not known.
        LimitError: a number passes its hard limit.
    """
    found: dict[str, Practice] = {}
    for row in rows:
        named = {*row.not_with, *(one for care in row.careful for one in care.conditions)}
        if wrong := sorted(named - set(conditions())) or ([row.id] if row.id in found else []):
            raise KnowledgeError(
                Phrase(
                    "The practice {name} can't be used: {wrong} is not a known condition, or occurs twice.",
                    {"name": row.id, "wrong": wrong[0]},
                )
            )
        for numbers in (row.numbers, row.numbers_p, row.numbers_severe, *(care.numbers for care in row.careful)):
            for number in numbers.values():
                number.checked()
        found[row.id] = row
    return MappingProxyType(found)
