"""Which numbers may be offered? Those that met the criterion in the calibration kept in `data/calibration.json`.

`benchmarks/body_inference.py --write` runs that calibration, on the real model, and keeps what came out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from typing import Any

from uitknop.body.inference_bank import CANDIDATES
from uitknop.body.inference_calibration import NARROWED, Calibration
from uitknop.core import Value

FILE = "calibration.json"
UNIFORM_AT, CORRELATION, COVERAGE = 0.01, 0.7, 0.7
"""The criterion, written before the first run: the least p of the ranks in any situation; the least correlation of mean
and truth in the first, with a contraction of `NARROWED` at most; the least coverage when the readings are wrong."""


@dataclass(frozen=True, slots=True)
class Situation(Value):
    """What came out in one situation.

    Args:
        title: in words.
        ill: share of the people who fell ill.
        rows: one for each candidate, and one for the fit.
    """

    title: str
    ill: float
    rows: tuple[Calibration, ...]

    def row(self, name: str) -> Calibration:
        """What came out for one candidate, or for the fit."""
        return next(row for row in self.rows if row.name == name)


@dataclass(frozen=True, slots=True)
class Wrong(Value):
    """What came out where the readings were wrong on purpose.

    Args:
        title: how they were wrong.
        people, refused: with an answer, and without one.
        coverage: share of the people whose interval holds the truth, by candidate.
    """

    title: str
    people: int
    refused: int
    coverage: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Kept(Value):
    """A whole calibration.

    Args:
        draws: people in the bank.
        people: with known numbers, per situation.
        seed: of everything.
        situations: the first is the one in which something must be learned.
        wrong: each way in which the readings were wrong.
    """

    draws: int
    people: int
    seed: int
    situations: tuple[Situation, ...]
    wrong: tuple[Wrong, ...]


@lru_cache(maxsize=1)
def kept() -> Kept:
    """The calibration that came with this version."""
    return read_kept(resources.files("uitknop.body").joinpath("data", FILE).read_text(encoding="utf-8"))


def read_kept(text: str) -> Kept:
    """A calibration from its JSON."""
    top = json.loads(text)
    situations = tuple(Situation(one["title"], one["ill"], tuple(map(_row, one["rows"]))) for one in top["situations"])
    return Kept(top["draws"], top["people"], top["seed"], situations, tuple(Wrong(**one) for one in top["wrong"]))


def offered(found: Kept | None = None) -> tuple[str, ...]:
    """The candidates that met the criterion.

    Args:
        found: a calibration; None for the one that is kept.
    """
    found = found or kept()
    return tuple(name for name in CANDIDATES if all(meets(found, name)))


def meets(found: Kept, name: str) -> tuple[bool, bool, bool]:
    """Whether a candidate has uniform ranks everywhere, is learned when most fall ill, and holds when wrong."""
    first = found.situations[0].row(name)
    return (
        min(one.row(name).p for one in found.situations) >= UNIFORM_AT,
        first.contraction <= NARROWED and first.correlation >= CORRELATION,
        least_coverage(found, name) >= COVERAGE,
    )


def least_coverage(found: Kept, name: str) -> float:
    """The least coverage of a candidate when the readings are wrong on purpose."""
    return min(one.coverage[name] for one in found.wrong)


def markdown(found: Kept) -> str:
    """The table of the documentation: p, contraction and correlation per situation."""
    head = ("number", *(one.title for one in found.situations), "least coverage when wrong", "offered")
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for name in CANDIDATES:
        rows = [one.row(name) for one in found.situations]
        told = [f"{row.p:.2f}, {row.contraction:.2f}, {row.correlation:z.2f}" for row in rows]
        verdict = "**yes**" if name in offered(found) else "no"
        lines.append(f"| `{name}` | {' | '.join(told)} | {100 * least_coverage(found, name):.0f} % | {verdict} |")
    fit = " | ".join(f"{one.row('fit').p:.2f}" for one in found.situations)
    return "\n".join([*lines, f"| the fit itself | {fit} | | |"]) + "\n"


def _row(given: Mapping[str, Any]) -> Calibration:
    told = {item.name: given[item.name] for item in fields(Calibration)}
    return Calibration(
        **{name: math.nan if value is None else value for name, value in told.items()}
        | {"ranks": tuple(given["ranks"])}
    )
