"""Time: int64 UTC ms inside, zones only at the edges, days from 04:00 to 04:00 local."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase
from uitknop.core.span import Span

DAY_STARTS_AT_H = 4
"""Local hour at which a person's day begins: a short night before it still belongs to the evening."""

_UTC_DAY_MS = 86_400_000

_OFFSET = re.compile(r"^(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?$")


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name ("Europe/Amsterdam") or a fixed offset ("+01:00", "UTC+1").

    Raises:
        Malformed: no such zone.
    """
    if name in {"UTC", "Z", "utc", "GMT"}:
        return UTC
    fixed = _OFFSET.match(name)
    if fixed:
        minutes = int(fixed[2]) * 60 + int(fixed[3] or 0)
        if minutes <= 14 * 60 + 45:
            return timezone(timedelta(minutes=minutes if fixed[1] == "+" else -minutes))
    else:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise Malformed(
        Phrase('"{zone}" is no time zone. Use a name like Europe/Amsterdam or an offset like +01:00.', {"zone": name})
    )


def to_ms(moment: datetime) -> int:
    """UTC ms of an aware moment, rounded to the nearest ms."""
    return round(moment.timestamp() * 1000)


def from_ms(t_ms: int, zone: str) -> datetime:
    """The moment in a zone."""
    seconds, rest_ms = divmod(int(t_ms), 1000)
    return datetime.fromtimestamp(seconds, zone_of(zone)).replace(microsecond=rest_ms * 1000)


def iso(t_ms: int, zone: str) -> str:
    """ISO 8601 with offset.

    >>> iso(0, "Europe/Amsterdam")
    '1970-01-01T01:00:00+01:00'
    """
    return from_ms(t_ms, zone).isoformat()


def parse_iso(text: str, zone: str | None) -> int:
    """UTC ms of an ISO 8601 time; without an offset it is read in `zone`.

    A local time that happens twice (clocks set back) is read as the first; one that never happens (clocks set
    forward) is read as if the clocks had not been changed yet.

    Raises:
        Malformed: not a time, or no offset and no zone.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Malformed(
            Phrase('"{text}" is no time of the form 2026-03-29T14:00:00+02:00.', {"text": text[:60]})
        ) from None
    if moment.tzinfo is None:
        if zone is None:
            raise Malformed(
                Phrase('"{text}" has no offset. Add one (+01:00) or give the zone with --zone.', {"text": text[:60]})
            )
        moment = moment.replace(tzinfo=zone_of(zone))
    return to_ms(moment)


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """The zones a person lived in: `zones[i]` from `from_ms[i]` on; before the first, the first.

    >>> ZoneLine((0, 1000), ("UTC", "Europe/Amsterdam")).at(1500)
    'Europe/Amsterdam'
    """

    from_ms: tuple[int, ...]
    zones: tuple[str, ...]

    @classmethod
    def always(cls, zone: str) -> ZoneLine:
        """One zone for all time."""
        return cls((0,), (zone,))

    def at(self, t_ms: int) -> str:
        """The zone the person lived in at a moment."""
        return self.zones[max(bisect_right(self.from_ms, t_ms) - 1, 0)]


def day_of(t_ms: int, zone: str) -> date:
    """The person's day (04:00 to 04:00 local) a moment belongs to.

    >>> day_of(parse_iso("2026-03-29T03:30:00+02:00", None), "Europe/Amsterdam").isoformat()
    '2026-03-28'
    """
    first, *later = _days_in(int(t_ms) // _UTC_DAY_MS, zone)
    for day in later:
        if t_ms >= day[0]:
            first = day
    return first[1]


@lru_cache(maxsize=4096)
def _days_in(utc_day: int, zone: str) -> tuple[tuple[int, date], ...]:
    """The person's days that lie in a day of UTC, each with the moment it begins there, ms; a year has few of them."""
    start_ms = utc_day * _UTC_DAY_MS
    first, last = (_looked_up(t_ms, zone) for t_ms in (start_ms, start_ms + _UTC_DAY_MS - 1))
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return ((start_ms, first), *((day_span(day, zone).start_ms, day) for day in days))


def _looked_up(t_ms: int, zone: str) -> date:
    local = from_ms(t_ms, zone)
    return local.date() if local.hour >= DAY_STARTS_AT_H else local.date() - timedelta(days=1)


def day_span(day: date, zone: str) -> Span:
    """From 04:00 of `day` to 04:00 of the next, in UTC ms: 23, 24 or 25 hours.

    >>> day_span(date(2026, 3, 28), "Europe/Amsterdam").duration_min / 60
    23.0
    """
    start, end = (
        datetime(moment.year, moment.month, moment.day, DAY_STARTS_AT_H, tzinfo=zone_of(zone))
        for moment in (day, day + timedelta(days=1))
    )
    return Span(to_ms(start), to_ms(end))


def hour_of_day(t_ms: int, zone: str) -> float:
    """Local hour as a decimal number, 0..24."""
    local = from_ms(t_ms, zone)
    return local.hour + local.minute / 60 + local.second / 3600
