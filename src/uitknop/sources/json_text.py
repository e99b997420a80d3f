"""JSON that is not trusted: bounded in size, depth and count, asked for by type, every fault with its place.

A `Json` is one value inside a file. What a vendor left out or set to null is missing and no fault; a value of another
type than was asked for is. Long lists are unpacked one member at a time, so that a file of 64 MB does not become
values of a gigabyte.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar, cast

import msgspec

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, TooLarge
from uitknop.sources.limits import JSON_VALUES
from uitknop.sources.probe import Probe

_WHOLE_BYTES = 262_144
"""A list or object up to this long is unpacked at once; a longer one member by member."""

_LONGEST_KEY = 40
"""Of a key that is only found in the file, so much is told in an error."""

_KEY = re.compile(rb'"([^"\\]{1,80})"\s*:')
_LONGEST_PLACE = 120
_INSIDE = re.compile(r"at `\$(.*?)`")
_BYTE = re.compile(r"\(byte (\d+)\)")
_Row = TypeVar("_Row")
_MARK = b"\xef\xbb\xbf"


class Json(NamedTuple):
    """A value in a JSON file. A tuple, and its place spelled only when asked for: there may be a million of them.

    Args:
        value: None, bool, int, float, str, list or dict; a long list or object as its text.
        name: file it came from.
        inside: the list or object it stands in; None for the whole.
        step: its key or index there.
    """

    value: object
    name: str
    inside: Json | None = None
    step: str | int = ""

    @property
    def place(self) -> str:
        """The path inside the file, such as "[3].levels.data"; empty for the whole."""
        if self.inside is None:
            return str(self.step)
        step = f"[{self.step}]" if isinstance(self.step, int) else f".{_shown(self.step)}"
        return f"{self.inside.place}{step}".removeprefix(".")

    @property
    def missing(self) -> bool:
        """Whether it is null or not there."""
        return self.value is None

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list) or _begins(self.value, b"[")

    @property
    def is_object(self) -> bool:
        """Whether it is an object."""
        return isinstance(self.value, dict) or _begins(self.value, b"{")

    def get(self, key: str) -> Json:
        """A field of an object; a missing value when it, or the object, is not there.

        Raises:
            Malformed: neither an object nor missing.
        """
        return self._child(self._object().get(key), key)

    def fields(self) -> Iterator[tuple[str, Json]]:
        """The fields of an object, with their names as the file has them; none when it is missing.

        Raises:
            Malformed: neither an object nor missing.
        """
        for key, value in self._object().items():
            yield key, self._child(value, key)

    def items(self) -> Iterator[Json]:
        """The members of a list, in order; none when it is missing.

        Raises:
            Malformed: neither a list nor missing.
        """
        members = [] if self.value is None else self._unpacked(list[msgspec.Raw])
        if not isinstance(members, list):
            raise self._expected(Phrase("a list"))
        for i, value in enumerate(members):
            yield self._child(value, i)

    def rows(self, kind: type[_Row]) -> list[_Row]:
        """The members of a long list as values of a msgspec type, five times as fast as one by one; none when missing.

        Args:
            kind: a struct whose fields are those of a member that matter, with None for missing.
        Raises:
            Malformed: no list, or a member of another kind, with its place.
        """
        if self.value is None:
            return []
        with _told(self):
            if isinstance(self.value, msgspec.Raw):
                return msgspec.json.decode(self.value, type=list[kind])  # type: ignore[valid-type]
            return msgspec.convert(self.value, list[kind])  # type: ignore[valid-type]

    def at(self, index: int, key: str, value: object = None) -> Json:
        """A field of a member of this list, with a value that `rows` gave: for an error, or to ask it by type."""
        return Json(value, self.name, Json(None, self.name, self, index), key)

    def number(self) -> float | None:
        """A finite number, also one that is written as text; None when it is missing or empty text.

        Raises:
            Malformed: anything else.
        """
        if self.value is None or self.value == "":
            return None
        if isinstance(self.value, (int, float, str)) and not isinstance(self.value, bool):
            try:
                number = float(self.value)
            except (ValueError, OverflowError):
                number = math.nan
            if math.isfinite(number):
                return number
        raise self._expected(Phrase("a number"))

    def text(self) -> str | None:
        """Text without blanks around it, or a whole number as text; None when it is missing or empty.

        Raises:
            Malformed: anything else.
        """
        if isinstance(self.value, str):
            return self.value.strip() or None
        if isinstance(self.value, int) and not isinstance(self.value, bool) and abs(self.value) < 1 << 64:
            return str(self.value)
        if self.value is None:
            return None
        raise self._expected(Phrase("text"))

    def claim(self) -> bool | None:
        """True or false; None when it is missing.

        Raises:
            Malformed: anything else.
        """
        if self.value is None or isinstance(self.value, bool):
            return self.value
        raise self._expected(Phrase("true or false"))

    def fault(self, what: Phrase) -> Malformed:
        """The error that something at this place is not what it should be.

        >>> str(Json("yesterday", "sleep.json", step="startTime").fault(Phrase("a time")))
        'sleep.json, at startTime: expected a time. Export it again.'
        """
        return self._expected(what)

    def _object(self) -> dict[str, object]:
        found = {} if self.value is None else self._unpacked(dict[str, msgspec.Raw])
        if not isinstance(found, dict):
            raise self._expected(Phrase("an object"))
        return cast("dict[str, object]", found)

    def _unpacked(self, kind: object) -> object:
        """The value, or what its text holds, one level deep; the text as it is when that is of another kind."""
        if not isinstance(self.value, msgspec.Raw):
            return self.value
        wanted = self.is_list if kind == list[msgspec.Raw] else self.is_object
        return _decoded(self.value, self, kind) if wanted else self.value

    def _child(self, value: object, step: str | int) -> Json:
        if type(value) is not msgspec.Raw:
            return Json(value, self.name, self, step)
        packed = Json(value, self.name, self, step)
        return Json(_value_of(value, packed), self.name, self, step)

    def _expected(self, what: Phrase) -> Malformed:
        return Malformed(
            Phrase(
                "{name}, at {place}: expected {expected}. Export it again.",
                {"name": self.name, "place": self.place or _WHOLE, "expected": what},
            )
        )


_WHOLE = Phrase("the beginning")


def read_json(probe: Probe) -> Json:
    """The JSON a file holds.

    Raises:
        TooLarge: more bytes or values than are read.
        Malformed: no JSON, cut off, nested too deep, or numbers beyond all measure; with the byte where known.
    """
    return parse_json(probe.read(), probe.name)


def parse_json(content: bytes, name: str) -> Json:
    """The JSON in bytes that came from the file `name`.

    Raises:
        TooLarge, Malformed: as for `read_json`.

    >>> [day.get("bpm").number() for day in parse_json(b'[{"bpm": 61}, {"bpm": null}, {}]', "day.json").items()]
    [61.0, None, None]
    """
    content = content.removeprefix(_MARK).strip()
    if sum(content.count(mark) for mark in (b",", b"[", b"{")) > JSON_VALUES:
        raise TooLarge(
            Phrase(
                "{name} holds more than {most} values, the most that is read from one file. Export a shorter time.",
                {"name": name, "most": JSON_VALUES},
            )
        )
    return Json(_value_of(msgspec.Raw(content), Json(None, name)), name)


def head_keys(probe: Probe) -> frozenset[str]:
    """The names of fields near the beginning of a JSON file, at any depth; none when it does not begin like JSON.

    For recognising a file: the head may be cut anywhere, and nothing is unpacked.
    """
    head = probe.head.removeprefix(_MARK).lstrip()
    if probe.shape != "file" or head[:1] not in {b"[", b"{"}:
        return frozenset()
    return frozenset(key.decode("utf-8", errors="replace") for key in _KEY.findall(head))


def _shown(key: str) -> str:
    return "".join(letter for letter in key[:_LONGEST_KEY] if letter.isprintable())


def _begins(value: object, mark: bytes) -> bool:
    return isinstance(value, msgspec.Raw) and bytes(memoryview(value)[:1]) == mark


def _value_of(text: msgspec.Raw, at: Json) -> object:
    """What a text holds; the text itself when it is a long list or object. The text is a view and never copied."""
    if len(memoryview(text)) > _WHOLE_BYTES and (_begins(text, b"[") or _begins(text, b"{")):
        return text
    return _decoded(text, at, object)


def _decoded(text: msgspec.Raw, at: Json, kind: object) -> object:
    with _told(at):
        return msgspec.json.decode(text, type=kind)


@contextmanager
def _told(at: Json) -> Iterator[None]:
    """Turns what the decoder says of a value into an error with its place."""
    try:
        yield
    except RecursionError as fault:
        raise Malformed(
            Phrase("{name} is nested deeper than any export. Export it again.", {"name": at.name})
        ) from fault
    except msgspec.ValidationError as fault:
        inside = _INSIDE.search(str(fault))
        place = f"{at.place}{inside[1] if inside else ''}".removeprefix(".")[:_LONGEST_PLACE] or _WHOLE
        if str(fault).startswith("Expected"):
            raise Malformed(
                Phrase(
                    "{name}, at {place}: a value of another kind than expected. Export it again.",
                    {"name": at.name, "place": place},
                )
            ) from fault
        raise Malformed(
            Phrase(
                "{name}, at {place}: a number beyond all measure. Export it again.", {"name": at.name, "place": place}
            )
        ) from fault
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        where = _BYTE.search(str(fault))
        if where is None:
            raise Malformed(
                Phrase("{name} is cut off or holds no JSON. Copy or download it again.", {"name": at.name})
            ) from fault
        raise Malformed(
            Phrase(
                "{name} is no valid JSON at byte {byte}. Copy or download it again.",
                {"name": at.name, "byte": int(where[1])},
            )
        ) from fault
