"""What the body model does and does not show: defence with each coupling off or halved, and facts it was not tuned to.

    python benchmarks/body_model.py [--draws 400]

Prints tables of docs/body-model.md; those of the landscape come from body_landscape.py.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from uitknop.body.facts import compare, markdown
from uitknop.body.integrate import integrate
from uitknop.body.landscape_tipping import ill_people
from uitknop.body.load import body_model
from uitknop.body.people import draw_people, switch_off
from uitknop.body.play import settled
from uitknop.body.scenario_file import scenario
from uitknop.body.schedule import Schedule

SPEC = body_model()
PLACE = {name: place for place, name in enumerate(SPEC.states)}


def at_end(people: Any, start: Any, schedule: Schedule) -> Any:
    return integrate(people, start, schedule, every_min=schedule.length_min)[:, -1]


def defence(states: Any) -> Any:
    return states[..., PLACE["defence"]]


def four(people: Any) -> tuple[Any, Any, Any, Any]:
    """States when well, after being made ill, and after a year of passive rest and of rest with much safety."""
    well, ill = settled(SPEC, people), ill_people(SPEC, people)
    rest, safe = (at_end(people, ill, scenario(name).schedule) for name in ("passive-rest", "rest-much-safety"))
    return well, ill, rest, safe


def knock_outs() -> None:
    print("\nIn the person without spread (body_landscape.py has the shares of people), each coupling off or halved:")
    print("  defence when well / made ill / after passive rest / after rest with safety")
    person = draw_people(SPEC, 1, spread=0.0)
    print(f"  {'none':28s}", "/".join(f"{defence(part)[0]:.2f}" for part in four(person)))
    for coupling in SPEC.couplings.values():
        off = switch_off(SPEC, person, [coupling.name])
        people = np.concatenate([off, 0.5 * (off + person)])
        told = [defence(part) for part in four(people)]
        cells = ["/".join(f"{part[row]:.2f}" for part in told) for row in (0, 1)]
        print(f"  {coupling.name:28s} {cells[0]}   {cells[1]}   {coupling.grade}")


def not_tuned(draws: int) -> None:
    print(f"\nNot tuned to ({draws} people, spread 10 %)\n")
    print(markdown(compare(draws)))


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=400, help="people beside the facts")
    draws = parser.parse_args().draws
    knock_outs()
    not_tuned(draws)


if __name__ == "__main__":
    main()
