"""Reads a data file of this room into values, strictly: a wrong type, a lack or an unknown field is an error."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, TypeVar

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError

_Row = TypeVar("_Row")


def data_names(folder: str = "") -> tuple[str, ...]:
    """The data files in a folder of this room's data, by name."""
    place = resources.files("uitknop.guidance").joinpath("data", folder)
    return tuple(sorted(entry.name for entry in place.iterdir() if entry.name.endswith(".toml")))


def read_data(name: str, kind: type[_Row], folder: str = "") -> _Row:
    """A data file that comes with this room.

    Raises:
        KnowledgeError: it breaks its form.
    """
    place = resources.files("uitknop.guidance").joinpath("data", folder, name)
    return parse_data(place.read_text(encoding="utf-8"), name, kind)


def parse_data(text: str, name: str, kind: type[_Row]) -> _Row:
    """The text of a data file as a value of `kind`, a dataclass.

    Args:
        text: TOML.
        name: name of the file, for errors.
        kind: what it must be; its fields are those of the file.
    Raises:
        KnowledgeError: no TOML, a field of another type, a lack, or a field `kind` does not have.
    """
    import msgspec  # only where data files are read

    try:
        table = tomllib.loads(text)
        value = msgspec.convert(table, kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise KnowledgeError(
            Phrase(
                "{name} can't be read: {fault}. Expected the form shown in docs/guidance.md; correct that line.",
                {"name": name, "fault": str(fault)},
            )
        ) from fault
    for place in _unasked(table, msgspec.to_builtins(value)):
        raise KnowledgeError(
            Phrase(
                "{name} holds {place}, which is not a field there. Take it out or correct its name.",
                {"name": name, "place": place},
            )
        )
    return value


def _unasked(found: Any, kept: Any, place: str = "") -> list[str]:
    """The places of what stands in the file and did not end up in the value."""
    if isinstance(found, dict):
        lost = [f"{place}{key}" for key in found if key not in kept]
        inner = [_unasked(found[key], kept[key], f"{place}{key}.") for key in found if key in kept]
        return [*lost, *(one for part in inner for one in part)]
    if isinstance(found, list):
        return [one for row, held in zip(found, kept, strict=True) for one in _unasked(row, held, place)]
    return []
