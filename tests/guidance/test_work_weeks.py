"""The calendar of being away from work, and the sheet for the talk about it: dates, and nothing medical."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.guidance import sheet, work_calendar, work_weeks

WEEKS = [1, 6, 8, 42, 44, 52, 87, 91, 93, 104]
"""Written out by hand from section 12.1 of the clinical reference."""
MEDICAL = r"diagnos\w*|burn-?out|ME/CVS|\bME\b|depressi\w*|angst|hartslag|klacht\w*|medicijn\w*|vermoeid\w*"


def test_the_weeks_are_those_of_the_law() -> None:
    assert [row.week for row in work_weeks()] == WEEKS


@pytest.mark.parametrize(("days", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (41, 6), (727, 104), (728, 105)])
def test_weeks_are_counted_from_the_first_day(days: int, week: int) -> None:
    first = date(2026, 1, 5)
    assert work_calendar(first, first + timedelta(days=days)).week == week


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(-30, 900))
def test_every_week_lies_behind_or_ahead(first: date, days: int) -> None:
    today = first + timedelta(days=days)
    found = work_calendar(first, today)
    assert [row.week for _, row in (*found.past, *found.ahead)] == WEEKS
    assert all(day <= today for day, _ in found.past)
    assert all(day > today for day, _ in found.ahead)
    assert all((day - first).days == 7 * (row.week - 1) for day, row in (*found.past, *found.ahead))


def test_the_talk_sheet_holds_no_medical_content() -> None:
    page = sheet("work_talk")
    shared = [part for part in page.part if part.room]
    assert [part.id for part in shared] == ["possible", "not_now", "helps", "agree"]
    for part in shared:
        assert [line for line in (part.heading.nl, *part.lines.nl) if re.search(MEDICAL, line, re.IGNORECASE)] == []
    assert "mag niet vragen" in page.closing.nl
    assert [row for row in work_weeks() if re.search(MEDICAL, row.nl, re.IGNORECASE)] == []


def test_the_talk_sheet_keeps_a_fixed_scheme_away_from_pem() -> None:
    told = " ".join(sheet("work_talk").part[-1].lines.nl)
    assert "geen vast schema" in told
    assert "bedrijfsarts" in told
