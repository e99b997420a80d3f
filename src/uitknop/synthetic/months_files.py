"""Months of a person as their devices and apps would have written them: each tells its own part, none tells all.

HRV Logger keeps the strap's beats around rests, a Garmin watch the nights, Fitbit the steps of every minute, Polar the
workouts, and the diary stands in the form of our own export.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from uitknop.core import Entry, Recording
from uitknop.core.table import plain
from uitknop.core.timeline import from_ms
from uitknop.sources.own_series import FORMAT, MARKER
from uitknop.synthetic.garmin_fit import beats_fit, night_fit
from uitknop.synthetic.months import Life, LivedDay
from uitknop.synthetic.writers import Files, hrv_logger

DIARY, TRUTH = "diary/entries_1.json", "truth.json"
_STEPS = "Takeout/Fitbit/Global Export Data/steps-{day}.json"
_TRAINING = "polar/training-session-{day}-{n}.json"


def files_of_day(day: LivedDay) -> Files:
    """What was written on one day, by name."""
    stages = [line for line in day.night.entries if line.kind == "sleep"]
    offset_s = _offset_s(day.night, stages[0].at_ms)
    files = {f"strap/{name}": content for name, content in hrv_logger(day.strap).items()}
    assert day.night.beats is not None
    rr_ms = day.night.beats.rr_ms
    files[f"watch/{day.day}_night.fit"] = beats_fit(day.night.beats, offset_s)
    rmssd_ms = float(np.sqrt(np.mean(np.diff(rr_ms)[np.abs(np.diff(rr_ms)) < 250.0] ** 2)))
    files[f"watch/{day.day}_sleep.fit"] = night_fit(stages, 60_000 / float(np.median(rr_ms)), rmssd_ms, offset_s)
    files[_STEPS.format(day=day.day)] = _steps(day.phone)
    workouts = [line for line in day.entries if line.kind == "exertion"]
    files |= {_TRAINING.format(day=day.day, n=n): _training(line) for n, line in enumerate(workouts, 1)}
    return files


def files_of_all(entries: Sequence[Entry]) -> Files:
    """What is written once, for all days: the diary, without the workouts that another file holds.

    Args:
        entries: the diary of all days.
    """
    diary = [line for line in entries if line.kind != "exertion"]
    return {DIARY: _json({MARKER: FORMAT, "table": "entries", "entries": [_line(line) for line in diary]})}


def truth_of_day(day: LivedDay) -> dict[str, Any]:
    """What is true of a day: what the body model held in its morning, and every bout with whether it settled."""
    told = {"day": day.day, "season": day.season, "crash": day.crash, "symptoms": day.symptoms, "inside": day.inside}
    told["bouts"] = [bout for bout in day.truth if bout.kind != "night"]
    return cast("dict[str, Any]", plain(told))


def truth_file(life: Life, days: Sequence[dict[str, Any]]) -> Files:
    """truth.json: who it is, with which kinds of rest this person settles when all is open, and each day.

    Args:
        life: whose.
        days: from `truth_of_day`, in order.
    """
    about = {"seed": life.seed, "zone": life.zone, "settles_with": dict(life.does), "person": plain(life.person)}
    return {TRUTH: _json({**about, "days": list(days)})}


def _offset_s(recording: Recording, at_ms: int) -> int:
    """Local time minus UTC at a moment, s."""
    offset = from_ms(at_ms, recording.clock or "UTC").utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def _steps(phone: Recording) -> bytes:
    """Steps of every minute, none included, as Fitbit writes them: American dates, UTC, numbers as text."""
    rows = (
        {"dateTime": f"{from_ms(t_ms, 'UTC'):%m/%d/%y %H:%M:%S}", "value": f"{value:.0f}"}
        for series in phone.samples
        for t_ms, value in zip(series.t_ms.tolist(), series.value.tolist(), strict=True)
    )
    return _json(list(rows))


def _training(line: Entry) -> bytes:
    """A session of Polar Flow: local times, and how far they are from UTC."""
    start, stop = (from_ms(t_ms, line.zone) for t_ms in (line.at_ms, line.end_ms or line.at_ms))
    offset = start.utcoffset()
    session = {
        "startTime": start.replace(tzinfo=None).isoformat(),
        "stopTime": stop.replace(tzinfo=None).isoformat(),
        "timezoneOffsetMinutes": 0 if offset is None else round(offset.total_seconds() / 60),
        "durationMillis": (line.end_ms or line.at_ms) - line.at_ms,
        "sport": {"id": "3"},
        "exercises": [],
    }
    return _json(session)


def _line(entry: Entry) -> dict[str, object]:
    return {
        "at_ms": entry.at_ms,
        "end_ms": entry.end_ms,
        "zone": entry.zone,
        "kind": entry.kind,
        "value": entry.value,
        "label": entry.label,
        "person": "",
    }


def _json(content: object) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()
