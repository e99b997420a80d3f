"""A Polar Flow account with its oddities: lists that are null, times without seconds or fractions, a mark of waking
after the night, pauses in the training written as "NaN", heart rate 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from uitknop.core import Recording
from uitknop.core.errors import ShapeError
from uitknop.core.timeline import from_ms

Files = dict[str, bytes]

_ACCOUNT = "42-11111111-2222-4333-8444-555555555555"


def polar_flow(recording: Recording) -> Files:
    """The beats as pulse intervals with gaps kept, the time of each its end; and the files of the days around them."""
    beats = recording.beats
    if beats is None or not len(beats):
        raise ShapeError("no beats to write")
    zone = recording.clock or "UTC"
    start = from_ms(int(beats.t_ms[0]), zone)
    pulses = [
        {"sampleDateTime": _spoken(from_ms(t_ms, zone)), "pulseLength": round(rr_ms)}
        for t_ms, rr_ms in zip(beats.t_ms.tolist(), beats.rr_ms.tolist(), strict=True)
    ]
    days = [
        {"date": f"{start - timedelta(days=1):%Y-%m-%d}", "devicePpiSamplesList": None},
        {
            "date": f"{start:%Y-%m-%d}",
            "devicePpiSamplesList": [
                {"deviceId": "00000001", "ppiSamples": None},
                {"deviceId": "A1B2C3D4", "ppiSamples": pulses},
            ],
        },
    ]
    return {
        f"ppi_samples_{_ACCOUNT}.json": _json(days),
        f"247ohr_{start:%Y_%m}-{_ACCOUNT}.json": _json({"deviceDays": [_heart_rate(recording, start)]}),
        f"sleep_result_{_ACCOUNT}.json": _json(_nights(start)),
        f"nightly_recovery_{_ACCOUNT}.json": _json(_recovery(start)),
        f"training-session_{start:%Y-%m-%dT%H-%M-%S}_{_ACCOUNT}.json": _json(_training(start)),
    }


def _spoken(moment: datetime) -> str:
    """Local time as the export writes it: no fraction where it is zero, and then no seconds where they are."""
    text = moment.replace(tzinfo=None).isoformat(timespec="milliseconds")
    return text.removesuffix(".000").removesuffix(":00") if text.endswith(".000") else text


def _heart_rate(recording: Recording, start: datetime) -> dict[str, object]:
    def samples() -> Iterator[dict[str, object]]:
        assert recording.beats is not None
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        for second in range(0, 3600, 300):
            at_s = (start - midnight).total_seconds() + second
            bpm = 0 if second == 600 else round(60_000 / float(np.median(recording.beats.rr_ms)))
            yield {"heartRate": bpm, "secondsFromDayStart": round(at_s), "source": "OHR_247"}

    return {"date": f"{start:%Y-%m-%d}", "deviceId": "A1B2C3D4", "samples": list(samples())}


def _nights(start: datetime) -> list[dict[str, object]]:
    woke = start.replace(hour=6, minute=30, second=0, microsecond=0)
    hypnogram = {
        "sleepStart": (woke - timedelta(hours=8)).isoformat(),
        "sleepEnd": woke.isoformat(),
        "deviceId": "A1B2C3D4",
        "sleepStateChanges": [
            {"offsetFromStart": "PT0S", "state": "NONREM2"},
            {"offsetFromStart": "PT1H30M", "state": "NONREM3"},
            {"offsetFromStart": "PT3H", "state": "REM"},
            {"offsetFromStart": "PT4H0M30S", "state": "WS_UNKNOWN"},
            {"offsetFromStart": "PT5H", "state": "NONREM1"},
            {"offsetFromStart": "PT7H", "state": "WAKE"},
            {"offsetFromStart": "PT7H10M", "state": "NONREM2"},
            {"offsetFromStart": "PT8H30M", "state": "WAKE"},
        ],
    }
    before: dict[str, object] = {
        "night": f"{start - timedelta(days=1):%Y-%m-%d}",
        "evaluation": {},
        "sleepResult": None,
    }
    return [before, {"night": f"{start:%Y-%m-%d}", "evaluation": {}, "sleepResult": {"hypnogram": hypnogram}}]


def _recovery(start: datetime) -> list[dict[str, object]]:
    def night(days_before: int, rmssd_ms: int | None) -> dict[str, object]:
        return {
            "night": f"{start - timedelta(days=days_before):%Y-%m-%d}",
            "meanNightlyRecoveryRmssd": rmssd_ms,
            "meanNightlyRecoveryRespirationInterval": 4_000,
            "recoveryIndicator": 4,
        }

    return [night(0, 42), night(1, 0), night(2, None)]


def _training(start: datetime) -> dict[str, object]:
    local = start.replace(tzinfo=None, hour=18, minute=0, second=0, microsecond=0)
    offset = start.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    stop = local + timedelta(minutes=20)
    values: list[float | str] = [90.0 + i % 7 for i in range(1200)]
    values[50] = "NaN"
    exercise = {
        "startTime": local.isoformat(),
        "stopTime": stop.isoformat(),
        "timezoneOffsetMinutes": minutes,
        "sport": {"id": "3"},
        "samples": [
            {"type": "SPEED", "intervalMillis": 1000, "values": [1.0, 1.1]},
            {"type": "HEART_RATE", "intervalMillis": 1000, "values": values},
        ],
    }
    return {
        "identifier": {"id": "made-up"},
        "startTime": local.isoformat(),
        "stopTime": stop.isoformat(),
        "timezoneOffsetMinutes": minutes,
        "durationMillis": 1_200_000,
        "sport": {"id": "3"},
        "exercises": [exercise],
    }


def _json(content: object) -> bytes:
    return json.dumps(content).encode()
