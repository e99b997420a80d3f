"""How easy is the Dutch and the English that people are given? Figures for every letter, page and the guided rest.

    python scripts/reading.py [--lang nl|en]

Reading ease is Flesch-Douma in Dutch (207 - 0.93 words per sentence - 77 syllables per word) and Flesch in English
(206.835 - 1.015 and 84.6); on both, 70 and up is easy for a child of twelve. Syllables are counted by groups of vowels,
which is an estimate. Where `wordfreq` is installed, words that are rarer than once in a million are listed: most are
names of what a text is about. Its list: Speer 2022, doi:10.5281/zenodo.7199437.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from uitknop.guidance import guided_rest, sheets
from uitknop.report.guides import guide_to_paper, rest_to_paper
from uitknop.report.letter import doses
from uitknop.report.letter.paper import letter_to_paper
from uitknop.report.paper import Paper
from uitknop.report.paper.told import page_words

RARE = 3.0
"""On the scale of Zipf: the logarithm of how often a word occurs in a thousand million."""
EASIEST = 80.0
LONGEST_SENTENCE = 22
MOST_PER_SENTENCE = 10.5
MOST_LONG = 0.03
LONG_SYLLABLES = 4
WORD = r"[^\W\d_]+"


@dataclass(frozen=True)
class Reading:
    """What was measured of a text.

    Args:
        words: in all.
        ease: reading ease; 70 and up is easy for a child of twelve.
        per_sentence, longest: words in a sentence, on average and at the most.
        long_share: words of four syllables or more, 0..1.
    """

    words: int
    ease: float
    per_sentence: float
    longest: int
    long_share: float

    @property
    def easy(self) -> bool:
        """Whether it keeps within the bars of the letters."""
        short = self.longest <= LONGEST_SENTENCE and self.per_sentence <= MOST_PER_SENTENCE
        return self.ease >= EASIEST and short and self.long_share <= MOST_LONG


def measures(texts: Iterable[str], lang: str) -> Reading:
    """The reading of texts, each of which begins a sentence."""
    lengths = [len(re.findall(WORD, part)) for text in texts for part in re.split(r"(?<=[.!?:;])\s+", text)]
    words = words_of(texts)
    counts = [syllables(word, lang) for word in words]
    lengths = [length for length in lengths if length]
    per_sentence, per_word = len(words) / len(lengths), statistics.mean(counts)
    level, sentence, word = (207.0, 0.93, 77.0) if lang == "nl" else (206.835, 1.015, 84.6)
    ease = level - sentence * per_sentence - word * per_word
    long_share = sum(count >= LONG_SYLLABLES for count in counts) / len(counts)
    return Reading(len(words), ease, per_sentence, max(lengths), long_share)


def words_of(texts: Iterable[str]) -> list[str]:
    """Every word of texts, in order."""
    return [word for text in texts for word in re.findall(WORD, text)]


def syllables(word: str, lang: str) -> int:
    """By groups of vowels; an English e at the end is silent."""
    groups = len(re.findall(r"[aeiouyáéíóúëïöüè]+", word.lower()))
    if lang == "en":
        groups -= bool(re.search(r"[^aeiouyl]e$", word.lower()))
        groups -= bool(re.search(r"[^aeiouytd]ed$", word.lower()))
    return max(1, groups)


def texts_of(lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that is given to read, by name; sources and claims, which others named, are left out."""
    for dose in doses():
        yield f"letter {dose.number}", _own(letter_to_paper(dose, lang))
    yield "guided rest", _own(rest_to_paper(guided_rest("nl" if lang == "nl" else "en")))
    for name, sheet in sheets().items():
        yield name, _own(guide_to_paper(sheet, lang))
    yield "words of pages", tuple(re.sub(r"\{\w+\}", "3", said[lang]) for said in page_words().values())


def _own(paper: Paper) -> tuple[str, ...]:
    """The texts of the front without claims (quoted) and times."""
    blocks = [block for block in paper.front if block.kind != "quote"]
    lines = [text for block in blocks for text in (block.heading, *(line.text for line in block.lines)) if text]
    return (paper.title, *paper.below, *lines)


def rare_words(texts: Iterable[str], lang: str) -> list[str] | None:
    """Words that are seldom used; None without a list of words."""
    try:
        frequency = import_module("wordfreq").zipf_frequency
    except ImportError:
        return None
    return sorted({word.lower() for word in words_of(texts) if frequency(word.lower(), lang) < RARE})


def main() -> None:
    """Prints a line for each text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lang", choices=("nl", "en"), default="nl")
    lang = parser.parse_args().lang
    print(f"{'':18} {'words':>5} {'ease':>5} {'a sentence':>10} {'longest':>8} {'long %':>7}")
    for name, texts in texts_of(lang):
        found = measures(texts, lang)
        mark = "" if found.easy else "  !"
        print(
            f"{name:18} {found.words:5} {found.ease:5.0f} {found.per_sentence:10.1f} {found.longest:8} "
            f"{100 * found.long_share:7.1f}{mark}"
        )
        if rare := rare_words(texts, lang):
            print(f"{'':18}  rare: {', '.join(rare)}")


if __name__ == "__main__":
    main()
