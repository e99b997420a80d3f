"""The landscape of the body model: folds, events that tip, safety that brings back, relapses, couplings, shares.

    python benchmarks/body_landscape.py [--draws 1000] [--sensitivity]

Prints the tables of docs/body-model.md, section "Landscape", and how long each took. The global sensitivity needs
SALib: pip install SALib.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from uitknop.body.integrate import integrate
from uitknop.body.landscape_diagram import fixed_points, hysteresis, landscape
from uitknop.body.landscape_knockouts import knockouts
from uitknop.body.landscape_shares import FATES, fates
from uitknop.body.landscape_tipping import REST, event_sizes, ill_people, relapse_map, safety_needed
from uitknop.body.landscape_without import fates_without
from uitknop.body.load import body_model
from uitknop.body.outcome import readout
from uitknop.body.people import ALIKE, draw_people
from uitknop.body.play import settled
from uitknop.body.schedule import hold
from uitknop.core import Estimate

SPEC = body_model()
DAYS = (10, 20, 30, 45, 60, 90, 120, 180)
LOADS = (0.2, 0.3, 0.4, 0.5, 0.6)
SPREAD = 0.1


@contextmanager
def part(title: str) -> Iterator[None]:
    """A heading, and the time its figures took."""
    print(f"\n{title}")
    began = time.perf_counter()
    yield
    print(f"  ({time.perf_counter() - began:.1f} s)")


def shown(value: float | None, otherwise: str = "-") -> str:
    """A figure, or a word where there is none."""
    return otherwise if value is None else f"{value:.2f}"


def folds() -> None:
    landscape("stress")  # compiled code is loaded here, not in the time of the diagram
    with part("A bifurcation diagram, ordinary days, load from outside 0 to 1.5"):
        found = landscape("stress")
        print("  " + ", ".join(f"staying {fold.ends} ends at {fold.level:.3f}" for fold in found.folds))
        print(f"  points: {sum(branch.level.size for branch in found.branches)}")
    with part("Places to stay on ordinary days"):
        for stress in (0.0, 0.25, 0.5, 0.74):
            told = (
                f"{x.states['defence']:.3f} {'stable' if x.stable else 'unstable'}"
                for x in fixed_points({"stress": stress})
            )
            print(f"  stress {stress:.2f}: defence " + ", ".join(told))
    with part("Folds in the load, by felt safety, exertion 0.1"):
        for item in hysteresis("safety", (0.0, 0.15, 0.3, 0.5, 0.7, 1.0), {"exertion": 0.1}):
            print(
                f"  safety {item.level:.2f}: tips above {shown(item.tips)}, back below {shown(item.returns, 'no load')}"
            )


def tipping() -> None:
    fold = landscape("stress").fold("well")
    assert fold is not None
    with part("Smallest two-day event that tips, by chronic load, ordinary days"):
        loads = (0.25, 0.4, 0.5, 0.6, 0.7, 0.74, *(fold - gap for gap in (1e-2, 1e-3, 1e-4, 1e-5)), fold + 1e-4)
        found = event_sizes(loads)
        for load, size in zip(found.load, found.size, strict=True):
            print(f"  {load:.5f}: {size:.3f}")
    with part("Least safety that brings back, by load meanwhile, exertion 0.1"):
        for load in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
            need = safety_needed(load)
            ends, year = shown(need.in_the_end, "none"), shown(need.within_a_year, "none")
            print(f"  {load:.1f}: in the end {ends}, in a year {year}")


def relapses(draws: int) -> None:
    with part(f"Share that relapses: day of restart by load, exertion 0.35, {draws} people, spread {SPREAD:.0%}"):
        alone = relapse_map(DAYS, LOADS)
        found = relapse_map(DAYS, LOADS, draw_people(SPEC, draws, seed=1, spread=SPREAD))
        print(f"  {found.n} would come back if they went on resting; in brackets the model without spread")
        print("  day " + " ".join(f"{load:9.1f}" for load in LOADS))
        for place, day in enumerate(found.day):
            cells = [f"{found.share[place, at]:5.0%} ({alone.share[place, at]:.0f})" for at in range(len(LOADS))]
            print(f"  {day:3.0f} " + " ".join(cells))


CARRIED = ("rest_alone", "not_back", "never_ill", "story")


def couplings(draws: int) -> None:
    with part(
        f"Couplings left out one by one: of {draws} people, spread {SPREAD:.0%}, those who live the story with all"
    ):
        model, many = knockouts(), fates_without(n=draws, spread=SPREAD)
        print(f"  {many.n} people; the last column: targets that fail in the person without spread")
        print("  all on fail: " + (" ".join(name for name, holds in model.whole.items() if not holds) or "none"))
        told = " | ".join(FATES[name].en for name in CARRIED)
        print(f"  | left out | {told} | targets that fail |")
        for row, alone in zip(many.rows, model.rows, strict=True):
            cells = [percent(row.shares[name]) for name in CARRIED]
            fails = "nobody ill: " * (not alone.tips) + (" ".join(alone.fails) or "none")
            print(f"  | `{row.coupling}` | {' | '.join(cells)} | {fails} |")


def percent(found: Estimate) -> str:
    """A share with its interval."""
    return f"{found.value:.0%} ({100 * found.low:.0f} to {100 * found.high:.0f})"


def share_table(draws: int) -> None:
    with part(f"Shares of each fate, {draws} people, 95 % intervals"):
        for spread in (0.05, 0.1, 0.2):
            found = fates(spread, n=draws).shares
            cells = [
                f"{title.en}: {found[name].value:.1%} ({found[name].low:.1%}-{found[name].high:.1%})"
                for name, title in FATES.items()
            ]
            print(f"  {spread:.0%}  " + "; ".join(cells))


def sensitivity(trajectories: int) -> None:
    """Which parameters move what: the method of Morris, over a fifth of each value to both sides."""
    from SALib.analyze import morris as analyze
    from SALib.sample import morris as sample

    varied = [symbol for symbol, item in SPEC.parameters.items() if symbol not in ALIKE and item.value > 0]
    bounds = [[0.8 * SPEC.parameters[symbol].value, 1.2 * SPEC.parameters[symbol].value] for symbol in varied]
    problem: dict[str, Any] = {"num_vars": len(varied), "names": varied, "bounds": bounds}
    draws = sample.sample(problem, trajectories, seed=1)
    people = np.tile(draw_people(SPEC, 1, spread=0.0), (draws.shape[0], 1))
    people[:, [list(SPEC.parameters).index(symbol) for symbol in varied]] = draws
    with part(f"Global sensitivity (Morris, {trajectories} trajectories, {draws.shape[0]} people, 20 % to both sides)"):
        for name, values in outputs(people).items():
            found = analyze.analyze(problem, draws, np.nan_to_num(values))
            order = np.argsort(-found["mu_star"])[:8]
            print(f"  {name}: " + ", ".join(f"{varied[at]} {found['mu_star'][at]:.2f}" for at in order))


def outputs(people: Any) -> dict[str, Any]:
    """What the sensitivity is about, a number per person."""
    defence, envelope = list(SPEC.states).index("defence"), SPEC.readouts["envelope"].formula
    well, ill = settled(SPEC, people), ill_people(SPEC, people)
    rest, safe = (integrate(people, ill, hold(SPEC, 250, {**REST, "safety": safety})) for safety in (0.0, 0.7))
    kept = readout(SPEC, envelope, ill[:, None], people) / readout(SPEC, envelope, well[:, None], people)
    return {
        "defence after passive rest": rest[:, -1, defence],
        "days of defence with rest and safety": (safe[:, :, defence] > 0.1).sum(axis=1).astype(float),
        "envelope when ill, share of before": kept[:, 0],
    }


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000, help="people per row of the share table")
    parser.add_argument("--sensitivity", action="store_true", help="the global sensitivity too (SALib)")
    asked = parser.parse_args()
    folds()
    tipping()
    relapses(min(asked.draws, 300))
    couplings(asked.draws)
    share_table(asked.draws)
    if asked.sensitivity:
        sensitivity(100)


if __name__ == "__main__":
    main()
