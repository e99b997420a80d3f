"""A sentence of a data file in both languages, and the label of everything that is worded here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core import Value

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Text(Value):
    """A sentence in Dutch and in English.

    >>> Text("rust", "rest").said("en")
    'rest'
    """

    nl: str
    en: str

    def said(self, lang: Language) -> str:
        """The sentence in a language."""
        return self.nl if lang == "nl" else self.en


OWN_WORDING = Text(nl="eigen formulering, niet gevalideerd", en="own wording, not validated")
"""The label on every question that is worded here: nobody has measured what its answers are worth."""
