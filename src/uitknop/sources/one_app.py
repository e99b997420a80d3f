"""Several apps write the same into one store: for each kind and day one of them is believed, never the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Samples

Row = TypeVar("Row")
Times = TypeVar("Times", int, npt.NDArray[np.int64])

_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS


def one_app_a_day(
    rows: Sequence[Row], app_of: Callable[[Row], str], t_ms_of: Callable[[Row], int]
) -> tuple[list[Row], int]:
    """The rows of the app that wrote most on each day, in their order, and how many of others were left out.

    Days run from 04:00 to 04:00 UTC: which day a row falls on only decides whom to believe. Of equals the first by
    name is believed, so that the order of rows does not matter.
    """
    counts = Counter((_day(t_ms_of(row)), app_of(row)) for row in rows)
    believed: dict[int, tuple[int, str]] = {}
    for (day, app), n in counts.items():
        rank = (-n, app)
        if day not in believed or rank < believed[day]:
            believed[day] = rank
    kept = [row for row in rows if believed[_day(t_ms_of(row))][1] == app_of(row)]
    return kept, len(rows) - len(kept)


def one_app_of_series(series: Sequence[Samples]) -> tuple[tuple[Samples, ...], int]:
    """The same for samples, whose device is the app; how many samples of others were left out."""
    kept: list[Samples] = []
    n_left_out = 0
    for kind in sorted({one.kind for one in series}):
        rivals = [one for one in series if one.kind == kind]
        days = [_day(one.t_ms) for one in rivals]
        believed: dict[int, tuple[int, str]] = {}
        for one, day in zip(rivals, days, strict=True):
            for which, n in zip(*(part.tolist() for part in np.unique(day, return_counts=True)), strict=True):
                believed[which] = min(believed.get(which, (0, "")), (-n, one.device))
        for one, day in zip(rivals, days, strict=True):
            whole, where = np.unique(day, return_inverse=True)
            keep = np.array([believed[which][1] == one.device for which in whole.tolist()], np.bool_)[where]
            n_left_out += int(np.count_nonzero(~keep))
            if bool(keep.any()):
                kept.append(Samples(one.kind, one.t_ms[keep], one.value[keep], one.device))
    return tuple(kept), n_left_out


def app_notes(n_left_out: int) -> tuple[Phrase, ...]:
    """That rows of other apps were left out; empty when none was."""
    if not n_left_out:
        return ()
    return (
        Phrase(
            "Several apps wrote the same kind of value; each day the one with most counts, and {n} rows were left out.",
            {"n": n_left_out},
        ),
    )


def _day(t_ms: Times) -> Times:
    return (t_ms - 4 * _HOUR_MS) // _DAY_MS
