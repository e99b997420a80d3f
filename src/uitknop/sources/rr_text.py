"""A list of RR intervals or of beat times, in seconds or milliseconds: the shape nearly every tool can write.

One number a line (PhysioNet, Elite HRV, Kubios, RHRV), a time beside each interval, or all on one line; comma,
semicolon, tab or blanks; decimal point or comma. The unit is told from the size of the numbers, and said in a note.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Implausible, Malformed
from uitknop.sources import assemble
from uitknop.sources.clock import epoch_column
from uitknop.sources.limits import FEWEST_BEATS, GAP_MS, HEAD_BYTES
from uitknop.sources.lines import Numbers, layout_of, read_numbers
from uitknop.sources.probe import Probe
from uitknop.sources.repeats import repeated
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.tick import tick_of

Floats = npt.NDArray[np.float64]

NAME = "rr_text"

_CONTIGUOUS_MS = 50.0
"""An interval beside a time reaches back to the time before it, but for rounding."""

_MOST_STEP_SHARE = 0.45
"""Usual step from one interval to the next, over the median: atrial fibrillation stays near 0.25, numbers without any
order (0.6) are no intervals."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """RR intervals out of a list, before they become beats.

    Args:
        rr_ms: shape (n,).
        broken: True where a new run must start, shape (n,).
        written_ms: resolution in which they were written.
        notes: what was assumed or left out.
    """

    rr_ms: Floats
    broken: npt.NDArray[np.bool_]
    written_ms: float
    notes: tuple[Phrase, ...]


def sniff(probe: Probe) -> float:
    """Rows of one to three numbers."""
    if probe.shape != "file" or not probe.head_text:
        return 0.0
    layout = layout_of(probe.head_text.splitlines())
    if layout is None:
        return 0.0
    if layout.columns > 3:
        return 0.0
    return 0.5 if layout.first == 0 else 0.4


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording without a clock, unless the list holds times since 1970."""
    made, notes, clocked = read_list(probe.text(), probe.name)
    clock = (request.zone or "UTC") if clocked else None
    return (Recording(NAME, probe.name, clock, made.beats, grade="B", notes=notes + gap_notes(made)),)


def read_list(text: str, name: str, source: str = NAME) -> tuple[assemble.Made, tuple[Phrase, ...], bool]:
    """Beats out of the text of a list, notes, and whether its times are UTC ms.

    Raises:
        Malformed: no list of intervals or times; too few of them; zero, negative or not finite; with the line.
        Implausible: neither seconds nor milliseconds, or times that go back.
    """
    layout = layout_of(text[:HEAD_BYTES].splitlines())
    if layout is None:
        raise Malformed(Phrase("{name} holds no list of numbers. Expected one RR interval a line.", {"name": name}))
    numbers = read_numbers(text, layout, name)
    n = numbers.values.shape[0]
    if n < FEWEST_BEATS:
        raise Malformed(
            Phrase(
                "{name} holds {found} numbers, too few for a recording. Expected at least {needed}.",
                {"name": name, "found": n, "needed": FEWEST_BEATS},
            )
        )
    skipped = _skip_notes(numbers)
    times = _time_column(numbers)
    if times is not None:
        made, notes, clocked = _from_times(numbers, times, name, source)
        return made, skipped + notes, clocked
    found = intervals_of(numbers, _interval_column(numbers), name)
    made = assemble.from_intervals(
        found.rr_ms, source=source, broken=found.broken, tick_ms=tick_of(found.rr_ms, found.written_ms)
    )
    return made, skipped + found.notes, False


def intervals_of(numbers: Numbers, column: int, name: str) -> Intervals:
    """RR intervals in ms out of one column, checked, first offset and copied blocks left out.

    Raises:
        Malformed: an interval that is zero or negative, with its line.
        Implausible: neither seconds nor milliseconds.
    """
    values = numbers.values[:, column]
    wrong = values <= 0
    if bool(wrong.any()):
        raise Malformed(
            Phrase(
                "{name} line {line}: an RR interval of zero or less. Remove the line or export again.",
                {"name": name, "line": int(numbers.line[int(np.argmax(wrong))])},
            )
        )
    factor, notes = unit_of(values, name)
    rr_ms, broken = values * factor, numbers.broken.copy()
    if rr_ms[0] > GAP_MS:
        notes += (Phrase("The first value is the offset of the first beat, not an interval; it was left out."),)
        rr_ms, broken = rr_ms[1:], broken[1:]
    copy = repeated(rr_ms)
    if bool(copy.any()):
        notes += (Phrase("{n} intervals were written twice; the copies were left out.", {"n": int(copy.sum())}),)
        broken[np.flatnonzero(np.diff(copy.astype(np.int8)) < 0) + 1] = True
        rr_ms, broken = rr_ms[~copy], broken[~copy]
    return Intervals(rr_ms, broken, factor * 10.0 ** -numbers.decimals[column], notes)


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


