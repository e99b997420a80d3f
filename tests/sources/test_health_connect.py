"""Health Connect: missing tables, two spellings, two apps; and databases made to do harm."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Recording
from uitknop.core.errors import Malformed, NotRecognised, SourceError, TooLarge
from uitknop.core.timeline import iso
from uitknop.sources import health_connect, limits
from uitknop.sources.container import walk_members
from uitknop.sources.probe import Probe, look
from uitknop.sources.registry import best_source
from uitknop.sources.source import Request
from uitknop.synthetic.health_connect import WATCH_APP, health_connect_db

Write = Callable[[str, str | bytes], Path]
NAME = "health_connect_export.db"
CONTENT = health_connect_db(nights=2, seed=1)
SERIES = "heart_rate_record_series_table"


def read(path: Path, zone: str | None = None) -> Recording:
    probe = look(path)
    assert best_source(probe) is health_connect.SOURCE
    (recording,) = health_connect.read(probe, Request(zone))
    return recording


def in_zip(write: Write, content: bytes) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, content)
    return write("Health Connect.zip", packed.getvalue())


def shape(recording: Recording) -> dict[str, tuple[str, int, float]]:
    return {one.kind: (one.device, len(one), float(one.value.sum())) for one in recording.samples}


def test_every_kind_is_read_from_the_app_that_wrote_most(write: Write) -> None:
    recording = read(write(NAME, CONTENT))
    assert recording.clock == "+01:00"
    assert {kind: found[:2] for kind, found in shape(recording).items()} == {
        "heart_rate": (WATCH_APP, 960),
        "respiration_rate": (WATCH_APP, 2),
        "steps": (WATCH_APP, 20),
        "vendor_resting_heart_rate": (WATCH_APP, 2),
        "vendor_rmssd": (WATCH_APP, 180),
    }
    assert any("Several apps" in str(note) for note in recording.notes)
    assert (recording.beats, recording.grade) == (None, "D")


def test_steps_of_two_apps_are_never_added_up(write: Write) -> None:
    assert shape(read(write(NAME, CONTENT)))["steps"][2] == 20 * 105  # the watch's count, not 105 + 110


def test_sleep_stages_and_workouts_are_diary_lines_where_the_person_was(write: Write) -> None:
    entries = read(write(NAME, CONTENT), "Europe/Amsterdam").entries
    first = [entry.value for entry in entries if entry.kind == "sleep"][:8]
    assert sorted(first) == sorted(["in_bed", "awake", "light", "deep", "light", "rem", "awake", "light"])
    assert {entry.zone for entry in entries} == {"+01:00"}
    workout = next(entry for entry in entries if entry.kind == "exertion")
    assert (workout.value, workout.label, iso(workout.at_ms, workout.zone)) == (
        "workout",
        "53",
        "2026-03-02T16:00:00+01:00",
    )


@pytest.mark.parametrize("table", ["application_info_table", "heart_rate_record_table", SERIES, "sleep_stages_table"])
def test_any_table_may_be_missing(write: Write, table: str) -> None:
    recording = read(write(NAME, health_connect_db(nights=1, seed=1, without=[table])))
    assert recording.of_kind("vendor_rmssd") is not None


def test_a_member_of_a_zip_file_is_read_without_a_file_on_disk(write: Write, tmp_path: Path) -> None:
    bare, path = write(f"bare/{NAME}", CONTENT), in_zip(write, CONTENT)
    before = sorted(tmp_path.rglob("*"))
    ((_, member),) = _read_members(path)
    assert shape(member) == shape(read(bare))
    assert sorted(tmp_path.rglob("*")) == before


def _read_members(path: Path) -> list[tuple[str, Recording]]:
    return [
        (place, health_connect.read(member, Request())[0])
        for place, member in walk_members(look(path))
        if isinstance(member, Probe)
    ]


def test_a_database_that_kept_its_changes_beside_it_is_read_as_far_as_it_goes(write: Write) -> None:
    content = bytearray(CONTENT)
    content[18:20] = b"\x02\x02"
    ((_, recording),) = _read_members(in_zip(write, bytes(content)))
    assert shape(recording) == shape(read(write(NAME, bytes(content))))


def test_another_database_is_not_one_of_these(write: Write, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "notes.db") as other:
        other.execute("CREATE TABLE notes (words TEXT)")
    other.close()
    with pytest.raises(NotRecognised, match="not one of Health Connect"):
        read(tmp_path / "notes.db")


def test_a_view_in_place_of_a_table_is_not_read(write: Write) -> None:
    forever = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x FROM n"
    tampered = [
        f"DROP TABLE {SERIES}",
        f"CREATE VIEW {SERIES}(parent_key, beats_per_minute, epoch_millis) AS {forever}",
    ]
    recording = read(write(NAME, health_connect_db(nights=1, seed=1, extra=tampered)))
    assert recording.of_kind("heart_rate") is None


def test_a_join_without_a_key_is_stopped(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DATABASE_STEPS", (1_000_000, 0))
    tampered = [
        "ALTER TABLE heart_rate_record_table RENAME TO old",
        "CREATE TABLE heart_rate_record_table (row_id INTEGER, app_info_id INTEGER)",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 20000) "
        "INSERT INTO heart_rate_record_table SELECT x, 1 FROM n",
    ]
    with pytest.raises(TooLarge, match="takes longer to read"):
        read(write(NAME, health_connect_db(nights=1, seed=1, extra=tampered)))


def test_a_huge_value_is_refused(write: Write) -> None:
    tampered = ["INSERT INTO application_info_table VALUES (3, CAST(zeroblob(2000000) AS TEXT), '')"]
    with pytest.raises(Malformed):
        read(write(NAME, health_connect_db(nights=1, seed=1, extra=tampered)))


def test_values_of_other_types_and_beyond_all_bounds_are_left_out(write: Write) -> None:
    at = 1_772_485_200_000
    rows = ["'x', 60", "NULL, 60", f"{at}, 'y'", f"{at}, NULL", f"{1 << 62}, 60", "-5, 61", f"{at}, 9e300", f"{at}, -1"]
    tampered = [f"INSERT INTO {SERIES} (parent_key, epoch_millis, beats_per_minute) VALUES (1, {row})" for row in rows]
    recording = read(write(NAME, health_connect_db(nights=1, seed=1, extra=tampered)))
    assert shape(recording)["heart_rate"][1] == 480
    assert any("4 values that no body makes" in str(note) for note in recording.notes)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("packed", [False, True])
def test_a_changed_database_never_escapes_as_another_error(write: Write, seed: int, packed: bool) -> None:
    random = np.random.default_rng(seed)
    content = bytearray(CONTENT if seed % 4 else CONTENT[: int(random.integers(100, len(CONTENT)))])
    for place in random.integers(16, len(content), 30):
        content[place] = int(random.integers(256))
    path = in_zip(write, bytes(content)) if packed else write(NAME, bytes(content))
    try:
        recordings = [one for _, one in _read_members(path)] if packed else health_connect.read(look(path), Request())
    except SourceError:
        return
    assert all(one.beats is None for one in recordings)
