"""What else a watch writes beside the heart: its own figures of rest, stress and breath, sleep, and where it was.

Field names and scales: FIT SDK profile. That a level of sleep lasts until the next one is not said there; it is how
public readers take it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from uitknop.core import Entry, SampleKind
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS, Gathered

FIT_EPOCH_S = 631_065_600
"""FIT seconds count from 1989-12-31 00:00:00 UTC."""

_LONGEST_STAGE_MS = 3 * 3_600_000
"""A level of sleep that is followed by none for longer is not known to have lasted."""

_QUARTER_S = 900
_FURTHEST_S = 14 * 3600
_FIELDS: MappingProxyType[str, tuple[str, SampleKind]] = MappingProxyType(
    {
        "hrv_value": ("value", "vendor_rmssd"),
        "respiration_rate": ("respiration_rate", "respiration_rate"),
        "spo2_data": ("reading_spo2", "oxygen_saturation"),
    }
)
"""Messages with one value at their time."""

_LEVELS = MappingProxyType({1: "awake", 2: "light", 3: "deep", 4: "rem"})
_STATUS = MappingProxyType({0: "none", 1: "poor", 2: "low", 3: "unbalanced", 4: "balanced"})
NIGHT, WEEK = "night", "7 days"
"""What a figure over a longer time is called beside the device, so that it is never mixed with those of five minutes
or of the day."""


@dataclass(slots=True)
class Wellness:
    """What was found.

    Args:
        values: kind, UTC ms, value, and what it is taken over when that is not the moment.
        levels: UTC ms and the level of sleep that began there, "" when it was not known.
        status: UTC ms and the watch's word for the variability of the last weeks.
        offset_s: local time minus UTC; None when the file does not tell.
    """

    values: list[tuple[SampleKind, int, float, str]] = field(default_factory=list)
    levels: list[tuple[int, str]] = field(default_factory=list)
    status: list[tuple[int, str]] = field(default_factory=list)
    offset_s: int | None = None

    def take(self, name: str, values: dict[str, list[Any]], now_s: int | None) -> None:
        """Take what one message holds; fillers are left out later, with whatever no body makes."""
        if name == "stress_level":
            at_s = _seconds(_first(values, "stress_level_time"))
            self._value("vendor_stress", at_s, _first(values, "stress_level_value"))
        elif now_s is None:
            return
        elif name in _FIELDS:
            column, kind = _FIELDS[name]
            self._value(kind, now_s, _first(values, column))
        elif name == "monitoring_hr_data":
            self._resting(values, now_s)
        elif name == "hrv_status_summary":
            self._value("vendor_rmssd", now_s, _first(values, "last_night_average"), NIGHT)
            word = _word(_first(values, "status"), _STATUS)
            if word not in {"", "none"}:
                self.status.append((now_s * 1000, word))
        elif name == "sleep_level":
            self.levels.append((now_s * 1000, _word(_first(values, "sleep_level"), _LEVELS)))
        elif name in {"monitoring_info", "activity"}:
            self._offset(_first(values, "local_timestamp"), now_s)

    def gathered(self, name: str, device: str) -> Gathered:
        """The values as samples of a device."""
        found = Gathered(name)
        for kind, at_ms, value, over in self.values:
            if kind != "vendor_stress" or value >= 0:  # below zero: no stress could be told
                found.add(kind, at_ms, value, f"{device} {over}".strip())
        return found

    def entries(self, zone: str) -> tuple[Entry, ...]:
        """Sleep and status as diary lines, in order of time."""
        found = [
            Entry(at_ms, zone, "event", word, label="HRV status")
            for at_ms, word in set(self.status)
            if EARLIEST_MS <= at_ms < LATEST_MS
        ]
        found += [Entry(start_ms, zone, "sleep", level, end_ms) for start_ms, end_ms, level in self._stages() if level]
        return tuple(sorted(found, key=lambda entry: (entry.at_ms, entry.value)))

    def _stages(self) -> list[tuple[int, int, str]]:
        """Stretches of one level: from a level to the next, joined while it stays the same; the last has no end."""
        stages: list[tuple[int, int, str]] = []
        levels = sorted({level for level in self.levels if EARLIEST_MS <= level[0] < LATEST_MS})
        for (at_ms, level), (next_ms, _) in pairwise(levels):
            if not 0 < next_ms - at_ms <= _LONGEST_STAGE_MS:
                continue
            if stages and stages[-1][1:] == (at_ms, level):
                at_ms = stages.pop()[0]
            stages.append((at_ms, next_ms, level))
        return stages

    def _resting(self, values: dict[str, list[Any]], now_s: int) -> None:
        today = _first(values, "current_day_resting_heart_rate")
        if today is None:
            self._value("vendor_resting_heart_rate", now_s, _first(values, "resting_heart_rate"), WEEK)
        else:
            self._value("vendor_resting_heart_rate", now_s, today)

    def _value(self, kind: SampleKind, at_s: int | None, value: object, over: str = "") -> None:
        if at_s is not None and isinstance(value, (int, float)):
            self.values.append((kind, at_s * 1000, float(value), over))

    def _offset(self, local: object, now_s: int) -> None:
        local_s = _seconds(local)
        if local_s is None:
            return
        offset_s = round((local_s - now_s) / _QUARTER_S) * _QUARTER_S
        if abs(offset_s) <= _FURTHEST_S and abs(local_s - now_s - offset_s) <= 60:
            self.offset_s = offset_s


def zone_of_offset(offset_s: int | None) -> str:
    """ "+01:00" of 3600; empty for None.

    >>> zone_of_offset(-12_600)
    '-03:30'
    """
    if offset_s is None:
        return ""
    minutes = abs(offset_s) // 60
    return f"{'-' if offset_s < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _first(values: dict[str, list[Any]], name: str) -> Any:
    return values.get(name, [None])[0]


def _seconds(value: object) -> int | None:
    """Seconds since 1970 of a time with or without a zone (a wall clock then reads as if it stood in UTC)."""
    if isinstance(value, datetime):
        return round((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp())
    return value + FIT_EPOCH_S if isinstance(value, int) else None


def _word(value: object, words: MappingProxyType[int, str]) -> str:
    if isinstance(value, str):
        return value if value in words.values() else ""
    return words.get(value, "") if isinstance(value, int) else ""
