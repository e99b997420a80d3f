"""Which numbers of one person could be learned from readings? Simulation-based calibration of body/inference.py.

    python benchmarks/body_inference.py [--draws 30000] [--people 1000] [--seed 1] [--write]

Prints the tables of docs/body-model.md, "What could be learned about one person"; with `--write` keeps what decides
which numbers may be offered.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from uitknop.body.inference_bank import CANDIDATES, SPREAD, Bank, draw_prior, fill_bank
from uitknop.body.inference_calibration import INTERVAL, calibrate
from uitknop.body.inference_offered import FILE, Kept, Situation, Wrong, markdown, offered
from uitknop.body.inference_readings import NO_TAP, draw_readings
from uitknop.body.load import body_model
from uitknop.body.schedule import Schedule, hold, joined

SPEC = body_model()
KEPT = Path(__file__).parent.parent / "src/uitknop/body/data" / FILE
PAST = 120


def day(number: int, stress: float, *, safety: float = 0.15, exertion: float = 0.25) -> Schedule:
    """One day: less load and more safety at the weekend."""
    weekend = number % 7 >= 5
    levels = {"stress": stress * (0.5 if weekend else 1.2), "safety": safety + (0.15 if weekend else 0.0)}
    return hold(SPEC, 1, {**levels, "exertion": exertion})


def climbing(days: int) -> Schedule:
    """A quiet month, load that climbs to 0.8 with a hard event of two days, and at last rest; or the same faster."""
    share = days / 180
    course = []
    for number in range(days):
        at = number / share
        stress = float(np.interp(at, [30, 90, 135, 135.001], [0.25, 0.8, 0.8, 0.15]))
        stress += 0.9 if 100 <= at < 100 + 2 / share else 0.0
        course.append(day(number, stress, exertion=0.25 if at < 135 else 0.1))
    return joined(course)


def ordinary() -> Schedule:
    """Half a year with two busy weeks, twice."""
    return joined(day(n, 0.6 if 40 <= n < 54 or 110 <= n < 124 else 0.25) for n in range(180))


def way_back() -> Schedule:
    """Months that make most ill, before the readings; then two months of rest, and four with felt safety."""
    ill = hold(SPEC, PAST, {"stress": 1.1, "safety": 0.05})
    return ill.then(*(day(n, 0.1, safety=0.15 if n < 60 else 0.6, exertion=0.1) for n in range(180)))


def last(bank: Bank, days: int) -> Bank:
    """Only the last days of a bank."""
    return Bank(bank.candidates, bank.vagal[:, -days:], bank.symptoms[:, -days:], bank.fell_ill)


def show(title: str, found: Any, ill: float) -> None:
    first = found[0]
    print(f"\n{title}: {first.people} people ({ill:.0%} ill at some moment), {first.refused} without an answer")
    heads = f"{'p':>6s}{'contr.':>8s}{'if ill':>8s}{'corr.':>8s}{'in 80 %':>9s}{'narrowed':>10s}{'in 80 %':>9s}"
    print(f"  {'':7s}{'ranks in ten bins':42s}{heads}")
    for row in found:
        ranks = " ".join(f"{count:3d}" for count in row.ranks)
        told = f"{row.contraction:8.2f}{row.contraction_ill:8.2f}{row.correlation:8.2f}{row.coverage:9.0%}"
        told += f"{row.narrowed:10.0%}{row.coverage_narrowed:9.0%}"
        print(f"  {row.name:7s}{ranks:42s}{row.p:6.3f}{told if row.name != 'fit' else ''}")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=30_000, help="people in the bank")
    parser.add_argument(
        "--people",
        type=int,
        default=1000,
        help="people with known numbers, per situation; 400 at most where the readings are wrong",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help=f"keep what comes out in {KEPT.name}")
    asked = parser.parse_args()
    began = time.perf_counter()
    prior = draw_prior(SPEC, asked.draws, seed=asked.seed)
    print(f"{asked.draws:,} draws, {asked.people} people, seed {asked.seed}; intervals of {INTERVAL:.0%}")
    right, banks = [], [last(fill_bank(SPEC, prior, climbing(180)), 180)]
    situations = (
        ("load climbs, 180 days", climbing(180), 0.2, 180),
        ("the same, 3 days in 5 missing", climbing(180), 0.6, 180),
        ("the same in 90 days", climbing(90), 0.2, 90),
        ("an ordinary half year", ordinary(), 0.2, 180),
        ("a way back", way_back(), 0.2, 180),
    )
    for place, (title, course, missing, days) in enumerate(situations):
        if place > 1:  # the first two share theirs
            banks[1:] = [last(fill_bank(SPEC, prior, course), days)]
        # Everywhere other people, so that the tests stand apart.
        seed = asked.seed + 1000 * (place + 1)
        truth = last(fill_bank(SPEC, draw_prior(SPEC, asked.people, seed=seed), course), days)
        found = calibrate(banks[-1], truth, draw_readings(truth, seed=seed, missing=missing))
        right.append(Situation(title, float(truth.fell_ill.mean()), found))
        show(title, found, right[-1].ill)
    print("\nWrong on purpose, load climbs, 180 days: share of the people whose truth lies in the 80 % interval")
    cases = wrong(banks[0], min(asked.people, 400), asked.seed)
    apart(banks[0], min(asked.people, 400), asked.seed)
    verdict(Kept(asked.draws, asked.people, asked.seed, tuple(right), cases), write=asked.write)
    print(f"\n{time.perf_counter() - began:.0f} s; {time.process_time():.0f} s of processor time")


def verdict(found: Kept, *, write: bool) -> None:
    """Prints which numbers may be offered, and keeps the calibration if asked."""
    print("\nOffered when ranks are uniform everywhere, learned from 180 days of climbing load, and held when wrong:\n")
    print(markdown(found))
    print("Offered:", ", ".join(offered(found)) or "nothing")
    if write:
        KEPT.write_text(json.dumps(found.to_dict(), indent=1) + "\n", encoding="utf-8")


def apart(bank: Any, people: int, seed: int) -> None:
    """Prints what is learned from each kind of reading alone. Not part of the criterion."""
    print("\nLoad climbs, 180 days, from one kind of reading alone: contraction")
    truth = fill_bank(SPEC, draw_prior(SPEC, people, seed=seed + 300), climbing(180))
    given = draw_readings(truth, seed=seed + 300)
    nothing = np.full_like(given.ln_rmssd, np.nan)
    kinds = {
        "ln RMSSD and heart rate, no tap": replace(given, taps=np.full_like(given.taps, NO_TAP)),
        "the tap only": replace(given, ln_rmssd=nothing, hr_bpm=nothing),
    }
    for title, readings in kinds.items():
        found = calibrate(bank, truth, readings)[:-1]
        print(f"  {title:42s}" + "".join(f"{row.name:>7s}{row.contraction:5.2f}" for row in found))


def wrong(bank: Any, people: int, seed: int) -> tuple[Wrong, ...]:
    """Prints and gives coverage under each wrong assumption."""
    print(f"  {'':42s}" + "".join(f"{name:>7s}" for name in CANDIDATES) + "   no answer")
    cases: tuple[tuple[str, float, str | None, float, float], ...] = (
        ("unknown noise on the load, sd 0.15", SPREAD, None, 0.15, 0.0),
        ("noise of neighbouring days, correlation 0.3", SPREAD, None, 0.0, 0.3),
        ("everything else spreads by 20 %", 0.2, None, 0.0, 0.0),
        ("the first tuning is the truth", SPREAD, "defence_held", 0.0, 0.0),
    )
    kept = []
    for place, (title, spread, kind, noise_sd, correlation) in enumerate(cases):
        own = draw_prior(SPEC, people, seed=seed + 200 + place, spread=spread, kind=kind)
        truth = fill_bank(SPEC, own, climbing(180), noise_sd=noise_sd, seed=seed)
        readings = draw_readings(truth, seed=seed + 30 + place, correlation=correlation)
        found = calibrate(bank, truth, readings)
        kept.append(Wrong(title, found[0].people, found[0].refused, {row.name: row.coverage for row in found[:-1]}))
        cells = "".join(f"{row.coverage:7.0%}" for row in found[:-1])
        print(f"  {title:42s}{cells}   {found[0].refused} of {found[0].refused + found[0].people}")
    return tuple(kept)


if __name__ == "__main__":
    main()
