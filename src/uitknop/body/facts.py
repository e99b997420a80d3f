"""Does the model agree with facts that it was not tuned to? What it gives for each, beside what was published.

The facts, their sources and the criteria stand in `data/facts.toml`; the verdict is computed from the numbers there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import numpy as np
import numpy.typing as npt

from uitknop.body.integrate import integrate
from uitknop.body.load import body_model
from uitknop.body.outcome import readout
from uitknop.body.people import draw_people
from uitknop.body.play import settled
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import DAY_MIN, Schedule, hold
from uitknop.body.share import share
from uitknop.body.toml_fields import Fields, parse
from uitknop.core import Estimate, Value

Floats = npt.NDArray[np.float64]
Verdict = Literal["agrees", "in part", "does not agree", "can't tell"]
Found = tuple[str, Verdict]

FILE = "facts.toml"
WORDS = ("says", "published", "source", "criterion")
N, SEED, SPREAD = 400, 2, 0.1
GRID_SPREADS, GRID_SAFETIES = (0.05, 0.1, 0.15, 0.2), (0.3, 0.5, 0.7)

CARE: Mapping[str, float] = {"stress": 0.3, "exertion": 0.2, "safety": 0.35}
REST: Mapping[str, float] = {"stress": 0.1, "exertion": 0.1, "safety": 0.15}
BOUT_H, FOLLOWED_DAYS = 6, 14
ILL = 0.3
"""Defence from which somebody counts as ill."""

LONG_STRESS: Mapping[str, float] = {"stress": 0.74}
STRESS_DAYS, AFTER_DAYS = 200, 220


@dataclass(frozen=True, slots=True)
class Fact(Value):
    """A fact that the model was not tuned to.

    Args:
        name: as in the documentation.
        says, published, source, criterion: in words; from when on the model counts as agreeing.
        numbers: what the criterion asks for.
    """

    name: str
    says: str
    published: str
    source: str
    criterion: str
    numbers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Compared(Value):
    """A fact beside the model.

    Args:
        fact: what was published.
        model: what the model gives, in words.
        verdict: whether that meets the criterion.
    """

    fact: Fact
    model: str
    verdict: Verdict


@lru_cache(maxsize=1)
def facts() -> Mapping[str, Fact]:
    """The facts by name.

    Raises:
        KnowledgeError: the file breaks its schema; the installation is damaged.
    """
    text = resources.files("uitknop.body").joinpath("data", FILE).read_text(encoding="utf-8")
    top, found = Fields(FILE, "top", parse(FILE, text)), {}
    for row in top.tables("fact"):
        says, published, source, criterion = (row.text(field) for field in WORDS)
        inner = row.table("numbers")
        numbers = {name: inner.number(name) for name in inner.left()}
        found[row.name] = Fact(row.name, says, published, source, criterion, numbers)
        row.finish()
    top.finish()
    return found


def compare(n: int = N) -> tuple[Compared, ...]:
    """Every fact beside what the model gives.

    Args:
        n: how many made-up people.
    """
    people, well, ill = _people(n)
    sick = _state(ill, "defence") > ILL
    begins, lasts = _after_exertion(people[sick], ill[sick])
    known = facts()
    found: dict[str, Found] = {
        "U1": _ordinary_care(people[sick], well[sick], ill[sick], known["U1"].numbers),
        "U2a": _share_beside(begins, "begins", known["U2a"].numbers),
        "U2b": _share_beside(lasts, "lasts", known["U2b"].numbers),
        "U3": _slow_breathing(n, known["U3"].numbers),
        "U4": ("nothing", "can't tell"),
        "U5": _after_stress(people, well, known["U5"].numbers),
    }
    return tuple(Compared(fact, *found[name]) for name, fact in known.items())


def markdown(rows: tuple[Compared, ...]) -> str:
    """The table of the documentation."""
    head = ("fact", "published", "the model", "agrees when", "verdict", "source")
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for row in rows:
        fact = row.fact
        cells = (f"{fact.name}: {fact.says}", fact.published, row.model, fact.criterion, f"**{row.verdict}**")
        lines.append(f"| {' | '.join((*cells, fact.source))} |")
    return "\n".join(lines) + "\n"


def breathing_grid(n: int, minutes: float) -> Floats:
    """What minutes of more safety add to vagal tone, in SD between people, shape (spreads, safeties).

    Args:
        n: people for each spread.
        minutes: how long, against as long on an ordinary day.
    """
    spec, rows = body_model(), []
    for spread in GRID_SPREADS:
        people = draw_people(spec, n, seed=SEED + 1, spread=spread)
        well = settled(spec, people)
        levels: list[Mapping[str, float]] = [{}, *({"safety": safety} for safety in GRID_SAFETIES)]
        same, *raised = (_state(_at_end(people, well, hold(spec, minutes / DAY_MIN, each)), "vagal") for each in levels)
        between = _state(well, "vagal").std()
        rows.append([float((vagal - same).mean() / between) for vagal in raised])
    return np.array(rows)


def _people(n: int) -> tuple[Floats, Floats, Floats]:
    """People, and their states when well and after the months that make most of them ill."""
    spec = body_model()
    people = draw_people(spec, n, seed=SEED, spread=SPREAD)
    well = settled(spec, people)
    return people, well, _at_end(people, well, scenario("passive-rest").before)


def _ordinary_care(people: Floats, well: Floats, ill: Floats, asked: Mapping[str, float]) -> Found:
    after = _at_end(people, ill, hold(body_model(), asked["day"], CARE))
    before, first, last = (_read("envelope", states[:, None], people)[:, 0] for states in (well, ill, after))
    n = len(people)
    better = share(int((last > first + asked["better_by"] * before).sum()), n)
    back = share(int((last > asked["back_at"] * before).sum()), n)
    met = better.value >= asked["half"] > back.value
    told = f"{_percent(better)} better, of whom most are back: {_percent(back)}; the rest unchanged"
    return told, "agrees" if met else "does not agree"


def _after_exertion(people: Floats, ill: Floats) -> tuple[Floats, Floats]:
    """Hours from the end of the exertion until half of its highest rise, and hours above half, of each person."""
    spec = body_model()
    start = _at_end(people, ill, hold(spec, 60, REST))
    still = _state(start, "defence") > ILL
    people, start = people[still], start[still]
    bout = hold(spec, BOUT_H / 24, {**REST, "exertion": 0.9}).then(hold(spec, FOLLOWED_DAYS - BOUT_H / 24, REST))
    did, did_not = (
        _read("symptoms", integrate(people, start, course, every_min=60), people)
        for course in (bout, hold(spec, FOLLOWED_DAYS, REST))
    )
    above = did - did_not > 0.5 * (did - did_not).max(axis=1, keepdims=True)
    first, last = above.argmax(axis=1), above.shape[1] - 1 - above[:, ::-1].argmax(axis=1)
    return first.astype(np.float64) - BOUT_H, (last - first).astype(np.float64)


def _share_beside(hours: Floats, what: str, asked: Mapping[str, float]) -> Found:
    own = share(int((hours >= asked["hours"]).sum()), hours.size)
    low, middle, high = np.quantile(hours, [0.05, 0.5, 0.95])
    when = {"begins": f"half of the rise {middle:.0f} h after it", "lasts": f"above half of it for {middle:.0f} h"}
    told = f"{_percent(own)}; {when[what]} (5 to 95 %: {low:.0f} to {high:.0f})"
    return told, "agrees" if own.low <= asked["high"] and asked["low"] <= own.high else "does not agree"


def _slow_breathing(n: int, asked: Mapping[str, float]) -> Found:
    grid = breathing_grid(n, asked["minutes"])
    rows = "; ".join(
        f"{spread:.0%} {' '.join(f'{effect:.2f}' for effect in row)}".replace("%", " %")
        for spread, row in zip(GRID_SPREADS, grid, strict=True)
    )
    safeties = ", ".join(f"{safety:g}" for safety in GRID_SAFETIES)
    return f"anything: with safety {safeties}, by spread: {rows}", "can't tell"


def _after_stress(people: Floats, well: Floats, asked: Mapping[str, float]) -> Found:
    """Of the person without spread, and of people whom the stress did not make ill: being ill changes the axis too."""
    spec = body_model()
    person = draw_people(spec, 1, spread=0.0)
    all_people, all_well = np.concatenate([person, people]), np.concatenate([settled(spec, person), well])
    stressed = _at_end(all_people, all_well, hold(spec, STRESS_DAYS, LONG_STRESS))
    kept = _state(stressed, "defence") < ILL
    runs = integrate(all_people[kept], stressed[kept], hold(spec, AFTER_DAYS))
    cortisol, acth = (_state(runs, name) / _state(all_well[kept], name)[:, None] for name in ("cortisol", "acth"))
    normal = np.abs(cortisol - 1) < asked["cortisol_within"]
    blunted = normal & (acth < asked["acth_below"])
    days, slightly = np.flatnonzero(blunted[0]), np.flatnonzero(normal[0] & (acth[0] < asked["acth_slightly_below"]))
    lasting = blunted.sum(axis=1) >= asked["days"]
    found = share(int(lasting[1:].sum()), lasting.size - 1)
    told = (
        f"without spread day {days[0]} to {days[-1]} (below {asked['acth_slightly_below']:g} to day {slightly[-1]}); "
        f"two weeks or more in {_percent(found)} of the {found.n} people who did not fall ill"
    )
    met = (bool(lasting[0]), found.value >= asked["half"])
    return told, "agrees" if all(met) else "in part" if any(met) else "does not agree"


def _at_end(people: Floats, start: Floats, schedule: Schedule) -> Floats:
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]


def _state(states: Floats, name: str) -> Floats:
    return np.asarray(states[..., list(body_model().states).index(name)])


def _read(name: str, runs: Floats, people: Floats) -> Floats:
    return readout(body_model(), body_model().readouts[name].formula, runs, people)


def _percent(found: Estimate) -> str:
    low, middle, high = (f"{100 * part:.0f}" for part in (found.low, found.value, found.high))
    return f"{middle} % ({low} to {high})"
