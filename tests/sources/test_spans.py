"""Spans that a person gives are kept exactly, or refused with their line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Bout, Span
from uitknop.core.errors import Malformed
from uitknop.core.timeline import parse_iso
from uitknop.sources import read_spans

Write = Callable[[str, str | bytes], Path]


def test_spans_keep_kind_and_label_and_come_in_order_of_time(write: Write) -> None:
    text = (
        "start,end,kind,label\r\n"
        "2026-03-01T10:00:00+01:00,2026-03-01T10:05:00+01:00,own kind,garden\r\n"
        "2026-03-01T08:00:00+00:00,2026-03-01T08:05:00+00:00,task,stroop\r\n"
    )
    start_ms = parse_iso("2026-03-01T08:00:00+00:00", None)
    assert read_spans(write("spans.csv", text)) == (
        Bout(Span(start_ms, start_ms + 300_000), kind="task", label="stroop", given=True),
        Bout(Span(start_ms + 3_600_000, start_ms + 3_900_000), kind="own kind", label="garden", given=True),
    )


def test_local_times_are_read_in_the_zone(write: Write) -> None:
    path = write("spans.csv", "start,end\n2026-07-01 10:00,2026-07-01 10:30\n")
    assert read_spans(path, "Europe/Amsterdam")[0].span.start_ms == parse_iso("2026-07-01T08:00:00+00:00", None)


def test_local_times_without_a_zone_are_refused_with_their_line(write: Write) -> None:
    with pytest.raises(Malformed, match=r"line 2: .* has no offset"):
        read_spans(write("spans.csv", "start,end\n2026-07-01 10:00,2026-07-01 10:30\n"))


def test_without_a_clock_spans_are_seconds_from_the_start(write: Write) -> None:
    path = write("spans.csv", "start;end;kind;label\n60;360,5;breathing;ocean\n")
    assert read_spans(path, clockless=True)[0].span == Span(60_000, 360_500)


def test_a_time_of_day_without_a_clock_is_refused_with_its_line(write: Write) -> None:
    with pytest.raises(Malformed, match="line 2: the recording has no clock"):
        read_spans(write("spans.csv", "start,end\n2026-07-01 10:00,2026-07-01 10:30\n"), clockless=True)


@pytest.mark.parametrize("row", ["360,60", "60,60"])
def test_a_span_that_ends_before_it_starts_is_refused(write: Write, row: str) -> None:
    with pytest.raises(Malformed, match="line 2: the span ends before or when it starts"):
        read_spans(write("spans.csv", f"start,end\n{row}\n"), clockless=True)


@pytest.mark.parametrize("wrong", ["nan", "1e300", "", "soon"])
def test_seconds_that_are_no_number_are_refused(write: Write, wrong: str) -> None:
    with pytest.raises(Malformed, match="line 2"):
        read_spans(write("spans.csv", f"start,end,kind\n{wrong},60,task\n"), "UTC", clockless=True)


def test_a_table_of_something_else_is_refused_with_the_header_that_is_expected(write: Write) -> None:
    with pytest.raises(Malformed, match=r'no column "end"\. Expected the header start,end,kind,label'):
        read_spans(write("spans.csv", "start,label\n60,task\n"), clockless=True)


def test_a_span_without_a_kind_is_passive_rest(write: Write) -> None:
    assert read_spans(write("spans.csv", "start,end\n60,120\n"), clockless=True)[0].kind == "passive"
