"""Fitbit's older files, one JSON list each: heart rate, steps, resting heart rate, sleep, workouts.

Dates are written the American way. Values through the day and workouts are in UTC, as public readers of these files
agree; sleep is in local time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from uitknop.core import Phrase, Recording
from uitknop.sources.account_file import AccountFile, number_in
from uitknop.sources.fitbit_sleep import read_sleep
from uitknop.sources.json_text import Json

DEVICE = "Fitbit"

_US_DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?: (\d{1,2}:\d{2}:\d{2}))?$")
_SOURCE = "fitbit"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Args:
        fields: fields without which a file is not of this kind.
        read: (content, file name, zone) to a recording.
        named: whether the name has to begin as the kind is called, because the fields fit other files too.
    """

    fields: frozenset[str]
    read: Callable[[Json, str, str | None], tuple[Recording, ...]]
    named: bool = False


def iso_date(when: Json) -> Json:
    """The same value with an American date and time turned into ISO 8601; anything else as it is.

    >>> iso_date(Json("03/01/24 08:00:05", "a.json")).value
    '2024-03-01T08:00:05'
    """
    found = _US_DATE.match(str(when.value)) if isinstance(when.value, str) else None
    if found is None:
        return when
    month, day, year, time = found.groups()
    full_year = year if len(year) == 4 else f"20{year}"
    return when._replace(value=f"{full_year}-{month:0>2}-{day:0>2}T{time or '00:00:00':0>8}")


class _Beats(msgspec.Struct):
    bpm: float | None = None


class _Minute(msgspec.Struct, rename="camel"):
    date_time: str | None = None
    value: _Beats | str | float | None = None


def _heart_rate(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for i, row, t_ms in _timed(account, content):
        if not isinstance(row.value, _Beats | None):
            raise content.at(i, "value").fault(Phrase("an object"))
        bpm = None if row.value is None or row.value.bpm == 0 else row.value.bpm
        account.gathered.add("heart_rate", t_ms, bpm, DEVICE)
    return account.recordings(_IN_UTC)


def _steps(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for i, row, t_ms in _timed(account, content):
        if isinstance(row.value, _Beats):
            raise content.at(i, "value").fault(Phrase("a number"))
        account.gathered.add("steps", t_ms, number_in(account, content.at(i, "value", row.value)), DEVICE)
    return account.recordings(_IN_UTC)


def _timed(account: AccountFile, content: Json) -> Iterator[tuple[int, _Minute, int]]:
    """Rows with their number and UTC ms; a row without a time is left out.

    A day is looked up once: it has thousands of rows.
    """
    midnights: dict[str, int] = {}
    for i, row in enumerate(content.rows(_Minute)):
        day, _, clock = (row.date_time or "").partition(" ")
        seconds = _seconds(clock)
        if day not in midnights or seconds is None:
            t_ms = account.moment(iso_date(content.at(i, "dateTime", row.date_time)), "UTC")
            if t_ms is None:
                continue
            midnights[day] = t_ms - 1000 * (seconds or 0)
            yield i, row, t_ms
        else:
            yield i, row, midnights[day] + 1000 * seconds


def _seconds(clock: str) -> int | None:
    """Seconds since midnight of "08:00:05"; None when it is written in another way."""
    if len(clock) != 8 or not (clock[:2] + clock[3:5] + clock[6:]).isdecimal():
        return None
    hour, minute, second = int(clock[:2]), int(clock[3:5]), int(clock[6:])
    return 3600 * hour + 60 * minute + second if hour < 24 and minute < 60 and second < 60 else None


def _resting(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for row in content.items():
        morning = account.morning(iso_date(row.get("value").get("date")))
        bpm = number_in(account, row.get("value").get("value"), filler=0.0)
        if morning is not None:
            account.gathered.add("vendor_resting_heart_rate", morning, bpm, DEVICE)
    return account.recordings()


def _sleep(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for night in content.items():
        read_sleep(account, night)
    return account.recordings()


def _exercise(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for workout in content.items():
        start_ms = account.moment(iso_date(workout.get("startTime")), "UTC")
        duration_ms = number_in(account, workout.get("duration"))
        if start_ms is not None and duration_ms is not None:
            label = workout.get("activityName").text() or ""
            account.stretch("exertion", "workout", start_ms, start_ms + round(duration_ms), label=label)
    return account.recordings(_IN_UTC)


_IN_UTC = Phrase("Fitbit writes no zone beside these times; they were read as UTC.")

JSON_KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "heart_rate": Kind(frozenset({"dateTime", "value", "bpm"}), _heart_rate),
        "resting_heart_rate": Kind(frozenset({"dateTime", "value", "date", "error"}), _resting),
        "sleep": Kind(frozenset({"logId", "dateOfSleep", "startTime", "endTime"}), _sleep),
        "exercise": Kind(frozenset({"logId", "activityName", "startTime", "duration"}), _exercise),
        "steps": Kind(frozenset({"dateTime", "value"}), _steps, named=True),
    }
)
"""Each kind by the beginning of its usual file name."""
