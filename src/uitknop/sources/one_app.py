"""Several apps write the same into one store: for each kind and day one of them is believed, never the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from uitknop.core import Phrase

Row = TypeVar("Row")

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


def _day(t_ms: int) -> int:
    return (t_ms - 4 * _HOUR_MS) // _DAY_MS
