"""One table of a data file of this room: each field is taken once and checked, and what is left over is a fault."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection
from typing import Any

from uitknop.body.nearest import unknown
from uitknop.body.spec import Title
from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError


def parse(file: str, text: str) -> dict[str, Any]:
    """A TOML text as a dictionary.

    Raises:
        KnowledgeError: it is not TOML; the line is named.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise KnowledgeError(Phrase("{file} is not TOML: {fault}", {"file": file, "fault": str(fault)})) from fault


class Fields:
    """The fields of one table, under the name the table has."""

    def __init__(self, file: str, name: str, table: object) -> None:
        self.file = file
        self.name = name
        if not isinstance(table, dict):
            raise self.wrong(name, Phrase("a table"))
        self._left = dict(table)

    def has(self, field: str) -> bool:
        """Whether a field is there."""
        return field in self._left

    def left(self) -> tuple[str, ...]:
        """The fields nobody took yet."""
        return tuple(self._left)

    def peek(self, field: str) -> str:
        """A text, which stays there to be taken."""
        text = self.text(field)
        self._left[field] = text
        return text

    def text(self, field: str) -> str:
        """A text that is not empty."""
        value = self._take(field)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, Phrase("a text"))
        return value

    def texts(self, field: str) -> dict[str, str]:
        """A table of texts; empty where it is left out."""
        inner = Fields(self.file, field, self._left.pop(field, {}))
        return {name: inner.text(name) for name in inner.left()}

    def number(self, field: str, low: float = -math.inf, high: float = math.inf) -> float:
        """A finite number in a range."""
        value = self._take(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.wrong(field, Phrase("a number"))
        if not low <= value <= high:
            raise self.wrong(field, Phrase("from {low} to {high}", {"low": low, "high": high}))
        return float(value)

    def number_or_name(self, field: str, names: Collection[str]) -> float | str:
        """A number, or one of the names."""
        return self.one_of(field, names) if isinstance(self._left.get(field), str) else self.number(field)

    def boolean(self, field: str) -> bool:
        """True or false."""
        value = self._take(field)
        if not isinstance(value, bool):
            raise self.wrong(field, Phrase("true or false"))
        return value

    def span(self) -> tuple[float, float]:
        """The fields `low` and `high`, in that order."""
        low, high = self.number("low"), self.number("high")
        if low >= high:
            raise self.wrong("high", Phrase("above low"))
        return low, high

    def one_of(self, field: str, known: Collection[str]) -> str:
        """A text out of a closed list."""
        value = self.text(field)
        if value not in known:
            raise unknown(f"{self.file}, {self.name}, {field}", value, known, KnowledgeError)
        return value

    def ids(self, field: str) -> tuple[str, ...]:
        """A list of texts without doubles."""
        value = self._take(field)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(field, Phrase("a list of texts"))
        if len(set(value)) != len(value):
            raise self.wrong(field, Phrase("a list without doubles"))
        return tuple(value)

    def title(self) -> Title:
        """The fields `nl` and `en`."""
        return Title(self.text("nl"), self.text("en"))

    def table(self, field: str) -> Fields:
        """The table inside this one."""
        return Fields(self.file, f"{self.name} {field}", self._take(field))

    def tables(self, field: str, *, needed: bool = True) -> list[Fields]:
        """The tables inside a table, each under its own name."""
        inner = self._take(field) if needed else self._left.pop(field, {})
        if not isinstance(inner, dict):
            raise self.wrong(field, Phrase("a table"))
        return [Fields(self.file, name, table) for name, table in inner.items()]

    def list_of_tables(self, field: str) -> list[Fields]:
        """The tables of a list, each known by its number."""
        inner = self._take(field)
        if not isinstance(inner, list) or not inner:
            raise self.wrong(field, Phrase("a list of tables"))
        return [Fields(self.file, f"{self.name} {field} {n}", table) for n, table in enumerate(inner, 1)]

    def finish(self) -> None:
        """Nothing may be left.

        Raises:
            KnowledgeError: a field nobody asked for.
        """
        for field in self._left:
            raise KnowledgeError(
                Phrase(
                    "{file}, {id}: the field {field} is not known. Remove it or correct its name.",
                    {"file": self.file, "id": self.name, "field": field},
                )
            )

    def wrong(self, field: str, expected: Phrase) -> KnowledgeError:
        """The fault of a field that is not what it should be."""
        return KnowledgeError(
            Phrase(
                "{file}, {id}: the field {field} should be {expected}.",
                {"file": self.file, "id": self.name, "field": field, "expected": expected},
            )
        )

    def _take(self, field: str) -> object:
        if field not in self._left:
            raise KnowledgeError(
                Phrase(
                    "{file}, {id}: the field {field} is missing.",
                    {"file": self.file, "id": self.name, "field": field},
                )
            )
        return self._left.pop(field)
