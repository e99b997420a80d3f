"""Every word of this room: complete in both languages, short, and nothing that is not to be said."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable

from made_people import SUBSTANCES

Words = list[tuple[str, str, str]]

ON_SCREEN_ENGLISH = r"\b(het|een|niet|geen|wordt|deze|zijn|je|jij|als)\b"


def test_every_text_has_both_languages(all_words: Words) -> None:
    places = {lang: Counter(place for place, tongue, _ in all_words if tongue == lang) for lang in ("nl", "en")}
    assert places["nl"] == places["en"]
    assert sum(places["nl"].values()) > 150


def test_nothing_judges_alarms_promises_or_diagnoses(
    all_words: Words, not_to_be_said: Callable[[str, str], list[str]]
) -> None:
    assert {(place, text): kinds for place, lang, text in all_words if (kinds := not_to_be_said(text, lang))} == {}


def test_no_substance_is_named(all_words: Words) -> None:
    found = [(place, text) for place, _, text in all_words if re.search(rf"\b({SUBSTANCES})\b", text, re.IGNORECASE)]
    assert found == []


def test_english_is_english_and_nobody_is_called_u(all_words: Words) -> None:
    assert [text for _, lang, text in all_words if lang == "en" and re.search(ON_SCREEN_ENGLISH, text)] == []
    assert [text for _, lang, text in all_words if lang == "nl" and re.search(r"\b(u|uw)\b", text.lower())] == []


def sentences(text: str) -> list[int]:
    """The number of words of each sentence."""
    return [len(part.split()) for part in re.split(r"(?<=[.!?:;])\s+", text) if part.strip()]


def test_sentences_are_short(all_words: Words) -> None:
    for language in ("nl", "en"):
        lengths = [n for _, lang, text in all_words if lang == language for n in sentences(text)]
        assert statistics.mean(lengths) <= 10
        assert max(lengths) <= 22


def syllables(word: str) -> int:
    """Dutch syllables, by groups of vowels."""
    return max(1, len(re.findall(r"[aeiouyáéíóúëïöüè]+", word.lower())))


def reading_ease_nl(text: str) -> float:
    """Flesch-Douma: 207 - 0.93 words per sentence - 77 syllables per word; from 70 on easy for a twelve-year-old."""
    found = re.findall(r"[^\W\d_]+", text)
    lengths = sentences(text)
    return 207 - 0.93 * len(found) / len(lengths) - 77 * sum(map(syllables, found)) / len(found)


def test_dutch_reads_easily(all_words: Words) -> None:
    assert reading_ease_nl("Je mag stoppen. Je mag gaan.") > 80
    assert reading_ease_nl("Communicatieve vaardigheden vereisen multidisciplinaire ondersteuning.") < 20
    told = " ".join(text if text.endswith((".", "?")) else f"{text}." for _, lang, text in all_words if lang == "nl")
    assert reading_ease_nl(told) > 70
