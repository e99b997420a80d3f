"""The days that hours lie in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.timeline import day_of
from uitknop.person.agenda import HOUR_MS, days_of


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Asia/Kolkata", "Australia/Lord_Howe"])
@given(hours=st.lists(st.integers(480_000, 490_000), max_size=60))
def test_the_days_of_hours_are_those_of_their_first_and_last_moment(zone: str, hours: list[int]) -> None:
    each = {day_of(at_ms, zone) for hour in hours for at_ms in (hour * HOUR_MS, (hour + 1) * HOUR_MS - 1)}
    assert days_of(hours, zone) == sorted(each)
