"""Small made-up files of every kind that is read: what mutants are made of."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from uitknop.core import Recording
from uitknop.report.export import plain_export
from uitknop.synthetic import WRITERS, ecg, make_bout_recording
from uitknop.synthetic.apple_writer import AppleExport, apple_export_xml
from uitknop.synthetic.fitbit import fitbit_takeout
from uitknop.synthetic.garmin_account import garmin_account
from uitknop.synthetic.garmin_fit import START_S, fit_file, monitoring_night
from uitknop.synthetic.health_connect import health_connect_db
from uitknop.synthetic.oura import oura_account, oura_trends
from uitknop.synthetic.polar_flow import polar_flow
from uitknop.synthetic.samsung import samsung_health
from uitknop.synthetic.visible import visible_csv
from uitknop.synthetic.whoop import whoop_export

Files = dict[str, bytes]
Floats = npt.NDArray[np.float64]

ZONE = "Europe/Amsterdam"
NOW_MS = 1_790_000_000_000
BEATS = 300
RATE_HZ = 125
ELEMENTS = 6
"""Elements of each kind that stay of an Apple export."""


def corpus() -> dict[str, Files]:
    """Files by the name of their source; of vendors whose exports are zip files, the zip file too."""
    person = _person()
    files = {
        "apple_health": {"export.xml": _apple()},
        "edf": {"night.edf": _edf()},
        "fitbit": fitbit_takeout(days=1, seed=1, zone=ZONE),
        "garmin_account": garmin_account(days=2, seed=1),
        "garmin_fit": {"monitoring.fit": monitoring_night(seed=1), "activity.fit": _activity()},
        "health_connect": {"health_connect_export.db": health_connect_db(nights=1, seed=1)},
        "oura": {"oura_trends.csv": oura_trends(days=3, seed=1, zone=ZONE)}
        | {"account.json": oura_account(days=1, seed=1, zone=ZONE)},
        "polar_flow": polar_flow(person),
        "samsung_health": samsung_health(nights=1, seed=1),
        "visible": {"visible.csv": visible_csv(days=9, seed=1)},
        "wfdb_marks": {"rec1.atr": ecg.marks_file([(200 * i, ecg.NORMAL) for i in range(60)], rate_hz=250)},
        "wfdb_signal": ecg.wfdb_record("rec2", _lead(), RATE_HZ),
        "whoop": whoop_export(days=3, seed=1) | whoop_export(days=3, seed=1, language="other"),
        "uitknop": _own(person),
    }
    for name, write in WRITERS.items():
        files[name] = write(person)
    zipped = ("apple_health", "fitbit", "garmin_account", "polar_flow", "samsung_health", "whoop", "empatica_e4")
    for name in (*zipped, "wfdb_signal"):
        files[name] = {**files[name], f"{name}.zip": packed(files[name].items())}
    return files


def packed(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Members as a zip file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return whole.getvalue()


def _person() -> Recording:
    recording = make_bout_recording("shift", seed=8).recording
    beats = recording.beats
    if beats is None:
        raise SystemExit("The made-up person has no beats.")
    until_ms = int(beats.t_ms[BEATS])
    samples = tuple(
        replace(series, t_ms=series.t_ms[series.t_ms < until_ms], value=series.value[series.t_ms < until_ms])
        for series in recording.samples
    )
    return replace(recording, clock=ZONE, beats=beats.between(0, until_ms), samples=samples)


def _apple() -> bytes:
    """The head of an export, and a few elements of each kind."""
    text = b"".join(apple_export_xml(AppleExport(days=1))).decode()
    elements = re.split(r"\n(?= <(?:Record|Workout|ActivitySummary|ExportDate|Me)\b)", text)
    seen: dict[str, int] = {}
    kept = [elements[0]]
    for element in elements[1:]:
        found = re.match(r' <\w+(?: type="\w+")?', element)
        kind = found[0] if found else ""
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= ELEMENTS:
            kept.append(element.removesuffix("</HealthData>\n").rstrip("\n"))
    return ("\n".join(kept) + "\n</HealthData>\n").encode()


def _edf() -> bytes:
    return ecg.edf([("ECG", RATE_HZ, _lead())], datetime(2026, 3, 1))


def _lead() -> Floats:
    """A quarter of a minute of an electrocardiogram."""
    return ecg.ecg_mv(np.arange(20) * 830.0, RATE_HZ, 16_000, seed=1)


def _activity() -> bytes:
    """An activity with a beat a message, as straps give."""
    u8, u16, u32, enum = 0x02, 0x84, 0x86, 0x00
    messages: list[tuple[int, list[tuple[int, int, int]]]] = [
        (0, [(0, enum, 4), (1, u16, 1), (2, u16, 2697), (4, u32, START_S)])
    ]
    for i in range(120):
        messages += [(20, [(253, u32, START_S + i), (3, u8, 70)]), (78, [(0, u16, 990 + i % 21)])]
    return fit_file(messages)


def _own(person: Recording) -> Files:
    files: dict[str, bytearray] = {}
    for block in plain_export([person, replace(person, clock=None)], made_ms=NOW_MS, version="0"):
        files.setdefault(block.name, bytearray()).extend(block.content)
    return {PurePosixPath(name).name: bytes(content) for name, content in files.items()}
