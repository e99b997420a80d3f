"""What stands on a page to print, as a value: the same for HTML and PDF.

A page has a front and, where it needs one, a back. The words that say where help is stand at the foot of the front.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Value
from uitknop.report.words import Language

Kind = Literal["text", "list", "card", "quote", "room", "rows", "small"]
"""Paragraphs; a list; paragraphs in a frame; words of another; lines with room to write; lines with a mark before
each, such as a time; small print."""
Form = Literal["sheet", "letter", "card"]
"""Dense, to be read by a professional in a minute; for reading; and large, to be read from a door."""


@dataclass(frozen=True, slots=True)
class Line(Value):
    """A line, and what stands small beside it."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block(Value):
    """A heading and what stands under it; without a heading it belongs to what stands above."""

    kind: Kind
    lines: tuple[Line, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Paper(Value):
    """A page.

    Args:
        title: what it is called.
        lang: of all its words.
        form: how it is set.
        above, below: small lines over and under the title.
        front, back: what stands on it; the back begins on a new page.
        back_title: heading of the back.
        foot: last lines of the front: whose it is, and where help is.
    """

    title: str
    lang: Language
    form: Form
    front: tuple[Block, ...]
    above: str = ""
    below: tuple[str, ...] = ()
    back: tuple[Block, ...] = ()
    back_title: str = ""
    foot: tuple[str, ...] = ()

    @property
    def texts(self) -> Iterator[str]:
        """Every text on it, in the order of reading."""
        yield from filter(None, (self.above, self.title, *self.below))
        yield from _texts(self.front)
        yield from self.foot
        yield from filter(None, (self.back_title,))
        yield from _texts(self.back)


def lines(*texts: str) -> tuple[Line, ...]:
    """Lines without a mark; what is empty is left out."""
    return tuple(Line(text) for text in texts if text)


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from filter(None, (block.heading,))
        for line in block.lines:
            yield from filter(None, (line.text, line.mark))
