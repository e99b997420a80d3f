"""From a specification and its data to an SVG that a page can hold: its own ids, its own words, the page's colours."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib import resources
from typing import Any

from uitknop.report.charts import GRID, HEART, INK, PAPER, QUIET_INK, SETTLED, VARIATION
from uitknop.report.drawing_engine import ENGINE
from uitknop.report.words import Catalogue

Rows = Sequence[Mapping[str, object]]
Said = str | Sequence[str]
"""Words in a drawing: one line, or some below each other."""

WIDEST_LINE = 38

COLOURS = {
    INK: "var(--ink)",
    QUIET_INK: "var(--quiet-ink)",
    GRID: "var(--line)",
    HEART: "var(--heart)",
    VARIATION: "var(--variation)",
    SETTLED: "var(--settled)",
    PAPER: "var(--raised)",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its twins in words.

    Args:
        svg: the drawing, with title and description inside.
        title, description: the same as text.
        head, rows: the table twin, all cells as text.
    """

    svg: str
    title: str
    description: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Drawing:
    """One specification, drawn for as many data as asked.

    Args:
        name: which specification of `specs/`.
        titles: the words for its stand-ins.
        words: language of the numbers along the axes.
        without: panel to leave out, counted from 0; None for none.
    """

    def __init__(self, name: str, titles: Mapping[str, Said], words: Catalogue, *, without: int | None = None) -> None:
        spec = _filled(_spec(name), titles)
        if without is not None:
            spec["vconcat"].pop(without)
        self._mark = words.number(0.5, 1)[1]
        self._text = json.dumps(spec)

    def draw(self, data: Mapping[str, Rows], *, figure_id: str, title: str, description: str) -> str:
        """The SVG for `data` (rows by the name of their data set); its ids start with `figure_id`."""
        svg = ENGINE.draw(self._text, {name: list(rows) for name, rows in data.items()}, self._mark)
        return _housed(svg, figure_id, title, description)


def lines(text: str, widest: int = WIDEST_LINE) -> list[str]:
    """A text as lines that fit the width of a drawing.

    >>> lines("one two three", 8)
    ['one two', 'three']
    """
    return textwrap.wrap(text, widest)


@lru_cache(maxsize=16)
def _spec(name: str) -> str:
    return resources.files("uitknop.report").joinpath("specs", f"{name}.json").read_text(encoding="utf-8")


def _filled(spec: str, titles: Mapping[str, Said]) -> dict[str, Any]:
    for stand_in, said in titles.items():
        spec = spec.replace(f'"{stand_in}"', json.dumps(said))
    filled: dict[str, Any] = json.loads(spec)
    return filled


def _housed(svg: str, figure_id: str, title: str, description: str) -> str:
    """The SVG with its own ids, the page's colours and font, and what a screen reader says."""
    svg = re.sub(r'\b(id="|url\(#|href="#)', rf"\g<1>{figure_id}-", svg)
    svg = re.sub(r' (?:font-family|aria-[a-z]+|role)="[^"]*"', "", svg)
    for stand_in, colour in COLOURS.items():
        svg = svg.replace(stand_in, colour)
    size = re.search(r'viewBox="([^"]+)"', svg)
    body = svg[svg.index(">") + 1 :]
    view = size[1] if size else "0 0 330 300"
    return (
        f'<svg role="img" aria-labelledby="{figure_id}-title {figure_id}-text" viewBox="{view}">'
        f'<title id="{figure_id}-title">{escape(title)}</title>'
        f'<desc id="{figure_id}-text">{escape(description)}</desc>{body}'
    )
