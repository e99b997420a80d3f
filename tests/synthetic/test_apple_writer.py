"""The written export is well formed, says what its plan says, and is as large as asked."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from uitknop.synthetic.apple_writer import CLOCK_STYLES, AppleExport, ClockStyle, apple_export_xml, pack_apple_export


@pytest.mark.parametrize("clock", CLOCK_STYLES)
def test_the_export_is_well_formed(clock: ClockStyle) -> None:
    root = ElementTree.fromstring(b"".join(apple_export_xml(AppleExport(days=1, clock=clock))))
    assert root.tag == "HealthData"
    kinds = {record.get("type", "") for record in root.findall("Record")}
    assert {"HKQuantityTypeIdentifierHeartRate", "HKCategoryTypeIdentifierSleepAnalysis"} <= kinds
    assert len(root.findall(".//InstantaneousBeatsPerMinute")) == 360


def test_the_offset_changes_with_the_clocks() -> None:
    text = b"".join(apple_export_xml(AppleExport(days=4)))
    assert b"2024-03-31 01:" in text
    assert b"2024-03-31 02:" not in text  # an hour that was skipped
    assert b"+0100" in text
    assert b"+0200" in text


def test_the_same_plan_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = (b"".join(apple_export_xml(AppleExport(days=1, seed=seed))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_blocks_stay_small_however_long_the_export() -> None:
    assert max(map(len, apple_export_xml(AppleExport(days=20)))) < 1_100_000


def test_the_zip_file_holds_the_export_and_what_lies_beside_it() -> None:
    target = io.BytesIO()
    pack_apple_export(AppleExport(days=1), target)
    with zipfile.ZipFile(target) as archive:
        assert archive.read("apple_health_export/export.xml") == b"".join(apple_export_xml(AppleExport(days=1)))
        assert "apple_health_export/export_cda.xml" in archive.namelist()
