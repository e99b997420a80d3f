"""Finds places for the coupling diagram and keeps them: short arrows, few crossings, none through a box.

Run it after a state, an input or a coupling came or went: `python scripts/couplings_layout.py` (some minutes).
`--bows` keeps the places and finds the bows of the arrows only.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from uitknop.body import Spec, body_model
from uitknop.report.body_layout import BOX_PX, Pair, Point, arc, firm_pairs, inside, place_of

FILE = Path(__file__).parent.parent / "src/uitknop/report/specs/couplings.json"
COLUMNS, ROWS = 5, 5
STEPS, SEED = 12000, 4
BENDS = (0.0, 22.0, 44.0, 68.0, 84.0, 96.0, 108.0, 120.0, 134.0, 152.0, 172.0, 190.0, 210.0)
BOWS = tuple(side * bow for bow in BENDS for side in (1, -1))[1:]
CROSSING, BLOCKED, CLOSE, ROOM_PX = 2.0, 60.0, 9.0, 5.0
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Writes the file."""
    spec = body_model()
    if "--bows" in sys.argv:
        places = {name: tuple(at) for name, at in json.loads(FILE.read_text(encoding="utf-8"))["places"].items()}
    else:
        places = find_places(spec)
    pairs = [(item.begins, item.ends) for item in spec.couplings.values() if item.begins != item.ends]
    bows = find_bows([*pairs, *firm_pairs(spec)], {name: place_of(*at) for name, at in places.items()})
    kept = {"places": places, "bows": [[*pair, *found] for pair, found in bows.items()]}
    text = json.dumps(kept).replace('], ["', '],\n["').replace('"bows"', '\n"bows"')
    FILE.write_text(text + "\n", encoding="utf-8")


def find_places(spec: Spec) -> dict[str, tuple[int, int]]:
    """Column and row of every state and input, by simulated annealing (Kirkpatrick 1983)."""
    names = [*spec.inputs, *spec.states]
    pairs = sorted({(item.begins, item.ends) for item in spec.couplings.values() if item.begins != item.ends})
    loop = {(spec.couplings[name].begins, spec.couplings[name].ends) for name in spec.loop}
    lines = [*pairs, *firm_pairs(spec)]
    ends = np.array([[names.index(name) for name in line] for line in lines])
    weights = np.array([2.5 if line in loop else 1.0 for line in lines])
    slots = np.array([place_of(column, row) for row in range(ROWS) for column in range(COLUMNS)])
    rng, taken, met = np.random.default_rng(SEED), len(names), _met(slots)
    order = rng.permutation(len(slots))
    now = _cost(order[:taken], slots, met, ends, weights)
    for step in range(STEPS):
        heat = 25 * (1 - step / STEPS) ** 2 + 0.3
        first, second = rng.integers(taken), rng.integers(len(slots))
        order[[first, second]] = order[[second, first]]
        then = _cost(order[:taken], slots, met, ends, weights)
        if then <= now or rng.random() < np.exp((now - then) / heat):
            now = then
        else:
            order[[first, second]] = order[[second, first]]
    return {name: (int(slot % COLUMNS), int(slot // COLUMNS)) for name, slot in zip(names, order, strict=False)}


def _met(slots: Floats) -> npt.NDArray[np.int64]:
    """The slots that an arrow between two slots runs into, as bits, for each bow; shape (slots, slots, bows).

    An arrow that leaves the drawing runs into the bit after the last slot, which counts as taken.
    """
    n, size, low, high = len(slots), np.array(BOX_PX) / 2, slots.min(axis=0), slots.max(axis=0)
    met = np.zeros((n, n, len(BOWS)), np.int64)
    for begins, ends, bow in product(range(n), range(n), range(len(BOWS))):
        if begins == ends:
            continue
        points = np.array(arc(tuple(slots[begins]), tuple(slots[ends]), BOWS[bow]).points())
        hit = (np.abs(points[:, None] - slots[None]) < size + ROOM_PX).all(axis=2).any(axis=0)
        out = bool((points < low - size).any() or (points > high + size).any())
        met[begins, ends, bow] = sum(1 << int(slot) for slot in np.flatnonzero(hit)) | out << n
    return met


def _cost(
    order: npt.NDArray[np.int64],
    slots: Floats,
    met: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    weights: Floats,
) -> float:
    at = order[ends]
    begin, end = slots[at[:, 0]], slots[at[:, 1]]
    first, second = np.triu_indices(len(ends), 1)
    apart = ~(ends[first][:, :, None] == ends[second][:, None, :]).any(axis=(1, 2))
    a, b, c, d = begin[first[apart]], end[first[apart]], begin[second[apart]], end[second[apart]]
    crossings = ((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)).sum()
    taken = sum(1 << int(slot) for slot in order) | 1 << len(slots)
    others = taken & ~((1 << at[:, 0]) | (1 << at[:, 1]))
    blocked = ((met[at[:, 0], at[:, 1]] & others[:, None]) != 0).all(axis=1)
    length = float((weights * np.hypot(*(end - begin).T)).sum())
    return length / 40 + CROSSING * float(crossings) + BLOCKED * float(blocked.sum())


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    return np.asarray((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]))


def find_bows(pairs: list[Pair], places: dict[str, Point]) -> dict[Pair, list[float]]:
    """The bow of each arrow, one after the other, until none gets better."""
    tried = [[np.array(arc(places[begins], places[ends], bow).points()) for bow in BOWS] for begins, ends in pairs]
    own = [
        [_own_cost(points, pair, places, bow) for points, bow in zip(each, BOWS, strict=True)]
        for each, pair in zip(tried, pairs, strict=True)
    ]
    chosen = [int(np.argmin(costs)) for costs in own]
    for _ in range(4):
        for line in range(len(pairs)):
            others = [tried[other][chosen[other]] for other in range(len(pairs)) if other != line]
            costs = [
                own[line][bow] + sum(_clash(tried[line][bow], each) for each in others) for bow in range(len(BOWS))
            ]
            chosen[line] = int(np.argmin(costs))
    found: dict[Pair, list[float]] = {}
    for pair, bow in zip(pairs, chosen, strict=True):
        found.setdefault(pair, []).append(BOWS[bow])
    return found


def _own_cost(points: Floats, pair: Pair, places: dict[str, Point], bow: float) -> float:
    hit = sum(
        any(inside((float(x), float(y)), place, ROOM_PX) for x, y in points)
        for name, place in places.items()
        if name not in pair
    )
    low, high = np.min(list(places.values()), axis=0), np.max(list(places.values()), axis=0)
    room = np.array(BOX_PX) / 2
    out = bool((points < low - room).any() or (points > high + room).any())
    return 1000.0 * hit + 1000.0 * out + abs(bow) / 40


def _clash(one: Floats, other: Floats) -> float:
    """How much two arrows are in each other's way: crossing, or running on top of each other."""
    apart = np.hypot(*np.moveaxis(one[2:-2:3, None] - other[None, 2:-2:3], 2, 0))
    near = int((apart.min(axis=1) < CLOSE).sum())
    return 0.0 if near == 0 else 1.0 if near <= 2 else 1.5 * near


if __name__ == "__main__":
    main()
