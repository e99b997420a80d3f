"""A line that counts for nothing says why, and no other line does."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.state import fault_of, state_of

BAD = {
    "a tap nobody offered": ("answer", "now", "great", "how is it now"),
    "a domain nobody knows": ("event", "load/karma", "5", "karma"),
    "more than the bucket holds": ("event", "load/work", "11", "from 0 to 10"),
    "half a point": ("event", "load/work", "5.5", "whole number"),
    "another numeral": ("event", "load/work", "٥", "whole number"),
    "a phase that is none": ("event", "phase", "4", "phase 1, 2 or 3"),
    "a phase by somebody else": ("event", "phase", "proxy:2", "Only the person"),
    "a stressor by somebody else": ("event", "stressor", "proxy:solved", "Only the person"),
    "a stressor that is not solved": ("event", "stressor", "worse", "solved"),
}
GOOD = [
    ("answer", "now", "proxy:heavy"),
    ("event", "load/work", "10"),
    ("event", "phase", "2"),
    ("event", "stressor", "solved"),
    ("event", "", "crash"),
    ("tag", "now", "great"),
    ("answer", "after", "calmer"),
]


@pytest.mark.parametrize("what", BAD)
def test_a_line_that_can_not_be_used_says_why_and_changes_nothing(what: str, lines: Any) -> None:
    kind, label, value, why = BAD[what]
    entry = Entry(lines.at(1), lines.zone, kind, value, label=label)  # type: ignore[arg-type]
    assert why in str(fault_of(entry))
    without = [lines.checked(), *lines.taps("fhf")]
    told = state_of([*without, entry], now_ms=lines.now_ms, zone=lines.zone)
    assert told == state_of(without, now_ms=lines.now_ms, zone=lines.zone)


@pytest.mark.parametrize(("kind", "label", "value"), GOOD)
def test_a_line_that_can_be_used_or_is_none_of_ours_has_no_fault(kind: Any, label: str, value: str, lines: Any) -> None:
    assert fault_of(Entry(lines.at(1), lines.zone, kind, value, label=label)) is None
