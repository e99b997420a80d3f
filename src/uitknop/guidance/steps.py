"""The words of each next step, from `data/steps.toml`, and the advice that is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from uitknop.core import Advice, Phrase, Reason, Value
from uitknop.core.errors import KnowledgeError
from uitknop.guidance.data_file import read_data
from uitknop.guidance.limits import Checked, checked_advice
from uitknop.guidance.practices import Number, practices
from uitknop.guidance.text import Language, Text

Kind = Literal["ask", "protect", "rest", "talk", "phase", "more", "leave"]
PROPOSED: frozenset[Kind] = frozenset({"phase", "more", "leave"})
"""Kinds that a person says yes or no to; every step that stays away once it was answered takes an answer too."""


@dataclass(frozen=True, slots=True)
class Step(Value):
    """One thing that could be said as the next step.

    Args:
        kind: ask, protect, rest, talk, phase, more or leave. Only "more" proposes to do more.
        practice: id of the practice it is about; None for none.
        tells: which numbers of that practice go with it.
        numbers: numbers of its own.
        again_days: how many days it stays away after an answer, yes or no; None where only a no counts, or nothing.
        proposal: name under which the answer is kept; its id where it is not given.
    """

    id: str
    kind: Kind
    nl: str
    en: str
    practice: str | None = None
    tells: tuple[str, ...] = ()
    numbers: Mapping[str, Number] = field(default_factory=dict)
    again_days: int | None = None
    proposal: str = ""

    @property
    def words(self) -> Text:
        """What it says, with `{named}` numbers."""
        return Text(self.nl, self.en)

    @property
    def name(self) -> str:
        """The name under which an answer is kept."""
        return self.proposal or self.id

    @property
    def answered(self) -> bool:
        """Whether the person can say yes or no to it."""
        return self.kind in PROPOSED or self.again_days is not None


@dataclass(frozen=True, slots=True)
class _File:
    none: Text
    step: tuple[Step, ...]


@lru_cache(maxsize=1)
def steps() -> Mapping[str, Step]:
    """Every step by its id.

    Raises:
        KnowledgeError: the file breaks its form, or names a practice or a number that is not there.
    """
    return checked_steps(_file().step)


def checked_steps(rows: Iterable[Step]) -> Mapping[str, Step]:
    """Steps by their id, every practice and number there, and every number of their own within its limit.

    Raises:
        KnowledgeError: a practice or a number is not there, or an id or a template occurs twice.
        LimitError: a number passes its hard limit.
    """
    found: dict[str, Step] = {}
    for row in rows:
        about = practices().get(row.practice) if row.practice is not None else None
        known = {*row.numbers, *(about.numbers if about is not None else ())}
        lost = row.practice is not None and about is None
        twice = row.id in found or row.en in {one.en for one in found.values()}
        if lost or twice or not set(row.tells) <= known:
            raise KnowledgeError(
                Phrase(
                    "The step {name} can't be used: its practice or a number is not there, or it stands there twice.",
                    {"name": row.id},
                )
            )
        for number in row.numbers.values():
            number.checked()
        found[row.id] = row
    return MappingProxyType(found)


def advice_of(step: Step, gate: str, reasons: tuple[Reason, ...], told: Mapping[str, Checked]) -> Advice:
    """A step as an advice, every number held against its hard limit.

    Args:
        step: which.
        gate: the gate it passed.
        reasons: why.
        told: the numbers of its practice for this person.
    Raises:
        LimitError: a number passes its limit.
    """
    used = {name: told[name] for name in step.tells} | {name: row.checked() for name, row in step.numbers.items()}
    fields = {name: number.value for name, number in used.items()}
    # The words stand in both languages in the data file, and are looked up there: see `in_words`.
    phrase = Phrase(step.en, {name: int(value) if value == int(value) else value for name, value in fields.items()})
    advice = Advice(phrase, gate, (), reasons, _claims(step))
    return checked_advice(advice, {name: number.limit for name, number in used.items()})


def said_advice(advice: Advice, lang: Language) -> str | None:
    """An advice in words; None for "no proposal"."""
    return None if advice.step is None else advice.step.say(in_words(lang))


def said_none(lang: Language) -> str:
    """That there is no proposal, in words."""
    return _file().none.said(lang)


def in_words(lang: Language) -> Callable[[str], str]:
    """Gives the words of a step in a language for its template."""
    told = {row.en: row.words.said(lang) for row in _file().step}
    return lambda template: told[template]


def _claims(step: Step) -> Mapping[str, str]:
    """The claims that the practice of a step leans on, each with its grade."""
    from uitknop.knowledge import library  # only when something is said

    names = practices()[step.practice].claims if step.practice is not None else ()
    return {name: library().claim(name).grade for name in names}


@lru_cache(maxsize=1)
def _file() -> _File:
    return read_data("steps.toml", _File)
