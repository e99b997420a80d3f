"""Is this data file what it should be? Reads a TOML table strictly: nothing missing, nothing unknown, nothing else.

Every fault is a `KnowledgeError` that names the file, the id and the field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError
from uitknop.knowledge.values import Text

Name = TypeVar("Name", bound=str)
Thing = TypeVar("Thing")


def parse(file: str, text: str) -> dict[str, Any]:
    """A TOML text as a dictionary.

    Raises:
        KnowledgeError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise KnowledgeError(Phrase("{file} is not TOML: {fault}", {"file": file, "fault": str(fault)})) from fault


class Row:
    """One table of a file. Each field is taken once; what is left over at the end is a fault."""

    def __init__(self, file: str, table: object, id_field: str | None = "id", known_as: str = "?") -> None:
        self.file = file
        self.id = known_as
        if not isinstance(table, dict):
            raise self.wrong(known_as, Phrase("a table"))
        self._left = dict(table)
        if id_field is not None:
            self.id = self.string(id_field)

    def string(self, name: str) -> str:
        """A text that is not empty."""
        value = self._take(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, Phrase("a text"))
        return value

    def optional(self, name: str) -> str | None:
        """A text, or None where there is none."""
        return self.string(name) if name in self._left else None

    def boolean(self, name: str) -> bool:
        """True or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            raise self.wrong(name, Phrase("true or false"))
        return value

    def text(self, prefix: str = "") -> Text:
        """The same words in both languages: `nl` and `en`, or `prefix_nl` and `prefix_en`."""
        names = (f"{prefix}_nl", f"{prefix}_en") if prefix else ("nl", "en")
        return Text(*(self.string(name) for name in names))

    def optional_text(self, prefix: str) -> Text | None:
        """Words in both languages, or None where there are none."""
        there = f"{prefix}_nl" in self._left or f"{prefix}_en" in self._left
        return self.text(prefix) if there else None

    def one_of(self, name: str, known: Collection[Name]) -> Name:
        """A text out of a closed list."""
        return self._known(name, self.string(name), known)

    def some_of(self, name: str, known: Collection[Name]) -> tuple[Name, ...]:
        """Texts out of a closed list, each once; none where the field is left out."""
        values = self._left.pop(name, [])
        if not isinstance(values, list) or len(set(map(str, values))) != len(values):
            raise self.wrong(name, Phrase("a list without doubles"))
        return tuple(self._known(name, value, known) for value in values)

    def rows(self, name: str, id_field: str | None = None) -> list[Row]:
        """The tables of a list; each takes its id from a field, or is known by its number."""
        values = self._take(name)
        if not isinstance(values, list):
            raise self.wrong(name, Phrase("a list of tables"))
        return [Row(self.file, value, id_field, f"{self.id} {name} {n}") for n, value in enumerate(values, 1)]

    def table(self, name: str) -> Row:
        """The table inside this one."""
        return Row(self.file, self._take(name), None, name)

    def named(self, names: Collection[Name]) -> dict[Name, Text]:
        """Words in both languages under exactly these names."""
        found = {name: self._named(name) for name in names}
        self.finish()
        return found

    def all_named(self) -> dict[str, Text]:
        """Words in both languages under the names that are there."""
        return self.named(tuple(self._left))

    def finish(self) -> None:
        """Nothing may be left.

        Raises:
            KnowledgeError: a field nobody asked for.
        """
        for name in self._left:
            raise KnowledgeError(
                Phrase(
                    "{file}, {id}: the field {field} is not known. Remove it or correct its name.",
                    {"file": self.file, "id": self.id, "field": name},
                )
            )

    def wrong(self, name: str, expected: Phrase) -> KnowledgeError:
        """The fault of a field that is not what it should be."""
        return KnowledgeError(
            Phrase(
                "{file}, {id}: the field {field} should be {expected}.",
                {"file": self.file, "id": self.id, "field": name, "expected": expected},
            )
        )

    def _named(self, name: str) -> Text:
        inner = self.table(name)
        text = inner.text()
        inner.finish()
        return text

    def _take(self, name: str) -> object:
        if name not in self._left:
            raise KnowledgeError(
                Phrase("{file}, {id}: the field {field} is missing.", {"file": self.file, "id": self.id, "field": name})
            )
        return self._left.pop(name)

    def _known(self, name: str, value: object, known: Collection[Name]) -> Name:
        for item in known:
            if item == value:
                return item
        raise KnowledgeError(
            Phrase(
                "{file}, {id}: the field {field} names {value}, which does not exist.",
                {"file": self.file, "id": self.id, "field": name, "value": str(value)},
            )
        )


def unique(file: str, known: Mapping[str, Thing], name: str) -> None:
    """Refuse an id that is there already.

    Raises:
        KnowledgeError: it stands there twice.
    """
    if name in known:
        raise KnowledgeError(Phrase("{file}: {id} stands in the data twice.", {"file": file, "id": name}))
