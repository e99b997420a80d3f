"""Oura's exports with their oddities: empty cells, nulls in series and for series, naps, a deleted period, offsets."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import numpy as np

from uitknop.core.timeline import zone_of

_COLUMNS = (
    "date,Sleep Score,Total Sleep Duration,Total Bedtime,REM Sleep Duration,Deep Sleep Duration,Sleep Efficiency,"
    "Bedtime Start,Bedtime End,Average HRV,Lowest Resting Heart Rate,Average Resting Heart Rate,Respiratory Rate,"
    "Readiness Score,Steps"
)


def oura_trends(*, days: int, seed: int, zone: str, first: date = date(2026, 3, 1)) -> bytes:
    """The table of trends; every sixth day the ring was not worn."""
    rng = np.random.default_rng(seed)
    rows = [_COLUMNS]
    for i in range(days):
        day = first + timedelta(days=i)
        start, end = _bedtime(day, zone, rng)
        hrv, lowest, score = rng.integers(20, 50), rng.integers(50, 60), rng.integers(40, 90)
        night = f"82,26100,28800,5400,4500,91,{start},{end},{hrv},{lowest},61.2,14.9,{score}"
        rows.append(f"{day},{night},2300" if i % 6 != 5 else f"{day},,,,,,,,,,,,,,812")
    return ("\n".join(rows) + "\n").encode()


def oura_account(*, days: int, seed: int, zone: str, first: date = date(2026, 3, 1)) -> bytes:
    """The account as one object of lists."""
    rng = np.random.default_rng(seed)
    sleep: list[dict[str, object]] = []
    readiness, workouts, tags = [], [], []
    for i in range(days):
        day = first + timedelta(days=i)
        start, end = _bedtime(day, zone, rng)
        sleep.append(_period(day, start, end, rng))
        if i % 4 == 2:
            after = datetime.fromisoformat(end) + timedelta(hours=6)
            nap = _period(day, after.isoformat(), (after + timedelta(minutes=30)).isoformat(), rng)
            sleep.append({**nap, "type": "late_nap", "hrv": None, "heart_rate": None, "sleep_phase_5_min": "224422"})
        if i == 3:
            sleep.append({**sleep[-1], "type": "deleted"})
        readiness.append({"day": str(day), "score": int(rng.integers(40, 90)), "contributors": {}})
        walk = datetime.fromisoformat(end) + timedelta(hours=3)
        workouts.append(
            {
                "activity": "walking",
                "intensity": "easy",
                "start_datetime": walk.isoformat(),
                "end_datetime": (walk + timedelta(minutes=20)).isoformat(),
            }
        )
        tags.append(
            {"day": str(day), "timestamp": walk.isoformat(), "text": "legs of lead", "tags": ["tag_sleep_late"]}
        )
    return json.dumps({"sleep": sleep, "daily_readiness": readiness, "workout": workouts, "tag": tags}).encode()


def _bedtime(day: date, zone: str, rng: np.random.Generator) -> tuple[str, str]:
    start = datetime.combine(day - timedelta(days=1), time(23, int(rng.integers(0, 59))), tzinfo=zone_of(zone))
    end = datetime.combine(day, time(7, int(rng.integers(0, 59))), tzinfo=zone_of(zone))
    return start.isoformat(), end.isoformat()


def _period(day: date, start: str, end: str, rng: np.random.Generator) -> dict[str, object]:
    length = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    n = int(length.total_seconds()) // 300
    hrv: list[int | None] = rng.integers(20, 60, n).tolist()
    bpm: list[float | None] = np.round(rng.normal(56, 3, n), 1).tolist()
    hrv[: n // 8], bpm[: n // 9] = [None] * (n // 8), [None] * (n // 9)
    return {
        "average_breath": 14.875,
        "average_heart_rate": 56.1,
        "average_hrv": 38,
        "bedtime_end": end,
        "bedtime_start": start,
        "day": str(day),
        "heart_rate": {"interval": 300.0, "items": bpm, "timestamp": start},
        "hrv": {"interval": 300.0, "items": hrv, "timestamp": start},
        "lowest_heart_rate": 50,
        "sleep_phase_5_min": "".join(rng.choice(list("4222113322"), n + 1)),
        "type": "long_sleep",
    }
