"""Days tile time: no moment is lost or lived twice, wherever the person went."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Span
from uitknop.core.timeline import ZoneLine, day_span, from_ms, parse_iso
from uitknop.walk import day_spans

HOUR_MS = 3_600_000
ZONES = ["Europe/Amsterdam", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "+05:45", "UTC"]
YEAR = Span(parse_iso("2026-01-01T00:00:00Z", None), parse_iso("2027-01-01T00:00:00Z", None))


def lines() -> st.SearchStrategy[ZoneLine]:
    moves = st.lists(st.integers(YEAR.start_ms, YEAR.end_ms), min_size=1, max_size=6, unique=True).map(sorted)
    return moves.flatmap(
        lambda at: st.lists(st.sampled_from(ZONES), min_size=len(at), max_size=len(at)).map(
            lambda zones: ZoneLine(tuple(at), tuple(zones))
        )
    )


@given(lines(), st.integers(YEAR.start_ms, YEAR.end_ms), st.integers(1, 900 * HOUR_MS))
def test_every_moment_lies_in_one_day_whatever_span_is_asked_for(line: ZoneLine, start_ms: int, length_ms: int) -> None:
    asked = Span(start_ms, start_ms + length_ms)
    days = day_spans(asked, line)
    assert days[0].start_ms <= asked.start_ms
    assert days[-1].end_ms >= asked.end_ms
    assert all(one.end_ms == other.start_ms for one, other in pairwise(days))
    assert all(day.overlaps(asked) for day in days)
    more = day_spans(Span(start_ms - 700 * HOUR_MS, asked.end_ms + 700 * HOUR_MS), line)
    assert set(days) <= set(more)


@given(lines(), st.integers(YEAR.start_ms, YEAR.end_ms))
def test_a_day_starts_at_four_where_the_person_is(line: ZoneLine, at_ms: int) -> None:
    (day,) = day_spans(Span(at_ms, at_ms + 1), line)
    zones = {line.at(day.start_ms), line.at(day.start_ms - 24 * HOUR_MS), line.at(day.start_ms + 24 * HOUR_MS)}
    assert any(from_ms(day.start_ms, zone).hour == 4 for zone in zones)
    assert 12 <= day.duration_min / 60 <= 62


def test_at_home_they_are_the_days_of_the_calendar() -> None:
    line = ZoneLine.always("Europe/Amsterdam")
    saturday = date(2026, 3, 28)  # clocks go forward in the night after it
    span = day_span(saturday, "Europe/Amsterdam")
    assert day_spans(span, line) == (span,)
    assert span.duration_min == 23 * 60
