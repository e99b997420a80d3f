"""Rows of a series as columns, and where rows of one set stand in another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Int64s = npt.NDArray[np.int64]
Float64s = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in order of time; the key of a row is its time, all but `start` is its payload.

    Args:
        t_ms: moment, int64, shape (n,), never decreasing.
        value: RR interval in ms, or a sample in the unit of its kind, float64, shape (n,).
        flag: flag of a beat, uint8, shape (n,); zero for samples.
        start: True where a beat starts an unbroken run, shape (n,); False for samples.
    """

    t_ms: Int64s
    value: Float64s
    flag: Bytes
    start: Bools

    def __len__(self) -> int:
        return int(self.t_ms.size)

    def take(self, which: Bools | slice | npt.NDArray[np.intp]) -> Rows:
        """Some of the rows."""
        return Rows(self.t_ms[which], self.value[which], self.flag[which], self.start[which])

    def put(self, at: int, rows: Rows) -> None:
        """Write rows over those from place `at` on."""
        place = slice(at, at + len(rows))
        self.t_ms[place], self.value[place] = rows.t_ms, rows.value
        self.flag[place], self.start[place] = rows.flag, rows.start

    def with_start(self, start: Bools) -> Rows:
        """The same rows with other starts of runs."""
        return Rows(self.t_ms, self.value, self.flag, start)

    @property
    def bits(self) -> Int64s:
        """The values as bit patterns, so that NaN equals itself."""
        return self.value.view(np.int64)


def empty_rows(n: int) -> Rows:
    """Room for `n` rows, not yet filled."""
    return Rows(np.empty(n, np.int64), np.empty(n), np.empty(n, np.uint8), np.empty(n, np.bool_))


NO_ROWS = empty_rows(0)


def join(parts: list[Rows]) -> Rows:
    """Rows of several sets, one set after the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NO_ROWS
    return Rows(
        np.concatenate([part.t_ms for part in parts]),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.flag for part in parts]),
        np.concatenate([part.start for part in parts]),
    )


def distinct(rows: Rows) -> tuple[Rows, int]:
    """The rows without repeats of key and payload, in order of time and then of payload; and how many repeats went.

    A repeated row starts a run only where all its repeats do. Rows of one moment with unlike payloads all stay.
    """
    if not bool(np.any(rows.t_ms[1:] == rows.t_ms[:-1])):
        return rows, 0
    rows = rows.take(np.lexsort((rows.flag, rows.bits, rows.t_ms)))
    first = np.ones(len(rows), np.bool_)
    first[1:] = _unlike_neighbour(rows)
    index = np.flatnonzero(first)
    start = np.logical_and.reduceat(rows.start, index)
    return rows.take(index).with_start(start), len(rows) - index.size


def _unlike_neighbour(rows: Rows) -> Bools:
    unlike: Bools = (
        (rows.t_ms[1:] != rows.t_ms[:-1]) | (rows.bits[1:] != rows.bits[:-1]) | (rows.flag[1:] != rows.flag[:-1])
    )
    return unlike


def places(stored: Rows, rows: Rows) -> tuple[npt.NDArray[np.intp], Bools]:
    """For each of `rows`, where the same key and payload stands in `stored`, or -1; and whether its key stands there.

    Both sets are `distinct`.
    """
    place = np.full(len(rows), -1, np.intp)
    if not len(stored) or not len(rows):
        return place, np.zeros(len(rows), np.bool_)
    index = np.minimum(np.searchsorted(stored.t_ms, rows.t_ms), len(stored) - 1)
    held = stored.t_ms[index] == rows.t_ms
    same = held & (stored.bits[index] == rows.bits) & (stored.flag[index] == rows.flag)
    place[same] = index[same]
    unsure = held & ~same
    if bool(unsure.any()) and bool(np.any(stored.t_ms[1:] == stored.t_ms[:-1])):
        place[unsure] = _places_among_repeats(stored, rows.take(unsure))
    return place, held


def _places_among_repeats(stored: Rows, rows: Rows) -> npt.NDArray[np.intp]:
    """`places` where moments repeat in `stored`: both sets are sorted together and equal neighbours paired."""
    both = join([stored, rows])
    order = np.lexsort((np.arange(len(both)) >= len(stored), both.flag, both.bits, both.t_ms))
    equal = np.flatnonzero(~_unlike_neighbour(both.take(order)))
    place = np.full(len(rows), -1, np.intp)
    place[order[equal + 1] - len(stored)] = order[equal]
    return place
