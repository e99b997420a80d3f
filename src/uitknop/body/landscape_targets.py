"""The behaviours the model was asked to show (docs/body-model.md, T1 to T13 and T17), asked of many people at once.

With a coupling left out they say what it is needed for. The tests of the model ask the same, one by one and in more
detail; here each is one yes or no per person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import integrate
from uitknop.body.landscape_tipping import REST, TIPPED, ill_people
from uitknop.body.outcome import DEFENCE_OFF, ENVELOPE_BACK, readout
from uitknop.body.play import settled
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import DAY_MIN, Schedule, daily, hold, joined
from uitknop.body.spec import Spec, Title

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
People = Callable[[str | None, Mapping[str, float]], Floats]
"""Parameters of the same people in a kind of course and with some values held; shape (n, parameters)."""

PASSIVE = {**REST, "safety": 0.0}
CHRONIC = 0.74
EVENTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
YEAR = 360
BOUT_H, BOUT_AT_H = 6, 12
LEAST_FALL = 1e-3
"""Of threat, to count as one."""


class World:
    """What happens to some people, each course computed once, when it is asked for."""

    def __init__(self, spec: Spec, people: People) -> None:
        self.spec = spec
        self.people_of = people
        self.people = people(None, {})

    def end(self, start: Floats, schedule: Schedule) -> Floats:
        """The states at the end of a schedule, shape (n, states)."""
        return integrate(self.people, start, schedule, every_min=schedule.length_min)[:, -1]

    def of(self, states: Floats, name: str) -> Floats:
        """One state out of an array whose last axis holds all of them."""
        return np.asarray(states[..., list(self.spec.states).index(name)])

    def shown(self, states: Floats, name: str, people: Floats | None = None) -> Floats:
        """A read-out, shape (n, kept), of states of shape (n, kept, states)."""
        return readout(self.spec, self.spec.readouts[name].formula, states, self.people if people is None else people)

    @cached_property
    def well(self) -> Floats:
        """After a long ordinary time."""
        return settled(self.spec, self.people)

    @cached_property
    def ill(self) -> Floats:
        """After the months that make ill."""
        return ill_people(self.spec, self.people)

    @cached_property
    def is_ill(self) -> Truths:
        """Whom those months made ill at all."""
        return np.asarray(self.of(self.ill, "defence") > TIPPED)

    @cached_property
    def resting(self) -> Floats:
        """A year of passive rest after that, day by day."""
        return self.after_illness("passive-rest")

    @cached_property
    def recovering(self) -> Floats:
        """A year of rest with much safety instead, day by day."""
        return self.after_illness("rest-much-safety")

    def after_illness(self, name: str) -> Floats:
        """A scenario that begins when ill, day by day, shape (n, days, states)."""
        return integrate(self.people, self.ill, scenario(name).schedule)


def quiet_again(world: World) -> Truths:
    """Two days of stress leave no trace after three more, but were felt."""
    spec = world.spec
    course = integrate(world.people, world.well, hold(spec, 2, {"stress": 1.2}).then(hold(spec, 28)), every_min=60)
    held = world.of(course, "defence").max(axis=1) < 0.05
    for name in ("threat", "vagal"):
        held &= np.abs(world.of(course[:, 120:], name) - world.of(world.well, name)[:, None]).max(axis=1) < 0.05
    felt = world.of(course, "threat")[:, 47] > 10 * world.of(world.well, "threat")
    return np.asarray(held & felt)


def event_tips(world: World) -> Truths:
    """An event tips, and a smaller one when the load is higher."""
    sizes = [_least_event(world, load) for load in (0.25, 0.5, CHRONIC)]
    return np.asarray((sizes[0] <= EVENTS[-1]) & (sizes[0] > sizes[1]) & (sizes[1] > sizes[2]) & (sizes[2] > 0))


def _least_event(world: World, load: float) -> Floats:
    levels = {"stress": load}
    start = world.end(world.well, hold(world.spec, 300, levels))
    least = np.full(world.people.shape[0], np.inf)
    for size in EVENTS[::-1]:
        event = hold(world.spec, 2, {"stress": load + size}).then(hold(world.spec, 120, levels))
        least[world.of(world.end(start, event), "defence") > TIPPED] = size
    return least


def stuck_at_rest(world: World) -> Truths:
    """A year of passive rest does not bring back."""
    return np.asarray(world.is_ill & (world.of(world.resting, "defence")[:, -1] > TIPPED))


def safety_brings_back(world: World) -> Truths:
    """Rest with much safety does, within 200 days."""
    return np.asarray(world.is_ill & (world.of(world.recovering, "defence")[:, 200] < DEFENCE_OFF))


def stressor_keeps_ill(world: World) -> Truths:
    """The same safety does not while the load stays."""
    return np.asarray(world.is_ill & (world.of(world.after_illness("safety-under-load")[:, -1], "defence") > TIPPED))


def nutrients_not_enough(world: World) -> Truths:
    """Passive rest with more nutrients does not bring back."""
    return np.asarray(world.is_ill & (world.of(world.after_illness("nutrients-only")[:, -1], "defence") > TIPPED))


def delayed_crash(world: World) -> Truths:
    """After exertion symptoms peak a day later when ill, at once when well, and rise more when ill."""
    rise_well, hour_well = _bout(world, world.well, {})
    rise_ill, hour_ill = _bout(world, world.resting[:, -1], PASSIVE)
    return np.asarray((hour_well <= 1) & (hour_ill >= 12) & (hour_ill <= 48) & (rise_ill > 1.5 * rise_well))


def _bout(world: World, start: Floats, levels: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Largest rise of symptoms by six hours of exertion, and how many hours after its end."""
    spec = world.spec
    before, length = BOUT_AT_H / 24, BOUT_H / 24
    parts = (
        hold(spec, before, levels),
        hold(spec, length, {**levels, "exertion": 0.9}),
        hold(spec, 10 - before - length, levels),
    )
    courses = [
        integrate(world.people, start, course, every_min=60) for course in (joined(parts), hold(spec, 10, levels))
    ]
    rise = world.shown(courses[0], "symptoms") - world.shown(courses[1], "symptoms")
    return rise.max(axis=1), rise.argmax(axis=1) - BOUT_AT_H - BOUT_H


