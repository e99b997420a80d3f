"""What happened to many people in one scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.schedule import Schedule
from uitknop.body.spec import Title
from uitknop.core import Estimate, Table, Value

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band(Table):
    """A state or read-out over time in an ensemble.

    Args:
        middle, low, high: median and the band that holds 95 % of the people, shape (kept,).
    """

    middle: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class PhaseEnd(Value):
    """How it stood at the end of a phase of a scenario.

    Args:
        title: of the phase.
        day: its last, counted from the start of the scenario.
        shares: of each outcome then.
    """

    title: Title
    day: float
    shares: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Ensemble(Table):
    """What happened to many people in one scenario. An explanatory model: nobody's biology, and no forecast.

    Args:
        scenario, title, claims: what was played, and the claims it is about.
        n, seed, spread, noise_sd: how many people, and how they differ.
        kind: kind of course.
        switched_off: couplings that were left out.
        inputs: inputs held at another level, from the day the scenario is open on; throughout an own schedule.
        schedule: the course of the inputs that took the place of the scenario's; None for its own.
        day: days since the start of the scenario, shape (kept,).
        bands: states and read-outs by name, over the people whose course did not diverge.
        fell_ill: share whose defence was on at any moment that is kept, the first included.
        shares: share of each outcome at the end.
        outcomes: the outcome of each person, in the order of their seeds.
        diverged: how many courses left the range of the model; they are in `shares`, and nowhere else.
        phases: the ends of the scenario's phases before the last; empty where it has none.
    """

    scenario: str
    title: Title
    claims: tuple[str, ...]
    n: int
    seed: int
    spread: float
    noise_sd: float
    kind: str
    switched_off: tuple[str, ...]
    inputs: Mapping[str, float]
    schedule: Schedule | None
    day: Floats
    bands: Mapping[str, Band]
    fell_ill: Estimate
    shares: Mapping[str, Estimate]
    outcomes: tuple[str, ...]
    diverged: int
    phases: tuple[PhaseEnd, ...] = ()
    nature: str = "explanatory model"
