"""The figure of an ensemble of the body model: a band for many, the shares of the outcomes, and the label."""

from __future__ import annotations

import numpy as np

from uitknop.body import Ensemble
from uitknop.report.body_words import (
    change_lines,
    disclaimer,
    heading,
    ill_line,
    in_hundred_words,
    nature,
    outcome_lines,
    outcome_name,
)
from uitknop.report.drawing import Drawing, Figure, Rows, lines
from uitknop.report.words import Catalogue

MOST_POINTS = 121
MOST_TABLE_ROWS = 10
SHOWN = ("symptoms", "envelope")
WIDEST_QUIET_LINE = 44
"""Letters of a line below the title, which is smaller than the title."""

LIGHT = (
    "--ink:#22292d;--quiet-ink:#55626a;--line:#c5ccd0;--heart:#2a6496;--variation:#33704a;--settled:#66489c;"
    "--raised:#ffffff"
)
DARK = (
    "--ink:#dfe5e8;--quiet-ink:#a9b5bb;--line:#3b464d;--heart:#8fc1e8;--variation:#a5d0b0;--settled:#cdb8ee;"
    "--raised:#14191d"
)


def ensemble_figure(ensemble: Ensemble, words: Catalogue, *, figure_id: str = "body") -> Figure:
    """The figure, for a page that has the colours."""
    title, description, changes = heading(ensemble, words), _description(ensemble, words), change_lines(ensemble, words)
    titles = {
        "TITLE_WHOLE": lines(title),
        "TITLE_NATURE": [nature(words), *(line for told in changes for line in lines(told, WIDEST_QUIET_LINE))],
        "TITLE_SYMPTOMS": words.say("Symptoms (0 none, 1 most)"),
        "TITLE_ENVELOPE": words.say("What one can do (about 0.85 is healthy)"),
        "TITLE_DAYS": words.say("days"),
        "TITLE_SHARE": words.say("out of every 100 made-up people"),
    }
    drawing = Drawing("ensemble", titles, words)
    occurred = [(name, share) for name, share in ensemble.shares.items() if share.value > 0]
    shares = [
        {
            "row": row,
            "share": 100 * share.value,
            "low": 100 * share.low,
            "high": 100 * share.high,
            "words": [outcome_name(name, words), in_hundred_words(share, words)],
        }
        for row, (name, share) in enumerate(occurred)
    ]
    data: dict[str, Rows] = {"rows": _rows(ensemble, MOST_POINTS), "shares": shares}
    svg = drawing.draw(data, figure_id=figure_id, title=title, description=description)
    head = (words.say("day"), words.say("symptoms (range)"), words.say("what one can do (range)"))
    return Figure(svg, title, description, head, _table(ensemble, words))


def standalone(figure: Figure) -> str:
    """The figure as a file of its own, light or dark as the reader's system is."""
    colours = f"<style>svg{{{LIGHT};font-family:sans-serif;max-width:44rem}}"
    colours += f"@media(prefers-color-scheme:dark){{svg{{{DARK};background:#14191d}}}}</style>"
    start = figure.svg.index(">") + 1
    head = figure.svg[:start].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return head + colours + figure.svg[start:]


def _rows(ensemble: Ensemble, most: int) -> list[dict[str, float]]:
    if not ensemble.bands:
        return []
    places = np.unique(np.linspace(0, ensemble.day.size - 1, most).round().astype(int))
    rows = []
    for place in places:
        row = {"day": round(float(ensemble.day[place]), 3)}
        for name in SHOWN:
            band = ensemble.bands[name]
            row[name] = round(float(band.middle[place]), 4)
            row[f"{name}_low"], row[f"{name}_high"] = (
                round(float(values[place]), 4) for values in (band.low, band.high)
            )
        rows.append(row)
    return rows


def _description(ensemble: Ensemble, words: Catalogue) -> str:
    band = words.say("The bands hold 95 of every 100 made-up people.")
    ended = words.say("At the end: {lines}.", lines="; ".join(outcome_lines(ensemble, words)))
    changes = [f"{line}." for line in change_lines(ensemble, words)]
    return " ".join((disclaimer(words), *changes, band, f"{ill_line(ensemble, words)}.", ended))


def _table(ensemble: Ensemble, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            words.number(row["day"], 1 if row["day"] % 1 else 0),
            *(
                words.say(
                    "{value} ({low} to {high})",
                    value=words.number(row[name], 2),
                    low=words.number(row[f"{name}_low"], 2),
                    high=words.number(row[f"{name}_high"], 2),
                )
                for name in SHOWN
            ),
        )
        for row in _rows(ensemble, MOST_TABLE_ROWS)
    )
