"""What an export of Apple Health gives, against the truth it was written from; and what is wrong with some."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import numpy as np
import pytest

from uitknop.core import Recording, Samples
from uitknop.core.errors import Malformed, NotRecognised
from uitknop.sources import read, read_many
from uitknop.sources.apple_blocks import cut_blocks
from uitknop.sources.apple_health import SOURCE, parts, sniff
from uitknop.sources.probe import look
from uitknop.sources.source import Request
from uitknop.synthetic.apple_writer import (
    CLOCK_STYLES,
    PHONE,
    WATCH,
    AppleExport,
    ClockStyle,
    apple_export_xml,
    beat_lists,
    heart_rates,
    pack_apple_export,
    sleep_stages,
    step_counts,
)

Write = Callable[[str, str | bytes], Path]


def xml(plan: AppleExport) -> bytes:
    return b"".join(apple_export_xml(plan))


def of(recording: Recording, kind: str, device: str = "Apple Watch Watch6,2") -> Samples:
    (found,) = (series for series in recording.samples if series.kind == kind and series.device == device)
    return found


@pytest.mark.parametrize("clock", CLOCK_STYLES)
@pytest.mark.parametrize("hours_off", [0, -1, 3])
def test_beats_are_the_ones_the_watch_saw(write: Write, clock: ClockStyle, hours_off: int) -> None:
    # The three days hold midnights in lists of beats, and the night in which the clocks go forward.
    plan = AppleExport(days=3, clock=clock, hours_off=hours_off)
    beats = read(write("export.xml", xml(plan))).beats
    assert beats is not None
    true = sorted((part for day in range(3) for part in beat_lists(plan, day)), key=lambda part: int(part[0]))
    assert beats.t_ms.tolist() == np.concatenate([part[1:] for part in true]).tolist()
    assert beats.rr_ms.tolist() == np.concatenate([np.diff(part) for part in true]).tolist()
    assert len(beats.run) == len(true)
    assert (beats.kind, beats.tick_ms, beats.device) == ("ppg", 10.0, "Apple Watch Watch6,2")


def test_the_series_are_the_ones_that_were_written(write: Write) -> None:
    plan = AppleExport(days=2)
    recording = read(write("export.xml", xml(plan)))
    assert (recording.source, recording.name, recording.clock, recording.grade) == (
        "apple_health", "export.xml", "+01:00", "C",
    )  # fmt: skip
    true = [heart_rates(plan, day) for day in range(2)]
    heart = of(recording, "heart_rate")
    assert heart.t_ms.tolist() == np.concatenate([t_ms for t_ms, _ in true]).tolist()
    assert heart.value.tolist() == np.concatenate([bpm for _, bpm in true]).tolist()
    assert set(of(recording, "oxygen_saturation").value) == {94.0, 95.0, 96.0, 97.0, 98.0, 99.0}
    assert of(recording, "vendor_resting_heart_rate").value.tolist() == [52, 53]
    assert len(of(recording, "vendor_sdnn")) == 12
    assert recording.of_kind("vendor_rmssd") is None


@pytest.mark.parametrize(("source", "device"), [(WATCH, "Apple Watch Watch6,2"), (PHONE, "iPhone iPhone13,2")])
def test_steps_are_counted_from_the_start_of_each_record(write: Write, source: str, device: str) -> None:
    plan = AppleExport(days=1)
    steps = of(read(write("export.xml", xml(plan))), "steps", device)
    start_ms, end_ms, count = step_counts(plan, 0, source)
    told = dict(zip(steps.t_ms.tolist(), steps.value.tolist(), strict=True))
    assert [told[t_ms] for t_ms in end_ms.tolist()] == count.tolist()
    assert [told[t_ms + 1] for t_ms in start_ms.tolist()] == [0.0] * start_ms.size
    assert len(steps) == 2 * start_ms.size


def test_sleep_and_workouts_become_diary_lines(write: Write) -> None:
    plan = AppleExport(days=2)
    entries = read(write("export.xml", xml(plan))).entries
    words = {"Core": "light", "Deep": "deep", "REM": "rem"}
    true = [
        (start, end, words.get(word.removeprefix("Asleep"), "awake"))
        for day in range(2)
        for start, end, word in sleep_stages(plan, day)
    ]
    assert [(e.at_ms, e.end_ms, e.value) for e in entries if e.kind == "sleep"] == true
    walks = [entry for entry in entries if entry.kind == "exertion"]
    assert [(entry.value, entry.label) for entry in walks] == [("workout", "walking")] * 2
    assert all(walk.span is not None and walk.span.duration_min == 30 for walk in walks)


def test_records_in_a_correlation_are_counted_once(write: Write) -> None:
    recording = read(write("export.xml", xml(AppleExport(days=2))))
    assert of(recording, "heart_rate", "iPhone iPhone13,2").value.tolist() == [64, 64]


def test_each_piece_has_one_offset_and_a_zone_that_fits_names_it(write: Write) -> None:
    plan = AppleExport(days=4)
    path = write("export.xml", xml(plan))
    assert {piece.clock for piece in parts(look(path), Request())} == {"+01:00", "+02:00"}
    assert {piece.clock for piece in parts(look(path), Request("Europe/Amsterdam"))} == {"Europe/Amsterdam"}
    assert {piece.clock for piece in parts(look(path), Request("Asia/Tokyo"))} == {"+01:00", "+02:00"}


def test_what_is_not_taken_in_is_told_in_words(write: Write) -> None:
    notes = " ".join(map(str, read(write("export.xml", xml(AppleExport(days=1)))).notes))
    assert "not used here: 252, most of them active energy" in notes
    assert "active energy burned, blood pressure" in notes


def test_a_phone_alone_is_told_and_its_steps_are_kept_in_pieces(write: Write) -> None:
    path = write("export.xml", xml(AppleExport(days=2, watch=False)))
    with pytest.raises(Malformed, match="an iPhone alone measures none"):
        read(path)
    (piece,) = parts(look(path), Request())
    assert [series.kind for series in piece.samples] == ["steps"]
    assert "an iPhone alone measures none" in str(piece.notes[0])


def test_years_are_recordings_of_their_own(write: Write) -> None:
    plan = AppleExport(days=3, first_ms=1_704_067_200_000 - 86_400_000)
    found = read_many(write("export.xml", xml(plan)))
    assert [recording.name for recording in found.recordings] == ["export.xml 2023", "export.xml 2024"]
    assert not found.refused


@pytest.mark.parametrize(
    "name", ["apple_health_export/export.xml", "apple_health_export/Export.xml", "Gesundheit/exportieren.xml"]
)
def test_the_export_is_found_in_a_zip_file_whatever_its_name(tmp_path: Path, name: str) -> None:
    plan = AppleExport(days=1)
    with (tmp_path / "export.zip").open("wb") as stream:
        pack_apple_export(plan, stream, name=name)
    found = read_many(tmp_path / "export.zip")
    assert [recording.source for recording in found.recordings] == ["apple_health"]
    assert not found.refused
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    unpacked = read_many(tmp_path / "unpacked")
    assert [recording.source for recording in unpacked.recordings] == ["apple_health"]
    assert not unpacked.refused
    with pytest.raises(NotRecognised, match="electrocardiogram"):
        read(tmp_path / "unpacked" / PurePosixPath(name).parent / "electrocardiograms/ecg_2024-03-29.csv")


def test_the_clinical_document_is_no_export(write: Write) -> None:
    path = write("export_cda.xml", '<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"/>\n')
    assert sniff(look(path)) == 0.0
    with pytest.raises(NotRecognised):
        read(path)


@pytest.mark.parametrize("share", [0.7, 0.85, 0.9, 0.999])
def test_a_file_that_was_cut_off_gives_what_came_before(write: Write, share: float) -> None:
    text = xml(AppleExport(days=1))
    recording = read(write("export.xml", text[: int(share * len(text))]))
    notes = " ".join(map(str, recording.notes))
    assert "stops in the middle" in notes
    assert "not well formed" not in notes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</Record>", b""),
        (b"</Record>", b"</Rekord>"),
        (b'bpm="', b"bpm=<"),
        (b' <Record type="HKQuantityTypeIdentifierHeartRate"', b' <Record type=HKQuantityTypeIdentifierHeartRate"'),
        (b"<HeartRateVariabilityMetadataList>", b""),
        (b"</Correlation>", b""),
        (b"Apple\xc2\xa0Watch", b"Apple\xc2Watch"),
        (b"&lt;&lt;HKDevice", b"&nbsp;HKDevice"),
    ],
)
def test_behind_a_broken_place_reading_goes_on(write: Write, old: bytes, new: bytes) -> None:
    text = xml(AppleExport(days=1))
    at = text.rindex(old)
    broken = text[:at] + new + text[at + len(old) :]
    whole, found = read(write("whole.xml", text)), read(write("export.xml", broken))
    note = next(str(note) for note in found.notes if "not well formed" in str(note))
    line = int(note.partition("at line ")[2].split(")")[0])
    assert abs(line - text.count(b"\n", 0, at) - 1) <= 62  # a list of beats is told at its end at the latest
    for kind in ("heart_rate", "steps", "vendor_sdnn", "respiration_rate"):
        assert len(of(found, kind)) >= len(of(whole, kind)) - 1
    assert whole.beats is not None
    assert found.beats is not None
    assert len(found.beats) >= len(whole.beats) - 59


def test_an_export_broken_everywhere_is_refused_in_time(write: Write) -> None:
    text = xml(AppleExport(days=3)).replace(b"</Record>", b"</Rekord>")
    with pytest.raises(Malformed, match="broken at too many places, first at line"):
        read(write("export.xml", text))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY lol "lol">',
        b'<!ENTITY lol SYSTEM "file:///etc/passwd">',
        b'<!ENTITY % more SYSTEM "http://example.org/x">',
    ],
)
def test_declared_entities_are_refused(write: Write, declaration: bytes) -> None:
    text = xml(AppleExport(days=1)).replace(b"]>", declaration + b"\n]>", 1)
    with pytest.raises(Malformed, match="declares entities"):
        read(write("export.xml", text))


def test_a_description_that_is_broken_does_no_harm(write: Write) -> None:
    text = xml(AppleExport(days=1)).replace(b"<!ELEMENT ExportDate EMPTY>", b"<!ELEMENT ExportDate EMPTY", 1)
    assert len(read(write("export.xml", text)).samples) > 4


def test_an_export_of_nothing_is_told(write: Write) -> None:
    with pytest.raises(Malformed, match="holds no heart rate, steps, sleep or workouts"):
        read(write("export.xml", '<?xml version="1.0"?>\n<HealthData locale="nl_NL">\n</HealthData>\n'))


def test_values_no_body_has_are_left_out_and_counted(write: Write) -> None:
    text = xml(AppleExport(days=1)).replace(b'value="0.9', b'value="9.9')
    recording = read(write("export.xml", text))
    assert all(series.kind != "oxygen_saturation" for series in recording.samples)
    assert any("no body has it: 20." in str(note) for note in recording.notes)


def test_a_beat_that_was_missed_breaks_the_run(write: Write) -> None:
    lines = xml(AppleExport(days=1)).splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if b"InstantaneousBeats" in line)
    recording = read(write("export.xml", b"".join(lines[: at + 10] + lines[at + 11 :])))
    assert recording.beats is not None
    assert len(recording.beats.run) == 7
    assert recording.beats.run[1] == 9
    assert any("written beside them: 1." in str(note) for note in recording.notes)


def test_a_temperature_in_fahrenheit_is_turned_into_degrees_celsius(write: Write) -> None:
    record = (
        ' <Record type="HKQuantityTypeIdentifierAppleSleepingWristTemperature" sourceName="W" unit="{unit}" '
        'creationDate="{at}" startDate="{at}" endDate="{at}" value="{value}"/>\n'
    )
    records = "".join(
        record.format(unit=unit, at=f"2024-03-29 0{i}:00:00 +0100", value=value)
        for i, (unit, value) in enumerate([("degC", "35.0"), ("degF", "95"), ("stones", "35")])
    )
    text = xml(AppleExport(days=1)).replace(b"</HealthData>", records.encode() + b"</HealthData>")
    assert of(read(write("export.xml", text)), "skin_temperature", "W").value.round(9).tolist() == [35.0, 35.0]


@pytest.mark.parametrize("block_bytes", [700, 5_000, 60_000])
def test_blocks_of_any_size_hold_every_element_once(block_bytes: int) -> None:
    text = xml(AppleExport(days=1))
    blocks = list(cut_blocks(io.BytesIO(text), "export.xml", block_bytes))
    assert len(blocks) > 5
    start = text.index(b">", text.index(b"<HealthData locale")) + 1
    before = b"\n" * text.count(b"\n", 0, start)
    assert b"".join(block.text for block in blocks) == before + text[start : text.index(b"</HealthData>")]
    assert all(block.text.count(b"<Correlation") == block.text.count(b"</Correlation") for block in blocks)


def test_the_grade_is_honest() -> None:
    assert SOURCE.quality.grade == "fair"
