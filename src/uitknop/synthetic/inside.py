"""The body of a synthetic person over months: the states of the body model, and how they show in the heart.

The model explains; nobody's heart was fitted to it. The sizes below are choices: from stuck to well the vagal tone
weighs about two thirds of the spread of ln RMSSD between people, and heart rate moves by a beat or two. Larger steps
within weeks would move the own scale, which looks back over sixty days, more than any rest does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import integrate
from uitknop.body.load import body_model
from uitknop.body.outcome import readout
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.schedule import Schedule, daily, hold, ramp
from uitknop.core import Value

Floats = npt.NDArray[np.float64]

SPREAD = 0.06
"""How much one body differs from the model: coefficient of variation of each parameter."""

BUILDING_DAYS = 150
"""Days over which load builds before the first day that is told."""

LN_PER_VAGAL = 0.35
BPM_PER_VAGAL = 1.0
BPM_PER_SYMPATHETIC = 1.0
"""What one whole unit of vagal and of sympathetic tone weighs in the heart at rest."""

STUCK_BY_THREAT, STUCK_BY_DEFENCE = 1.0, 0.6
"""How far threat and defence, fully on, keep a rest from settling."""

WORSE_BY, DAYS_BEFORE = 0.05, 5
"""A crash: complaints lie that much above the middle of the days before."""

HEAVY_FROM = 0.25


@dataclass(frozen=True, slots=True)
class Inside(Value):
    """What the body model holds in the morning of a day.

    Args:
        states: all states, by name.
        sympathetic, symptoms, envelope: read-outs of the model.
        hr_bpm, ln_rmssd: what heart rate and ln RMSSD at rest differ by from the same person when well.
        openness: share of what a kind of rest can do for this person that it does on this day, 0..1.
    """

    states: Mapping[str, float]
    sympathetic: float
    symptoms: float
    envelope: float
    hr_bpm: float
    ln_rmssd: float
    openness: float


@dataclass(frozen=True, slots=True)
class Body:
    """A body at one moment: its own parameters, its states when well, and its states now; shape (1, ...) each."""

    parameters: Floats
    well: Floats
    now: Floats


def body_under_load(seed: int) -> Body:
    """A body of its own, after months in which load was building."""
    spec = body_model()
    parameters = draw_people(spec, 1, seed=seed, spread=SPREAD)
    well = settled(spec, parameters)
    before = ramp(spec, BUILDING_DAYS, {}, {"stress": 0.74})
    return Body(parameters, well, integrate(parameters, well, before, every_min=before.length_min)[:, -1])


def lived(body: Body, day: Schedule) -> tuple[Body, Floats]:
    """The body after a day, and its complaints at every hour of it, shape (hours + 1,)."""
    runs = integrate(body.parameters, body.now, day, every_min=60, fine=True)
    spec = body_model()
    symptoms = readout(spec, spec.readouts["symptoms"].formula, runs, body.parameters)[0]
    return replace(body, now=runs[:, -1]), symptoms


def day_of_inputs(levels: Mapping[str, float], bouts: list[tuple[float, float, Mapping[str, float]]]) -> Schedule:
    """The inputs of one day, with stretches in which they differ: (hour, hours, levels), in order."""
    spec = body_model()
    return daily(spec, 1, levels, bouts) if bouts else hold(spec, 1, levels)


def inside(body: Body) -> Inside:
    """What the body holds now, and how it shows."""
    spec = body_model()

    def read(name: str, states: Floats) -> float:
        return float(readout(spec, spec.readouts[name].formula, states[:, None, :], body.parameters)[0, 0])

    states = {name: float(body.now[0, place]) for place, name in enumerate(spec.states)}
    vagal = states["vagal"] - float(body.well[0, list(spec.states).index("vagal")])
    sympathetic = read("sympathetic", body.now)
    aroused = sympathetic - read("sympathetic", body.well)
    return Inside(
        states=states,
        sympathetic=sympathetic,
        symptoms=read("symptoms", body.now),
        envelope=read("envelope", body.now),
        hr_bpm=BPM_PER_SYMPATHETIC * aroused - BPM_PER_VAGAL * vagal,
        ln_rmssd=LN_PER_VAGAL * vagal,
        openness=(1.0 - STUCK_BY_THREAT * states["threat"]) * (1.0 - STUCK_BY_DEFENCE * states["defence"]),
    )


def is_crash(symptoms: float, before: list[float]) -> bool:
    """Whether complaints are far worse than in the days before, as a person would tell."""
    return bool(before) and symptoms - float(np.median(before[-DAYS_BEFORE:])) > WORSE_BY
