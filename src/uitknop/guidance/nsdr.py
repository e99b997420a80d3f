"""One guided rest of ten minutes, for the browser's own voice and for reading along.

The words are ours. Evidence and rules: clinical reference, section 5: body part optional, eyes may stay open, a quiet
end, no driving for a quarter of an hour when sleepy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from uitknop.core import Value
from uitknop.guidance.data_file import read_data
from uitknop.guidance.text import Language, Text

Section = Literal["start", "ground", "breath", "body", "quiet", "back"]


@dataclass(frozen=True, slots=True)
class Spoken(Value):
    """A part in one language.

    Args:
        start_s: when it begins, s from the start.
        words: what is said.
        pause_s: silence after the words, s.
    """

    section: Section
    start_s: float
    words: str
    pause_s: float

    @property
    def n_words(self) -> int:
        """The number of words."""
        return len(re.findall(r"[\w’'-]+", self.words))


@dataclass(frozen=True, slots=True)
class Script(Value):
    """The whole in one language.

    Args:
        words_per_min: pace of the voice.
        length_s: from the first word to the end of the last silence, s.
    """

    lang: Language
    title: str
    before: str
    words_per_min: float
    length_s: float
    parts: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    section: Section
    start_s: float
    nl: str
    en: str
    pause_nl_s: float
    pause_en_s: float


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    words_per_min: float
    length_s: float
    title: Text
    before: Text
    part: tuple[_Part, ...]


def guided_rest(lang: Language, *, body: bool = True) -> Script:
    """The guided rest in a language.

    Args:
        lang: nl or en.
        body: False leaves the part about the body out; what follows moves forward.
    Raises:
        KnowledgeError: the file breaks its form.
    """
    file = _file()
    ends = [*(part.start_s for part in file.part[1:]), file.length_s]
    parts: list[Spoken] = []
    start_s = 0.0
    for part, end_s in zip(file.part, ends, strict=True):
        if part.section == "body" and not body:
            continue
        words, pause_s = (part.nl, part.pause_nl_s) if lang == "nl" else (part.en, part.pause_en_s)
        parts.append(Spoken(part.section, start_s, words, pause_s))
        start_s += end_s - part.start_s
    return Script(lang, file.title.said(lang), file.before.said(lang), file.words_per_min, start_s, tuple(parts))


@lru_cache(maxsize=1)
def _file() -> _File:
    return read_data("nsdr.toml", _File)
