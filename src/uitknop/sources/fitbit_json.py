"""Fitbit's older files, one JSON list each: heart rate, steps, resting heart rate, sleep, workouts.

Dates are written the American way. Values through the day and workouts are in UTC, as public readers of these files
agree; sleep is in local time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

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


def _heart_rate(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for row in content.items():
        t_ms = account.moment(iso_date(row.get("dateTime")), "UTC")
        bpm = number_in(account, row.get("value").get("bpm"), filler=0.0)
        if t_ms is not None:
            account.gathered.add("heart_rate", t_ms, bpm, DEVICE)
    return account.recordings(_IN_UTC)


def _steps(content: Json, name: str, zone: str | None) -> tuple[Recording, ...]:
    account = AccountFile(_SOURCE, name, zone)
    for row in content.items():
        t_ms = account.moment(iso_date(row.get("dateTime")), "UTC")
        if t_ms is not None:
            account.gathered.add("steps", t_ms, number_in(account, row.get("value")), DEVICE)
    return account.recordings(_IN_UTC)


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
