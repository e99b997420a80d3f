"""Words of a data file of this room, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core import Value

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Text(Value):
    """The same words in Dutch and in English, neither of them empty.

    >>> Text("rust", "rest").said("en")
    'rest'
    """

    nl: str
    en: str

    def __post_init__(self) -> None:
        if not (self.nl.strip() and self.en.strip()):
            raise ValueError("words in one language only")

    def said(self, lang: Language) -> str:
        """The words in a language."""
        return self.nl if lang == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Lines(Value):
    """As many sentences in each language."""

    nl: tuple[str, ...]
    en: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.nl or len(self.nl) != len(self.en):
            raise ValueError("as many lines in both languages")

    def said(self, lang: Language) -> tuple[str, ...]:
        """The sentences in a language."""
        return self.nl if lang == "nl" else self.en
