"""Training sessions of Polar, and the heart rate its watches keep through the day."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from uitknop.core import Recording
from uitknop.sources.account_file import A_DATE, AccountFile, number_in
from uitknop.sources.clock import wall_to_ms
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS
from uitknop.sources.json_text import Json

DEVICE = "Polar training"
"""In a session the heart rate is often that of a strap, and another one than the watch keeps through the day."""

_SOURCE = "polar_flow"
_DAY_S = 86_400.0 + 3600.0
"""A day on which the clocks are set back has an hour more."""

_LONGEST_INTERVAL_MS = 3_600_000.0
_LARGEST_OFFSET_MIN = 14 * 60.0


def read_heart_rate(content: Json, zone: str | None) -> tuple[Recording, ...]:
    """Heart rate through the day: seconds since local midnight.

    Raises:
        SourceError: values of other types, or dates that can't be read, with their place.
    """
    account = AccountFile(_SOURCE, content.name, zone)
    for day in content.get("deviceDays").items():
        midnight_ms = _midnight(day.get("date"))
        device = f"Polar {(day.get('deviceId').text() or '')[:60]}".strip()
        rows = [
            (second, number_in(account, sample.get("heartRate"), filler=0.0))
            for sample in day.get("samples").items()
            if (second := number_in(account, sample.get("secondsFromDayStart"))) is not None
        ]
        if midnight_ms is None or not rows:
            continue
        kept = [(second, bpm) for second, bpm in rows if 0 <= second < _DAY_S]
        account.gathered.n_left_out += len(rows) - len(kept)
        wall_ms = np.array([midnight_ms + round(1000 * second) for second, _ in kept], np.int64)
        account.local = True
        for t_ms, (_, bpm) in zip(wall_to_ms(wall_ms, account.zone) if kept else (), kept, strict=True):
            account.gathered.add("heart_rate", int(t_ms), bpm, device)
    return account.recordings()


def read_training(content: Json, zone: str | None) -> tuple[Recording, ...]:
    """One session: when it was, its sport, and the heart rate in it.

    Raises:
        SourceError: values of other types, or times that can't be read, with their place.
    """
    account = AccountFile(_SOURCE, content.name, zone)
    said = _offset(account, content)
    start_ms, end_ms = (account.moment(content.get(name), said) for name in ("startTime", "stopTime"))
    account.stretch("exertion", "workout", start_ms, end_ms, label=_sport(content), zone=said or "")
    for exercise in content.get("exercises").items():
        _read_exercise(account, exercise, _offset(account, exercise) or said)
    return account.recordings(clock=said)


def _read_exercise(account: AccountFile, exercise: Json, zone: str | None) -> None:
    samples = exercise.get("samples")
    if samples.is_list:  # regular series: an interval and values
        start_ms = account.moment(exercise.get("startTime"), zone)
        for series in samples.items():
            if series.get("type").text() == "HEART_RATE" and start_ms is not None:
                _read_values(account, series, start_ms)
        return
    for sample in samples.get("heartRate").items():
        t_ms = account.moment(sample.get("dateTime"), zone)
        if t_ms is not None:
            account.gathered.add("heart_rate", t_ms, _heart_rate(account, sample.get("value")), DEVICE)


def _read_values(account: AccountFile, series: Json, start_ms: int) -> None:
    every_ms = series.get("intervalMillis").number() or 0.0
    if not 0 < every_ms <= _LONGEST_INTERVAL_MS:
        account.gathered.n_left_out += 1
        return
    for i, value in enumerate(series.get("values").items()):
        account.gathered.add("heart_rate", start_ms + round(every_ms * i), _heart_rate(account, value), DEVICE)


def _heart_rate(account: AccountFile, value: Json) -> float | None:
    return None if value.value == "NaN" else number_in(account, value, filler=0.0)


def _sport(content: Json) -> str:
    """The sport by name; of one that is only numbered, its number."""
    sport = content.get("sport")
    if sport.missing:
        found = [exercise.get("sport") for exercise in content.get("exercises").items()]
        sport = found[0] if found else sport
    if sport.is_object:
        number = sport.get("id").text()
        return "" if number is None else f"Polar {number}"
    return sport.text() or ""


def _offset(account: AccountFile, content: Json) -> str | None:
    """The zone a session tells; None when it tells none."""
    minutes = number_in(account, content.get("timezoneOffsetMinutes"))
    if minutes is None or abs(minutes) > _LARGEST_OFFSET_MIN:
        return None
    hours, rest = divmod(round(abs(minutes)), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _midnight(when: Json) -> int | None:
    """Local midnight of a date, ms since 1970 on the wall clock."""
    text = when.text()
    if text is None:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise when.fault(A_DATE) from None
    wall_ms = round((datetime(day.year, day.month, day.day) - datetime(1970, 1, 1)).total_seconds() * 1000)
    if not EARLIEST_MS <= wall_ms < LATEST_MS:
        raise when.fault(A_DATE)
    return wall_ms
