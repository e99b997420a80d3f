"""Time: UTC inside, zones at the edge, days from 04:00 to 04:00, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Span
from uitknop.core.errors import Malformed
from uitknop.core.timeline import (
    ZoneLine,
    day_of,
    day_span,
    from_ms,
    hour_of_day,
    iso,
    parse_iso,
    to_ms,
    zone_of,
)

# Both hemispheres, half-hour steps and offsets, clocks changed at midnight, and no change at all.
ZONES = st.sampled_from(
    [
        "Europe/Amsterdam", "America/New_York", "America/St_Johns", "America/Santiago", "Australia/Lord_Howe",
        "Australia/Adelaide", "Pacific/Chatham", "Africa/Cairo", "Asia/Kathmandu", "UTC", "+05:45", "-03:30",
    ]
)  # fmt: skip
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
MOMENTS = st.integers(to_ms(datetime(2020, 1, 1, tzinfo=UTC)), to_ms(datetime(2035, 12, 31, tzinfo=UTC)))
HOUR_MS = 3_600_000


@given(MOMENTS, ZONES)
def test_a_moment_lies_in_the_span_of_its_own_day_and_of_no_other(t_ms: int, zone: str) -> None:
    day = day_of(t_ms, zone)
    holding = [
        ahead for ahead in range(-2, 3)
        if (span := day_span(day + timedelta(days=ahead), zone)).start_ms <= t_ms < span.end_ms
    ]  # fmt: skip
    assert holding == [0]


@given(DAYS, ZONES)
def test_days_follow_each_other_without_a_gap_and_last_about_24_hours(day: date, zone: str) -> None:
    today, tomorrow = day_span(day, zone), day_span(day + timedelta(days=1), zone)
    assert today.end_ms == tomorrow.start_ms
    assert (today.end_ms - today.start_ms) / HOUR_MS in {23.0, 23.5, 24.0, 24.5, 25.0}


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 28), "Europe/Amsterdam", 23.0),
        (date(2026, 10, 24), "Europe/Amsterdam", 25.0),
        (date(2026, 3, 7), "America/New_York", 23.0),
        (date(2026, 10, 31), "America/New_York", 25.0),
        (date(2026, 10, 3), "Australia/Lord_Howe", 23.5),
        (date(2026, 4, 4), "Australia/Lord_Howe", 24.5),
        (date(2026, 3, 28), "Asia/Kathmandu", 24.0),
    ],
)
def test_the_night_of_a_clock_change_makes_its_day_shorter_or_longer(day: date, zone: str, hours: float) -> None:
    assert day_span(day, zone).duration_min / 60 == hours


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-02T03:59:59.999", "2026-05-01"),
        ("2026-05-02T04:00:00", "2026-05-02"),
        ("2026-05-02T23:59:59", "2026-05-02"),
        ("2026-05-03T00:00:00", "2026-05-02"),
    ],
)
def test_a_day_begins_at_four(text: str, day: str) -> None:
    assert day_of(parse_iso(text, "Europe/Amsterdam"), "Europe/Amsterdam").isoformat() == day


@given(MOMENTS, ZONES)
def test_a_written_time_reads_back_to_the_same_millisecond(t_ms: int, zone: str) -> None:
    assert parse_iso(iso(t_ms, zone), None) == t_ms
    assert to_ms(from_ms(t_ms, zone)) == t_ms


@given(MOMENTS, ZONES)
def test_an_offset_in_the_text_goes_before_the_zone_given(t_ms: int, zone: str) -> None:
    assert parse_iso(iso(t_ms, zone), "Asia/Tokyo") == t_ms


def test_times_before_1970_keep_their_milliseconds() -> None:
    assert iso(-1, "UTC") == "1969-12-31T23:59:59.999000+00:00"


def test_a_local_time_that_happens_twice_is_read_as_the_first() -> None:
    twice = parse_iso("2026-10-25T02:30:00", "Europe/Amsterdam")
    assert twice == parse_iso("2026-10-25T02:30:00+02:00", None)


def test_a_local_time_that_never_happens_is_read_as_if_the_clocks_stood() -> None:
    never = parse_iso("2026-03-29T02:30:00", "Europe/Amsterdam")
    assert never == parse_iso("2026-03-29T02:30:00+01:00", None)
    assert iso(never, "Europe/Amsterdam") == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00", "14:00", "1772460000000"])
def test_what_is_no_time_is_refused_and_named(text: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_iso(text, "UTC")
    assert caught.value.phrase.fields["text"] == text


def test_a_time_without_offset_needs_a_zone() -> None:
    with pytest.raises(Malformed, match="--zone"):
        parse_iso("2026-03-02T14:00:00", None)


def test_spaces_around_a_time_do_no_harm() -> None:
    assert parse_iso(" 2026-03-02 14:00:00Z\n", None) == parse_iso("2026-03-02T14:00:00+00:00", None)


@pytest.mark.parametrize(
    ("name", "minutes"),
    [("+01:00", 60), ("-03:30", -210), ("+0545", 345), ("UTC+1", 60), ("GMT-5", -300), ("+14:00", 840), ("UTC", 0),
     ("Z", 0)],
)  # fmt: skip
def test_fixed_offsets_are_zones_too(name: str, minutes: int) -> None:
    assert datetime(2026, 7, 1, tzinfo=zone_of(name)).utcoffset() == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "Europe", "../zone", "/etc/passwd", "+15:00", "+99", "+01:75", "a\0b", "x" * 500]
)
def test_what_is_no_zone_is_refused_and_named(name: str) -> None:
    with pytest.raises(Malformed) as caught:
        zone_of(name)
    assert caught.value.phrase.fields["zone"] == name
    assert "Europe/Amsterdam" in str(caught.value)


def test_a_line_of_zones_gives_the_zone_of_each_moment() -> None:
    line = ZoneLine((0, 1000, 2000), ("Europe/Amsterdam", "Asia/Tokyo", "UTC"))
    assert [line.at(t) for t in (-5, 0, 999, 1000, 1999, 2000, 10**12)] == [
        "Europe/Amsterdam", "Europe/Amsterdam", "Europe/Amsterdam", "Asia/Tokyo", "Asia/Tokyo", "UTC", "UTC",
    ]  # fmt: skip


@given(MOMENTS)
def test_one_zone_for_all_time_is_that_zone_everywhere(t_ms: int) -> None:
    assert ZoneLine.always("Asia/Tokyo").at(t_ms) == "Asia/Tokyo"


@given(MOMENTS, ZONES)
def test_the_hour_of_day_is_what_the_clock_on_the_wall_shows(t_ms: int, zone: str) -> None:
    clock = iso(t_ms, zone)[11:19]
    hour = hour_of_day(t_ms, zone)
    shown = int(clock[:2]) + int(clock[3:5]) / 60 + int(clock[6:8]) / 3600
    assert 0.0 <= hour < 24.0
    assert hour == pytest.approx(shown, abs=1e-9)


def test_a_day_is_a_span_like_any_other() -> None:
    assert isinstance(day_span(date(2026, 3, 2), "UTC"), Span)


@given(
    t_ms=st.integers(-(10**12), 4 * 10**12),
    zone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "+05:30"]),
)
def test_a_day_is_the_local_date_four_hours_ago_or_more(t_ms: int, zone: str) -> None:
    local = from_ms(t_ms, zone)
    assert day_of(t_ms, zone) == (local.date() if local.hour >= 4 else local.date() - timedelta(days=1))
    assert day_span(day_of(t_ms, zone), zone).start_ms <= t_ms < day_span(day_of(t_ms, zone), zone).end_ms
