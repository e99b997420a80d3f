"""What happened to many people in one scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.spec import Title
from uitknop.core import Estimate, Table

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
class Ensemble(Table):
    """What happened to many people in one scenario. An explanatory model: nobody's biology, and no forecast.

    Args:
        scenario, title, claims: what was played, and the claims it is about.
        n, seed, spread, noise_sd: how many people, and how they differ.
        kind: kind of course; None for the model as it is.
        switched_off, inputs: what was changed.
        day: days since the start of the scenario, shape (kept,).
        bands: states and read-outs by name, over the people whose course did not diverge.
        shares: share of each outcome at the end.
        outcomes: the outcome of each person, in the order of their seeds.
        diverged: how many courses left the range of the model; they are in `shares`, and nowhere else.
    """

    scenario: str
    title: Title
    claims: tuple[str, ...]
    n: int
    seed: int
    spread: float
    noise_sd: float
    kind: str | None
    switched_off: tuple[str, ...]
    inputs: Mapping[str, float]
    day: Floats
    bands: Mapping[str, Band]
    shares: Mapping[str, Estimate]
    outcomes: tuple[str, ...]
    diverged: int
    nature: str = "explanatory model"
