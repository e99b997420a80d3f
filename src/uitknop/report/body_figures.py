"""The figures of the body model by name, each computed once per process for the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, get_args

from uitknop.body import body_model
from uitknop.body.crash import Crash, crash
from uitknop.body.landscape_people import Landscapes, landscapes
from uitknop.body.landscape_shares import Fates, fates
from uitknop.body.landscape_tipping import RelapseMap, relapse_map
from uitknop.body.nearest import unknown
from uitknop.body.people import draw_people
from uitknop.body.story import Story, story
from uitknop.core import Phrase
from uitknop.report.drawing import Figure
from uitknop.report.words import Catalogue

Shown = Literal["bifurcation", "story", "crash", "relapse", "couplings", "shares"]
FIGURES: tuple[Shown, ...] = get_args(Shown)

DAYS, LOADS = (10, 20, 30, 45, 60, 90, 120, 180), (0.2, 0.3, 0.4, 0.5, 0.6)
SPREADS = (0.05, 0.1, 0.2)

PEOPLE: Mapping[str, int] = {"bifurcation": 10, "story": 200, "crash": 200, "relapse": 120, "shares": 200}
"""How many people make a figure where nobody says so: enough to see, in a second or some."""


def body_figure(name: str, words: Catalogue, *, n: int | None = None, seed: int = 1, spread: float = 0.1) -> Figure:
    """One of the six figures.

    Args:
        name: one of `FIGURES`.
        n: how many people; None for enough of them. "couplings" has no people.
        seed: the same seed gives the same people.
        spread: how much they differ; "shares" shows 5, 10 and 20 % beside each other, whatever is asked.

    Raises:
        ModelError: no such figure, the nearest names are offered; or n or spread can't be used.
    """
    check_figure(name)
    return _DRAWN[name](words, PEOPLE.get(name, 0) if n is None else n, seed, spread)


def check_figure(name: str) -> None:
    """Refuse a name that is none of `FIGURES`.

    Raises:
        ModelError: no such figure, the nearest names are offered.
    """
    if name not in FIGURES:
        raise unknown(Phrase("figure"), name, FIGURES)


def _bifurcation(words: Catalogue, n: int, seed: int, spread: float) -> Figure:
    from uitknop.report.body_bifurcation import bifurcation_figure

    return bifurcation_figure(_landscapes(n, seed, spread), words)


def _story_figure(words: Catalogue, n: int, seed: int, spread: float) -> Figure:
    from uitknop.report.body_story import story_figure

    return story_figure(_story(n, seed, spread), words)


def _crash_figure(words: Catalogue, n: int, seed: int, spread: float) -> Figure:
    from uitknop.report.body_crash import crash_figure

    return crash_figure(crash_of(n, seed, spread), words)


def _relapse_figure(words: Catalogue, n: int, seed: int, spread: float) -> Figure:
    from uitknop.report.body_relapse import relapse_figure

    return relapse_figure(_relapse(n, seed, spread), words)


def _couplings_figure(words: Catalogue, _n: int, _seed: int, _spread: float) -> Figure:
    from uitknop.report.body_couplings import couplings_figure

    return couplings_figure(words)


def _shares_figure(words: Catalogue, n: int, seed: int, _spread: float) -> Figure:
    from uitknop.report.body_fates import fates_figure

    return fates_figure(_fates(n, seed), words)


_DRAWN: Mapping[str, Callable[[Catalogue, int, int, float], Figure]] = {
    "bifurcation": _bifurcation,
    "story": _story_figure,
    "crash": _crash_figure,
    "relapse": _relapse_figure,
    "couplings": _couplings_figure,
    "shares": _shares_figure,
}


@lru_cache(maxsize=4)
def _landscapes(n: int, seed: int, spread: float) -> Landscapes:
    return landscapes(n=n, seed=seed, spread=spread)


@lru_cache(maxsize=4)
def _story(n: int, seed: int, spread: float) -> Story:
    return story(n=n, seed=seed, spread=spread)


@lru_cache(maxsize=4)
def crash_of(n: int, seed: int, spread: float) -> Crash:
    """The delayed crash, computed once."""
    return crash(n=n, seed=seed, spread=spread)


@lru_cache(maxsize=4)
def _relapse(n: int, seed: int, spread: float) -> RelapseMap:
    return relapse_map(DAYS, LOADS, draw_people(body_model(), n, seed=seed, spread=spread))


@lru_cache(maxsize=4)
def _fates(n: int, seed: int) -> tuple[Fates, ...]:
    return tuple(fates(spread, n=n, seed=seed) for spread in SPREADS)