def restart_too_soon(world: World) -> Truths:
    """A restart after ten days of recovery relapses, the same after five months does not."""
    work = hold(world.spec, 134, {"stress": 0.5, "exertion": 0.35})
    soon, late = (world.of(world.end(world.recovering[:, day], work), "defence") for day in (10, 150))
    return np.asarray(world.is_ill & (soon > TIPPED) & (late < TIPPED))


def phased_return(world: World) -> Truths:
    """The same levels, from the same day on, relapse when taken up at once and not in steps over four months."""
    at_once, in_steps = (
        world.of(world.after_illness(name)[:, -1], "defence") for name in ("restart-too-fast", "phased-return")
    )
    return np.asarray(world.is_ill & (at_once > TIPPED) & (in_steps < DEFENCE_OFF))


def adrenal_grows(world: World) -> Truths:
    """The adrenal gland grows under long stress and does not shrink below its start."""
    before = world.of(world.well, "adrenal")
    years = world.of(integrate(world.people, world.well, hold(world.spec, 720, {"stress": CHRONIC})), "adrenal")
    grown = world.of(world.ill, "adrenal") > 1.05 * before
    least = np.minimum(years.min(axis=1), world.of(world.resting, "adrenal").min(axis=1))
    return np.asarray(grown & (least >= 0.95 * before))


def cortisol_near_normal(world: World) -> Truths:
    """Cortisol is near normal in the settled ill state."""
    found = world.of(world.resting[:, -1], "cortisol")
    return np.asarray(world.is_ill & (found >= 0.8) & (found <= 1.25))


def graded(world: World) -> Truths:
    """Who differs in the share of tissues that takes part is ill mildly, moderately or severely, and stays so."""
    held = np.ones(world.people.shape[0], dtype=np.bool_)
    for reach, low, high in ((0.3, 0.5, 0.8), (0.6, 0.25, 0.5), (0.9, 0.0, 0.25)):
        people = world.people_of(None, {"reach": reach})
        well, start = settled(world.spec, people), ill_people(world.spec, people)
        course = integrate(people, start, hold(world.spec, 400, PASSIVE), every_min=100 * DAY_MIN)[:, [1, 4]]
        share = world.shown(course, "envelope", people) / world.shown(well[:, None], "envelope", people)
        held &= ((share >= low) & (share < high)).all(axis=1)
    return held


