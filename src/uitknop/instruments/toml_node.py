"""A table of a data file, taken apart field by field: a field of another type, or one nobody asked for, is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError
from uitknop.instruments.text import Text

_Kind = TypeVar("_Kind")
_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table"}


class Node:
    """A table and where it stands.

    Args:
        table: its fields.
        file: name of the data file.
        place: where in the file.
    """

    def __init__(self, table: Mapping[str, Any], file: str, place: str = "") -> None:
        self._left = dict(table)
        self.file = file
        self.place = place

    def take(self, key: str, kind: type[_Kind], default: _Kind | None = None) -> _Kind:
        """A field, checked for its type and then gone.

        Raises:
            KnowledgeError: not there without a default, or of another type.
        """
        value = self._left.pop(key, default)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise self.fault(key, _NAMES[kind], "nothing" if value is None else _NAMES.get(type(value), "another type"))
        return value

    def one_of(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """A field that holds one of a few words.

        Raises:
            KnowledgeError: it holds something else.
        """
        value = self.take(key, str, default)
        if value not in choices:
            raise self.fault(key, ", ".join(choices), value)
        return value

    def has(self, key: str) -> bool:
        """Whether a field is there and was not taken yet."""
        return key in self._left

    def takes(self, key: str, word: str) -> bool:
        """Whether a field holds just that word; it is then gone."""
        if found := self._left.get(key) == word:
            del self._left[key]
        return found

    def names(self) -> tuple[str, ...]:
        """The fields not taken yet."""
        return tuple(self._left)

    def node(self, key: str) -> Node:
        """A field that is a table."""
        return Node(self.take(key, dict), self.file, self._at(key))

    def nodes(self, key: str) -> list[Node]:
        """A field that is a list of tables; empty when it is not there."""
        rows = self.take(key, list, [])
        for row in rows:
            if not isinstance(row, dict):
                raise self.fault(key, "a list of tables", _NAMES.get(type(row), "another type"))
        return [Node(row, self.file, f"{self._at(key)}[{number}]") for number, row in enumerate(rows, 1)]

    def parts(self, key: str) -> list[Node]:
        """The rows of a field that is a list of tables; a row with `each = n` stands for n rows, `{n}` being 1 to n."""
        rows: list[Node] = []
        for row in self.nodes(key):
            count = row.take("each", int, 0)
            rows += [row._filled(str(number)) for number in range(1, count + 1)] if count else [row]
        return rows

    def numbers(self, key: str) -> tuple[int, ...]:
        """A field that is a list of whole numbers; empty when it is not there."""
        values = self.take(key, list, [])
        if any(type(value) is not int for value in values):
            raise self.fault(key, "whole numbers", "something else")
        return tuple(values)

    def words(self, key: str) -> tuple[str, ...]:
        """A field that is a list of texts; empty when it is not there."""
        values = self.take(key, list, [])
        if any(type(value) is not str for value in values):
            raise self.fault(key, "texts", "something else")
        return tuple(values)

    def text(self) -> Text:
        """The fields `nl` and `en`, neither of them empty.

        Raises:
            KnowledgeError: one of them is not there or holds nothing.
        """
        said = {lang: self.take(lang, str, "").strip() for lang in ("nl", "en")}
        for lang, sentence in said.items():
            if not sentence:
                raise self.fault(lang, "text", "nothing")
        return Text(said["nl"], said["en"])

    def text_of(self, key: str) -> Text:
        """A field that is a table with `nl` and `en` only."""
        inner = self.node(key)
        said = inner.text()
        inner.done()
        return said

    def done(self) -> None:
        """Says that every field has been asked for.

        Raises:
            KnowledgeError: one was not.
        """
        for key in self._left:
            raise self.fault(key, "no such field", "one")

    def fault(self, key: str, expected: str, found: str) -> KnowledgeError:
        """What to raise about a field."""
        place = self._at(key)
        fields = {"name": self.file, "place": place, "expected": expected, "found": found}
        return KnowledgeError(Phrase("{name}, {place}: expected {expected}, found {found}.", fields))

    def _filled(self, number: str) -> Node:
        return Node(_with(self._left, number), self.file, self.place)

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}".removeprefix(".")


def _with(value: Any, number: str) -> Any:
    """A value with `{n}` replaced in every text inside it."""
    if isinstance(value, dict):
        return {key: _with(inner, number) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with(inner, number) for inner in value]
    return value.replace("{n}", number) if isinstance(value, str) else value


def parse(text: str, file: str) -> Node:
    """A data file as its outermost table.

    Raises:
        KnowledgeError: no TOML.
    """
    try:
        return Node(tomllib.loads(text), file)
    except tomllib.TOMLDecodeError as fault:
        raise KnowledgeError(
            Phrase("{name} is not valid TOML: {fault}.", {"name": file, "fault": str(fault)})
        ) from fault
