"""A page in the terminal: the same words in the same order as on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from uitknop.report.paper.document import Block, Paper

if TYPE_CHECKING:
    from rich.console import Console

BULLET = "- "
ROOM = "................"


def print_paper(paper: Paper, console: Console) -> None:
    """Print the front of a page to a rich console; the back is for paper.

    Args:
        paper: the page.
        console: where to.
    """
    from rich.text import Text

    for said, style in _lines(paper):
        console.print(Text(said, style=style))


def _lines(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.above:
        yield paper.above, ""
    yield paper.title, "bold"
    yield from ((line, "") for line in paper.below)
    for block in paper.front:
        yield from _block(block)
    yield "", ""
    yield from ((line, "") for line in paper.foot)


def _block(block: Block) -> Iterator[tuple[str, str]]:
    if block.heading:
        yield "", ""
        yield block.heading, "bold"
    for line in block.lines:
        if block.kind == "room":
            if line.text:  # one line to write on is enough where nobody writes
                yield f"{line.text} {ROOM}", ""
        elif block.kind == "rows":
            yield f"{line.mark:>5}  {line.text}", ""
        elif block.kind == "list":
            yield f"{BULLET}{line.text}", ""
        else:
            yield line.text, "italic" if block.kind == "quote" else ""
