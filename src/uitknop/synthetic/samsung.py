"""A Samsung Health export with its oddities: marks, lines before the header, prefixes, commas too many, bad offsets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np

Files = dict[str, bytes]

STAMP = "20260401093000"
WATCH = "0a1b2c3d-0000-4000-8000-000000000001"
PHONE = "9f8e7d6c-0000-4000-8000-000000000002"
OWN_APP, OTHER_APP = "com.sec.android.app.shealth", "com.example.sleep"
_START = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
_PREFIX = "com.samsung.health.heart_rate."
_STAGES = (("40001", 5), ("40002", 50), ("40003", 40), ("40002", 60), ("40004", 30), ("40001", 3), ("40002", 70))


def samsung_health(*, nights: int, seed: int) -> Files:
    """Heart rate with detail, variability, stress, steps, sleep and stages of some nights, and a table nobody reads.

    The first row of the heart rate has a broken offset, the last is a single reading with a mark for "none"; another
    app writes a longer sleep of the first night.
    """
    chance = np.random.default_rng(seed)
    files: Files = {}
    hearts: list[str] = []
    for night in range(nights):
        start = _START + timedelta(days=night)
        for hour in range(8):
            at = start + timedelta(hours=hour)
            file = f"{night:x}{hour:07x}-0000-4000-8000-000000000000.binning_data.json"
            files[f"jsons/com.samsung.shealth.tracker.heart_rate/{file[0]}/{file}"] = _heart_detail(at, chance)
            hearts.append(_heart(at, 55 + int(chance.integers(0, 9)), file))
        file = f"{night:x}fffffff-0000-4000-8000-000000000000.binning_data.json"
        files[f"jsons/com.samsung.health.hrv/{file[0]}/{file}"] = _variability_detail(start, chance)
    broken = _heart(_START - timedelta(hours=1), 190, "").replace("UTC+0100", "UTC+28550")
    none = _heart(_START + timedelta(days=nights), 0, "")
    columns = ("start_time", "end_time", "time_offset", "heart_rate", "min", "max", "deviceuuid", "binning_data")
    header = ",".join([*(_PREFIX + column for column in columns), "source"])
    heart_type = "com.samsung.shealth.tracker.heart_rate"
    files[f"{heart_type}.{STAMP}.csv"] = _table(heart_type, header, [broken, *hearts, none])
    return files | _sleep(nights) | _days(nights, chance)


def _sleep(nights: int) -> Files:
    stages, sleeps = [], []
    for night in range(nights):
        at = _START + timedelta(days=night)
        first = at
        for stage, minutes in _STAGES:
            end = at + timedelta(minutes=minutes)
            stages.append(f",{_time(at)},night-{night},{stage},{_time(end)},UTC+0100,{OWN_APP},")
            at = end
        sleeps.append(f"{_time(first)},{_time(at)},UTC+0100,{OWN_APP},")
    end = _START + timedelta(hours=9)
    sleeps.append(f"{_time(_START - timedelta(hours=1))},{_time(end)},UTC+0100,{OTHER_APP},")
    stage_type, sleep_type = "com.samsung.health.sleep_stage", "com.samsung.shealth.sleep"
    stage_header = "create_sh_ver,start_time,sleep_id,stage,end_time,time_offset,pkg_name"
    return {
        f"{stage_type}.{STAMP}.csv": _table(stage_type, stage_header, stages),
        f"{sleep_type}.{STAMP}.csv": _table(sleep_type, "start_time,end_time,time_offset,pkg_name", sleeps),
    }


def _days(nights: int, chance: np.random.Generator) -> Files:
    stress, steps = [], []
    for day in range(nights):
        for hour in range(10, 20):
            at = _START - timedelta(hours=22) + timedelta(days=day, hours=hour)
            stress.append(f"{_time(at)},{_time(at + timedelta(minutes=1))},UTC+0100,{chance.integers(5, 80)},{WATCH},")
            for device in (WATCH, PHONE):  # the same walk, counted twice
                count = 100 + int(chance.integers(0, 9))
                steps.append(f"{_time(at)},{_time(at + timedelta(minutes=10))},UTC+0100,{count},{device},")
    stress_type, steps_type = "com.samsung.shealth.stress", "com.samsung.shealth.tracker.pedometer_step_count"
    return {
        f"{stress_type}.{STAMP}.csv": _table(
            stress_type, "start_time,end_time,time_offset,score,deviceuuid", stress, mark=False
        ),
        f"{steps_type}.{STAMP}.csv": _table(
            steps_type,
            ",".join(
                f"com.samsung.health.step_count.{column}"
                for column in ("start_time", "end_time", "time_offset", "count", "deviceuuid")
            ),
            steps,
        ),
        f"com.samsung.shealth.badge.{STAMP}.csv": _table(
            "com.samsung.shealth.badge", "start_time,count", [f"{_time(_START)},3,"]
        ),
    }


def _table(kind: str, header: str, rows: Iterable[str], *, mark: bool = True) -> bytes:
    lines = [f"{kind},6310006,4", header, *rows]
    return ("\ufeff" * mark + "\n".join(lines) + "\n").encode()


def _heart(at: datetime, bpm: int, detail: str) -> str:
    end = at + timedelta(minutes=59)
    return f"{_time(at)},{_time(end)},UTC+0100,{bpm},{bpm - 4},{bpm + 9},{WATCH},{detail},,"


def _heart_detail(at: datetime, chance: np.random.Generator) -> bytes:
    start_ms = round(at.timestamp() * 1000)
    items = [
        {
            "heart_rate": float(bpm),
            "heart_rate_min": float(bpm - 2),
            "heart_rate_max": float(bpm + 3),
            "start_time": start_ms + 60_000 * i,
            "end_time": start_ms + 60_000 * i + 59_999,
        }
        for i, bpm in enumerate(chance.integers(50, 66, 60).tolist())
    ]
    return json.dumps(items).encode()


def _variability_detail(at: datetime, chance: np.random.Generator) -> bytes:
    start_ms = round(at.timestamp() * 1000)
    items = [
        {
            "start_time": start_ms + 300_000 * i,
            "end_time": start_ms + 300_000 * (i + 1),
            "sdnn": round(rmssd * 1.2, 3),
            "rmssd": round(rmssd, 3),
        }
        for i, rmssd in enumerate(chance.uniform(20, 60, 12).tolist())
    ]
    return json.dumps(items).encode()


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}.000"
