"""Spans are half open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Span
from uitknop.core.errors import ShapeError

MOMENTS = st.integers(min_value=-6, max_value=6)
SPANS = st.tuples(MOMENTS, MOMENTS).map(sorted).map(lambda ends: Span(*ends))


@given(SPANS, SPANS)
def test_two_spans_overlap_when_a_moment_lies_in_both(one: Span, other: Span) -> None:
    shared = set(range(one.start_ms, one.end_ms)) & set(range(other.start_ms, other.end_ms))
    assert one.overlaps(other) == bool(shared)
    assert other.overlaps(one) == one.overlaps(other)


def test_neighbours_do_not_overlap() -> None:
    assert not Span(0, 10).overlaps(Span(10, 20))


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ShapeError, match="ends before it starts"):
        Span(10, 9)


@given(SPANS, SPANS)
def test_spans_sort_by_start_and_then_by_end(one: Span, other: Span) -> None:
    assert (one < other) == ((one.start_ms, one.end_ms) < (other.start_ms, other.end_ms))


@given(SPANS)
def test_the_length_is_told_in_minutes(span: Span) -> None:
    assert span.duration_min * 60_000 == pytest.approx(span.end_ms - span.start_ms)
