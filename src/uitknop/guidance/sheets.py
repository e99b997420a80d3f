"""Pages to print or to show: the card "ik rust nu", a worksheet for a talk, the talk sheet on work, and the page that
is read before the plan is switched on.

The worksheet follows claim C182, grade D: a sensible explanation, not studied by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from uitknop.core import Phrase, Value
from uitknop.core.errors import KnowledgeError
from uitknop.guidance.data_file import read_data
from uitknop.guidance.text import Lines, Text


@dataclass(frozen=True, slots=True)
class SheetPart(Value):
    """A part of a page: a heading and its lines; `room` leaves space to write after each."""

    id: str
    heading: Text
    lines: Lines
    room: bool = False


@dataclass(frozen=True, slots=True)
class Sheet(Value):
    """A page."""

    id: str
    title: Text
    intro: Text
    closing: Text
    part: tuple[SheetPart, ...]


@dataclass(frozen=True, slots=True)
class _File:
    sheet: tuple[Sheet, ...]


def sheet(name: str) -> Sheet:
    """A page by its id: `resting_now`, `signals_worksheet`, `plan` or `work_talk`.

    Raises:
        KnowledgeError: there is none.
    """
    if name not in sheets():
        raise KnowledgeError(Phrase("There is no sheet called {name}.", {"name": name}))
    return sheets()[name]


@lru_cache(maxsize=1)
def sheets() -> Mapping[str, Sheet]:
    """Every page by its id.

    Raises:
        KnowledgeError: the file breaks its form.
    """
    return {row.id: row for row in read_data("sheets.toml", _File).sheet}
