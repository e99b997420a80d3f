"""A page as one HTML document for screen and paper: nothing fetched, nothing run, everything in it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from uitknop.report.paper.document import Paper
from uitknop.report.words import catalogue

if TYPE_CHECKING:
    import jinja2


def paper_to_html(paper: Paper) -> str:
    """The whole page as one HTML document, that prints on as many sides as the PDF."""
    return _template(paper.lang).render(paper=paper)


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
