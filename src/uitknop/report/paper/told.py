"""The words of pages to print: a data file in both languages, filled in as the catalogue fills in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from string import Formatter

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError
from uitknop.report.words import MONTHS, Catalogue

NAME = "words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of pages to print, in one language."""

    catalogue: Catalogue

    def told(self, key: str, **fields: object) -> str:
        """The words under a key, with their fields filled in; a word may come first in a sentence."""
        return self.catalogue.say(page_words()[key][self.catalogue.lang], **fields)

    def day(self, day: date) -> str:
        """A date with its year: "3 maart 2026"."""
        return f"{day.day} {self.catalogue.say(MONTHS[day.month - 1])} {day.year}"

    def number(self, value: float, digits: int = 0) -> str:
        """A number in this language."""
        return self.catalogue.number(value, digits)

    def some(self, names: list[str], most: int) -> str:
        """The first few of a list, and how many more there are."""
        shown = names[:most]
        if len(names) > most:
            shown = [*shown, self.told("and_more", n=len(names) - most)]
        return "; ".join(shown)


@lru_cache(maxsize=1)
def page_words() -> Mapping[str, Mapping[str, str]]:
    """Every text by its key and language.

    Raises:
        KnowledgeError: a text lacks a language, or its languages have other fields; the installation is damaged.
    """
    return checked_words(resources.files("uitknop.report.paper").joinpath(NAME).read_text(encoding="utf-8"))


def checked_words(text: str) -> Mapping[str, Mapping[str, str]]:
    """The texts of a file of words.

    Raises:
        KnowledgeError: it breaks its form; the key is named.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise KnowledgeError(
            Phrase(
                "{file} is not in the form expected: {fault}. Correct that place.", {"file": NAME, "fault": str(fault)}
            )
        ) from fault
    for key, said in found.items():
        whole = (
            isinstance(said, dict) and set(said) == {"nl", "en"} and all(isinstance(one, str) for one in said.values())
        )
        if not whole or _fields(said["nl"]) != _fields(said["en"]):
            raise KnowledgeError(
                Phrase(
                    "{file}: {key} should have words in Dutch and in English with the same fields. Correct that place.",
                    {"file": NAME, "key": key},
                )
            )
    return found


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
