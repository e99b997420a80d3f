"""The back of the sheet: the claims its lines lean on, as claims with their grade, and how far sources were checked."""

from __future__ import annotations

from collections.abc import Iterable

from uitknop.knowledge import Claim, library
from uitknop.report.letter.parts import source_line
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import LeanedOn, SheetLine

MOST_CLAIMS = 10
MOST_SOURCES = 2


def leaned_on(lines: Iterable[SheetLine], words: Words) -> tuple[LeanedOn, ...]:
    """The claims the lines lean on, each once, the first of every line before the others, up to what fits."""
    known = library()
    of_line = [line.claims for line in lines if line.claims]
    named = dict.fromkeys([*(claims[0] for claims in of_line), *(one for claims in of_line for one in claims)])
    return tuple(_leaned_on(known.claim(name), words) for name in list(named)[:MOST_CLAIMS])


def _leaned_on(claim: Claim, words: Words) -> LeanedOn:
    lang = words.catalogue.lang
    # What was checked comes first; of the rest the page says how far it was looked at.
    ordered = sorted(claim.sources, key=lambda source: not source.verified)[:MOST_SOURCES]
    sources = tuple(source_line(source, words.catalogue) for source in ordered) or (
        library().labels.no_source.said(lang),
    )
    return LeanedOn(claim.id, claim.grade, claim.claimed.said(lang), claim.comment.said(lang), sources)
