"""The figures that may be shown where effort may do harm: crashes after exertion are there, or that is unknown.

Load, limit and the delayed crash only. No way back, no share of any outcome, no day on which anything comes: not in
the drawing, not in its words, not in its table. A page for such a person takes its figures from here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from uitknop.body import Ensemble, scenarios, simulate
from uitknop.body.nearest import unknown
from uitknop.body.what_if import PROTECTED_COUPLINGS
from uitknop.core import Phrase
from uitknop.core.errors import LimitError
from uitknop.report.body_couplings import couplings_figure
from uitknop.report.body_crash import crash_course
from uitknop.report.body_figures import PEOPLE, crash_of
from uitknop.report.body_words import disclaimer, nature, ranged
from uitknop.report.drawing import Drawing, Figure, lines
from uitknop.report.words import Catalogue

Protected = Literal["load", "crash", "couplings"]
PROTECTED: tuple[Protected, ...] = get_args(Protected)

LOAD = "chronic-load-alone"
CHANGED = frozenset({"stress", "exertion", "infection"})
"""Inputs that a person may change here: what weighs, never what helps."""

STEPS, POINTS = 6, 97
EFFORT_AT_DAY = 1.0
HOURLY_DAYS = 0.5
"""An ensemble that is kept more often than this is one of hours around an effort."""


def protected_figure(name: str, words: Catalogue) -> Figure:
    """One of the three figures.

    Args:
        name: one of `PROTECTED`.

    Raises:
        ModelError: no such figure here; the nearest names are offered.
    """
    if name not in _DRAWN:
        raise unknown(Phrase("figure"), name, PROTECTED)
    return _DRAWN[name](words)


def protected_ensemble(ensemble: Ensemble, words: Catalogue, *, figure_id: str = "body") -> Figure:
    """What is played, as bands of the bucket and the limit; of the symptoms too in the hours around an effort.

    Raises:
        LimitError: it shows a way back, or what helps was changed.
    """
    played = scenarios().get(ensemble.scenario)
    if played is None or played.way_back or not set(ensemble.inputs) <= CHANGED:
        raise LimitError(
            Phrase("The scenario {name} is not shown where effort may do harm.", {"name": ensemble.scenario})
        )
    if ensemble.day.size > 1 and ensemble.day[1] - ensemble.day[0] < HOURLY_DAYS:
        return _hours(ensemble, words, figure_id)
    return _stretch(ensemble, words, figure_id)


def _load(words: Catalogue) -> Figure:
    return _stretch(_months(), words, "load")


@lru_cache(maxsize=1)
def _months() -> Ensemble:
    return simulate(LOAD, n=PEOPLE["story"])


def _crash(words: Catalogue) -> Figure:
    return crash_course(crash_of(PEOPLE["crash"], 1, 0.1), words)


def _couplings(words: Catalogue) -> Figure:
    return couplings_figure(words, only=PROTECTED_COUPLINGS)


_DRAWN: Mapping[str, Callable[[Catalogue], Figure]] = {"load": _load, "crash": _crash, "couplings": _couplings}


def _stretch(ensemble: Ensemble, words: Catalogue, figure_id: str) -> Figure:
    """Bucket and limit over a time without numbers."""
    title = words.say("Load and limit, for {n} made-up people", n=ensemble.n)
    description = " ".join(
        (
            disclaimer(words),
            words.say("From left to right time goes by. The bucket is what weighs, the limit is what one can do."),
            words.say("The bands hold 95 of every 100 made-up people."),
        )
    )
    titles = {**_titles(title, words), "TITLE_DAYS": words.say("time goes by")}
    rows = _rows(ensemble, ("load", "envelope"), np.linspace(0, ensemble.day.size - 1, POINTS))
    svg = Drawing("bands", titles, words).draw(
        {"rows": rows}, figure_id=figure_id, title=title, description=description
    )
    steps = _rows(ensemble, ("load", "envelope"), np.linspace(0, ensemble.day.size - 1, STEPS))
    head = (words.say("moment"), words.say("the bucket (range)"), words.say("what one can do (range)"))
    table = tuple(
        (words.say("{number} of {n}", number=place, n=STEPS), *_cells(row, ("load", "envelope"), words))
        for place, row in enumerate(steps, 1)
    )
    return Figure(svg, title, description, head, table)


def _hours(ensemble: Ensemble, words: Catalogue, figure_id: str) -> Figure:
    """Bucket, limit and symptoms in the hours around an effort."""
    names = ("load", "envelope", "symptoms")
    title = words.say("The hours around an effort, for {n} made-up people", n=ensemble.n)
    description = f"{disclaimer(words)} {words.say('The bands hold 95 of every 100 made-up people.')}"
    titles = {
        **_titles(title, words),
        "TITLE_SYMPTOMS": words.say("Symptoms (0 none, 1 most)"),
        "TITLE_DAYS": words.say("hours since the effort began"),
    }
    every = _rows(ensemble, names, np.arange(ensemble.day.size, dtype=np.float64), hours=True)
    svg = Drawing("effort", titles, words).draw(
        {"rows": every}, figure_id=figure_id, title=title, description=description
    )
    head = (
        words.say("hours since the effort began"),
        words.say("the bucket (range)"),
        words.say("what one can do (range)"),
        words.say("symptoms (range)"),
    )
    table = tuple((words.number(row["day"]), *_cells(row, names, words)) for row in every if row["day"] % 12 == 0)
    return Figure(svg, title, description, head, table)


def _titles(title: str, words: Catalogue) -> dict[str, str | list[str]]:
    return {
        "TITLE_WHOLE": lines(title),
        "TITLE_NATURE": nature(words),
        "TITLE_LOAD": words.say("The bucket of load"),
        "TITLE_ENVELOPE": words.say("What one can do (about 0.85 is healthy)"),
    }


def _rows(
    ensemble: Ensemble, names: tuple[str, ...], at: npt.NDArray[np.float64], *, hours: bool = False
) -> list[dict[str, float]]:
    rows = []
    for place in np.unique(np.round(at).astype(int)) if ensemble.bands else ():
        day = float(ensemble.day[place])
        row = {"day": round(24 * (day - EFFORT_AT_DAY), 2) if hours else day}
        for name in names:
            band = ensemble.bands[name]
            for part, values in (("", band.middle), ("_low", band.low), ("_high", band.high)):
                row[f"{name}{part}"] = round(float(values[place]), 4)
        rows.append(row)
    return rows


def _cells(row: Mapping[str, float], names: tuple[str, ...], words: Catalogue) -> tuple[str, ...]:
    return tuple(ranged(row[name], row[f"{name}_low"], row[f"{name}_high"], 2, words) for name in names)
