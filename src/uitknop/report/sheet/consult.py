"""The consult sheet as a value: five headings, what we do not know, and what it leans on.

Every line carries the field it belongs to. What the person leaves out is left out here, so that no printer, file or
object made from the sheet can hold it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from uitknop.core import Phrase, Value
from uitknop.core.errors import Malformed
from uitknop.knowledge import Grade
from uitknop.report.words import Language

Part = Literal["signs", "load", "rest", "mood", "labs", "now"]
Field = Literal[
    "signs",
    "domains",
    "crashes",
    "days",
    "function",
    "complaints",
    "pem",
    "energy",
    "heart",
    "resting",
    "stimuli",
    "feelings",
    "lists",
    "values",
    "supplements",
    "conditions",
    "phase",
    "fits",
    "questions",
]

PARTS: tuple[Part, ...] = get_args(Part)
FIELDS: dict[Part, tuple[Field, ...]] = {
    "signs": ("signs",),
    "load": ("domains", "crashes", "days", "function", "complaints"),
    "rest": ("pem", "energy", "heart", "resting", "stimuli"),
    "mood": ("feelings", "lists"),
    "labs": ("values", "supplements", "conditions"),
    "now": ("phase", "fits", "questions"),
}
"""What stands under each heading; a heading and each of its fields can be left out."""
ALL_FIELDS: frozenset[Field] = frozenset(field for fields in FIELDS.values() for field in fields)


@dataclass(frozen=True, slots=True)
class SheetLine(Value):
    """One line.

    Args:
        field: what it belongs to.
        text: its words.
        claims: ids of the claims it leans on.
        tells_of: other fields that could be guessed from it; without any of them it is left out too.
    """

    field: Field
    text: str
    claims: tuple[str, ...] = ()
    tells_of: tuple[Field, ...] = ()

    def kept(self, shared: frozenset[Field]) -> bool:
        """Whether it stays when only these fields are shared."""
        return {self.field, *self.tells_of} <= shared


@dataclass(frozen=True, slots=True)
class SheetSection(Value):
    """One heading with its lines."""

    part: Part
    heading: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class LeanedOn(Value):
    """A claim that a line leans on, with its grade, why it has it, and its sources with how far each was checked."""

    id: str
    grade: Grade
    said: str
    comment: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsultSheet(Value):
    """The sheet, in one language.

    Args:
        lang: of all its words.
        made_ms: the moment it tells of, UTC ms.
        made, whose: when it was made and whose it is.
        whole: False when the person left something out.
        sections: "first this" where there is something, and the five headings; those left out are not there.
        questions: what the person wants to ask, and what the state gives reason to ask.
        unknown: what we do not know.
        help: where help is, with telephone numbers.
        leans_on: the claims behind the lines that are there.
    """

    lang: Language
    made_ms: int
    made: str
    whose: str
    whole: bool
    sections: tuple[SheetSection, ...]
    questions: tuple[SheetLine, ...]
    unknown: tuple[str, ...]
    help: str
    leans_on: tuple[LeanedOn, ...]


def fields_without(left_out: Iterable[str]) -> frozenset[Field]:
    """The fields that stay when headings and fields are left out by name.

    Raises:
        Malformed: a name that is neither; all names are told.

    >>> "values" in fields_without(["labs"]), "pem" in fields_without(["labs"])
    (False, True)
    """
    gone: set[str] = set()
    for name in left_out:
        part = next((part for part in PARTS if part == name), None)
        if part is None and name not in ALL_FIELDS:
            known = ", ".join(f"{heading} ({', '.join(fields)})" for heading, fields in FIELDS.items())
            raise Malformed(
                Phrase(
                    "The sheet has no part called {name}. It has these headings and parts: {known}.",
                    {"name": name[:40], "known": known},
                )
            )
        gone |= {name} if part is None else set(FIELDS[part])
    return frozenset(field for field in ALL_FIELDS if field not in gone)
