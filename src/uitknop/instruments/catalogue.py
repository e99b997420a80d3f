"""The instruments that come with Uitknop: our own questions, and the scoring of official ones without their words."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError
from uitknop.instruments.instrument import Instrument
from uitknop.instruments.schema import read_instruments

FIRST = ("red_flags", "pem_screen", "energy", "function", "early_signs")
"""Our own lists in the order in which they are asked; the others follow by name."""


@lru_cache(maxsize=1)
def own_instruments() -> tuple[Instrument, ...]:
    """Every list that is worded here, protection first."""
    found = _read("own")
    order = {name: place for place, name in enumerate(FIRST)}
    return tuple(sorted(found, key=lambda one: (order.get(one.id, len(order)), one.id)))


@lru_cache(maxsize=1)
def official_instruments() -> tuple[Instrument, ...]:
    """The scoring of every official instrument, by name; their words are not here."""
    return tuple(sorted(_read("official"), key=lambda one: one.id))


def instrument(name: str) -> Instrument:
    """An instrument by its name.

    Raises:
        KnowledgeError: there is none of that name.
    """
    for found in (*own_instruments(), *official_instruments()):
        if found.id == name:
            return found
    raise KnowledgeError(Phrase("There is no list called {name}.", {"name": name}))


def _read(folder: str) -> list[Instrument]:
    files = resources.files("uitknop.instruments").joinpath(folder)
    names = sorted(entry.name for entry in files.iterdir() if entry.name.endswith(".toml"))
    return [
        found for name in names for found in read_instruments(files.joinpath(name).read_text(encoding="utf-8"), name)
    ]
