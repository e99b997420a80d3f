"""What if? A few choices for made-up people who became ill, played at once; and, apart, an effort and its first days.

The choices are names, so that a page can offer them; the levels behind them are those of the scenarios. What such a
level would be in anybody's day was never measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from uitknop.body.ensemble import Ensemble
from uitknop.body.integrate import integrate
from uitknop.body.load import body_model
from uitknop.body.nearest import unknown
from uitknop.body.outcome import diverged, outcomes, shares, were_ill
from uitknop.body.people import USUAL_KIND, draw_people
from uitknop.body.play import bands_of, settled
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import DAY_MIN, Schedule, hold, ramp
from uitknop.body.share import share
from uitknop.body.spec import Title
from uitknop.core import Phrase, Value
from uitknop.core.arrays import frozen

Floats = npt.NDArray[np.float64]

N, SEED, SPREAD = 200, 1, 0.1
"""How many made-up people, which, and how much they differ."""

DAYS = 364
WEEK_MIN = 7 * DAY_MIN

LOADS: Mapping[str, float] = {"light": 0.1, "usual": 0.3, "heavy": 0.74}
RESTS: Mapping[str, float] = {"much": 0.1, "some": 0.25, "little": 0.4}
"""Rest, as the exertion that is left."""

SAFETIES: Mapping[str, float] = {"few": 0.0, "some": 0.3, "many": 0.7}
RESTARTS: Mapping[str, tuple[int, int]] = {"none": (DAYS, 0), "early": (28, 0), "steps": (28, 126), "late": (91, 0)}
"""The day on which something is taken up again, and over how many days it grows."""

BUSY = dict(zip(body_model().inputs, scenario("phased-return").schedule.levels[-1].tolist(), strict=True))
"""What is taken up again: as at the end of the return in steps of the scenarios."""

EFFORTS: Mapping[str, float] = {"within": 0.2, "over": 0.45, "far_over": 0.9}
EFFORT_H, EFFORT_DAY, AFTER_DAYS = 6, 1, 3
PROTECTED_COUPLINGS = (
    *("stressors_load", "sensitisation_load", "exertion_energy", "sleep_energy", "defence_energy", "energy_envelope"),
    *("defence_envelope", "exertion_debt", "defence_debt", "debt_atp", "atp_inflammation"),
)
"""What the bucket, the limit and the delayed crash hang on: all that is shown where effort may do harm."""


@dataclass(frozen=True, slots=True)
class Choices(Value):
    """What is chosen for people who are ill.

    Args:
        load: one of `LOADS`.
        rest: one of `RESTS`.
        safety: one of `SAFETIES`.
        restart: one of `RESTARTS`.
        off: couplings that are left out.

    Raises:
        ModelError: a choice or coupling does not exist; the nearest names are offered.
    """

    load: str = "light"
    rest: str = "much"
    safety: str = "some"
    restart: str = "none"
    off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(Phrase("load"), self.load, LOADS)
        _check(Phrase("rest"), self.rest, RESTS)
        _check(Phrase("safety"), self.safety, SAFETIES)
        _check(Phrase("restart"), self.restart, RESTARTS)
        object.__setattr__(self, "off", _couplings(self.off))


@dataclass(frozen=True, slots=True)
class Effort(Value):
    """What is chosen for an effort of some hours, and the days after it.

    Args:
        load: one of `LOADS`.
        effort: one of `EFFORTS`.
        off: couplings that are left out.

    Raises:
        ModelError: a choice or coupling does not exist; the nearest names are offered.
    """

    load: str = "light"
    effort: str = "far_over"
    off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(Phrase("load"), self.load, LOADS)
        _check(Phrase("effort"), self.effort, EFFORTS)
        object.__setattr__(self, "off", _couplings(self.off))


@lru_cache(maxsize=64)
def what_if(choices: Choices) -> Ensemble:
    """A year of people who are ill, with the share of each outcome. Kept once a week.

    >>> what_if(Choices(safety="many")).shares["well"].value > 0.8
    True
    >>> what_if(Choices(off=("load_threat",))).fell_ill.value
    0.0
    """
    levels = {
        "stress": LOADS[choices.load],
        "exertion": RESTS[choices.rest],
        "safety": SAFETIES[choices.safety],
    }
    people, well, ill = _begun("passive-rest", choices.off)
    runs = integrate(people, ill, _year(levels, choices.restart), every_min=WEEK_MIN)
    return _ensemble("what-if", Title("Wat als", "What if"), levels, choices.off, WEEK_MIN, people, well, runs)


@lru_cache(maxsize=32)
def after_effort(chosen: Effort) -> Ensemble:
    """A day, some hours of effort, and the first days after it, of people who are ill and resting. Kept every hour."""
    levels = {"stress": LOADS[chosen.load], "exertion": EFFORTS[chosen.effort]}
    name, spec = "delayed-crash", body_model()
    people, well, ill = _begun(name, chosen.off)
    quiet = {"stress": levels["stress"], "exertion": RESTS["much"], "safety": 0.0}
    course = hold(spec, EFFORT_DAY, quiet).then(
        hold(spec, EFFORT_H / 24, {**quiet, "exertion": levels["exertion"]}), hold(spec, AFTER_DAYS, quiet)
    )
    runs = integrate(people, ill, course, every_min=60, fine=True)
    return _ensemble(name, scenario(name).title, levels, chosen.off, 60, people, well, runs)


def _year(levels: Mapping[str, float], restart: str) -> Schedule:
    """The year: as chosen, and from some day on what is taken up again, at once or in steps."""
    spec = body_model()
    day, growing = RESTARTS[restart]
    before = hold(spec, day, levels)
    if day == DAYS:
        return before
    busy = {**BUSY, "stress": max(BUSY["stress"], levels["stress"])}
    begun = before.then(ramp(spec, growing, levels, busy)) if growing else before
    return begun.then(hold(spec, DAYS - day - growing, busy))


@lru_cache(maxsize=16)
def _begun(name: str, off: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """People with their couplings left out; their states when well, and where the scenario begins."""
    spec, before = body_model(), scenario(name).before
    people = draw_people(spec, N, seed=SEED, spread=SPREAD, switched_off=off)
    well = settled(spec, people)
    return people, well, integrate(people, well, before, every_min=before.length_min)[:, -1]


def _ensemble(
    name: str,
    title: Title,
    levels: Mapping[str, float],
    off: tuple[str, ...],
    every_min: int,
    people: Floats,
    well: Floats,
    runs: Floats,
) -> Ensemble:
    spec = body_model()
    found, lost = outcomes(spec, runs, people, well, begins_ill=True), diverged(spec, runs)
    return Ensemble(
        scenario=name,
        title=title,
        claims=(),
        n=N,
        seed=SEED,
        spread=SPREAD,
        noise_sd=0.0,
        kind=USUAL_KIND,
        switched_off=off,
        inputs=dict(levels),
        schedule=None,
        day=frozen(np.arange(runs.shape[1]) * every_min / DAY_MIN, np.float64),
        bands=bands_of(spec, runs[~lost], people[~lost]),
        fell_ill=share(int(were_ill(spec, runs).sum()), N),
        shares=shares(found),
        outcomes=found,
        diverged=int(lost.sum()),
    )


def _check(what: Phrase, name: str, known: Mapping[str, object]) -> None:
    if name not in known:
        raise unknown(what, name, known)


def _couplings(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of couplings, each once and in the order of the model."""
    known = body_model().couplings
    for name in names:
        _check(Phrase("coupling"), name, known)
    return tuple(name for name in known if name in names)
