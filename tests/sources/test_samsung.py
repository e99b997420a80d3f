"""Samsung Health: marks, lines before the header, prefixes, broken offsets, two devices, two apps, two measures."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Recording
from uitknop.core.errors import Malformed, NotRecognised
from uitknop.core.timeline import iso
from uitknop.sources import samsung
from uitknop.sources.container import walk_members
from uitknop.sources.probe import Probe, look
from uitknop.sources.registry import best_source
from uitknop.sources.samsung_table import offset_of
from uitknop.sources.source import Request
from uitknop.synthetic.samsung import STAMP, samsung_health

Write = Callable[[str, str | bytes], Path]
FILES = samsung_health(nights=2, seed=5)
HEART = f"com.samsung.shealth.tracker.heart_rate.{STAMP}.csv"
DETAIL = sorted(name for name in FILES if name.startswith("jsons/com.samsung.shealth.tracker.heart_rate/"))
VARIABILITY = sorted(name for name in FILES if name.startswith("jsons/com.samsung.health.hrv/"))


@pytest.fixture
def read(write: Write) -> Callable[..., Recording]:
    def one(name: str, content: bytes | None = None, zone: str | None = None) -> Recording:
        probe = look(write(name, FILES[name] if content is None else content))
        assert best_source(probe) is samsung.SOURCE
        (recording,) = samsung.read(probe, Request(zone))
        return recording

    return one


def test_times_of_a_table_are_utc_and_the_offset_says_where_the_person_was(read: Callable[..., Recording]) -> None:
    recording = read(HEART)
    assert recording.clock == "+01:00"
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert iso(int(series.t_ms[0]), recording.clock) == "2026-03-02T23:00:00+01:00"


def test_a_row_with_a_broken_offset_and_one_that_stands_for_none_are_left_out(read: Callable[..., Recording]) -> None:
    recording = read(HEART)
    series = recording.of_kind("heart_rate")
    assert series is not None
    assert len(series) == 16  # eight hours of two nights; neither 190 nor 0 bpm
    assert float(series.value.max()) < 70
    assert any("1 rows had a time or an offset" in str(note) for note in recording.notes)


@pytest.mark.parametrize("cell", ["UTC+28550", "UTC+0175", "UTC+15", "+0100", "UTC"])
def test_an_offset_that_can_not_be_is_none(cell: str) -> None:
    assert offset_of(cell) is None


def test_averages_over_an_hour_are_kept_apart_from_the_minutes(read: Callable[..., Recording]) -> None:
    hours, minutes = read(HEART).of_kind("heart_rate"), read(DETAIL[0]).of_kind("heart_rate")
    assert hours is not None
    assert minutes is not None
    assert hours.device == "0a1b2c3d averages"
    assert minutes.device == ""
    assert len(minutes) == 60
    assert minutes.t_ms[0] == hours.t_ms[0]  # which shows that the table is in UTC


def test_rmssd_and_sdnn_stay_two_measures(read: Callable[..., Recording]) -> None:
    recording = read(VARIABILITY[0])
    rmssd, sdnn = recording.of_kind("vendor_rmssd"), recording.of_kind("vendor_sdnn")
    assert rmssd is not None
    assert sdnn is not None
    assert np.allclose(sdnn.value, rmssd.value * 1.2, atol=0.002)  # as the writer made them, to three decimals
    assert recording.beats is None


def test_stages_are_sleep_by_their_code(read: Callable[..., Recording]) -> None:
    recording = read(f"com.samsung.health.sleep_stage.{STAMP}.csv")
    first = [entry.value for entry in recording.entries[:7]]
    assert first == ["awake", "light", "deep", "light", "rem", "awake", "light"]
    assert {entry.kind for entry in recording.entries} == {"sleep"}
    assert len(recording.entries) == 14


def test_of_two_apps_one_is_believed_for_a_night(read: Callable[..., Recording]) -> None:
    recording = read(f"com.samsung.shealth.sleep.{STAMP}.csv")
    assert [iso(entry.at_ms, "UTC") for entry in recording.entries] == [
        "2026-03-02T22:00:00+00:00",
        "2026-03-03T22:00:00+00:00",
    ]
    assert any("Several apps" in str(note) for note in recording.notes)


def test_a_walk_that_two_devices_counted_is_never_added_up(read: Callable[..., Recording]) -> None:
    recording = read(f"com.samsung.shealth.tracker.pedometer_step_count.{STAMP}.csv")
    assert {series.device for series in recording.samples} == {"0a1b2c3d", "9f8e7d6c"}
    assert all(len(series) == 20 for series in recording.samples)
    assert iso(int(recording.samples[0].t_ms[0]), "UTC") == "2026-03-02T10:10:00+00:00"  # counted until then


def test_stress_is_the_vendors(read: Callable[..., Recording]) -> None:
    recording = read(f"com.samsung.shealth.stress.{STAMP}.csv", zone="Europe/Amsterdam")
    assert [series.kind for series in recording.samples] == ["vendor_stress"]
    assert recording.clock == "Europe/Amsterdam"


def test_a_table_without_its_first_line_is_known_by_its_name_or_its_columns(read: Callable[..., Recording]) -> None:
    content = FILES[HEART].partition(b"\n")[2]
    (bare,), (usual,) = read(HEART, content).samples, read(HEART).samples
    assert (bare.t_ms.tolist(), bare.value.tolist()) == (usual.t_ms.tolist(), usual.value.tolist())
    (renamed,) = read("table.csv", content).samples
    assert renamed.value.tolist() == usual.value.tolist()


def test_a_kind_that_is_not_read_is_passed_over(write: Write) -> None:
    name = f"com.samsung.shealth.badge.{STAMP}.csv"
    probe = look(write(name, FILES[name]))
    assert best_source(probe) is samsung.SOURCE  # so that no table of another kind is guessed from it
    with pytest.raises(NotRecognised, match="a kind that is not read"):
        samsung.read(probe, Request())


def test_detail_without_a_time_is_refused_with_its_place(write: Write) -> None:
    content = b'[{"start_time": 1772488800000, "end_time": 1772488860000, "heart_rate": 61}, {"heart_rate": 60}]'
    with pytest.raises(Malformed, match=r"at \[1\]\.start_time"):
        samsung.read(look(write("a.binning_data.json", content)), Request())


def test_the_order_of_rows_changes_nothing(write: Write) -> None:
    name = f"com.samsung.shealth.sleep.{STAMP}.csv"
    first, header, *rows = FILES[name].splitlines(keepends=True)
    turned = first + header + b"".join(reversed(rows))
    (one,) = samsung.read(look(write(name, FILES[name])), Request())
    (other,) = samsung.read(look(write(f"turned/{name}", turned)), Request())
    assert one.entries == other.entries


def test_the_zip_file_of_an_export_is_read_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "samsunghealth.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(f"samsunghealth_person_{STAMP}/{name}", content)
    members = [member for _, member in walk_members(look(path)) if isinstance(member, Probe)]
    known = [member for member in members if best_source(member) is samsung.SOURCE]
    assert len(known) == len(FILES)
