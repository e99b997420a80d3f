"""Plays a scenario with many people at once, and says what happened to them: always an ensemble, never one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Real

import numpy as np
import numpy.typing as npt

from uitknop.body.ensemble import Band, Ensemble, PhaseEnd
from uitknop.body.integrate import Noise, integrate
from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.outcome import BAND, outcomes, readout, shares, were_ill
from uitknop.body.people import couplings_named, draw_people
from uitknop.body.scenario_file import Scenario, scenario
from uitknop.body.schedule import DAY_MIN, Schedule
from uitknop.body.share import share
from uitknop.body.spec import Spec
from uitknop.core import Phrase
from uitknop.core.arrays import frozen
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]

WELL_DAYS = 200
LOUDEST_NOISE = 1.0


def simulate(
    name: str,
    *,
    n: int = 200,
    seed: int = 1,
    spread: float = 0.1,
    noise_sd: float = 0.0,
    switch_off: Iterable[str] = (),
    inputs: Mapping[str, float] | None = None,
    kind: str | None = None,
    start: Mapping[str, float] | None = None,
    schedule: Schedule | None = None,
) -> Ensemble:
    """Play a scenario of the body model with many people.

    Args:
        name: of the scenario, such as "chronic-load".
        n: how many people.
        seed: the same seed gives the same people and the same noise; person i does not hang on n.
        spread: how much people differ: coefficient of variation of every parameter but the published rates.
        noise_sd: standard deviation of the noise on the load from outside.
        switch_off: couplings to leave out, such as "sensation_threat"; a name alone is one coupling.
        inputs: inputs held at another level, from the day the scenario is open on; throughout an own schedule.
        kind: kind of course, such as "post_exertional"; None for that of the scenario.
        start: states to start from instead of the scenario's own past; those not named as in a healthy person.
        schedule: another course of the inputs in the place of the scenario's.

    Raises:
        ModelError: a name does not exist (the nearest are offered), or n, seed, spread or noise_sd can't be used.
        ParameterOutOfRange: a level or state lies outside its range.

    >>> simulate("acute-stress", n=8).shares["well"].value
    1.0
    """
    played, spec, off = scenario(name), body_model(), couplings_named(switch_off)
    if not isinstance(noise_sd, Real) or not 0.0 <= noise_sd <= LOUDEST_NOISE:
        raise ModelError(
            Phrase("Noise of {sd} can't be used; give 0 to {most}.", {"sd": noise_sd, "most": LOUDEST_NOISE})
        )
    people = draw_people(spec, n, seed=seed, spread=spread, kind=kind or played.kind, switched_off=off)
    course = played.course(spec, inputs or {}, schedule)
    noise = Noise(noise_sd, noise_seeds(n, seed)) if noise_sd > 0 else None
    well = settled(spec, people)
    first = well if start is None else own_start(spec, well, start)
    if start is None:
        first = integrate(people, well, played.before, every_min=played.before.length_min)[:, -1]
    broken = bool((course.lengths_min < DAY_MIN).any())
    runs = integrate(people, first, course, every_min=played.every_min, noise=noise, fine=broken)
    found = outcomes(spec, runs, people, well, begins_ill=played.begins_ill)
    lost = np.array([outcome == "diverged" for outcome in found])
    return Ensemble(
        scenario=played.name,
        title=played.title,
        claims=played.claims,
        n=n,
        seed=seed,
        spread=spread,
        noise_sd=noise_sd,
        kind=kind or played.kind,
        switched_off=off,
        inputs=dict(inputs or {}),
        schedule=schedule,
        day=frozen(np.arange(runs.shape[1]) * played.every_min / DAY_MIN, np.float64),
        bands=bands_of(spec, runs[~lost], people[~lost]),
        fell_ill=share(int(were_ill(spec, runs).sum()), n),
        shares=shares(found),
        outcomes=found,
        diverged=int(lost.sum()),
        phases=_phase_ends(played, spec, runs, people, well) if schedule is None else (),
    )


def _phase_ends(played: Scenario, spec: Spec, runs: Floats, people: Floats, well: Floats) -> tuple[PhaseEnd, ...]:
    """How it stood at the end of each phase but the last."""
    found = []
    for phase in played.phases[:-1]:
        kept = runs[:, : round(phase.to_day * DAY_MIN / played.every_min) + 1]
        told = shares(outcomes(spec, kept, people, well, begins_ill=played.begins_ill))
        found.append(PhaseEnd(phase.title, phase.to_day, told))
    return tuple(found)


def settled(spec: Spec, people: Floats) -> Floats:
    """The states of people when they are well: after a long ordinary time. Shape (n, states)."""
    ordinary = np.array([[item.usual for item in spec.inputs.values()]])
    quiet = Schedule(np.array([WELL_DAYS * DAY_MIN]), ordinary)
    begin = np.tile([state.start for state in spec.states.values()], (people.shape[0], 1))
    return integrate(people, begin, quiet, every_min=quiet.length_min)[:, -1]


def own_start(spec: Spec, well: Floats, start: Mapping[str, float]) -> Floats:
    """States to start from: those of people when well, with some replaced.

    Raises:
        ModelError: a state does not exist, or can't have that value.
    """
    first = well.copy()
    for name, value in start.items():
        if name not in spec.states:
            raise unknown(Phrase("state"), name, spec.states)
        state = spec.states[name]
        if not isinstance(value, Real) or not state.low <= value <= state.high:
            told = {"name": name, "value": value, "low": state.low, "high": state.high}
            raise ModelError(Phrase("The state {name} is {value}; it must be from {low} to {high}.", told))
        first[:, list(spec.states).index(name)] = value
    return first


def noise_seeds(n: int, seed: int) -> npt.NDArray[np.uint64]:
    """One seed per person; that of person i does not hang on n."""
    return np.array([np.random.SeedSequence([seed, person, 1]).generate_state(1, np.uint64)[0] for person in range(n)])


def bands_of(spec: Spec, runs: Floats, people: Floats) -> dict[str, Band]:
    """The band of every state and read-out over time; none without people.

    Args:
        runs: states of people whose course did not diverge, shape (n, kept, states).
        people: their parameters, shape (n, parameters).
    """
    if runs.shape[0] == 0:
        return {}
    courses = {name: runs[:, :, place] for place, name in enumerate(spec.states)}
    courses |= {name: readout(spec, item.formula, runs, people) for name, item in spec.readouts.items()}
    found = {}
    for name, course in courses.items():
        ordered = np.sort(course.T, axis=1)
        low, middle, high = (_ranked(ordered, share) for share in ((1 - BAND) / 2, 0.5, (1 + BAND) / 2))
        found[name] = Band(*(frozen(values, np.float64) for values in (middle, low, high)))
    return found


def _ranked(ordered: Floats, share: float) -> Floats:
    """The value below which a share of the people lies, between two people in proportion; shape (kept,).

    Args:
        ordered: the values of the people from low to high, shape (kept, n).
    """
    rank = share * (ordered.shape[1] - 1)
    below = int(rank)
    above = min(below + 1, ordered.shape[1] - 1)
    return np.asarray(ordered[:, below] + (rank - below) * (ordered[:, above] - ordered[:, below]))
