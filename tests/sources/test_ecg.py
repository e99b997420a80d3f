"""Electrocardiograms: R peaks are found where they were put, marks are read only between normal beats."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core import Recording
from uitknop.core.errors import Implausible, Malformed, NotRecognised, SourceError, TooLarge
from uitknop.core.timeline import iso, parse_iso
from uitknop.sources import edf, r_peaks, wfdb_marks, wfdb_signal
from uitknop.sources.container import walk_members
from uitknop.sources.probe import Probe, look
from uitknop.sources.registry import best_source
from uitknop.sources.source import Request
from uitknop.sources.wfdb_header import record_line
from uitknop.synthetic import ecg

Floats = npt.NDArray[np.float64]
Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]

RATE_HZ = 250
START = datetime(2026, 3, 1, 8, 15, 30)
START_MS = parse_iso("2026-03-01T08:15:30+01:00", None)
ZONE = "Europe/Amsterdam"


@pytest.fixture(scope="module")
def peaks() -> Floats:
    random = np.random.default_rng(2)
    rr_ms = 850 + 40 * np.sin(np.arange(110) * 1.3) + random.normal(0, 25, 110)
    return np.asarray(600 + np.cumsum(rr_ms))


@pytest.fixture(scope="module")
def signal(peaks: Floats) -> Floats:
    return ecg.ecg_mv(peaks, RATE_HZ, 96_000, seed=3)


def known(path: Path, zone: str | None = ZONE) -> Recording:
    probe = look(path)
    source = best_source(probe)
    assert source is not None
    (recording,) = source.read(probe, Request(zone))
    return recording


def write_all(write: Write, files: ecg.Files) -> None:
    for name, content in files.items():
        write(name, content)


def found_where_they_were_put(recording: Recording, peaks: Floats, zero_ms: int) -> None:
    assert recording.beats is not None
    true_ms = peaks[peaks < 96_000]
    assert abs(len(recording.beats) + 1 - true_ms.size) <= 1  # the detector may miss the very first
    nearest = [float(np.abs(true_ms - t).min()) for t in (recording.beats.t_ms - zero_ms).tolist()]
    assert max(nearest) <= 2 * 1000 / RATE_HZ  # two samples
    assert recording.beats.tick_ms == 1000 / RATE_HZ
    assert (recording.beats.kind, recording.grade) == ("rr", "B")
    assert any("found by a program" in str(note) for note in recording.notes)


def test_an_edf_file_gives_the_beats_that_are_in_it(write: Write, signal: Floats, peaks: Floats) -> None:
    other = np.sin(np.arange(64 * 96) / 9.0)
    content = ecg.edf([("EEG Fp1", 64, other), ("ECG I", RATE_HZ, signal)], START, patient="X F 02-AUG-1951 Jansen")
    recording = known(write("night.edf", content))
    found_where_they_were_put(recording, peaks, START_MS)
    assert (recording.source, recording.clock) == ("edf", ZONE)
    assert "Jansen" not in repr(recording)


def test_an_edf_file_in_a_zip_file_is_read_without_a_file_on_disk(signal: Floats, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("night.edf", ecg.edf([("EKG", RATE_HZ, signal)], START))
    (member,) = [member for _, member in walk_members(look(path)) if isinstance(member, Probe)]
    assert edf.sniff(member) > 0.9
    assert list(tmp_path.iterdir()) == [path]


def test_a_date_that_was_taken_out_is_no_clock(write: Write, signal: Floats) -> None:
    recording = known(write("night.edf", ecg.edf([("ECG", RATE_HZ, signal)], datetime(1985, 1, 1, 23, 0))))
    assert recording.clock is None
    assert not any("no zone" in str(note) for note in recording.notes)


def test_an_edf_file_without_an_electrocardiogram_is_passed_over(write: Write, signal: Floats) -> None:
    with pytest.raises(NotRecognised, match="none of its signals is called ECG"):
        known(write("night.edf", ecg.edf([("EEG Fp1", RATE_HZ, signal)], START)))


def test_an_edf_file_with_interruptions_is_refused(write: Write, signal: Floats) -> None:
    content = ecg.edf([("ECG", RATE_HZ, signal)], START, pause_after_s=40)
    with pytest.raises(Malformed, match=r"night\.edf has interruptions"):
        known(write("night.edf", content))


def test_a_flat_signal_holds_no_beats(write: Write) -> None:
    with pytest.raises(Malformed, match="0 heart beats were found"):
        known(write("night.edf", ecg.edf([("ECG", RATE_HZ, np.zeros(96 * RATE_HZ))], START)))


def test_a_signal_that_is_sampled_too_slowly_is_refused(write: Write, signal: Floats) -> None:
    with pytest.raises(Implausible, match=r"sampled 50\.0 times a second"):
        known(write("night.edf", ecg.edf([("ECG", 50, signal[::5])], START)))


def test_a_signal_longer_than_two_days_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge, match="longer than 50 hours"):
        r_peaks.check_signal(51 * 3600 * 250, 250.0, "week.edf")


def test_no_beat_is_lost_or_doubled_where_blocks_meet(signal: Floats, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = r_peaks.find_r_peaks(lambda first, last: signal[first:last], signal.size, RATE_HZ, "a")
    monkeypatch.setattr(r_peaks, "_BLOCK_S", 31.0)
    parts = r_peaks.find_r_peaks(lambda first, last: signal[first:last], signal.size, RATE_HZ, "a")
    assert parts.size == whole.size
    assert float(np.abs(parts - whole).max()) <= 2 * 1000 / RATE_HZ


@pytest.mark.parametrize("seed", range(30))
def test_a_changed_edf_file_never_escapes_as_another_error(write: Write, signal: Floats, seed: int) -> None:
    random = np.random.default_rng(seed)
    content = bytearray(ecg.edf([("ECG", RATE_HZ, signal[: 20 * RATE_HZ])], START))
    for place in random.integers(8, 512, 4):
        content[place] = int(random.choice([*b"0123456789-. X", 0, 255]))
    if seed % 3 == 0:
        del content[int(random.integers(512, len(content))) :]
    try:
        (recording,) = edf.read(look(write("night.edf", bytes(content))), Request())
    except SourceError:
        return
    assert recording.beats is not None


def test_a_record_with_a_signal_gives_the_beats_that_are_in_it(write: Write, signal: Floats, peaks: Floats) -> None:
    write_all(write, ecg.wfdb_record("rec1", signal, RATE_HZ, start=START))
    recording = known(write("again/../rec1.hea", ecg.wfdb_record("rec1", signal, RATE_HZ, start=START)["rec1.hea"]))
    found_where_they_were_put(recording, peaks, START_MS)
    assert (recording.source, recording.clock) == ("wfdb_signal", ZONE)


def test_a_header_without_a_date_is_no_clock(write: Write, signal: Floats, tmp_path: Path) -> None:
    write_all(write, ecg.wfdb_record("rec1", signal, RATE_HZ))
    assert known(tmp_path / "rec1.hea").clock is None


@pytest.mark.parametrize("name", ["../secret.dat", "/etc/passwd", "s3://bucket/a.dat", "missing.dat"])
def test_a_header_is_not_followed_out_of_its_folder(write: Write, signal: Floats, name: str) -> None:
    header = f"rec1 1 250 {signal.size}\n{name} 16 200 16 0 0 0 0 ECG\n"
    with pytest.raises(Malformed, match="does not lie beside it"):
        known(write("rec1.hea", header))


def test_a_header_that_promises_more_than_its_file_holds_is_not_believed(write: Write, signal: Floats) -> None:
    files = ecg.wfdb_record("rec1", signal, RATE_HZ)
    write_all(write, files)
    path = write("rec1.hea", files["rec1.hea"].replace(str(signal.size).encode(), b"999999999999", 1))
    with pytest.raises(SourceError):
        known(path)


def marks(kinds: dict[int, int] | None = None, n: int = 60) -> tuple[list[tuple[int, int]], Floats]:
    """Marks of beats, all normal but those given, and the intervals in ms."""
    samples = 100 + np.cumsum(np.rint(200 + 12 * np.sin(np.arange(n) * 1.3))).astype(int)
    kinds = kinds or {}
    listed = [(int(sample), kinds.get(i, ecg.NORMAL)) for i, sample in enumerate(samples)]
    return listed, np.diff(samples) * 1000 / RATE_HZ


def test_marks_give_the_intervals_between_normal_beats(write: Write) -> None:
    listed, rr_ms = marks()
    write("rec1.hea", f"rec1 0 {RATE_HZ} 0 08:15:30 01/03/2026\n")
    recording = known(write("rec1.atr", ecg.marks_file(listed)))
    assert recording.beats is not None
    assert recording.beats.rr_ms.tolist() == rr_ms.tolist()
    assert recording.beats.run.tolist() == [0]
    assert iso(int(recording.beats.t_ms[0]) - round(rr_ms[0]), ZONE)[:19] == "2026-03-01T08:15:31"  # 0.4 + 0.8 s on


@pytest.mark.parametrize("kind", [ecg.VENTRICULAR, ecg.NOISE])
def test_another_beat_or_noise_breaks_the_run(write: Write, kind: int) -> None:
    listed, rr_ms = marks({20: kind})
    recording = known(write("rec1.qrs", ecg.marks_file(listed, rate_hz=RATE_HZ)))
    assert recording.beats is not None
    assert recording.clock is None
    assert recording.beats.rr_ms.tolist() == np.delete(rr_ms, [19, 20]).tolist()
    assert recording.beats.run.tolist() == [0, 19]


def test_a_mark_that_is_no_beat_changes_nothing(write: Write) -> None:
    listed, rr_ms = marks()
    rhythm = (listed[30][0] + 10, 28)
    recording = known(write("rec1.atr", ecg.marks_file([*listed[:31], rhythm, *listed[31:]], rate_hz=RATE_HZ)))
    assert recording.beats is not None
    assert recording.beats.rr_ms.tolist() == rr_ms.tolist()


def test_a_long_pause_between_marks_is_a_gap(write: Write) -> None:
    listed, _ = marks()
    later = [(sample + 100_000, kind) for sample, kind in listed]
    recording = known(write("rec1.ecg", ecg.marks_file([*listed, *later], rate_hz=RATE_HZ)))
    assert recording.beats is not None
    assert recording.beats.run.tolist() == [0, 59]


def test_marks_without_a_rate_ask_for_their_header(write: Write) -> None:
    with pytest.raises(Malformed, match=r"Put its header \(rec1.hea\) beside it"):
        known(write("rec1.atr", ecg.marks_file(marks()[0])))


def test_marks_in_a_zip_file_find_their_header_there(tmp_path: Path) -> None:
    packed = tmp_path / "records.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("db/rec1.hea", f"rec1 0 {RATE_HZ} 0\n")
        archive.writestr("db/rec1.atr", ecg.marks_file(marks()[0]))
    read: list[Recording] = []
    for _, member in walk_members(look(packed)):
        assert isinstance(member, Probe)
        if wfdb_marks.sniff(member):
            read.extend(wfdb_marks.read(member, Request()))
        else:
            with pytest.raises(NotRecognised, match="Give that file"):
                wfdb_signal.read(member, Request())
    assert len(read) == 1


@pytest.mark.parametrize("seed", range(30))
def test_changed_marks_never_escape_as_another_error(write: Write, seed: int) -> None:
    random = np.random.default_rng(seed)
    content = bytearray(ecg.marks_file(marks()[0], rate_hz=RATE_HZ))
    for place in random.integers(0, len(content), 4):
        content[place] = int(random.integers(256))
    try:
        (recording,) = wfdb_marks.read(look(write("rec1.atr", bytes(content[: len(content) - seed % 2]))), Request())
    except SourceError:
        return
    assert recording.beats is not None


@pytest.mark.parametrize("line", ["", "a", "a b c", "a 1 inf", "a 1 0", "a 1 250 -4", "a 1 250 x", "0.8 0.9 1.0"])
def test_a_line_that_is_no_header_is_none(line: str) -> None:
    assert record_line(line) is None


def test_without_the_extra_part_a_sentence_says_what_to_install(
    write: Write, signal: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("edfio", "wfdb", "wfdb.processing", "wfdb.io.annotation"):
        monkeypatch.setitem(sys.modules, module, None)
    write_all(write, ecg.wfdb_record("rec1", signal, RATE_HZ))
    paths = [
        write("night.edf", ecg.edf([("ECG", RATE_HZ, signal)], START)),
        write("rec1.hea", ecg.wfdb_record("rec1", signal, RATE_HZ)["rec1.hea"]),
        write("rec2.atr", ecg.marks_file(marks()[0], rate_hz=RATE_HZ)),
    ]
    for path in paths:
        with pytest.raises(SourceError, match=r"pip install uitknop\[ecg\]"):
            known(path)