def safety_remembered(world: World) -> Truths:
    """An hour of safety lowers threat more after ten days than on the first, and a day of it works on the day after."""
    spec, start = world.spec, world.resting[:, -1]
    hours = daily(spec, 10, PASSIVE, [(10, 1, {"safety": 1.0})])
    day = hold(spec, 1, {**PASSIVE, "safety": 1.0}).then(hold(spec, 9, PASSIVE))
    without, by_hour, by_day = (
        world.of(integrate(world.people, start, course, every_min=60), "threat")
        for course in (hold(spec, 10, PASSIVE), hours, day)
    )
    first, tenth = ((without - by_hour)[:, 11 + 24 * day] for day in (0, 9))
    ended, later = ((without - by_day)[:, 24 * day] for day in (1, 2))
    return np.asarray((tenth > 2 * first) & (first > LEAST_FALL) & (later > ended / 3))


def no_full_return(world: World) -> Truths:
    """With crashes after exertion, repeated ones lower what can be done, also after recovery."""
    spec, people = world.spec, world.people_of("post_exertional", {})
    well, start = settled(spec, people), ill_people(spec, people)
    levels = {**REST, "safety": 0.15}
    weeks = joined(daily(spec, 1, levels, [(10, 6, {"exertion": 0.9})] if day % 7 == 3 else []) for day in range(182))
    safe = hold(spec, YEAR, {**REST, "safety": 0.8})
    crashed, spared, back = (
        integrate(people, first, course, every_min=course.length_min, fine=True)[:, -1:]
        for first, course in ((start, weeks), (start, hold(spec, 182, levels)), (start, weeks.then(safe)))
    )
    usual, after, instead, later = (
        world.shown(states, "envelope", people)[:, 0] for states in (well[:, None], crashed, spared, back)
    )
    recovered = world.of(back, "defence")[:, 0] < DEFENCE_OFF
    return np.asarray((after < 0.7 * instead) & recovered & (later < 0.9 * usual))


def not_as_before(world: World) -> Truths:
    """In the course without a full return rest and much safety end defence, and the envelope stays smaller."""
    spec, people = world.spec, world.people_of("post_exertional", {})
    well, start = settled(spec, people), ill_people(spec, people)
    year = scenario("rest-much-safety").schedule
    end = integrate(people, start, year, every_min=year.length_min)[:, -1]
    usual, later = (world.shown(states[:, None], "envelope", people)[:, 0] for states in (well, end))
    left = later / usual
    return np.asarray((world.of(end, "defence") < DEFENCE_OFF) & (left > 0.7) & (left < ENVELOPE_BACK))


@dataclass(frozen=True, slots=True)
class Target:
    """A behaviour that was asked for.

    Args:
        name: as in the documentation.
        asked: whether each person shows it.
    """

    name: str
    title: Title
    asked: Callable[[World], Truths]


TARGETS = (
    Target("T1", Title("rustig na korte stress", "quiet after a short stress"), quiet_again),
    Target("T2", Title("iets kleins kantelt wie vol zit", "a small event tips a loaded person"), event_tips),
    Target("T3", Title("vast bij passieve rust", "stuck at passive rest"), stuck_at_rest),
    Target("T4", Title("terug met rust en veiligheid", "back with rest and safety"), safety_brings_back),
    Target(
        "T5", Title("niet terug zolang de stressor blijft", "not back while the stressor stays"), stressor_keeps_ill
    ),
    Target("T6", Title("voedingsstoffen zijn niet genoeg", "nutrients are not enough"), nutrients_not_enough),
    Target("T7", Title("terugslag een dag later", "a crash a day later"), delayed_crash),
    Target("T8", Title("te snel beginnen valt terug", "a restart too soon relapses"), restart_too_soon),
    Target("T8b", Title("stap voor stap valt niet terug", "a phased return does not"), phased_return),
    Target("T9", Title("bijnier groeit", "the adrenal gland grows"), adrenal_grows),
    Target("T10", Title("cortisol bijna gewoon", "cortisol near normal"), cortisol_near_normal),
    Target("T11", Title("licht, matig en ernstig", "mild, moderate and severe"), graded),
    Target("T12", Title("veiligheid wordt dagen onthouden", "safety is remembered for days"), safety_remembered),
    Target("T13", Title("geen volledige terugkeer", "no full return"), no_full_return),
    Target("T17", Title("na lang ziek zijn niet meer als eerst", "after long illness not as before"), not_as_before),
)
