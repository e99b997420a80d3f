"""Takes people through a schedule: many at once, each with own parameters, start and seed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.schedule import DAY_MIN, Schedule
from uitknop.core.errors import ShapeError

Floats = npt.NDArray[np.float64]

FINE_STEP_MIN = 30

RELAX_MIN = 360.0
"""Correlation time of the noise on the load from outside, min."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Noise on the load from outside.

    Args:
        sd: its standard deviation; the load is clipped at zero.
        seeds: one per person, uint64, shape (n,): the same seed gives the same course whatever else is run.
    """

    sd: float
    seeds: npt.NDArray[np.uint64]


def integrate(
    parameters: Floats,
    start: Floats,
    schedule: Schedule,
    *,
    every_min: int = DAY_MIN,
    noise: Noise | None = None,
    fine: bool = False,
) -> Floats:
    """The states of everybody over time.

    Args:
        parameters: in the order of the specification, shape (n, parameters).
        start: the states at the start, shape (n, states).
        schedule: the inputs, the same for all.
        every_min: minutes between two moments that are kept.
        noise: None for none; the steps are then short.
        fine: take steps of half an hour at most, for hard bouts over many months, whose errors add up.

    Returns: shape (n, 1 + length // every_min, states), the start first. A course that diverged holds NaN or numbers
    beyond the range of its state: see `uitknop.body.outcome.diverged`.
    """
    n = parameters.shape[0]
    if parameters.ndim != 2 or start.ndim != 2 or start.shape[0] != n:
        raise ShapeError(f"parameters {parameters.shape}, start {start.shape}")
    from uitknop.body import kernel  # compiled code: heavy to load

    lanes = kernel.LANES
    batches = -(-n // lanes)
    out = np.empty((batches, 1 + schedule.length_min // every_min, start.shape[1], lanes))
    levels = np.ascontiguousarray(schedule.levels)
    seeds = noise.seeds if noise is not None else np.zeros(n, np.uint64)
    sd = noise.sd if noise is not None else 0.0
    longest = FINE_STEP_MIN if fine or noise is not None else kernel.LONGEST_STEP_MIN

    def run(batch: int) -> None:
        people = np.minimum(np.arange(batch * lanes, (batch + 1) * lanes), n - 1)
        numbers = np.zeros((kernel.SIZE, lanes))
        numbers[: kernel.PARAMETERS_AT] = start[people].T
        numbers[kernel.PARAMETERS_AT : kernel.INPUTS_AT] = parameters[people].T
        own = seeds[people].astype(np.uint64)
        kept = out[batch].reshape(out.shape[1], -1)
        kernel.run(numbers.ravel(), schedule.lengths_min, levels, every_min, longest, sd, RELAX_MIN, own, kept)

    _on_all_cores(run, batches)
    return out.transpose(0, 3, 1, 2).reshape(batches * lanes, out.shape[1], start.shape[1])[:n]


def _on_all_cores(run: object, batches: int) -> None:
    assert callable(run)
    cores = os.cpu_count() or 1
    if cores == 1 or batches == 1:
        for batch in range(batches):
            run(batch)
        return
    with ThreadPoolExecutor(min(cores, batches)) as pool:
        for _ in pool.map(run, range(batches)):
            pass
