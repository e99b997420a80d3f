"""Every file a writer of ours makes is known by exactly the source it is of, and no source ever raises on a look."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Recording
from uitknop.sources import all_sources, read_many
from uitknop.sources.probe import look
from uitknop.sources.registry import best_source
from uitknop.synthetic import WRITERS, ecg, make_bout_recording
from uitknop.synthetic.apple_writer import AppleExport, apple_export_xml
from uitknop.synthetic.fitbit import fitbit_takeout
from uitknop.synthetic.garmin_account import garmin_account
from uitknop.synthetic.garmin_fit import monitoring_night
from uitknop.synthetic.health_connect import health_connect_db
from uitknop.synthetic.oura import oura_account, oura_trends
from uitknop.synthetic.polar_flow import polar_flow
from uitknop.synthetic.samsung import samsung_health
from uitknop.synthetic.visible import visible_csv
from uitknop.synthetic.whoop import whoop_export

Files = dict[str, bytes]
ZONE = "Europe/Amsterdam"
PERSON = replace(make_bout_recording("shift", seed=8).recording, clock=ZONE)
LEFT_ALONE = ("com.samsung.health.food", "HR.csv", "ACC.csv", "tags.csv", ".dat", "user_settings.json", ".zip")
"""Files that are read with others beside them, or not at all."""

VENDORS: dict[str, Callable[[], Files]] = {
    "apple_health": lambda: {"export.xml": b"".join(apple_export_xml(AppleExport(days=1)))},
    "edf": lambda: {"night.edf": ecg.edf([("ECG", 250, np.zeros(2500))], datetime(2026, 3, 1))},
    "fitbit": lambda: fitbit_takeout(days=6, seed=1, zone=ZONE),
    "garmin_account": lambda: garmin_account(days=4, seed=1),
    "garmin_fit": lambda: {"monitoring.fit": monitoring_night(seed=1)},
    "health_connect": lambda: {"health_connect_export.db": health_connect_db(nights=1, seed=1)},
    "oura": lambda: {
        "oura_trends.csv": oura_trends(days=6, seed=1, zone=ZONE),
        "account.json": oura_account(days=6, seed=1, zone=ZONE),
    },
    "polar_flow": lambda: polar_flow(PERSON),
    "samsung_health": lambda: samsung_health(nights=1, seed=1),
    "visible": lambda: {"visible.csv": visible_csv(days=9, seed=1)},
    "wfdb_marks": lambda: {
        f"rec1{end}": ecg.marks_file([(200 * i, ecg.NORMAL) for i in range(40)]) for end in (".atr", ".ecg", ".qrs")
    },
    "wfdb_signal": lambda: ecg.wfdb_record("rec2", np.zeros(2500), 250),
    "whoop": lambda: {
        f"{language}/{name}": content
        for language in ("en", "es", "other")
        for name, content in whoop_export(days=6, seed=1, language=language).items()  # type: ignore[arg-type]
    },
}
APPS: dict[str, str] = {name: name for name in WRITERS if name not in {"rr_text_ms", "rr_text_s", "beat_times_s"}}
APPS |= {name: "rr_text" for name in WRITERS if name not in APPS}


def every_file() -> Iterator[tuple[str, str, bytes]]:
    for name, write in VENDORS.items():
        yield from ((name, file, content) for file, content in write().items())
    for writer, name in APPS.items():
        if name != "generic_csv":  # that one is only known with a mapping
            yield from ((name, file, content) for file, content in WRITERS[writer](PERSON).items())


def certainties(path: Path) -> dict[str, float]:
    probe = look(path)
    return {source.name: sure for source in all_sources() if (sure := source.sniff(probe)) > 0}


def test_exactly_the_right_source_is_surest_of_every_file(tmp_path: Path) -> None:
    seen = set()
    for i, (name, file, content) in enumerate(every_file()):
        if any(part in file for part in LEFT_ALONE):
            continue
        path = tmp_path / str(i) / Path(file).name
        path.parent.mkdir()
        path.write_bytes(content)
        found = certainties(path)
        assert found, f"{file} of {name} is known by none"
        assert [other for other, sure in found.items() if sure == max(found.values())] == [name], (file, found)
        seen.add(name)
    assert seen == {*VENDORS, *APPS.values()} - {"generic_csv"}


def surest_of_all(path: Path) -> str | None:
    """As if every source were asked: the first of those that are surest."""
    found = certainties(path)
    return max(found, key=found.__getitem__) if found else None


def test_a_source_that_is_not_asked_would_not_have_known_the_file(tmp_path: Path) -> None:
    filled = [each for each in every_file() if each[2].strip()]
    for i, (_, file, content) in enumerate(filled):
        path = tmp_path / str(i) / Path(file).name
        path.parent.mkdir()
        path.write_bytes(content)
        best = best_source(look(path))
        assert (best and best.name) == surest_of_all(path), file


@given(
    st.sampled_from(["any.csv", "2026-03-01 08-00-00.txt", "com.samsung.shealth.sleep.1.csv", "IBI.csv", "x.atr"]),
    st.sampled_from(["", "[", "{", "<", "-", " ", "\ufeff", "\x00", "12 3\n", "RR\n", "0       ", "[Params]\n"]),
    st.text(alphabet="0123456789.,;:- \nabR{}<", max_size=120),
)
def test_whatever_a_file_begins_with_the_same_source_is_found(name: str, start: str, rest: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text("x" if not (start + rest).strip() else start + rest, encoding="utf-8")
        best = best_source(look(path))
        assert (best and best.name) == surest_of_all(path)


def test_a_number_list_opens_no_importer_of_an_account(tmp_path: Path) -> None:
    """Opening all of them takes longer than cleaning a night."""
    path = tmp_path / "night.txt"
    path.write_text("800\n" * 300)
    script = (
        "import sys; from pathlib import Path; import uitknop.sources as s; "
        f"s.read(Path({str(path)!r})); print([m for m in sys.modules if m.startswith('uitknop.sources.')])"
    )
    opened = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "uitknop.sources.rr_text" in opened
    assert "apple" not in opened
    assert "json_text" not in opened


def test_a_table_that_only_resembles_a_vendors_is_nobodys_or_everybodys(tmp_path: Path) -> None:
    for header in ("timestamp,heart_rate", "time,bpm", "date,hr,steps", "Timestamp;Beats Per Minute;Note;Place"):
        path = tmp_path / "own.csv"
        path.write_text(header + "\n" + "2026-03-01T08:00:00,61,3,4\n" * 20)
        assert max(certainties(path).items(), key=lambda item: item[1])[0] == "generic_csv"


def test_json_of_others_is_nobodys(tmp_path: Path) -> None:
    for content in (
        '[{"dateTime": "03/01/24 08:00:00", "value": "3"}]',
        '{"sleep": [], "data": [{"startTime": 1}]}',
        "[1]",
    ):
        path = tmp_path / "other.json"
        path.write_text(content)
        assert certainties(path).keys() & {"fitbit", "whoop", "oura", "polar_flow", "visible"} == set()


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: b"[{" + text.encode("utf-8", "replace")))
def test_no_look_ever_raises(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(b"x" + content)
        assert all(0 <= sure <= 1 for sure in certainties(path).values())


@pytest.mark.parametrize("name", ["fitbit", "whoop", "polar_flow"])
def test_an_export_says_the_same_as_a_folder_and_as_a_zip_file(name: str, tmp_path: Path) -> None:
    files = VENDORS[name]()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(file, content)
            path = tmp_path / "folder" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    (tmp_path / "export.zip").write_bytes(packed.getvalue())
    from_folder, from_zip = (read_many(tmp_path / place, zone=ZONE) for place in ("folder", "export.zip"))
    assert held(from_zip.recordings) == held(from_folder.recordings)
    assert {recording.source for recording in from_zip.recordings} == {name}


def held(recordings: tuple[Recording, ...]) -> list[str]:
    return sorted(
        f"{recording.name} {len(recording.beats or ())} {recording.entries} "
        + " ".join(
            f"{series.kind} {series.device} {series.t_ms.tolist()} {series.value.tolist()}"
            for series in recording.samples
        )
        for recording in recordings
    )


@pytest.mark.parametrize("name", sorted(VENDORS))
def test_a_writer_writes_the_same_again(name: str) -> None:
    assert VENDORS[name]() == VENDORS[name]()
