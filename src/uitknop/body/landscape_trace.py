"""Follows a fixed point while an input changes, around folds too: pseudo-arclength continuation (Keller 1977).

The states and the level of the input are followed together along the curve, so that a fold, where the input turns
back, is nothing special.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.body.landscape_points import CLOSE, Field, rest_point
from uitknop.core import Phrase
from uitknop.core.errors import ModelError

Floats = npt.NDArray[np.float64]

LONGEST, SHORTEST, FIRST = 0.05, 1e-5, 0.01
"""Steps along the curve, in the units of states and input together."""

PAST = 1e-3
"""How far beyond a corner the slopes are looked at."""

MOST_POINTS = 2000
QUICK = 4


@dataclass(frozen=True, slots=True)
class Trace:
    """A curve of fixed points.

    Args:
        points: states and level, shape (n, states + 1).
        folds: places on the curve where the level turns back, shape (folds, states + 1), and the index of the point
            before each.
    """

    points: Floats
    folds: Floats
    before: tuple[int, ...]


def trace(field: Field, start: Floats, low: float, high: float) -> Trace:
    """Follow the curve from a fixed point at one end of a range of levels, until it leaves the range.

    Args:
        start: a fixed point whose level is `low` or `high`, shape (states + 1,).

    Raises:
        ModelError: the curve was lost.
    """
    person = field.even("tauD")
    ahead = np.zeros(start.size)
    ahead[-1] = 1.0 if start[-1] <= low else -1.0
    points, tangent = [start], _tangent(field.jacobian(start, person), ahead)
    folds: list[Floats] = []
    before: list[int] = []
    length = FIRST
    while len(points) < MOST_POINTS:
        found = _step(field, person, points[-1], tangent, length)
        if found is None and length > SHORTEST:
            length /= 2
            continue
        if found is None:
            turned = _round_corner(field, person, points[-1], tangent)
            if turned[-1] * tangent[-1] < 0:
                folds.append(points[-1])
                before.append(len(points) - 1)
            found, tangent, length = _step(field, person, points[-1], turned, PAST), turned, PAST
            if found is None:
                raise ModelError(Phrase("The model can't be followed further there. Try another range or person."))
        point, looks = found
        if not low <= point[-1] <= high:
            points.append(_edge(field, points[-1], point, low if point[-1] < low else high))
            break
        turned = _tangent(field.jacobian(point, person), tangent)
        if turned @ tangent < 0.9 and length > 20 * SHORTEST:  # too sharp a bend to be sure of
            length /= 2
            continue
        if turned[-1] * tangent[-1] < 0:
            folds.append(_fold(field, person, points[-1], tangent, length))
            before.append(len(points) - 1)
        points.append(point)
        tangent = turned
        length = min(length * (1.5 if looks <= QUICK else 1.0), LONGEST)
    return Trace(np.array(points), np.array(folds).reshape(-1, start.size), tuple(before))


def _round_corner(field: Field, person: Floats, x: Floats, tangent: Floats) -> Floats:
    """Direction of the curve past a corner, where a max or min changes sides and the curve may turn back.

    The slopes before and after differ across one plane only; the curve goes on through it.
    """
    behind, ahead = (field.jacobian(x + side * PAST * tangent, person) for side in (-1, 1))
    across = np.linalg.svd(ahead - behind)[2][0]
    onward = np.linalg.svd(ahead)[2][-1]
    return np.asarray(onward * np.sign((across @ onward) * (across @ tangent)))


def _tangent(jacobian: Floats, ahead: Floats) -> Floats:
    """Direction of the curve, unit length, on the side of `ahead`."""
    right = np.zeros(ahead.size)
    right[-1] = 1.0
    found = np.linalg.solve(np.vstack((jacobian, ahead)), right)
    return np.asarray(found / np.linalg.norm(found))


def _step(field: Field, person: Floats, x: Floats, tangent: Floats, length: float) -> tuple[Floats, int] | None:
    """The point of the curve a step further, and how many looks it took; None where none was found."""
    guess = x + length * tangent
    point = guess.copy()
    for look in range(1, 9):
        wrong = np.append(field.slopes(point, person), tangent @ (point - guess))
        change = np.linalg.solve(np.vstack((field.jacobian(point, person), tangent)), -wrong)
        point = point + change
        if not np.isfinite(point).all() or np.linalg.norm(point - guess) > length + 1e-6:
            return None
        if np.abs(change).max() < CLOSE:
            return point, look
    return None


def _fold(field: Field, person: Floats, x: Floats, tangent: Floats, length: float) -> Floats:
    """Where the level turns back, within a step from x, by halving."""
    near, far, best = 0.0, length, x
    for _ in range(20):
        middle = 0.5 * (near + far)
        found = _step(field, person, x, tangent, middle)
        if found is None:
            break
        best = found[0]
        same = _tangent(field.jacobian(best, person), tangent)[-1] * tangent[-1] > 0
        near, far = (middle, far) if same else (near, middle)
    return best


def _edge(field: Field, inside: Floats, outside: Floats, level: float) -> Floats:
    """The fixed point at the very end of the range."""
    share = (level - inside[-1]) / (outside[-1] - inside[-1])
    near = inside + share * (outside - inside)
    near[-1] = level
    return rest_point(field, near)
