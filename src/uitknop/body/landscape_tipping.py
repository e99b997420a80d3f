"""How much it takes: the event that tips, the safety that brings back, and the restart that relapses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import NATURE, field_of, landscape, places, traces
from uitknop.body.load import body_model
from uitknop.body.outcome import DEFENCE_OFF
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import Schedule, hold
from uitknop.body.spec import Spec
from uitknop.core import Table, Value
from uitknop.core.arrays import frozen
from uitknop.core.table import NO_COLUMN

Floats = npt.NDArray[np.float64]

EVENT_DAYS = 2.0
LARGEST_EVENT = 6.0
TIPPED = 0.3
"""Defence above which somebody has tipped: above the unstable point at every load, well below being ill."""

FOLLOW_DAYS = 360.0
LONGEST_FOLLOWED = 12
BACK = 1e-3
HALVINGS = 10
REST: Mapping[str, float] = {"stress": 0.1, "exertion": 0.1}
"""A year of rest, in everything but safety."""

RESTART_DAYS = 134.0
RESTART_EXERTION = 0.35


@dataclass(frozen=True, slots=True)
class EventSizes(Table):
    """The smallest event that tips somebody who was settled under a chronic load.

    Args:
        load: chronic load from outside, shape (n,).
        size: extra load during the days of the event, shape (n,); 0 where the load alone tips, infinite where not even
            the largest event that was tried does.
        days: how long the event lasts.
    """

    load: Floats
    size: Floats
    days: float
    nature: str = NATURE


@dataclass(frozen=True, slots=True)
class SafetyNeeded(Value):
    """The least felt safety that brings somebody back who is ill.

    Args:
        load: load from outside meanwhile.
        in_the_end: above this level there is no place left to stay ill; None where there is one at any safety.
        within_a_year: with this level defence is off after a year; None where even the highest is too little.
    """

    load: float
    in_the_end: float | None
    within_a_year: float | None
    nature: str = NATURE


@dataclass(frozen=True, slots=True)
class RelapseMap(Table):
    """Who relapses after a restart.

    Args:
        day: of the restart, counted from the first day of rest with much safety, shape (days,).
        load: from outside after it, shape (loads,).
        share: of the people, shape (days, loads).
        n: how many people.
        exertion: after the restart.
    """

    day: Floats
    load: Floats = field(metadata={NO_COLUMN: True})
    share: Floats = field(metadata={NO_COLUMN: True})
    n: int
    exertion: float
    nature: str = NATURE


def event_sizes(
    loads: Iterable[float], inputs: Mapping[str, float] | None = None, person: Floats | None = None
) -> EventSizes:
    """The smallest event that tips, at several chronic loads.

    Args:
        loads: from outside; the person is settled under each.
        inputs: the other inputs; those not named as on an ordinary day.
        person: parameters, shape (parameters,); None for the model itself.
    """
    spec, given = body_model(), [float(load) for load in loads]
    at, people = field_of(spec, "stress", inputs or {}, person), _row(spec, person)
    curves = traces(at, 0.0, max(1.5, *given) + 0.1)
    sizes = [
        _event(spec, people, places(at, curves, load)[0][None, :-1], {**(inputs or {}), "stress": load})
        for load in given
    ]
    return EventSizes(frozen(given, np.float64), frozen(sizes, np.float64), EVENT_DAYS)


def safety_needed(load: float, person: Floats | None = None) -> SafetyNeeded:
    """The least safety that brings back from illness at a load, with little exertion.

    Args:
        load: from outside, meanwhile.
        person: parameters, shape (parameters,); None for the model itself.
    """
    spec = body_model()
    levels = {**REST, "stress": load}
    fold = landscape("safety", high=1.0, inputs=levels, person=person).fold("ill")
    people, defence = _row(spec, person), list(spec.states).index("defence")
    start = ill_people(spec, people)

    def ill_still(safety: float) -> bool:
        year = hold(spec, FOLLOW_DAYS, {**levels, "safety": safety})
        return bool(_end(people, start, year)[0, defence] >= DEFENCE_OFF)

    stays = ill_still(1.0)
    return SafetyNeeded(load, fold, None if stays else _least(lambda safety: not ill_still(safety), 0.0, 1.0))


def relapse_map(
    days: Iterable[int], loads: Iterable[float], people: Floats | None = None, exertion: float = RESTART_EXERTION
) -> RelapseMap:
    """Who relapses when load and exertion come back on a day of rest with much safety.

    Args:
        days: of the restart.
        loads: from outside after it.
        people: parameters, shape (n, parameters); None for the model itself. Those who are not ill before, or whose
            rest does not bring them back when they go on with it, are left out.
        exertion: after the restart.
    """
    spec, on, to = body_model(), sorted(days), [float(load) for load in loads]
    everybody = draw_people(spec, 1, spread=0.0) if people is None else people
    defence = list(spec.states).index("defence")
    ill = ill_people(spec, everybody)
    rest = integrate(everybody, ill, hold(spec, FOLLOW_DAYS, {**REST, "safety": 0.7}))
    back = (ill[:, defence] > TIPPED) & (rest[:, -1, defence] < DEFENCE_OFF)
    again, starts = np.repeat(everybody[back], len(on), axis=0), rest[back][:, on].reshape(-1, len(spec.states))
    share = np.full((len(on), len(to)), np.nan)
    for place, load in enumerate(to if back.any() else ()):
        work = hold(spec, RESTART_DAYS, {"stress": load, "exertion": exertion})
        end = _end(again, starts, work)[:, defence]
        share[:, place] = (end.reshape(-1, len(on)) > TIPPED).mean(axis=0)
    share.flags.writeable = False
    return RelapseMap(frozen(on, np.float64), frozen(to, np.float64), share, int(back.sum()), exertion)


def ill_people(spec: Spec, people: Floats) -> Floats:
    """The states of people after the months that make ill in the scenarios; shape (n, states)."""
    before = scenario("passive-rest").before
    return _end(people, settled(spec, people), before)


def _event(spec: Spec, people: Floats, well: Floats, levels: Mapping[str, float]) -> float:
    """The smallest event that tips somebody from where they stay at these levels."""
    place = list(spec.states).index("defence")
    if well[0, place] > TIPPED:
        return 0.0
    after = hold(spec, FOLLOW_DAYS, levels)

    def tips(size: float) -> bool:
        states = _end(people, well, hold(spec, EVENT_DAYS, {**levels, "stress": levels["stress"] + size}))
        for _ in range(LONGEST_FOLLOWED):  # near the fold all is slow, in both directions
            states = _end(people, states, after)
            if states[0, place] > TIPPED or np.abs(states - well).max() < BACK:
                break
        return bool(states[0, place] > TIPPED)

    return _least(tips, 0.0, LARGEST_EVENT) if tips(LARGEST_EVENT) else np.inf


def _least(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The least number from which on something holds, by halving; it holds for `high`."""
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _row(spec: Spec, person: Floats | None) -> Floats:
    return draw_people(spec, 1, spread=0.0) if person is None else person[None, :]


def _end(people: Floats, start: Floats, schedule: Schedule) -> Floats:
    """The states at the end of a schedule, shape (n, states)."""
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]
