"""Garmin account export: times in UTC that do not say so, days by their date, FIT files in zip files in a zip file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Recording
from uitknop.core.errors import Malformed
from uitknop.core.timeline import iso
from uitknop.sources import garmin_account, read_many
from uitknop.sources.probe import look
from uitknop.sources.registry import best_source
from uitknop.sources.source import Request
from uitknop.synthetic.garmin_account import garmin_account as export

Write = Callable[[str, str | bytes], Path]
ZONE = "Europe/Amsterdam"
FILES = export(days=5, seed=1)
NIGHTS = next(name for name in FILES if name.endswith("sleepData.json"))
DAYS = next(name for name in FILES if "UDSFile" in name)


def read(path: Path) -> Recording:
    probe = look(path)
    assert best_source(probe) is garmin_account.SOURCE
    (recording,) = garmin_account.read(probe, Request(ZONE))
    return recording


def test_a_night_begins_and_ends_in_utc(write: Write) -> None:
    recording = read(write(NIGHTS, FILES[NIGHTS]))
    first = recording.entries[0]
    assert (first.kind, first.value) == ("sleep", "in_bed")
    assert first.span is not None
    assert first.span.duration_min == 8 * 60
    assert iso(first.at_ms, "UTC")[:10] == "2026-02-28"
    assert iso(first.at_ms, "UTC")[11:13] == "22"  # 22 to 23 h UTC, as written
    assert len(recording.entries) == 4  # the open night is left out
    assert {(one.kind, one.device, len(one)) for one in recording.samples} == {
        ("respiration_rate", "night", 4),
        ("vendor_stress", "night", 4),
    }


def test_a_day_is_its_date_from_four_in_the_morning(write: Write) -> None:
    recording = read(write(DAYS, FILES[DAYS]))
    found = {(one.kind, one.device): one for one in recording.samples}
    assert {key: len(one) for key, one in found.items()} == {
        ("respiration_rate", "awake"): 5,
        ("vendor_resting_heart_rate", ""): 4,
        ("vendor_resting_heart_rate", "7 days"): 1,  # the day the watch was not worn
        ("vendor_stress", "day"): 4,  # -1 is none
    }
    first = found["vendor_resting_heart_rate", ""]
    assert iso(int(first.t_ms[0]), ZONE) == "2026-03-01T04:00:00+01:00"
    assert (recording.beats, recording.grade) == (None, "D")


def test_the_whole_export_is_read_through_its_zip_files(write: Write) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    found = read_many(write("garmin.zip", packed.getvalue()), zone=ZONE)
    assert sorted(recording.source for recording in found.recordings) == [
        "garmin_account",
        "garmin_account",
        "garmin_fit",
    ]
    assert found.refused == ()
    assert found.skipped == ("user_settings.json",)


def test_a_time_that_is_none_is_refused_with_its_place(write: Write) -> None:
    content = FILES[NIGHTS].replace(b"2026-03-01T", b"yesterday T", 1)
    with pytest.raises(Malformed, match=r"at \[\d\]\.sleep\w+TimestampGMT: expected a time"):
        read(write(NIGHTS, content))
