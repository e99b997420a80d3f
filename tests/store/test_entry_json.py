"""Diary lines as text."""

from __future__ import annotations

import json

import pytest

from uitknop.core import Entry
from uitknop.store.entry_json import entry_from_json, entry_to_json

GOOD = [1, 1000, "UTC", "tag", "tired", None, ""]


def test_a_line_is_read() -> None:
    assert entry_from_json(json.dumps(GOOD).encode()).value == "tired"


@pytest.mark.parametrize(
    "told",
    [
        {},
        GOOD[:-1],
        [2, *GOOD[1:]],
        [1, "1000", *GOOD[2:]],
        [1, True, *GOOD[2:]],
        [*GOOD[:3], "verdict", *GOOD[4:]],
        [*GOOD[:3], ["tag"], *GOOD[4:]],
        [*GOOD[:5], 1.5, ""],
        [*GOOD[:6], None],
    ],
)
def test_what_is_no_entry_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match="not an entry"):
        entry_from_json(json.dumps(told).encode())


@pytest.mark.parametrize("text", [b"", b"\xff", b"[1", b"[" * 60_000, b"1e999", b"NaN"])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"not an entry|JSON|Expecting|decode"):
        entry_from_json(text)


def test_half_a_character_does_not_stop_a_line() -> None:
    assert entry_from_json(entry_to_json(Entry(0, "UTC", "tag", "tired \ud83d"))).value == "tired ?"
