"""A Garmin account export: zip files within a zip file, nights and days as JSON, values that could not be told."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import numpy as np

from uitknop.synthetic.garmin_fit import monitoring_night

Files = dict[str, bytes]
FIRST = date(2026, 3, 1)
_PERSON = "112233"
_STAMP = (2026, 4, 1, 9, 30, 0)


def garmin_account(*, days: int, seed: int) -> Files:
    """Nights, days, a file of the account that holds no health, and a zip file with one FIT file.

    On the second day the watch was not worn: no resting heart rate of that day, stress of -1. The third night is open.
    """
    chance = np.random.default_rng(seed)
    nights, sums = [], []
    for i in range(days):
        day = FIRST + timedelta(days=i)
        asleep = datetime(day.year, day.month, day.day) - timedelta(hours=1, minutes=int(chance.integers(0, 60)))
        nights.append(_night(day, asleep, asleep + timedelta(hours=8), open_end=i == 2, chance=chance))
        sums.append(_day(day, worn=i != 1, chance=chance))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{_PERSON}_1.fit", _STAMP), monitoring_night(seed=seed))
    span = f"{FIRST}_{FIRST + timedelta(days=days)}"
    return {
        f"DI_CONNECT/DI-Connect-Wellness/{span}_{_PERSON}_sleepData.json": json.dumps(nights).encode(),
        f"DI_CONNECT/DI-Connect-Aggregator/UDSFile_{span}.json": json.dumps(sums).encode(),
        "DI_CONNECT/DI-Connect-User/user_settings.json": json.dumps({"preferredLocale": "nl"}).encode(),
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": packed.getvalue(),
    }


def _night(
    day: date, asleep: datetime, awake: datetime, *, open_end: bool, chance: np.random.Generator
) -> dict[str, object]:
    return {
        "sleepStartTimestampGMT": f"{asleep:%Y-%m-%dT%H:%M:%S}.0",
        "sleepEndTimestampGMT": None if open_end else f"{awake:%Y-%m-%dT%H:%M:%S}.0",
        "calendarDate": f"{day}",
        "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
        "deepSleepSeconds": 4800,
        "lightSleepSeconds": 18000,
        "remSleepSeconds": 5400,
        "awakeSleepSeconds": 600,
        "unmeasurableSeconds": 0,
        "averageRespiration": round(float(chance.uniform(12, 17)), 1),
        "avgSleepStress": round(float(chance.uniform(8, 30)), 2),
        "retro": False,
    }


def _day(day: date, *, worn: bool, chance: np.random.Generator) -> dict[str, object]:
    return {
        "userProfilePK": int(_PERSON),
        "calendarDate": f"{day}",
        "includesWellnessData": True,
        "totalSteps": int(chance.integers(1000, 6000)),
        "restingHeartRate": 57,
        **({"currentDayRestingHeartRate": int(chance.integers(52, 63))} if worn else {}),
        "allDayStress": {
            "calendarDate": f"{day}",
            "aggregatorList": [
                {"type": "TOTAL", "averageStressLevel": int(chance.integers(20, 60)) if worn else -1},
                {"type": "AWAKE", "averageStressLevel": 50},
                {"type": "ASLEEP", "averageStressLevel": 12},
            ],
        },
        "respiration": {"avgWakingRespirationValue": 15.0},
    }
