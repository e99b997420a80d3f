"""Where the coupling diagram puts what: places of the states and bows of the arrows, and the geometry of both.

Places and bows are found once by `scripts/couplings_layout.py` and kept in `specs/couplings.json`; what the arrows
are comes from the specification of the model each time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from uitknop.body import Spec

Point = tuple[float, float]
Pair = tuple[str, str]

COLUMN_PX, ROW_PX = 136.0, 116.0
BOX_PX = (97.0, 48.0)
GAP_PX = 3.0
"""Between the end of an arrow and the box it points at."""

SAMPLES = 48


@dataclass(frozen=True, slots=True)
class Arc:
    """A quadratic curve from border to border.

    Args:
        start, control, end: in px.
    """

    start: Point
    control: Point
    end: Point

    def at(self, share: float) -> Point:
        """The point at a share of the way."""
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share * share
        return (
            a * self.start[0] + b * self.control[0] + c * self.end[0],
            a * self.start[1] + b * self.control[1] + c * self.end[1],
        )

    def points(self) -> list[Point]:
        """Points along the way."""
        return [self.at(step / SAMPLES) for step in range(SAMPLES + 1)]

    def beside(self, shift_px: float) -> Arc:
        """The same curve, some px to its left."""
        across = (self.end[1] - self.start[1], self.start[0] - self.end[0])
        length = math.hypot(*across)
        dx, dy = (shift_px * part / length for part in across)
        return Arc(*((x + dx, y + dy) for x, y in (self.start, self.control, self.end)))

    def between(self, first: float, last: float) -> Arc:
        """The part between two shares of the way."""
        middle = (first + last) / 2
        start, half, end = self.at(first), self.at(middle), self.at(last)
        control = (2 * half[0] - (start[0] + end[0]) / 2, 2 * half[1] - (start[1] + end[1]) / 2)
        return Arc(start, control, end)


@dataclass(frozen=True, slots=True)
class Layout:
    """Kept places.

    Args:
        places: middle of each box, px, by name of the state or input.
        bows: of each arrow, px to its left; several where several couplings lead the same way.
    """

    places: Mapping[str, Point]
    bows: Mapping[Pair, tuple[float, ...]]


@lru_cache(maxsize=1)
def layout() -> Layout:
    """The places and bows that are kept."""
    text = resources.files("uitknop.report").joinpath("specs", "couplings.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    places = {name: place_of(*at) for name, at in kept["places"].items()}
    bows = {(begins, ends): tuple(bows) for begins, ends, *bows in kept["bows"]}
    return Layout(places, bows)


def place_of(column: float, row: float) -> Point:
    """The middle of a box, px."""
    return column * COLUMN_PX + BOX_PX[0] / 2 + GAP_PX, row * ROW_PX + BOX_PX[1] / 2 + GAP_PX


def arc(begins: Point, ends: Point, bow: float) -> Arc:
    """The arrow between two boxes.

    Args:
        bow: how far its control point lies to the left of the straight line, px.
    """
    along = (ends[0] - begins[0], ends[1] - begins[1])
    length = math.hypot(*along)
    control = (
        (begins[0] + ends[0]) / 2 + bow * along[1] / length,
        (begins[1] + ends[1]) / 2 - bow * along[0] / length,
    )
    whole = Arc(begins, control, ends)
    shares = [step / SAMPLES for step in range(SAMPLES + 1)]
    outside = [at for at in shares if not inside(whole.at(at), begins, 0.0) and not inside(whole.at(at), ends, GAP_PX)]
    return whole.between(outside[0], outside[-1])


def inside(point: Point, box: Point, room: float) -> bool:
    """Whether a point lies in a box, or within some px of it."""
    return all(abs(at - middle) < size / 2 + room for at, middle, size in zip(point, box, BOX_PX, strict=True))


def firm_pairs(spec: Spec) -> tuple[Pair, ...]:
    """What hangs together by the equations themselves, where no coupling says so: thin arrows, never off.

    With the couplings they are all that the formulas of the states hold.
    """
    coupled = {(item.begins, item.ends) for item in spec.couplings.values()}
    names = {item.symbol: name for part in (spec.inputs, spec.states) for name, item in part.items()}
    found = []
    for ends, state in spec.states.items():
        formulas = [formula for formula in (state.target, state.tau, state.rate) if formula is not None]
        needed = {symbol for formula in formulas for symbol in formula.names}
        while shared := needed & set(spec.quantities):
            needed = needed - shared | {symbol for name in shared for symbol in spec.quantities[name].names}
        begun = sorted(names[symbol] for symbol in needed & set(names))
        found += [(begins, ends) for begins in begun if begins != ends and (begins, ends) not in coupled]
    return tuple(found)
