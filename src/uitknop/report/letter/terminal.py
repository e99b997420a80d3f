"""A weekly dose in the terminal: the same parts in the same order as on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from uitknop.report.letter.dose import Dose
from uitknop.report.letter.parts import sections, study_line
from uitknop.report.words import catalogue

if TYPE_CHECKING:
    from rich.console import Console


def print_letter(dose: Dose, console: Console, lang: str, own: tuple[str, ...] = ()) -> None:
    """Print a letter to a rich console.

    Args:
        dose: which letter.
        console: where to.
        lang: "nl" or "en".
        own: the line about the reader's own recordings; none where it is not wanted or there is nothing.
    Raises:
        UitknopError: no such language.
    """
    from rich.text import Text

    for said, style in _lines(dose, lang, own):
        console.print(Text(said, style=style))


def _lines(dose: Dose, lang: str, own: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    words = catalogue(lang)
    yield dose.title.said(words.lang), "bold"
    yield words.say("Weekly dose {number}. About four minutes; half of it is fine too.", number=dose.number), ""
    yield "", ""
    yield dose.about.claimed.said(words.lang), "italic"
    for section in sections(dose, words):
        yield "", ""
        yield section.heading, "bold"
        for paragraph in section.paragraphs:
            yield paragraph, ""
    if own:
        yield "", ""
        yield words.say("From your own recordings"), "bold"
        for sentence in own:
            yield sentence, ""
    yield "", ""
    yield words.say("Source: {source}", source=study_line(dose, words)), ""
    yield words.say("General information, no medical advice. Nothing has to be done."), ""
    yield words.say("Help at once: 112. Thoughts of suicide: 113 or 0800-0113, free, day and night."), ""
