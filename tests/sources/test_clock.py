"""Local times become UTC in order, over both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Malformed
from uitknop.sources.clock import epoch_column, iso_column, looks_like_time, tidy

ZONES = ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


@given(
    start=st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)),
    zone=st.sampled_from(ZONES),
    step_s=st.integers(1, 1500),
    n=st.integers(2, 300),
)
@settings(max_examples=150, deadline=None)
def test_what_a_wall_clock_showed_comes_back_as_utc(start: datetime, zone: str, step_s: int, n: int) -> None:
    moments = [start.replace(tzinfo=UTC) + timedelta(seconds=step_s * i) for i in range(n)]
    walls = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in moments]
    found = iso_column([wall.isoformat() for wall in walls], zone, "hr.csv", 2)
    steps = np.diff([wall.timestamp() for wall in walls])
    offsets = {moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in moments}
    if len(offsets) == 1 and steps.size and bool(np.all(steps == step_s)) and not _ambiguous(walls, zone):
        assert found.tolist() == [round(moment.timestamp() * 1000) for moment in moments]
    else:
        # Over a change, times still come in order and none is off by more than the change.
        truth = np.array([round(moment.timestamp() * 1000) for moment in moments])
        assert int(np.abs(found - truth).max()) <= 3_600_000


def _ambiguous(walls: list[datetime], zone: str) -> bool:
    return any(
        wall.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
        != wall.replace(tzinfo=ZoneInfo(zone), fold=1).utcoffset()
        for wall in walls
    )


@pytest.mark.parametrize("text", ["2026-03-01 08:00:00 +0100", "2026-03-01T08:00:00+01:00", " 2026-03-01T07:00:00Z "])
def test_an_offset_in_the_file_wins_over_the_zone(text: str) -> None:
    assert looks_like_time(text)
    assert iso_column([text], "Asia/Tokyo", "hr.csv", 2).tolist() == [1_772_348_400_000]


@pytest.mark.parametrize("number", ["1771053122000", "1771053122.5", "17710531222"])
def test_a_number_whose_digits_spell_a_date_is_no_date(number: str) -> None:
    # Ms since 1970 of 14 February 2026 read as 31 May 1771 otherwise.
    assert not looks_like_time(number)


def test_times_with_and_without_an_offset_do_not_mix() -> None:
    with pytest.raises(Malformed, match="some times have an offset"):
        iso_column(["2026-03-01T08:00:00Z", "2026-03-01T08:00:01"], None, "hr.csv", 2)


def test_a_cell_that_is_no_time_is_refused_with_its_line() -> None:
    with pytest.raises(Malformed, match="line 3: the time can't be read"):
        iso_column(["2026-03-01T08:00:00Z", "soon"], None, "hr.csv", 2)


@given(seconds=st.floats(1.1e9, 4e9))
def test_seconds_and_milliseconds_since_1970_are_told_apart(seconds: float) -> None:
    in_s, in_ms = epoch_column(np.array([seconds])), epoch_column(np.array([seconds * 1000]))
    assert in_s is not None
    assert in_ms is not None
    assert abs(int(in_s[0]) - int(in_ms[0])) <= 1


def test_small_numbers_are_not_since_1970() -> None:
    assert epoch_column(np.array([0.0, 1.0, 2.0])) is None


def test_blanks_before_an_offset_are_taken_away_and_others_stay() -> None:
    assert tidy(" 2026-03-01 08:00:00  +0100 ") == "2026-03-01 08:00:00+0100"
    wide = "2026-03-01" + " " * 300_000 + "08:00:00"  # trying each blank anew would take minutes
    assert tidy(wide) == wide
