"""Tables that write each interval with the time it arrived: shared by the apps that log a strap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.core import BeatKind, Phrase, Recording
from uitknop.core.errors import Implausible, Malformed
from uitknop.sources import assemble
from uitknop.sources.limits import FEWEST_BEATS
from uitknop.sources.rr_text import gap_notes, unit_of
from uitknop.sources.tick import STRAP_TICK_MS

Floats = npt.NDArray[np.float64]


def read_arrived(
    arrival_ms: Floats,
    values: Floats,
    *,
    line: tuple[int, ...],
    name: str,
    source: str,
    clock: str | None,
    kind: BeatKind = "rr",
    tick_ms: float | None = STRAP_TICK_MS,
) -> Recording:
    """A recording from intervals (s or ms) and the time each was written down (ms), both of shape (n,).

    Rows without an interval break the run. Rows that arrived twice are left out when that mends the sum of the
    intervals against the clock.

    Raises:
        Malformed: too few rows; an interval of zero or less, with its line.
        Implausible: times that go back; intervals that sum to more or less time than passed.
    """
    present = np.isfinite(values) & np.isfinite(arrival_ms)
    broken = np.concatenate(([False], ~present[:-1])) if present.size else present
    lines = np.array(line, np.int64)[present]
    arrival_ms, values, broken = arrival_ms[present], values[present], broken[present]
    if values.size < FEWEST_BEATS:
        raise Malformed(
            Phrase(
                "{name} holds {found} intervals, too few for a recording. Expected at least {needed}.",
                {"name": name, "found": values.size, "needed": FEWEST_BEATS},
            )
        )
    _refuse_wrong(arrival_ms, values, lines, name)
    factor, notes = unit_of(values, name)
    rr_ms = values * factor
    arrival_ms, rr_ms, broken, mended = _without_copies(arrival_ms, rr_ms, broken, name)
    made = assemble.from_arrivals(arrival_ms, rr_ms, source=source, broken=broken, tick_ms=tick_ms, kind=kind)
    grade = assemble.grade_of(kind)
    return Recording(source, name, clock, made.beats, grade=grade, notes=notes + mended + gap_notes(made))


def _refuse_wrong(arrival_ms: Floats, values: Floats, lines: npt.NDArray[np.int64], name: str) -> None:
    wrong = values <= 0
    if bool(wrong.any()):
        raise Malformed(
            Phrase(
                "{name} line {line}: an RR interval of zero or less. Remove the line or export again.",
                {"name": name, "line": int(lines[int(np.argmax(wrong))])},
            )
        )
    back = np.diff(arrival_ms) < 0
    if bool(back.any()):
        raise Implausible(
            Phrase(
                "{name} line {line}: the time goes back. Expected rows in order of time; sort or export again.",
                {"name": name, "line": int(lines[int(np.argmax(back)) + 1])},
            )
        )


def _without_copies(
    arrival_ms: Floats, rr_ms: Floats, broken: npt.NDArray[np.bool_], name: str
) -> tuple[Floats, Floats, npt.NDArray[np.bool_], tuple[Phrase, ...]]:
    ratio = assemble.clock_ratio(arrival_ms, rr_ms)
    if assemble.fits_clock(ratio):
        return arrival_ms, rr_ms, broken, ()
    _, first = np.unique(np.stack((arrival_ms, rr_ms)), axis=1, return_index=True)
    keep = np.sort(first)
    copies = rr_ms.size - keep.size
    if copies and assemble.fits_clock(assemble.clock_ratio(arrival_ms[keep], rr_ms[keep])):
        note = Phrase("{n} rows arrived twice; the copies were left out.", {"n": copies})
        return arrival_ms[keep], rr_ms[keep], broken[keep], (note,)
    raise out_of_step(name, ratio)


def out_of_step(name: str, ratio: float) -> Implausible:
    """The error for intervals that don't fill the clock, with what they fill as a ratio."""
    return Implausible(
        Phrase(
            "{name}: the RR intervals sum to {found} % of the time they took to arrive. Expected 95 to 105 %: packets "
            "were lost or written twice, or the unit is wrong. Record again, or export from the strap itself.",
            {"name": name, "found": round(100 * ratio)},
        )
    )
