"""Dates with an offset, and the clock of beats in every language that was seen."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.sources.apple_clock import HOUR_MS, place_beats, read_dates, within_hour_ms

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31), timezones=offsets)


def letters(*texts: str) -> np.ndarray:
    return np.frombuffer("".join(texts).encode(), np.uint8).reshape(len(texts), -1)


@given(st.lists(moments, min_size=1, max_size=20))
def test_dates_are_what_the_calendar_says(some: list[datetime]) -> None:
    dates = read_dates(letters(*(f"{moment:%Y-%m-%d %H:%M:%S %z}" for moment in some)))
    assert dates.good.all()
    assert dates.t_ms.tolist() == [int(moment.timestamp()) * 1000 for moment in some]
    assert dates.offset_min.tolist() == [(moment.utcoffset() or timedelta()) // timedelta(minutes=1) for moment in some]


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29 00:00:00 +0000",
        "2024-13-01 00:00:00 +0000",
        "2024-04-31 00:00:00 +0000",
        "2024-04-00 00:00:00 +0000",
        "2024-04-30 24:00:00 +0000",
        "2024-04-30 00:60:00 +0000",
        "2024-04-30 00:00:00 +1500",
        "2024-04-30 00:00:00 *0000",
        "2024-04-30T00:00:00 +0000",
        "2024-04-3O 00:00:00 +0000",
        "\0" * 25,
    ],
)
def test_what_is_no_date_is_told(text: str) -> None:
    dates = read_dates(letters(text, "2024-02-29 12:00:00 +0530"))
    assert dates.good.tolist() == [False, True]
    assert dates.t_ms[0] == 0


@pytest.mark.parametrize(
    ("text", "expected_ms"),
    [
        ("20:14:07.68", (14 * 60 + 7) * 1000 + 680),
        ("08:34:05,10", (34 * 60 + 5) * 1000 + 100),
        ("17:07:00,29", 7 * 60_000 + 290),
        ("6:14:48.94 PM", (14 * 60 + 48) * 1000 + 940),
        ("3:10:02,11 AM", 10 * 60_000 + 2110),
        ("3:10:00.00\u202fAM", 600_000),
        ("4:17:18.57 pm", (17 * 60 + 18) * 1000 + 570),
        ("下午4:17:18.57", (17 * 60 + 18) * 1000 + 570),
        ("4.17.18,5", (17 * 60 + 18) * 1000 + 500),
    ],
)
def test_every_way_to_write_the_clock_of_a_beat_is_read(text: str, expected_ms: int) -> None:
    assert within_hour_ms(text) == expected_ms


@pytest.mark.parametrize(
    "text", ["", "0.00", "10:61:00.00", "10:00:61.00", "25:00:00.00", "10:00:00", "noon", "1:2:3.4"]
)
def test_what_is_no_clock_is_not_guessed(text: str) -> None:
    assert within_hour_ms(text) is None


@given(
    st.integers(0, 10**12),
    st.integers(-8, 8),
    st.lists(st.integers(30, 300), min_size=1, max_size=200),
    st.integers(0, 40_000),
)
def test_beats_lie_where_they_were_whatever_hour_their_clock_shows(
    start_ms: int, hours_off: int, steps: list[int], wait_ms: int
) -> None:
    true_ms = start_ms + wait_ms + np.concatenate(([0], np.cumsum(steps))) * 10
    shown_ms = (true_ms + hours_off * HOUR_MS) % HOUR_MS
    assert place_beats(shown_ms, np.array([0]), np.array([start_ms])).tolist() == true_ms.tolist()


def test_each_list_is_laid_at_its_own_record() -> None:
    hour_ms = np.array([3_599_000, 200, 100, 1100])
    placed = place_beats(hour_ms, np.array([0, 2]), np.array([7_199_000, 36_000_000]))
    assert placed.tolist() == [7_199_000, 7_200_200, 36_000_100, 36_001_100]
