"""What the world does over time: inputs held constant over stretches of whole minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from numbers import Real

import numpy as np
import numpy.typing as npt

from uitknop.body.nearest import unknown
from uitknop.body.spec import Input, Spec
from uitknop.core import Phrase, Value
from uitknop.core.arrays import frozen
from uitknop.core.errors import ModelError, ParameterOutOfRange, ShapeError

DAY_MIN = 1440
Bout = tuple[float, float, Mapping[str, float]]
"""Part of a day: start in hours from the start of the day, length in hours, and which inputs differ."""

LONGEST_DAYS = 36_525
"""A century; longer is refused."""


@dataclass(frozen=True, slots=True)
class Schedule(Value):
    """Inputs over time.

    Args:
        lengths_min: length of each piece, int64, shape (pieces,), all positive.
        levels: the inputs in the order of the specification, shape (pieces, inputs).
        name: of the table it was read from; empty without one.
    """

    lengths_min: npt.NDArray[np.int64]
    levels: npt.NDArray[np.float64]
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lengths_min", frozen(self.lengths_min, np.int64))
        levels = np.array(self.levels, dtype=np.float64)
        if levels.ndim != 2 or levels.shape[0] != self.lengths_min.size:
            raise ShapeError(f"lengths_min {self.lengths_min.shape}, levels {levels.shape}")
        levels.flags.writeable = False
        object.__setattr__(self, "levels", levels)

    @property
    def length_min(self) -> int:
        """From the first minute to the last."""
        return int(self.lengths_min.sum())

    def then(self, *others: Schedule) -> Schedule:
        """This one, and the others after it."""
        return joined((self, *others))


def joined(parts: Iterable[Schedule]) -> Schedule:
    """Schedules one after the other."""
    every = tuple(parts)
    return Schedule(
        np.concatenate([part.lengths_min for part in every]), np.concatenate([part.levels for part in every])
    )


def hold(spec: Spec, days: float, levels: Mapping[str, float] | None = None) -> Schedule:
    """The same inputs for some days; an input that is not named is as usual.

    Raises:
        ModelError: an input does not exist, or the time is not positive.
        ParameterOutOfRange: a level lies outside the range of its input, or is no number.
    """
    return Schedule(np.array([minutes(days)]), np.array([level_row(spec, levels or {})]))


def ramp(spec: Spec, days: int, first: Mapping[str, float], last: Mapping[str, float]) -> Schedule:
    """From one set of inputs to another, in steps of a day."""
    begins, ends = (np.array(level_row(spec, levels)) for levels in (first, last))
    share = (np.arange(days) + 0.5)[:, None] / days
    return Schedule(np.full(days, DAY_MIN), begins + share * (ends - begins))


def daily(spec: Spec, days: int, levels: Mapping[str, float], bouts: Iterable[Bout]) -> Schedule:
    """The same day over and over, with bouts in it.

    Args:
        days: how many days.
        levels: the inputs outside the bouts.
        bouts: in order, without overlap.
    """
    row = level_row(spec, levels)
    lengths, rows, at = [], [], 0
    for start_h, length_h, differs in bouts:
        start, end = round(60 * start_h), round(60 * (start_h + length_h))
        if start < at or end <= start or end > DAY_MIN:
            raise ModelError(Phrase("The bouts of a day must follow each other, inside the day. Change their hours."))
        if start > at:
            lengths.append(start - at)
            rows.append(row)
        lengths.append(end - start)
        rows.append(level_row(spec, {**levels, **differs}))
        at = end
    if at < DAY_MIN:
        lengths.append(DAY_MIN - at)
        rows.append(row)
    return Schedule(np.tile(np.array(lengths), days), np.tile(np.array(rows), (days, 1)))


def changed(schedule: Schedule, spec: Spec, levels: Mapping[str, float], from_min: int) -> Schedule:
    """The schedule with some inputs held at a level from a minute on."""
    places = list(spec.inputs)
    for name, level in levels.items():
        check_level(spec, name, level)
    ends = np.cumsum(schedule.lengths_min)
    before = schedule.lengths_min.size if from_min >= ends[-1] else int(np.searchsorted(ends, from_min, side="right"))
    lengths, rows = list(schedule.lengths_min), [row.copy() for row in schedule.levels]
    if before < len(lengths):
        done = from_min - int(ends[before] - lengths[before])
        if done > 0:
            lengths[before : before + 1] = [done, lengths[before] - done]
            rows.insert(before, rows[before].copy())
            before += 1
    for row in rows[before:]:
        for name, level in levels.items():
            row[places.index(name)] = level
    return replace(schedule, lengths_min=np.array(lengths), levels=np.array(rows))


def level_row(spec: Spec, levels: Mapping[str, float]) -> list[float]:
    """All inputs in their order; those not named as usual."""
    for name, level in levels.items():
        check_level(spec, name, level)
    return [float(levels.get(name, item.usual)) for name, item in spec.inputs.items()]


def check_level(spec: Spec, name: str, level: float) -> None:
    """Refuse an input that does not exist, or a level it can't have.

    Raises:
        ModelError: the input does not exist.
        ParameterOutOfRange: the level lies outside its range, or is no number.
    """
    if name not in spec.inputs:
        raise unknown(Phrase("input"), name, spec.inputs)
    item: Input = spec.inputs[name]
    if not isinstance(level, Real) or not item.low <= level <= item.high:  # NaN is refused too
        raise ParameterOutOfRange(
            Phrase(
                "The input {name} is {level}; it must be from {low} to {high}.",
                {"name": name, "level": level, "low": item.low, "high": item.high},
            )
        )


def minutes(days: float) -> int:
    """Days in whole minutes.

    Raises:
        ModelError: not a positive time, or more than a century.
    """
    if not 0 < days <= LONGEST_DAYS or round(days * DAY_MIN) == 0:
        raise ModelError(Phrase("A time of {days} days can't be run. Use a positive number of days.", {"days": days}))
    return round(days * DAY_MIN)
