"""A Fitbit account in Google Takeout, with its oddities: American dates, nights named after the day before, zeros for
nothing, empty dates, sleep in local time beside heart rate in UTC, short wakes laid over stages.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from uitknop.core.timeline import zone_of

Files = dict[str, bytes]

_OLD = "Takeout/Fitbit/Global Export Data"
_NIGHTS = "Takeout/Fitbit/Heart Rate Variability"
_NEW = "Takeout/Fitbit/Physical Activity_GoogleData"
_STAGES = ("light", "deep", "light", "rem", "wake", "light", "rem")


def fitbit_takeout(*, days: int, seed: int, zone: str, first: date = date(2026, 3, 1)) -> Files:
    """Files of `days` days of a person who lives in `zone`."""
    rng = np.random.default_rng(seed)
    dates = [first + timedelta(days=i) for i in range(days)]
    files = {f"{_OLD}/sleep-{first}.json": _json([_night(day, rng) for day in reversed(dates)])}
    files[f"{_OLD}/resting_heart_rate-{first}.json"] = _json([_resting(day, rng) for day in dates])
    files[f"{_OLD}/exercise-0.json"] = _json([_walk(day, zone) for day in dates[::3]])
    for i, day in enumerate(dates):
        before = day - timedelta(days=1)
        rmssd = 0.0 if i % 5 == 4 else round(float(rng.normal(32, 5)), 3)  # a night without enough sleep
        name = f"{before:%Y-%m}-({before.day})" if day.day > 1 else f"{day:%Y-%m}-"
        files[f"{_NIGHTS}/Daily Heart Rate Variability Summary - {name}.csv"] = _table(
            "timestamp,rmssd,nremhr,entropy", [f"{day}T00:00:00,{rmssd},{rng.normal(55, 2):.3f},2.472"]
        )
        files[f"{_NIGHTS}/Heart Rate Variability Details - {before}.csv"] = _table(
            "timestamp,rmssd,coverage,low_frequency,high_frequency",
            [
                f"{day}T{1 + k // 12:02}:{5 * (k % 12):02}:00,{rng.normal(34, 6):.3f},0.93,610.1,402.7"
                for k in range(48)
            ],
        )
        files |= _through_the_day(day, zone, rng)
    files[f"{_NIGHTS}/Daily Respiratory Rate Summary - {first}.csv"] = _table(
        "timestamp,daily_respiratory_rate", [f"{day}T00:00:00,{rng.normal(15, 0.5):.2f}" for day in dates]
    )
    files[f"{_NEW}/daily_resting_heart_rate_{first}.csv"] = _table(
        "timestamp,beats per minute", [f"{day}T00:00:00Z,{rng.normal(58, 2):.2f}" for day in dates]
    )
    return files


def _night(day: date, rng: np.random.Generator) -> dict[str, object]:
    start = datetime.combine(day - timedelta(days=1), time(23, int(rng.integers(0, 50))))
    at, stages = start, []
    for level in _STAGES:
        seconds = 30 * int(rng.integers(60, 140))
        stages.append({"dateTime": _local(at), "level": level, "seconds": seconds})
        at += timedelta(seconds=seconds)
    wakes = [{"dateTime": _local(start + timedelta(minutes=10)), "level": "wake", "seconds": 60}]
    return {
        "logId": int(rng.integers(10**10, 10**11)),
        "dateOfSleep": str(day),
        "startTime": _local(start),
        "endTime": _local(at),
        "duration": round((at - start).total_seconds() * 1000),
        "type": "stages",
        "infoCode": 0,
        "levels": {"summary": {}, "data": stages, "shortData": wakes},
        "mainSleep": True,
    }


def _resting(day: date, rng: np.random.Generator) -> dict[str, object]:
    stamp = f"{day:%m/%d/%y} 00:00:00"
    if day.day % 6 == 0:  # a day the device was not worn
        return {"dateTime": stamp, "value": {"date": None, "value": 0.0, "error": 0.0}}
    bpm = round(float(rng.normal(58, 2)), 2)
    return {"dateTime": stamp, "value": {"date": f"{day:%m/%d/%y}", "value": bpm, "error": 6.79}}


def _walk(day: date, zone: str) -> dict[str, object]:
    start = datetime.combine(day, time(17, 30), tzinfo=zone_of(zone)).astimezone(UTC)
    return {
        "logId": day.toordinal(),
        "activityName": "Walk",
        "startTime": f"{start:%m/%d/%y %H:%M:%S}",
        "duration": 1200000,
    }


def _through_the_day(day: date, zone: str, rng: np.random.Generator) -> Files:
    """An hour of heart rate and steps after local noon, in the old and the new shape, both in UTC."""
    noon = datetime.combine(day, time(12), tzinfo=zone_of(zone)).astimezone(UTC)
    old, new = [], []
    for k in range(0, 3600, 10):
        at, bpm = noon + timedelta(seconds=k), int(rng.normal(75, 4))
        old.append({"dateTime": f"{at:%m/%d/%y %H:%M:%S}", "value": {"bpm": bpm, "confidence": 2}})
        new.append(f"{at:%Y-%m-%dT%H:%M:%SZ},{bpm}.0")
    steps = [
        {"dateTime": f"{noon + timedelta(minutes=k):%m/%d/%y %H:%M:%S}", "value": str(int(rng.integers(0, 90)))}
        for k in range(60)
    ]
    return {
        f"{_OLD}/heart_rate-{day}.json": _json(old),
        f"{_OLD}/steps-{day}.json": _json(steps),
        f"{_NEW}/heart_rate_{day}.csv": _table("timestamp,beats per minute", new),
    }


def _local(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000"


def _json(content: object) -> bytes:
    return json.dumps(content, indent=2).encode()


def _table(header: str, rows: list[str]) -> bytes:
    return ("\n".join((header, *rows)) + "\n").encode()
