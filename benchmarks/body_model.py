"""What the body model does and does not show: defence with each coupling off or halved, and facts it was not tuned to.

    python benchmarks/body_model.py [--draws 1000]

Prints tables of docs/body-model.md; those of the landscape come from body_landscape.py.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from uitknop.body.integrate import integrate
from uitknop.body.load import body_model
from uitknop.body.outcome import readout
from uitknop.body.people import draw_people, switch_off
from uitknop.body.play import settled
from uitknop.body.schedule import Schedule, hold

SPEC = body_model()
PLACE = {name: place for place, name in enumerate(SPEC.states)}
REST = {"stress": 0.1, "exertion": 0.1}
MAKE_ILL = hold(SPEC, 120, {"stress": 1.1, "safety": 0.05})


def at_end(people: Any, start: Any, schedule: Schedule) -> Any:
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]


def envelope(runs: Any, people: Any) -> Any:
    return readout(SPEC, SPEC.readouts["envelope"].formula, runs, people)


def defence(states: Any) -> Any:
    return states[..., PLACE["defence"]]


def four(people: Any, days: float = 300) -> tuple[Any, Any, Any, Any]:
    """States when well, after being made ill, after passive rest, and after rest with safety 0.7."""
    well = settled(SPEC, people)
    ill = at_end(people, well, MAKE_ILL)
    arms = [at_end(people, ill, hold(SPEC, days, {**REST, "safety": safety})) for safety in (0.0, 0.7)]
    return well, ill, arms[0], arms[1]


def knock_outs() -> None:
    print("\nDefence when well / made ill / after passive rest / after rest with safety, each coupling off or halved")
    person = draw_people(SPEC, 1, spread=0.0)
    print(f"  {'none':28s}", "/".join(f"{defence(part)[0]:.2f}" for part in four(person)))
    for coupling in SPEC.couplings.values():
        off = switch_off(SPEC, person, [coupling.name])
        people = np.concatenate([off, 0.5 * (off + person)])
        told = [defence(part) for part in four(people)]
        cells = ["/".join(f"{part[row]:.2f}" for part in told) for row in (0, 1)]
        print(f"  {coupling.name:28s} {cells[0]}   {cells[1]}   {coupling.grade}")


def not_tuned(draws: int) -> None:
    print(f"\nNot tuned to ({draws} people, spread 10 %)")
    people = draw_people(SPEC, draws, seed=2, spread=0.1)
    well = settled(SPEC, people)
    ill = at_end(people, well, MAKE_ILL)
    kept = integrate(people, ill, hold(SPEC, 540, {"stress": 0.3, "exertion": 0.2, "safety": 0.35}))
    share = envelope(kept, people) / envelope(well[:, None], people)
    sick = defence(ill) > 0.3
    for day in (0, 180, 540):
        back, better = (share[sick, day] > 0.9).mean(), (share[sick, day] > share[sick, 0] + 0.1).mean()
        middle = np.median(share[sick, day])
        print(f"  U1 ordinary care, day {day}: envelope {middle:.2f} of before, better {better:.0%}, back {back:.0%}")
    timing(people[sick], ill[sick])
    breath(draws)
    blunted()


def timing(people: Any, ill: Any) -> None:
    levels = {**REST, "safety": 0.15}
    start = at_end(people, ill, hold(SPEC, 60, levels))
    still = defence(start) > 0.3
    people, start = people[still], start[still]
    quiet = integrate(people, start, hold(SPEC, 14, levels), every_min=60)
    bout = hold(SPEC, 0.25, {**levels, "exertion": 0.9}).then(hold(SPEC, 13.75, levels))
    symptoms = SPEC.readouts["symptoms"].formula
    course = integrate(people, start, bout, every_min=60)
    gap = readout(SPEC, symptoms, course, people) - readout(SPEC, symptoms, quiet, people)
    peak = gap.argmax(axis=1) - 6
    last = np.array([np.flatnonzero(row > 0.5 * row.max()).max() for row in gap]) - 6
    first = np.array([np.flatnonzero(row > 0.5 * row.max()).min() for row in gap]) - 6
    for name, values in (("half of the rise", first), ("peak", peak), ("below half again", last)):
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        print(f"  U2 after six hours of exertion: {name} at {middle:.0f} h ({low:.0f} to {high:.0f})")


def breath(draws: int) -> None:
    people = draw_people(SPEC, draws, seed=3, spread=0.1)
    well = settled(SPEC, people)
    before = well[:, PLACE["vagal"]]
    slow = hold(SPEC, 20 / 1440, {"safety": 0.5}), hold(SPEC, 20 / 1440, {})
    after, same = (at_end(people, well, part)[:, PLACE["vagal"]] for part in slow)
    effect = float(((after - same).mean()) / before.std())
    print(f"  U3 twenty minutes of safety 0.5 instead of 0.15: vagal tone +{effect:.2f} SD between people")


def blunted() -> None:
    person = draw_people(SPEC, 1, spread=0.0)
    well = settled(SPEC, person)
    stressed = at_end(person, well, hold(SPEC, 200, {"stress": 0.74}))
    after = integrate(person, stressed, hold(SPEC, 220))[0]
    cortisol, acth = (after[:, PLACE[name]] / well[0, PLACE[name]] for name in ("cortisol", "acth"))
    days = np.flatnonzero((np.abs(cortisol - 1) < 0.1) & (acth < 0.95))
    print(f"  U5 after 200 d of load: cortisol {cortisol[0]:.2f}, ACTH lowest {acth.min():.2f} on day {acth.argmin()}")
    print(f"  U5 cortisol within 10 % and ACTH below 0.95: from day {days.min()} to day {days.max()}")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000, help="people per row")
    draws = parser.parse_args().draws
    knock_outs()
    not_tuned(min(draws, 400))


if __name__ == "__main__":
    main()
