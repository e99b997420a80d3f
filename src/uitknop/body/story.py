"""The story of the texts with many people: they tip under load, rest without result, and rest with safety."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.fan import Fan, fan_of
from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import NATURE
from uitknop.body.load import body_model
from uitknop.body.outcome import diverged, outcomes, readout, shares
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.scenario_file import Phase, scenario
from uitknop.body.schedule import DAY_MIN
from uitknop.core import Estimate, Value
from uitknop.core.arrays import frozen
from uitknop.core.errors import ShapeError

Floats = npt.NDArray[np.float64]
STORY = "the-story"
SHOWN = ("load", "symptoms", "envelope")


@dataclass(frozen=True, slots=True)
class Story(Value):
    """A scenario with phases, played by many people.

    Args:
        n, seed, spread: how many people, from which seed, and how much they differ.
        day: counted from the start, shape (kept,).
        fans: of the bucket, the symptoms and the envelope over time, without those who diverged.
        phases: what happens when.
        shares: of the outcomes at the end of each phase, by name.
    """

    n: int
    seed: int
    spread: float
    day: Floats
    fans: Mapping[str, Fan]
    phases: tuple[Phase, ...]
    shares: tuple[Mapping[str, Estimate], ...]
    nature: str = NATURE


def story(name: str = STORY, *, n: int = 200, seed: int = 1, spread: float = 0.1) -> Story:
    """Play a scenario that has phases, and ask at the end of each how it went.

    Args:
        name: of the scenario.
        n: how many people.
        seed: the same seed gives the same people.
        spread: coefficient of variation of every parameter but the published rates.

    Raises:
        ModelError: the scenario does not exist, or n or spread can't be used.

    >>> [phase.title.en for phase in story(n=1, spread=0.0).phases][:2]
    ['Ordinary days', 'More and more load']
    """
    played, spec = scenario(name), body_model()
    if not played.phases:
        raise ShapeError(f"scenario {name} has no phases")
    people = draw_people(spec, n, seed=seed, spread=spread, kind=played.kind)
    well = settled(spec, people)
    first = integrate(people, well, played.before, every_min=played.before.length_min)[:, -1]
    runs = integrate(people, first, played.schedule, every_min=played.every_min)
    day = frozen(np.arange(runs.shape[1]) * played.every_min / DAY_MIN, np.float64)
    kept = ~diverged(spec, runs)
    courses = {shown: _course(shown, runs[kept], people[kept]) for shown in SHOWN if kept.any()}
    ends = [int(np.searchsorted(day, phase.to_day)) + 1 for phase in played.phases]
    found = tuple(shares(outcomes(spec, runs[:, :end], people, well)) for end in ends)
    return Story(n, seed, spread, day, {key: fan_of(each) for key, each in courses.items()}, played.phases, found)


def _course(name: str, runs: Floats, people: Floats) -> Floats:
    """A state or read-out over time, shape (n, kept)."""
    spec = body_model()
    if name in spec.states:
        return np.asarray(runs[:, :, list(spec.states).index(name)])
    return readout(spec, spec.readouts[name].formula, runs, people)
