"""A page as one HTML document for screen and paper: nothing fetched, nothing run, everything in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from uitknop.report.paper.document import Form, Paper
from uitknop.report.words import catalogue

if TYPE_CHECKING:
    import jinja2

WIDE_PT, HIGH_PT = 499.0, 779.0
"""What a sheet of A4 has within its margins."""
EM_A_LETTER, LINE_EM = 0.44, 1.31
"""Width of a letter and height of a line with the space under it, in the size of the letters; measured in print."""
HEADING_LINES, FRAME_LINES = 1.7, 1.5
SIZES_PT: dict[Form, tuple[float, ...]] = {
    "sheet": (11.0, 10.5, 10.0, 9.5, 9.0, 8.6, 8.2, 7.8),
    "letter": (11.0, 10.5, 10.0, 9.5, 9.0),
    "card": (15.0, 13.0),
}


def paper_to_html(paper: Paper) -> str:
    """The whole page as one HTML document, that prints on as many sides as the PDF."""
    return _template(paper.lang).render(paper=paper, size_pt=size_in_print_pt(paper))


def size_in_print_pt(paper: Paper) -> float:
    """How large the letters of the front are when a browser prints it: the largest at which it surely fits.

    A browser can't be asked for that without a script, so the height is estimated, wide rather than narrow.
    """
    return next((size for size in SIZES_PT[paper.form] if _high_pt(paper, size) <= HIGH_PT), SIZES_PT[paper.form][-1])


def _high_pt(paper: Paper, size_pt: float) -> float:
    """Estimated height of the front in these letters, pt."""
    in_a_line = WIDE_PT / (EM_A_LETTER * size_pt)
    lines = 2.0 + _n_lines((paper.above, *paper.below, *paper.foot), in_a_line)
    for block in paper.front:
        lines += HEADING_LINES * bool(block.heading) + FRAME_LINES * (block.kind == "card")
        lines += _n_lines((line.text + line.mark for line in block.lines), in_a_line)
        lines += 0.9 * len(block.lines) * (block.kind == "room")
    return lines * LINE_EM * size_pt


def _n_lines(texts: Iterable[str], in_a_line: float) -> int:
    return sum(math.ceil(max(len(text), 1) / in_a_line) for text in texts)


@lru_cache(maxsize=2)
def _template(lang: str) -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("uitknop.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=catalogue(lang).say)
    return environment.get_template("paper.html")
