"""Garmin account export: nights (`*_sleepData.json`) and days (`UDSFile_*.json`); `garmin_fit` reads the rest of it.

Field names: public readers of such exports. Times that end in GMT are UTC without saying so; a day has only its date.
"""

from __future__ import annotations

from uitknop.core import Phrase, Recording
from uitknop.sources.account_file import AccountFile, number_in
from uitknop.sources.fit_wellness import WEEK
from uitknop.sources.json_text import Json, head_keys, read_json
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "garmin_account"

_NIGHT_KEYS = frozenset({"sleepStartTimestampGMT", "sleepEndTimestampGMT"})
_DAY_KEYS = frozenset({"allDayStress", "includesWellnessData", "currentDayRestingHeartRate", "wellnessStartTimeGmt"})
_DAY, _NIGHT, _AWAKE = "day", "night", "awake"


def sniff(probe: Probe) -> float:
    """Fields of a night, or of a day."""
    keys = head_keys(probe)
    if keys >= _NIGHT_KEYS:
        return 0.95
    return 0.95 if "calendarDate" in keys and keys & _DAY_KEYS else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording of all nights or days in the file; none when they are empty.

    Raises:
        Malformed: a value of another type than it should be, or no time; with its place.
        TooLarge: beyond a limit.
    """
    account = AccountFile(NAME, probe.name, request.zone)
    for item in read_json(probe).items():
        if not item.get("sleepStartTimestampGMT").missing:
            _take_night(account, item)
        elif isinstance(item.get("calendarDate").value, str):
            _take_day(account, item)
    return account.recordings()


def _take_night(account: AccountFile, night: Json) -> None:
    start_ms = account.moment(night.get("sleepStartTimestampGMT"), "UTC")
    end_ms = account.moment(night.get("sleepEndTimestampGMT"), "UTC")
    account.stretch("sleep", "in_bed", start_ms, end_ms)
    if end_ms is None:
        return
    account.gathered.add("respiration_rate", end_ms, _known(account, night.get("averageRespiration")), _NIGHT)
    account.gathered.add("vendor_stress", end_ms, _known(account, night.get("avgSleepStress")), _NIGHT)


def _take_day(account: AccountFile, day: Json) -> None:
    at_ms = account.morning(day.get("calendarDate"))
    if at_ms is None:
        return
    today, week = (_known(account, day.get(key)) for key in ("currentDayRestingHeartRate", "restingHeartRate"))
    if today is not None:
        account.gathered.add("vendor_resting_heart_rate", at_ms, today)
    else:
        account.gathered.add("vendor_resting_heart_rate", at_ms, week, WEEK)
    for total in day.get("allDayStress").get("aggregatorList").items():
        if total.get("type").text() == "TOTAL":
            account.gathered.add("vendor_stress", at_ms, _known(account, total.get("averageStressLevel")), _DAY)
    waking = _known(account, day.get("respiration").get("avgWakingRespirationValue"))
    account.gathered.add("respiration_rate", at_ms, waking, _AWAKE)


def _known(account: AccountFile, value: Json) -> float | None:
    """A number; None for those below zero, by which Garmin says that it could not tell."""
    number = number_in(account, value)
    return None if number is None or number < 0 else number


SOURCE = Source(
    NAME,
    Phrase("Garmin account export, nights and days"),
    Quality("experimental", Phrase("Field names are known from public readers; no authentic file was seen.")),
    sniff,
    read,
)
