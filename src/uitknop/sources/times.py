"""The times of the rows of a table: with a date, since 1970, from the start, or hour, minute and second apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.core.errors import Implausible, Malformed
from uitknop.sources.clock import epoch_column, has_offset, iso_column, looks_like_time, zone_notes
from uitknop.sources.columns import Columns
from uitknop.sources.mapping import Mapping

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_DAY_MS = 86_400_000
_CLOCK_SET_MS = 60_000
"""A clock that jumps back and then forward by the same, give or take this, was wrong in between."""


@dataclass(frozen=True, slots=True)
class Times:
    """When each row was.

    Args:
        t_ms: UTC ms, or ms from the first row; never decreasing, shape (n,).
        clocked: whether they are UTC.
        notes: what was assumed or repaired.
    """

    t_ms: Ints
    clocked: bool
    notes: tuple[Phrase, ...] = ()

    @property
    def row_ms(self) -> int:
        """Usual time from row to row, ms."""
        return int(np.median(np.diff(self.t_ms))) if self.t_ms.size > 1 else 1000


def read_times(table: Columns, mapping: Mapping, zone: str | None) -> Times | None:
    """The times a mapping points at; None when it points at none.

    Raises:
        Malformed: cells that are no times, with the line.
        Implausible: times that go back, with the line.
    """
    if mapping.clock:
        return _in_order(_clock_parts(table, mapping), table)
    if not mapping.time:
        return None
    cells = table.cells(mapping.time)
    if mapping.time_unit == "iso" or (mapping.time_unit == "auto" and looks_like_time(cells[0])):
        t_ms = iso_column(cells, zone, table.name, table.line[0])
        return _in_order(Times(t_ms, True, () if has_offset(cells[0]) else zone_notes(zone)), table)
    values = table.numbers(mapping.time)
    if not bool(np.isfinite(values).all()):
        raise Malformed(
            Phrase(
                "{name} line {line}: a row without a time. Remove it or export again.",
                {"name": table.name, "line": table.line[int(np.argmax(~np.isfinite(values)))]},
            )
        )
    return _in_order(_numbers(values, mapping.time_unit, mapping.time), table)


def _numbers(values: Floats, unit: str, column: str) -> Times:
    epoch_ms = epoch_column(values) if unit == "auto" else None
    if unit in {"epoch_s", "epoch_ms"}:
        epoch_ms = np.rint(values * (1000 if unit == "epoch_s" else 1)).astype(np.int64)
    if epoch_ms is not None:
        return Times(epoch_ms, True)
    step = float(np.median(np.diff(values))) if values.size > 1 else 0.0
    in_ms = unit == "ms" or (unit == "auto" and ("ms" in column.lower() or step >= 100))
    unit_word = Phrase("milliseconds") if in_ms else Phrase("seconds")
    t_ms = np.rint(values * (1 if in_ms else 1000)).astype(np.int64)
    return Times(t_ms, False, (Phrase("The times were read as {unit} from the start.", {"unit": unit_word}),))


def _clock_parts(table: Columns, mapping: Mapping) -> Times:
    parts = [table.numbers(column) for column in mapping.clock]
    limits = (24, 60, 60)
    for part, limit, column in zip(parts, limits, mapping.clock, strict=False):
        wrong = ~((part >= 0) & (part < limit))
        if bool(wrong.any()):
            raise Malformed(
                Phrase(
                    '{name} line {line}: column "{column}" should lie between 0 and {most}.',
                    {"name": table.name, "line": table.line[int(np.argmax(wrong))], "column": column, "most": limit},
                )
            )
    seconds = sum(part * factor for part, factor in zip(parts, (3600, 60, 1), strict=False))
    t_ms = np.rint(np.asarray(seconds) * 1000).astype(np.int64)
    midnight = np.concatenate(([0], np.cumsum(np.diff(t_ms) < -_DAY_MS // 2)))
    t_ms = t_ms + midnight * _DAY_MS
    note = Phrase("The clock has no date; times count from the first row.")
    return Times(t_ms - t_ms[0], False, (note,))


def _in_order(times: Times, table: Columns) -> Times:
    steps = np.diff(times.t_ms)
    if not bool(np.any(steps < 0)):
        return times
    mended = _mend_clock(times.t_ms)
    if mended is None:
        raise Implausible(
            Phrase(
                "{name} line {line}: the time goes back. Expected rows in order of time; sort or export again.",
                {"name": table.name, "line": table.line[int(np.argmax(steps < 0)) + 1]},
            )
        )
    note = Phrase("For a stretch the clock was set back and then forward again; that stretch was moved into place.")
    return Times(mended, times.clocked, (*times.notes, note))


def _mend_clock(t_ms: Ints) -> Ints | None:
    """Times with stretches of a clock that was set back and forward again moved into place; None if it isn't that."""
    t_ms = t_ms.copy()
    for _ in range(4):
        steps = np.diff(t_ms)
        back = np.flatnonzero(steps < 0)
        if back.size == 0:
            return t_ms
        at = int(back[0]) + 1
        size_ms = int(-steps[at - 1])
        forth = np.flatnonzero(np.abs(steps[at:] - size_ms) <= _CLOCK_SET_MS)
        if forth.size == 0 or size_ms <= _CLOCK_SET_MS:
            return None
        until = at + int(forth[0]) + 1
        t_ms[at:until] += min(size_ms, int(t_ms[until]) - int(t_ms[until - 1]))
        if t_ms[at] < t_ms[at - 1]:
            t_ms[until:] += t_ms[at - 1] - t_ms[at]
            t_ms[at:until] += t_ms[at - 1] - t_ms[at]
    return None
