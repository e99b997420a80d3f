"""Heading 3: how somebody felt, by their own answers, and totals of official forms. Never a substance in the brain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uitknop.instruments import Score, decide, instrument
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import SheetLine
from uitknop.report.sheet.picked import Picked
from uitknop.report.sheet.source import Stands

FEELINGS = ("joy", "low", "unrest", "worry")
MOST_TOTALS = 3
MOST_FEELINGS = 5


def mood_lines(stands: Stands, picked: Picked, words: Words) -> Iterator[SheetLine]:
    """What stands under "mood"."""
    felt = [
        words.told("feeling", name=words.told(f"feeling_{item}"), days=days)
        for item in FEELINGS
        if (days := picked.option("mood", item))
    ]
    if felt:
        yield SheetLine("feelings", words.told("feelings", feelings="; ".join(felt)))
    if also := picked.options("complaints", "mood"):
        yield SheetLine("feelings", words.told("also_feels", feels=words.some(also, MOST_FEELINGS)))
    if low_mood(picked):
        yield SheetLine("feelings", words.told("low_mood"))
    totals = _totals(stands)
    yield from (SheetLine("lists", _total(one, words)) for one in totals[:MOST_TOTALS])
    if not (felt or also or totals):
        yield SheetLine("feelings", words.told("mood_none"))


def low_mood(picked: Picked) -> bool:
    """Whether the answers fit a low time, by the rule of that list."""
    own, answers = instrument("mood"), picked.of("mood")
    if answers is None or answers.version != own.version:
        return False
    return any(one.id == "low_mood" and one.holds is True for one in decide(own, answers))


def _totals(stands: Stands) -> Sequence[Score]:
    """Results of official forms, filled in here or typed in; the lists worded here have no number to show."""
    filled = [score for one in stands.answered for score in one.scores]
    return [
        one
        for one in (*filled, *stands.totals)
        if one.value is not None and instrument(one.instrument).wording != "own"
    ]


def _total(one: Score, words: Words) -> str:
    form = instrument(one.instrument)
    title, scale = form.title.said(words.catalogue.lang), form.scale(one.scale)
    told = {
        "title": title,
        "value": float(one.value or 0),
        "low": float(one.low),
        "high": float(one.high),
    }
    if scale is None or len(form.scales) == 1:
        return words.told("total_whole", **told)
    return words.told("total", scale=scale.title.said(words.catalogue.lang), **told)
