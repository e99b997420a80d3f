"""A line that nobody reads is told with its reason; a line that does something is not."""

from __future__ import annotations

import pytest

from uitknop.core import Entry
from uitknop.core.recording import EntryKind
from uitknop.guidance import practices, unread
from uitknop.guidance.answered import PROPOSAL
from uitknop.guidance.practices import conditions
from uitknop.guidance.proposals import EFFORTS
from uitknop.guidance.raised import closing_entry
from uitknop.guidance.told import condition_entry, setting_entry

ZONE = "UTC"


@pytest.mark.parametrize(
    ("kind", "label", "value", "why"),
    [
        ("event", "proposal/dance", "yes", "no proposal called dance"),
        ("event", "proposal/check_flags", "yes", "no proposal called check_flags"),
        ("event", "proposal/restart", "perhaps", "yes or no"),
        ("event", "request/sex", "asked", "physical, mental, social, sensory; sex is not"),
        ("event", "request/social", "proxy:asked", "Only the person"),
        ("event", "request/social", "please", "neither"),
        ("answer", "condition/unicorn", "no", "unicorn"),
        ("event", "condition/asthma", "yes", "kind answer or condition"),
        ("event", "flag/unicorn", "discussed", "no sign called unicorn"),
        ("event", "setting/minutes/slow_breathing", "600", "to 5 minutes"),
        ("event", "setting/minutes/quiet_rest", "proxy:900", "minutes can be set"),
    ],
)
def test_a_line_nobody_reads_has_a_reason(kind: EntryKind, label: str, value: str, why: str) -> None:
    fault = unread(Entry(0, ZONE, kind, value, label=label))
    assert fault is not None
    assert why in str(fault)


@pytest.mark.parametrize(
    "line",
    [
        *(condition_entry(name, False, 0, ZONE) for name in (*conditions(), "atrial_fibrillation")),
        *(Entry(0, ZONE, "event", "asked", label=f"request/{effort}") for effort in EFFORTS),
        *(Entry(0, ZONE, "event", said, label=f"{PROPOSAL}restart") for said in ("yes", "no", "proxy:no")),
        closing_entry("lump", 0, ZONE),
        setting_entry("minutes/slow_breathing", 3, 0, ZONE),
        setting_entry("minutes/nsdr", None, 0, ZONE),
        setting_entry("plan", True, 0, ZONE),
        Entry(0, ZONE, "event", "a walk with the dog", label="proposals"),
        Entry(0, ZONE, "condition", "unicorn"),
        Entry(0, ZONE, "answer", "yes", label="condition/unicorn"),
    ],
)
def test_a_line_that_is_read_has_none(line: Entry) -> None:
    assert unread(line) is None


def test_a_sign_of_a_new_name_that_was_raised_can_be_closed() -> None:
    assert unread(closing_entry("unicorn", 0, ZONE), {"unicorn"}) is None


def test_every_number_of_minutes_of_ours_may_be_set() -> None:
    for practice in practices().values():
        for table in (practice.numbers, practice.numbers_p, practice.numbers_severe):
            if "minutes" in table:
                line = setting_entry(f"minutes/{practice.id}", table["minutes"].value, 0, ZONE)
                assert unread(line) is None, practice.id
