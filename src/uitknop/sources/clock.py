"""From the times a file writes to UTC ms: local or with offset, seconds or milliseconds, with the zone assumed told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.core.errors import Malformed
from uitknop.core.timeline import parse_iso, to_ms, zone_of
from uitknop.sources.limits import EPOCH_MS, EPOCH_S

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_HOUR_MS = 3_600_000
_OFFSET_AT_END = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
_BLANK_BEFORE_OFFSET = re.compile(r"(?<!\s)\s+(?=(?:Z|[+-]\d{2}:?\d{2})$)")
_EPOCH = datetime(1970, 1, 1)  # naive: a wall clock


def zone_notes(zone: str | None) -> tuple[Phrase, ...]:
    """The note that local times were read as UTC because no zone was given; empty when one was."""
    if zone is not None:
        return ()
    return (Phrase("The times in the file have no zone and were read as UTC. Give the zone to correct this."),)


def has_offset(text: str) -> bool:
    """Whether a time says its own offset."""
    return bool(_OFFSET_AT_END.search(text.strip())) and "T" in text.replace(" ", "T")


def tidy(text: str) -> str:
    """A time without blanks around it or before its offset: "2026-03-01 08:00:00 +0000" becomes ISO 8601."""
    return _BLANK_BEFORE_OFFSET.sub("", text.strip())


def looks_like_time(text: str) -> bool:
    """Whether a cell is an ISO 8601 date with a time; a bare number is none, whatever date its digits spell.

    >>> looks_like_time("2026-02-14 08:12"), looks_like_time("1771053122000")
    (True, False)
    """
    told = tidy(text)
    try:
        datetime.fromisoformat(told)
    except ValueError:
        return False
    return len(text.strip()) > 10 and not told.replace(".", "", 1).isdecimal()


def local_to_ms(text: str, zone: str | None) -> int:
    """UTC ms of one time; local times are read in `zone`, or in UTC without one.

    Raises:
        Malformed: no time.
    """
    return parse_iso(tidy(text), zone or "UTC")


def iso_column(cells: Sequence[str], zone: str | None, name: str, first_line: int) -> Ints:
    """UTC ms of a column of ISO 8601 times, shape (n,).

    Local times over the hour that happens twice in autumn are read as the first pass until the clock jumps back, then
    as the second.

    Raises:
        Malformed: a cell that is no time, with its line.
    """
    moments: list[datetime] = []
    for i, cell in enumerate(cells):
        try:
            moments.append(datetime.fromisoformat(tidy(cell)))
        except ValueError:
            raise Malformed(
                Phrase(
                    "{name} line {line}: the time can't be read. Times look like 2026-03-29T14:00:00+02:00.",
                    {"name": name, "line": first_line + i},
                )
            ) from None
    if moments and all(moment.tzinfo is not None for moment in moments):
        return np.fromiter((to_ms(moment) for moment in moments), np.int64, len(moments))
    if any(moment.tzinfo is not None for moment in moments):
        raise Malformed(Phrase("{name}: some times have an offset and some have not. Use one form.", {"name": name}))
    wall_ms = np.fromiter(((moment - _EPOCH).total_seconds() * 1000 for moment in moments), np.float64, len(moments))
    return wall_to_ms(np.rint(wall_ms).astype(np.int64), zone or "UTC")


def wall_to_ms(wall_ms: Ints, zone: str) -> Ints:
    """UTC ms of readings of a wall clock (ms since 1970 on that clock), in order, shape (n,)."""
    hours, where = np.unique(wall_ms // (_HOUR_MS // 4), return_inverse=True)
    early = np.array([_offset_ms(int(hour), zone, 0) for hour in hours], np.int64)[where]
    late = np.array([_offset_ms(int(hour), zone, 1) for hour in hours], np.int64)[where]
    t_ms = wall_ms - early
    twice = early > late
    back = np.flatnonzero((np.diff(wall_ms) < 0) & twice[1:]) + 1
    if back.size:
        second = twice & (np.arange(wall_ms.size) >= back[0])
        t_ms = np.where(second, wall_ms - late, t_ms)
    return t_ms


def epoch_column(values: Floats) -> Ints | None:
    """UTC ms of numbers that are seconds or ms since 1970, shape (n,); None when they are neither."""
    middle = float(np.median(values)) if values.size else 0.0
    if middle > EPOCH_MS:
        return np.rint(values).astype(np.int64)
    if middle > EPOCH_S:
        return np.rint(values * 1000).astype(np.int64)
    return None


def _offset_ms(quarter: int, zone: str, fold: int) -> int:
    # Offsets change on quarters of an hour at the finest, so one look per quarter is enough.
    wall = datetime.fromtimestamp(quarter * (_HOUR_MS // 4) / 1000, UTC).replace(tzinfo=None)
    offset = wall.replace(tzinfo=zone_of(zone), fold=fold).utcoffset()
    return 0 if offset is None else round(offset.total_seconds() * 1000)
