"""The delayed crash: what six hours of exertion add to the symptoms of people who are ill, and of people who are well.

What is added is the difference with the same person who did not exert, hour by hour; so what differs between people
does not hide when it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uitknop.body.fan import Fan, fan_of
from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import NATURE
from uitknop.body.landscape_tipping import TIPPED
from uitknop.body.load import body_model
from uitknop.body.outcome import diverged, readout
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.scenario_file import scenario
from uitknop.body.share import share
from uitknop.core import Estimate, Phrase, Value
from uitknop.core.arrays import frozen
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]

ILL, WELL = "delayed-crash", "exertion-when-well"
BEGIN_H, END_H = 24, 30
"""When the exertion begins and ends in both scenarios."""

WHEN = ("at_once", "delayed", "later")
DELAYED_H = (12, 48)
"""Symptoms are highest within 12 h of the end, 12 to 48 h after it, or later still."""


@dataclass(frozen=True, slots=True)
class Crash(Value):
    """What exertion adds to symptoms, ill beside well.

    Args:
        hour: from the end of the exertion, shape (hours,).
        ill, well: what is added, of those who are ill and those who are well before it.
        n_ill, n_well: how many people that is.
        peak_h: hours until it is highest in those who are ill: the middle, and 95 in 100 of the people.
        when: share of those who are ill in whom it is highest at once, 12 to 48 h later, and later still.
        when_well: the same for those who are well.
    """

    hour: Floats
    ill: Fan
    well: Fan
    n_ill: int
    n_well: int
    peak_h: tuple[float, float, float]
    when: Mapping[str, Estimate]
    when_well: Mapping[str, Estimate]
    nature: str = NATURE


def crash(*, n: int = 200, seed: int = 1, spread: float = 0.1) -> Crash:
    """The same six hours in many people when ill and when well.

    Args:
        n: how many people; those whom the months of load do not make ill are left out of the ill.
        seed: the same seed gives the same people.
        spread: coefficient of variation of every parameter but the published rates.

    Raises:
        ModelError: n or spread can't be used, or nobody is ill, or nobody well.

    >>> 24 <= crash(n=1, spread=0.0).peak_h[0] <= 27
    True
    """
    spec = body_model()
    people = draw_people(spec, n, seed=seed, spread=spread)
    before = settled(spec, people)
    rises = [_rise(people, before, name) for name in (ILL, WELL)]
    ill, well = rises[0][0][rises[0][1]], rises[1][0][~rises[1][1]]
    if not ill.size or not well.size:
        raise ModelError(Phrase("Nobody is ill among these people, or nobody well. Take more people, or less spread."))
    hour = np.arange(ill.shape[1]) - END_H
    peaks = [rise.argmax(axis=1) - END_H for rise in (ill, well)]
    low, middle, high = (float(at) for at in np.quantile(peaks[0], [0.025, 0.5, 0.975]))
    return Crash(
        frozen(hour, np.float64),
        fan_of(ill),
        fan_of(well),
        len(ill),
        len(well),
        (middle, low, high),
        _when(peaks[0]),
        _when(peaks[1]),
    )


def _rise(people: Floats, well: Floats, name: str) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """What the exertion of a scenario adds to symptoms, shape (n, hours), and who is ill before it; none diverged."""
    spec, played = body_model(), scenario(name)
    start = integrate(people, well, played.before, every_min=played.before.length_min)[:, -1]
    levels = np.array(played.schedule.levels)
    levels[:, list(spec.inputs).index("exertion")] = levels[0, list(spec.inputs).index("exertion")]
    runs = [
        integrate(people, start, course, every_min=played.every_min, fine=True)
        for course in (played.schedule, replace(played.schedule, levels=levels))
    ]
    kept = ~(diverged(spec, runs[0]) | diverged(spec, runs[1]))
    did, did_not = (readout(spec, spec.readouts["symptoms"].formula, run[kept], people[kept]) for run in runs)
    return did - did_not, start[kept][:, list(spec.states).index("defence")] > TIPPED


def _when(peak_h: npt.NDArray[np.int64]) -> dict[str, Estimate]:
    at = np.digitize(peak_h, [DELAYED_H[0], DELAYED_H[1] + 1])
    return {name: share(int((at == place).sum()), len(at)) for place, name in enumerate(WHEN)}
