"""The Dutch of the app reads easily: short sentences, common words (Flesch-Douma, Douma 1960)."""

from __future__ import annotations

import re
from functools import cache

import words

LONGEST_WORDS, EASIEST_FROM, FEWEST_WORDS = 20, 50.0, 8
"""Words in a sentence; a text of B1 lies above 50; shorter texts tell too little."""


@cache
def dutch() -> list[str]:
    """What the pages say in Dutch."""
    catalogue = words.read("nl")
    found = []
    for name, sentence, context in words.extracted():
        message = catalogue.get(sentence if isinstance(sentence, str) else sentence[0], context)
        if name.startswith("web/") and message is not None and words.translated(message):
            forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            found += [re.sub(r"\{\w+\}", "een", form) for form in forms]
    return list(dict.fromkeys(found))


def words_in(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def sentences_in(text: str) -> list[str]:
    return [part for part in re.split(r"[.!?:;]+", text) if words_in(part)]


def ease(text: str) -> float:
    """How easily a Dutch text reads: 206.84 - 0.93 words a sentence - 77 syllables a word; 100 is very easy."""
    found = words_in(text)
    syllables = sum(max(1, len(re.findall(r"[aeiouyáéíóúëïöüèê]+", word.lower()))) for word in found)
    return 206.84 - 0.93 * len(found) / len(sentences_in(text)) - 77 * syllables / len(found)


def test_every_text_reads_easily() -> None:
    texts = [text for text in dutch() if len(words_in(text)) >= FEWEST_WORDS]
    assert len(texts) > 30
    assert {text: round(ease(text)) for text in texts if ease(text) < EASIEST_FROM} == {}


def test_no_sentence_is_long() -> None:
    long = [part for text in dutch() for part in sentences_in(text) if len(words_in(part)) > LONGEST_WORDS]
    assert long == []


def test_hard_dutch_is_seen() -> None:
    assert (
        ease("De psychofysiologische stressresponsiviteit impliceert autonome disregulatiemechanismen.") < EASIEST_FROM
    )
    assert ease("Je mag nu rusten. Het hoeft niet lang te zijn.") > 80