def gap_notes(made: assemble.Made) -> tuple[Phrase, ...]:
    """A note on gaps; empty when there are none."""
    return (Phrase("Gaps: {n}; nothing is computed across them.", {"n": made.n_gaps}),) if made.n_gaps else ()


def _skip_notes(numbers: Numbers) -> tuple[Phrase, ...]:
    if not numbers.n_skipped:
        return ()
    return (Phrase("{n} lines without a number were left out; a new run starts there.", {"n": numbers.n_skipped}),)


def _time_column(numbers: Numbers) -> int | None:
    """The column that is a time of beats: it rises nearly everywhere, by a heart beat at a time; None without one."""
    for column in range(min(numbers.values.shape[1], 2)):
        steps = np.diff(numbers.values[:, column])
        rises = float(np.mean(steps > 0))
        step = float(np.median(steps))
        if rises > 0.9 and (0.2 <= step <= 3.0 or 200.0 <= step <= 3000.0) and not bool(np.all(steps == 1)):
            return column
    return None


def _interval_column(numbers: Numbers) -> int:
    """With more columns, the one whose middle is the size of an interval; the first when none is."""
    for column in range(numbers.values.shape[1]):
        middle = float(np.median(numbers.values[:, column]))
        if 0.25 <= middle <= 3.0 or 250.0 <= middle <= 3000.0:
            return column
    return 0


def _from_times(
    numbers: Numbers, column: int, name: str, source: str
) -> tuple[assemble.Made, tuple[Phrase, ...], bool]:
    values = numbers.values[:, column]
    back = np.diff(values) < 0
    if bool(back.any()):
        raise Implausible(
            Phrase(
                "{name} line {line}: the beat times go back. Expected times that only rise; sort or export again.",
                {"name": name, "line": int(numbers.line[int(np.argmax(back)) + 1])},
            )
        )
    notes: tuple[Phrase, ...] = ()
    first = np.concatenate(([True], np.diff(values) > 0))
    if not bool(first.all()):
        notes += (Phrase("{n} beat times stood twice; the copies were left out.", {"n": int((~first).sum())}),)
    values = values[first]
    factor = 1000.0 if float(np.median(np.diff(values))) <= 3.0 else 1.0
    unit = Phrase("seconds") if factor == 1000.0 else Phrase("milliseconds")
    notes += (Phrase("The list was read as times of beats in {unit}, by their size.", {"unit": unit}),)
    beat_ms, written_ms = values * factor, factor * 10.0 ** -numbers.decimals[column]
    clocked = epoch_column(values) is not None
    beside = _beside(numbers, column, first, beat_ms, written_ms)
    if beside is not None:
        end_ms, rr_ms = beside
        tolerance_ms = max(_CONTIGUOUS_MS, 2 * written_ms)
        made = assemble.from_timed(end_ms, rr_ms, source=source, tolerance_ms=tolerance_ms, tick_ms=tick_of(rr_ms))
    else:
        rr_ms = np.diff(beat_ms)
        made = assemble.from_times(beat_ms, source=source, tick_ms=tick_of(rr_ms, written_ms))
    return made, notes, clocked


def _beside(
    numbers: Numbers, column: int, first: npt.NDArray[np.bool_], beat_ms: Floats, written_ms: float
) -> tuple[Floats, Floats] | None:
    """End and length of intervals that stand beside the times; None when no column agrees with the times."""
    step_ms = np.diff(beat_ms)
    near_ms = max(_CONTIGUOUS_MS, 2 * written_ms)
    for other in range(numbers.values.shape[1]):
        rr_ms = numbers.values[first, other]
        rr_ms = rr_ms * (1000.0 if float(np.median(rr_ms)) <= 3.0 else 1.0)
        if other == column or not bool(np.all(rr_ms > 0)):
            continue
        ends, starts = np.abs(step_ms - rr_ms[1:]), np.abs(step_ms - rr_ms[:-1])
        if min(float(np.median(ends)), float(np.median(starts))) <= near_ms:
            return (beat_ms if float(ends.mean()) <= float(starts.mean()) else beat_ms + rr_ms), rr_ms
    return None


SOURCE = Source(
    NAME,
    Phrase("RR intervals or beat times as text"),
    Quality("solid", Phrase("24 authentic recordings in four shapes; every shape and unit is tested by round trip.")),
    sniff,
    read,
)
