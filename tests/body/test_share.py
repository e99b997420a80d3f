"""An interval of a share is an interval."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uitknop.body.share import share


@given(count=st.integers(0, 500), more=st.integers(0, 500))
def test_an_interval_holds_its_share_and_narrows_with_more_people(count: int, more: int) -> None:
    n = max(count + more, 1)
    found, of_many = share(count, n), share(10 * count, 10 * n)
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert of_many.high - of_many.low < found.high - found.low
