"""A weekly dose as one page for screen and paper: nothing fetched, nothing run, everything in it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from uitknop.core import Findings
from uitknop.report.letter.dose import Dose
from uitknop.report.letter.parts import claim_lines, other_sources, own_line, sections, study_line
from uitknop.report.words import catalogue

if TYPE_CHECKING:
    import jinja2


def render_letter(dose: Dose, lang: str, findings: Findings | None = None) -> str:
    """The whole letter as one HTML document.

    Args:
        dose: which letter.
        lang: "nl" or "en".
        findings: of the reader's own recordings, where a line about them is wanted; it stands there only when there is
            something to say.
    Raises:
        UitknopError: no such language.
    """
    words = catalogue(lang)
    return _template(lang).render(
        lang=lang,
        number=dose.number,
        title=dose.title.said(words.lang),
        claim=dose.about.claimed.said(words.lang),
        sections={section.name: section for section in sections(dose, words)},
        own=own_line(findings, words) if findings is not None else (),
        study=study_line(dose, words),
        claims=claim_lines(dose, words),
        sources=other_sources(dose, words),
    )


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
    return environment.get_template("letter.html")
