"""What a list of numbers holds: RR intervals, times of beats, or both; in which column and unit.

Decided once, on the numbers that stand first or on all of them, and then held to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.core.errors import Implausible, Malformed
from uitknop.sources.clock import epoch_column
from uitknop.sources.limits import FEWEST_BEATS, GAP_MS
from uitknop.sources.lines import Numbers
from uitknop.sources.tick import tick_of

Floats = npt.NDArray[np.float64]

_CONTIGUOUS_MS = 50.0
"""An interval beside a time reaches back to the time before it, but for rounding."""

_MOST_STEP_SHARE = 0.45
"""Usual step from one interval to the next, over the median: atrial fibrillation stays near 0.25, numbers without any
order (0.6) are no intervals."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Intervals that stand beside the times of beats.

    Args:
        column: where they stand.
        factor: to ms.
        ends: the time is that of the end of the interval, not of its start.
        tolerance_ms: an interval that does not reach back to the beat before within it starts a new run.
    """

    column: int
    factor: float
    ends: bool
    tolerance_ms: float


@dataclass(frozen=True, slots=True)
class ListPlan:
    """How a list is read.

    Args:
        column: where the intervals or times stand.
        factor: to ms.
        timed: the column holds times of beats.
        beside: intervals beside the times.
        clocked: the times are UTC.
        tick_ms: resolution of the device's clock; None when unknown.
        notes: what was detected.
    """

    column: int
    factor: float
    timed: bool
    beside: Beside | None
    clocked: bool
    tick_ms: float | None
    notes: tuple[Phrase, ...]


def plan_of(numbers: Numbers, name: str) -> ListPlan:
    """What these numbers are.

    Raises:
        Malformed: too few of them; an interval of zero or less, or times that go back, with the line.
        Implausible: neither seconds nor milliseconds.
    """
    n = numbers.values.shape[0]
    if n < FEWEST_BEATS:
        raise Malformed(
            Phrase(
                "{name} holds {found} numbers, too few for a recording. Expected at least {needed}.",
                {"name": name, "found": n, "needed": FEWEST_BEATS},
            )
        )
    column = _time_column(numbers)
    return _plan_of_intervals(numbers, name) if column is None else _plan_of_times(numbers, column, name)


def unit_of(values: Floats, name: str) -> tuple[float, tuple[Phrase, ...]]:
    """Factor to ms, with the note that says which unit was detected.

    Raises:
        Implausible: neither seconds nor milliseconds.
    """
    middle = float(np.median(values))
    if values.size > 1 and float(np.median(np.abs(np.diff(values)))) > _MOST_STEP_SHARE * middle:
        raise Implausible(
            Phrase(
                "{name}: neighbouring intervals differ more than those of any heart. Expected RR intervals, or times "
                "of beats in order; check the column and the order.",
                {"name": name},
            )
        )
    if 0.2 <= middle <= 3.0:
        return 1000.0, (Phrase("The intervals were read as seconds, by their size."),)
    if 200.0 <= middle <= 3000.0:
        return 1.0, (Phrase("The intervals were read as milliseconds, by their size."),)
    if 30.0 <= middle < 200.0:
        raise Implausible(
            Phrase(
                "{name} holds numbers the size of heart rates, not RR intervals. Expected seconds (0.25 to 2.5) or "
                "milliseconds (250 to 2500). A list of heart rates needs a table with a column of times.",
                {"name": name},
            )
        )
    raise Implausible(
        Phrase(
            "{name}: the numbers are neither RR intervals in seconds (0.25 to 2.5) nor in milliseconds (250 to 2500). "
            "Export RR intervals in one of these units.",
            {"name": name},
        )
    )


def refuse_not_positive(values: Floats, line: npt.NDArray[np.int64], name: str) -> None:
    """Raises Malformed at an interval of zero or less, with its line."""
    wrong = values <= 0
    if bool(wrong.any()):
        raise Malformed(
            Phrase(
                "{name} line {line}: an RR interval of zero or less. Remove the line or export again.",
                {"name": name, "line": int(line[int(np.argmax(wrong))])},
            )
        )


def refuse_going_back(steps: Floats, line: npt.NDArray[np.int64], name: str) -> None:
    """Raises Implausible where the step to a time is negative; `line` is that of the later time."""
    back = steps < 0
    if bool(back.any()):
        raise Implausible(
            Phrase(
                "{name} line {line}: the beat times go back. Expected times that only rise; sort or export again.",
                {"name": name, "line": int(line[int(np.argmax(back))])},
            )
        )


def _time_column(numbers: Numbers) -> int | None:
    """The column that is a time of beats: it rises nearly everywhere, by a heart beat at a time; None without one."""
    for column in range(min(numbers.values.shape[1], 2)):
        steps = np.diff(numbers.values[:, column])
        rises = float(np.mean(steps > 0))
        step = float(np.median(steps))
        if rises > 0.9 and (0.2 <= step <= 3.0 or 200.0 <= step <= 3000.0) and not bool(np.all(steps == 1)):
            return column
    return None


def _plan_of_intervals(numbers: Numbers, name: str) -> ListPlan:
    column = _interval_column(numbers)
    values = numbers.values[:, column]
    refuse_not_positive(values, numbers.line, name)
    factor, notes = unit_of(values, name)
    rr_ms = values * factor
    tick_ms = tick_of(rr_ms[int(rr_ms[0] > GAP_MS) :], factor * 10.0 ** -numbers.decimals[column])
    return ListPlan(column, factor, False, None, False, tick_ms, notes)


def _interval_column(numbers: Numbers) -> int:
    """With more columns, the one whose middle is the size of an interval; the first when none is."""
    for column in range(numbers.values.shape[1]):
        middle = float(np.median(numbers.values[:, column]))
        if 0.25 <= middle <= 3.0 or 250.0 <= middle <= 3000.0:
            return column
    return 0


def _plan_of_times(numbers: Numbers, column: int, name: str) -> ListPlan:
    values = numbers.values[:, column]
    steps = np.diff(values)
    refuse_going_back(steps, numbers.line[1:], name)
    first = np.concatenate(([True], steps > 0))
    values = values[first]
    factor = 1000.0 if float(np.median(np.diff(values))) <= 3.0 else 1.0
    unit = Phrase("seconds") if factor == 1000.0 else Phrase("milliseconds")
    notes = (Phrase("The list was read as times of beats in {unit}, by their size.", {"unit": unit}),)
    written_ms = factor * 10.0 ** -numbers.decimals[column]
    step_ms = np.diff(values * factor)
    beside = _beside(numbers.values[first], column, step_ms, max(_CONTIGUOUS_MS, 2 * written_ms))
    if beside is None:
        tick_ms = tick_of(step_ms, written_ms)
    else:
        tick_ms = tick_of(numbers.values[first, beside.column] * beside.factor)
    return ListPlan(column, factor, True, beside, epoch_column(values) is not None, tick_ms, notes)


def _beside(values: Floats, column: int, step_ms: Floats, near_ms: float) -> Beside | None:
    """The intervals beside the times; None when no column agrees with the times."""
    for other in range(values.shape[1]):
        rr = values[:, other]
        factor = 1000.0 if float(np.median(rr)) <= 3.0 else 1.0
        if other == column or not bool(np.all(rr > 0)):
            continue
        ends, starts = np.abs(step_ms - rr[1:] * factor), np.abs(step_ms - rr[:-1] * factor)
        if min(float(np.median(ends)), float(np.median(starts))) <= near_ms:
            return Beside(other, factor, float(ends.mean()) <= float(starts.mean()), near_ms)
    return None
