"""The relapse map as a figure: the day of a restart, the load after it, and how many relapse."""

from __future__ import annotations

from uitknop.body.landscape_tipping import RelapseMap
from uitknop.body.share import share
from uitknop.core import Estimate
from uitknop.report.body_words import disclaimer, in_hundred, nature
from uitknop.report.drawing import Drawing, Figure, lines
from uitknop.report.words import Catalogue


def relapse_figure(found: RelapseMap, words: Catalogue, *, figure_id: str = "relapse") -> Figure:
    """A cell per day and load: how many of every hundred relapse; darker is more."""
    title = words.say("Starting again: how many relapse")
    titles = {
        "TITLE_WHOLE": lines(title),
        "TITLE_NATURE": [nature(words), words.say("of every 100 of {n} made-up people", n=found.n)],
        "TITLE_DAY": words.say("Day of the restart"),
        "TITLE_LEVEL": words.say("load from outside after the restart"),
    }
    cells = [
        {
            "day": int(day),
            "load": words.number(load, 1),
            "share": 100 * cell.value,
            "words": words.number(100 * cell.value),
        }
        for day, row in zip(found.day, _shares(found), strict=True)
        for load, cell in zip(found.load, row, strict=True)
    ]
    description = " ".join(
        (
            disclaimer(words),
            words.say(
                "{n} made-up people rest with much safety, and would come back if they went on. On some day load and "
                "exertion begin again. Each cell says how many of every 100 relapse.",
                n=found.n,
            ),
            words.say("A later restart relapses less often, and so does one with less load."),
        )
    )
    svg = Drawing("relapse", titles, words).draw(
        {"cells": cells}, figure_id=figure_id, title=title, description=description
    )
    head = (
        words.say("day of the restart"),
        *(words.say("load {load}", load=words.number(load, 1)) for load in found.load),
    )
    rows = tuple(
        (words.number(day), *(in_hundred(cell, words) for cell in row))
        for day, row in zip(found.day, _shares(found), strict=True)
    )
    return Figure(svg, title, description, head, rows)


def _shares(found: RelapseMap) -> list[list[Estimate]]:
    """The cells with their intervals, day by day."""
    return [[share(round(float(cell) * found.n), found.n) for cell in row] for row in found.share]
