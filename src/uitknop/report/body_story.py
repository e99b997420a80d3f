"""The story as a figure: bucket, envelope and symptoms of many, what happens when, and how many are ill after each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from uitknop.body.scenario_file import scenario
from uitknop.body.share import share
from uitknop.body.story import SHOWN, STORY, Story
from uitknop.core import Estimate
from uitknop.report.body_words import disclaimer, in_hundred, nature, ranged
from uitknop.report.drawing import Drawing, Figure, Rows, lines
from uitknop.report.words import Catalogue

MOST_POINTS = 181
ILL = ("mild", "moderate", "severe")


def story_figure(found: Story, words: Catalogue, *, figure_id: str = "story") -> Figure:
    """Fans over time with the stretches numbered, and below them the share that is ill at the end of each."""
    told = scenario(STORY).title.said(words.lang)
    title = words.say("{title}: {n} made-up people", title=told, n=found.n)
    titles = {
        "TITLE_WHOLE": lines(title),
        "TITLE_NATURE": nature(words),
        "TITLE_LOAD": words.say("The bucket of load"),
        "TITLE_ENVELOPE": words.say("What one can do (about 0.85 is healthy)"),
        "TITLE_SYMPTOMS": words.say("Symptoms (0 none, 1 most)"),
        "TITLE_DAYS": words.say("days"),
        "TITLE_SHARE": words.say("ill at the end of it, of every 100 people"),
    }
    said = [
        words.say("{number} {phase}: {share}", number=number, phase=name, share=in_hundred(ill, words))
        for number, (name, ill) in enumerate(_ends(found, words), 1)
    ]
    shares = [
        {"row": row, "share": 100 * ill.value, "low": 100 * ill.low, "high": 100 * ill.high, "words": line}
        for row, ((_name, ill), line) in enumerate(zip(_ends(found, words), said, strict=True))
    ]
    phases = [
        {"from": one.from_day, "to": one.to_day, "middle": (one.from_day + one.to_day) / 2, "number": str(number)}
        for number, one in enumerate(found.phases, 1)
    ]
    description = _description(said, words)
    data: dict[str, Rows] = {"rows": _rows(found), "phases": phases, "shares": shares}
    svg = Drawing("story", titles, words).draw(data, figure_id=figure_id, title=title, description=description)
    return Figure(svg, title, description, _head(words), _table(found, words))


def _ends(found: Story, words: Catalogue) -> list[tuple[str, Estimate]]:
    """Each stretch in words, and the share that is ill at its end."""
    return [
        (phase.title.said(words.lang), _ill(shares)) for phase, shares in zip(found.phases, found.shares, strict=True)
    ]


def _ill(shares: Mapping[str, Estimate]) -> Estimate:
    n = shares["well"].n
    return share(sum(round(shares[name].value * n) for name in ILL), n)


def _description(said: list[str], words: Catalogue) -> str:
    band = words.say("The light bands hold 95 of every 100 made-up people, the dark ones the middle half.")
    ended = words.say("Ill at the end of each stretch, of every 100: {lines}.", lines="; ".join(said))
    return f"{disclaimer(words)} {band} {ended}"


def _rows(found: Story) -> list[dict[str, float]]:
    if not found.fans:
        return []
    places = np.unique(np.linspace(0, found.day.size - 1, MOST_POINTS).round().astype(int))
    rows = []
    for place in places:
        row = {"day": float(found.day[place])}
        for name in SHOWN:
            fan = found.fans[name]
            row |= {
                f"{name}{part}": round(float(values[place]), 4)
                for part, values in (
                    ("", fan.middle),
                    ("_half_low", fan.half_low),
                    ("_half_high", fan.half_high),
                    ("_low", fan.low),
                    ("_high", fan.high),
                )
            }
        rows.append(row)
    return rows


def _head(words: Catalogue) -> tuple[str, ...]:
    return (
        words.say("stretch"),
        words.say("days"),
        words.say("what one can do at its end (range)"),
        words.say("symptoms at its end (range)"),
        words.say("ill, of every 100 (range)"),
    )


def _table(found: Story, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    rows = []
    for phase, (name, ill) in zip(found.phases, _ends(found, words), strict=True):
        place = int(np.searchsorted(found.day, phase.to_day))
        shown = (found.fans.get(each) for each in ("envelope", "symptoms"))
        cells = (
            "–" if fan is None else ranged(fan.middle[place], fan.low[place], fan.high[place], 2, words)
            for fan in shown
        )
        days = words.say("{first} to {last}", first=words.number(phase.from_day), last=words.number(phase.to_day))
        rows.append((name, days, *cells, in_hundred(ill, words)))
    return tuple(rows)
