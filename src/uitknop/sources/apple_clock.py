"""Times in an export of Apple Health: dates with an offset of their own, and the wall clock of single beats.

A date is always written alike, `2024-03-31 03:00:00 +0200`. The clock of a beat follows the language of the phone
(`20:14:07.68`, `6:14:48,94 PM`), has no date, and now and then is off by whole hours: only what it says within the hour
is used, and the record it belongs to tells which hour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.core import Value

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

DATE_LETTERS = 25
NO_DATE = b"\0" * DATE_LETTERS
QUARTER_MS = 900_000
HOUR_MS = 3_600_000

_SHAPE = b"0000-00-00 00:00:00 +0000"
_DIGITS = np.array([i for i, letter in enumerate(_SHAPE) if letter == ord("0")])
_FIXED = np.array([i for i, letter in enumerate(_SHAPE) if letter not in b"0+"])
_SIGN = _SHAPE.index(b"+")
_FIXED_LETTERS = np.frombuffer(_SHAPE, np.uint8)[_FIXED]
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_LARGEST_OFFSET_MIN = 14 * 60 + 45
_BEAT_CLOCK = re.compile(r"\D{0,12}?(\d{1,2})[:.](\d\d)[:.](\d\d)[.,\u066b](\d{1,3})\D{0,12}")


@dataclass(frozen=True, slots=True)
class Dates(Value):
    """Dates as read.

    Args:
        t_ms: UTC ms, int64, shape (n,); 0 where a date can't be read.
        offset_min: offset of the wall clock from UTC, min, int64, shape (n,).
        good: False where a date can't be read, shape (n,).
    """

    t_ms: Ints
    offset_min: Ints
    good: Bools


def read_dates(letters: Bytes) -> Dates:
    """Dates from their letters, uint8, shape (n, 25).

    >>> letters = np.frombuffer(b"1970-01-01 01:00:01 +0100", np.uint8)[None, :]
    >>> read_dates(letters).t_ms.tolist()
    [1000]
    """
    digits = letters[:, _DIGITS] - np.uint8(48)
    sign = letters[:, _SIGN]
    good = (digits <= 9).all(axis=1) & (letters[:, _FIXED] == _FIXED_LETTERS).all(axis=1)
    good &= (sign == ord("+")) | (sign == ord("-"))
    # Unreadable ones are counted as zeros, so that nothing overflows.
    pair = np.where(good[:, None], digits, np.uint8(0)).reshape(-1, 9, 2)
    # A column per pair of digits, each in one piece of memory: century, year, month, day, ...
    century, year, month, day, hour, minute, second, ahead_h, ahead_min = np.ascontiguousarray(
        (pair[:, :, 0] * np.uint8(10) + pair[:, :, 1]).T
    ).astype(np.int64)
    year = year + century * 100
    good &= (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60) & (ahead_min < 60)
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    good &= (day <= _MONTH_DAYS[np.where(good, month, 0)]) & (leap | (month != 2) | (day <= 28))
    offset_min = (ahead_h * 60 + ahead_min) * np.where(sign == ord("-"), -1, 1)
    good &= np.abs(offset_min) <= _LARGEST_OFFSET_MIN
    seconds = _days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset_min * 60
    return Dates(np.where(good, seconds * 1000, 0), np.where(good, offset_min, 0), good)


def read_spans(letters: Bytes) -> tuple[Dates, Dates]:
    """Starts and ends from their letters, uint8, shape (n, 50)."""
    both = read_dates(letters.reshape(-1, DATE_LETTERS))
    start, end = (Dates(both.t_ms[i::2], both.offset_min[i::2], both.good[i::2]) for i in (0, 1))
    return start, end


def _days_since_1970(year: Ints, month: Ints, day: Ints) -> Ints:
    """Days of the Gregorian calendar, counted in years that begin in March."""
    late = month <= 2
    year = year - late
    day_of_year = (153 * (month + np.where(late, 9, -3)) + 2) // 5 + day - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + day_of_year - 719_468


def within_hour_ms(text: str) -> int | None:
    """What the clock of a beat says within its hour, ms; None when it can't be read.

    >>> within_hour_ms("6:14:48,94 PM")
    888940
    """
    found = _BEAT_CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 24 or int(found[2]) > 59 or int(found[3]) > 59:
        return None
    fraction = found[4]
    thousandths: int = int(fraction.ljust(3, "0"))
    return (int(found[2]) * 60 + int(found[3])) * 1000 + thousandths


def place_beats(hour_ms: Ints, first: Ints, start_ms: Ints) -> Ints:
    """UTC ms of beats from what their clock says within the hour.

    Each list is laid at the multiple of a quarter of an hour (offsets of zones are such) that brings its first beat
    closest to the start of its record; from there on time only goes forward, over the hour and over midnight.

    Args:
        hour_ms: ms within the hour, of all lists one after the other, shape (n,).
        first: index of the first beat of each list, shape (m,), increasing, first 0.
        start_ms: start of the record of each list, UTC ms, shape (m,).
    Returns: shape (n,); a step back shows as a step of nearly an hour forward.
    """
    if not hour_ms.size:
        return hour_ms
    step_ms = np.diff(hour_ms, prepend=hour_ms[0]) % HOUR_MS
    step_ms[first] = 0
    since_ms = np.cumsum(step_ms)
    count = np.diff(first, append=hour_ms.size)
    away_ms = (hour_ms[first] - start_ms + QUARTER_MS // 2) % QUARTER_MS - QUARTER_MS // 2
    return np.asarray(since_ms + np.repeat(start_ms + away_ms - since_ms[first], count), np.int64)
