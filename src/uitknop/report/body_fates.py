"""The outcome shares as a figure: what becomes of people who differ little, more and much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uitknop.body.landscape_shares import FATES, Fates
from uitknop.report.body_words import disclaimer, in_hundred, nature
from uitknop.report.drawing import Drawing, Figure, lines
from uitknop.report.words import Catalogue

GAP = 1.4
FAR = 60.0
"""A share beyond this has its words on the left."""


def fates_figure(found: Sequence[Fates], words: Catalogue, *, figure_id: str = "shares") -> Figure:
    """Per fate a row for each spread: the share of the people with its interval."""
    n = found[0].n
    spreads = [words.number(100 * one.spread) for one in found]
    title = words.say("How it ends, for {n} made-up people", n=n)
    titles = {
        "TITLE_WHOLE": lines(title),
        "TITLE_NATURE": [
            nature(words),
            words.say("who differ by {spreads} % in every number", spreads=words.listed(spreads)),
        ],
        "TITLE_SHARE": words.say("out of every 100 made-up people"),
    }
    description = " ".join(
        (
            disclaimer(words),
            words.say(
                "Months of heavy load, then 250 days of rest, without and with much safety. The same for people who "
                "differ by {spreads} % in every number of the model.",
                spreads=words.listed(spreads),
            ),
            *(f"{_name(fate, words)}: {_told(found, fate, words)}." for fate in FATES),
        )
    )
    data = {"fates": list(_rows(found, words))}
    svg = Drawing("fates", titles, words).draw(data, figure_id=figure_id, title=title, description=description)
    head = (words.say("what becomes of them"), *(words.say("differ by {n} %", n=spread) for spread in spreads))
    rows = tuple((_name(fate, words), *(in_hundred(one.shares[fate], words) for one in found)) for fate in FATES)
    return Figure(svg, title, description, head, rows)


def _rows(found: Sequence[Fates], words: Catalogue) -> Iterator[dict[str, object]]:
    place = 0.0
    for fate in FATES:
        for at, one in enumerate(found):
            share = one.shares[fate]
            spread = words.say("{n} %", n=words.number(100 * one.spread))
            yield {
                "place": place,
                "fate": _name(fate, words),
                "first": at == 0,
                "size": "sml"[min(at, 2)],
                "share": 100 * share.value,
                "low": 100 * share.low,
                "high": 100 * share.high,
                "far": 100 * share.value > FAR,
                "words": f"{spread}: {words.number(100 * share.value)}",
            }
            place += 1
        place += GAP


def _name(fate: str, words: Catalogue) -> str:
    return FATES[fate].said(words.lang)


def _told(found: Sequence[Fates], fate: str, words: Catalogue) -> str:
    return words.listed([in_hundred(one.shares[fate], words) for one in found])
