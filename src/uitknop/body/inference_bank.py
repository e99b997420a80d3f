"""Which people could it be? Draws from the prior of inference, taken through a known course of the inputs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import Noise, integrate
from uitknop.body.outcome import DEFENCE_OFF, diverged, readout
from uitknop.body.people import draw_people
from uitknop.body.play import noise_seeds, settled
from uitknop.body.schedule import Schedule
from uitknop.body.spec import Spec

Floats = npt.NDArray[np.float64]

CANDIDATES = {
    "th": "even",
    "cD": "even",
    "wL": "log",
    "reach": "even",
    "tauDo": "log",
    "tauW": "even",
    "v0": "even",
}
"""What is asked for, and how the prior lies over its plausible range: evenly, or evenly in its logarithm."""

SPREAD = 0.1
"""Coefficient of variation of every other parameter, except the published rates."""

CHUNK = 1024
"""People taken through a schedule at a time: what the kernel keeps of them is large."""


@dataclass(frozen=True, slots=True)
class Prior:
    """People drawn from the prior, all of them well on ordinary days.

    Args:
        candidates: values of `CANDIDATES` in their order, shape (n, candidates); logarithms where the prior is in them.
        people: all parameters, shape (n, parameters).
        well: their states after a long ordinary time, shape (n, states).
    """

    candidates: Floats
    people: Floats
    well: Floats


@dataclass(frozen=True, slots=True)
class Bank:
    """The same people through a course of the inputs.

    Args:
        candidates: as in `Prior`, without those whose course diverged, shape (n, candidates).
        vagal, symptoms: at the end of each day, float32, shape (n, days).
        fell_ill: whose defence was on at any moment, shape (n,).
    """

    candidates: Floats
    vagal: npt.NDArray[np.float32]
    symptoms: npt.NDArray[np.float32]
    fell_ill: npt.NDArray[np.bool_]

    def only(self, part: slice) -> Bank:
        """Some of the people."""
        return Bank(self.candidates[part], self.vagal[part], self.symptoms[part], self.fell_ill[part])


def draw_prior(spec: Spec, n: int, *, seed: int, spread: float = SPREAD, kind: str | None = None) -> Prior:
    """People from the prior; those who are ill on ordinary days already fall out.

    Args:
        n: how many are drawn; a few less are kept.
        seed: of the draws.
        spread, kind: of everything that is not a candidate, as in `draw_people`.
    """
    people = draw_people(spec, n, seed=seed, spread=spread, kind=kind)
    rng = np.random.default_rng([seed, 7])
    columns = []
    for symbol, scale in CANDIDATES.items():
        item = spec.parameters[symbol]
        low, high = (math.log(item.low), math.log(item.high)) if scale == "log" else (item.low, item.high)
        columns.append(rng.uniform(low, high, n))
        people[:, list(spec.parameters).index(symbol)] = np.exp(columns[-1]) if scale == "log" else columns[-1]
    well = np.concatenate([settled(spec, people[part]) for part in _chunks(n)])
    kept = (well[:, list(spec.states).index("defence")] < DEFENCE_OFF) & ~diverged(spec, well[:, None, :])
    return Prior(np.stack(columns, axis=1)[kept], people[kept], well[kept])


def fill_bank(spec: Spec, prior: Prior, schedule: Schedule, *, noise_sd: float = 0.0, seed: int = 0) -> Bank:
    """Take everybody through a schedule, from well, and keep what the readings hang on.

    Args:
        schedule: the inputs, in whole days.
        noise_sd, seed: noise on the load from outside, as in `simulate`.
    """
    place, formula = list(spec.states).index, spec.readouts["symptoms"].formula
    n = prior.people.shape[0]
    seeds = noise_seeds(n, seed) if noise_sd > 0 else np.zeros(n, np.uint64)
    parts = []
    for part in _chunks(n):
        people = prior.people[part]
        noise = Noise(noise_sd, seeds[part]) if noise_sd > 0 else None
        runs = integrate(people, prior.well[part], schedule, noise=noise)
        fine = ~diverged(spec, runs)
        symptoms = readout(spec, formula, runs[fine], people[fine])[:, 1:].astype(np.float32)
        vagal = runs[fine, 1:, place("vagal")].astype(np.float32)
        ill = (runs[fine][:, :, place("defence")] > DEFENCE_OFF).any(axis=1)
        parts.append((prior.candidates[part][fine], vagal, symptoms, ill))
    candidates, vagal, symptoms, ill = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Bank(candidates, vagal, symptoms, ill)


def _chunks(n: int) -> list[slice]:
    return [slice(first, min(first + CHUNK, n)) for first in range(0, n, CHUNK)]
