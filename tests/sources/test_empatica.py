"""Empatica E4: only beats that touch belong together, and a heart rate never becomes beats."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core.errors import Implausible, Malformed
from uitknop.sources import read, read_many

Floats = npt.NDArray[np.float64]
Make = Callable[..., Floats]
E4 = Callable[..., dict[str, str]]


def folder(tmp_path: Path, files: dict[str, str], name: str = "S01") -> Path:
    place = tmp_path / name
    place.mkdir()
    for file, text in files.items():
        (place / file).write_text(text)
    return place


def test_a_folder_gives_beats_signals_and_tags(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    recording = read(folder(tmp_path, e4_files(rr())))
    assert (recording.source, recording.name, recording.clock, recording.grade) == ("empatica_e4", "S01", "UTC", "C")
    assert recording.beats is not None
    assert (recording.beats.kind, recording.beats.tick_ms, len(recording.beats)) == ("ppg", 15.625, 300)
    assert recording.beats.run.tolist() == [0]
    kinds = {series.kind: series for series in recording.samples}
    assert set(kinds) == {"heart_rate", "skin_temperature", "skin_conductance", "acceleration"}
    assert kinds["acceleration"].value.tolist() == [1000.0] * 3200  # one g, whatever the posture
    assert [entry.at_ms for entry in recording.entries] == [1_600_000_000_000]


def test_a_zip_file_gives_the_same_as_its_folder(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    files = e4_files(rr())
    with zipfile.ZipFile(tmp_path / "S01.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(f"S01/{name}", text)
    packed, plain = read(tmp_path / "S01.zip"), read(folder(tmp_path, files))
    assert packed.beats is not None
    assert plain.beats is not None
    assert packed.beats.t_ms.tolist() == plain.beats.t_ms.tolist()
    assert [series.kind for series in packed.samples] == [series.kind for series in plain.samples]


def test_beats_that_do_not_touch_are_in_different_runs(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    files = e4_files(rr())
    rows = files["IBI.csv"].splitlines()
    files["IBI.csv"] = "\n".join(rows[:101] + rows[103:])
    recording = read(folder(tmp_path, files))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 100]


def test_a_difference_of_one_tick_still_touches(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    files = e4_files(rr())
    rows = files["IBI.csv"].splitlines()
    t, interval = map(float, rows[50].split(","))
    rows[50] = f"{t:.6f},{interval - 1 / 64:.6f}"
    files["IBI.csv"] = "\n".join(rows)
    recording = read(folder(tmp_path, files))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0]


def test_local_start_times_are_read_in_the_zone(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    files = e4_files(rr(), start="2026-07-01 10:00:00", label="2026-07-01 10:00:00")
    place = folder(tmp_path, {name: text.replace("\n", "\r\n") for name, text in files.items()})
    here, assumed = read(place, zone="Europe/Amsterdam"), read(place)
    assert here.beats is not None
    assert assumed.beats is not None
    assert int(assumed.beats.t_ms[0] - here.beats.t_ms[0]) == 2 * 3_600_000
    assert any("read as UTC" in str(note) for note in assumed.notes)
    assert not any("read as UTC" in str(note) for note in here.notes)


def test_an_empty_ibi_file_leaves_the_heart_rate_and_no_beats(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    recording = read(folder(tmp_path, {**e4_files(rr()), "IBI.csv": ""}))
    assert recording.beats is None
    assert recording.grade == "D"
    assert any("IBI.csv holds no beats" in str(note) for note in recording.notes)


def test_rows_that_stand_twice_count_once(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    files = e4_files(rr())
    rows = files["IBI.csv"].splitlines()
    files["IBI.csv"] = "\n".join(rows + rows[1:])
    recording = read(folder(tmp_path, files))
    assert recording.beats is not None
    assert len(recording.beats) == 300


def test_times_that_go_back_are_refused(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    files = e4_files(rr())
    rows = files["IBI.csv"].splitlines()
    rows[100], rows[200] = rows[200], rows[100]
    with pytest.raises(Implausible, match="the times of the beats go back"):
        read(folder(tmp_path, {**files, "IBI.csv": "\n".join(rows)}))


def test_a_broken_signal_beside_the_heart_is_left_out_and_said(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    recording = read(folder(tmp_path, {**e4_files(rr()), "TEMP.csv": "when\nhow often\nwarm\n"}))
    assert recording.of_kind("skin_temperature") is None
    assert any("temp.csv could not be read" in str(note) for note in recording.notes)


@pytest.mark.parametrize("start", ["yesterday", "", "nan"])
def test_a_start_that_is_no_time_is_refused(tmp_path: Path, rr: Make, e4_files: E4, start: str) -> None:
    files = e4_files(rr())
    rows = files["IBI.csv"].splitlines()
    with pytest.raises(Malformed, match="expected the start of the recording"):
        read(folder(tmp_path, {**files, "IBI.csv": "\n".join([f"{start}, IBI", *rows[1:]])}))


def test_the_file_of_beats_can_be_given_alone(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    recording = read(folder(tmp_path, e4_files(rr())) / "IBI.csv")
    assert (recording.source, recording.samples) == ("empatica_e4", ())


def test_a_zip_file_with_two_folders_is_two_recordings(tmp_path: Path, rr: Make, e4_files: E4) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for place, seed in (("S01", 1), ("S02", 2)):
            for name, text in e4_files(rr(200, seed)).items():
                archive.writestr(f"set/{place}/{name}", text)
    found = read_many(tmp_path / "both.zip")
    assert [recording.name for recording in found.recordings] == ["both.zip S01", "both.zip S02"]
    first, second = (recording.beats for recording in found.recordings)
    assert first is not None
    assert second is not None
    assert first.rr_ms.tolist() != second.rr_ms.tolist()
