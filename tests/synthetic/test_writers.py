from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Beats, Recording
from uitknop.core.errors import ShapeError
from uitknop.sources import read, read_many, read_spans
from uitknop.synthetic import WRITERS, make_bout_recording, make_person, spans_csv

ZONE = "Europe/Amsterdam"
WITH_CLOCK = ("elite_hrv", "hrv_logger", "selfloops", "empatica_e4")


@pytest.fixture(scope="module")
def hour() -> Recording:
    """One hour of beats with a gap of its own making, on whole milliseconds."""
    beats = make_bout_recording("shift", seed=8).recording.beats
    assert beats is not None
    keep = np.ones(len(beats), dtype=bool)
    keep[900:960] = False
    rr_ms = np.rint(beats.rr_ms[keep])
    starts = np.unique(np.concatenate((np.searchsorted(np.flatnonzero(keep), beats.run), [900])))
    whole = Beats(beats.t_ms[keep], rr_ms, beats.flag[keep], starts, 1.0, "synthetic", "strap")
    return Recording("synthetic", "hour", ZONE, whole)


def _written(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    first = next(iter(files))
    return folder / first.split("/")[0]


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ("welltory", "generic_csv")])
def test_what_is_written_is_read_again(name: str, hour: Recording, tmp_path: Path) -> None:
    found = read(_written(WRITERS[name](hour), tmp_path), zone=ZONE)
    assert hour.beats is not None
    assert found.beats is not None
    known = set(np.rint(hour.beats.rr_ms).tolist())
    back = np.rint(found.beats.rr_ms)
    assert np.isin(back, list(known)).mean() > 0.995
    assert back.size == pytest.approx(len(hour.beats), abs=0.02 * len(hour.beats))
    assert np.median(back) == np.median(np.rint(hour.beats.rr_ms))


@pytest.mark.parametrize("name", WITH_CLOCK)
def test_formats_with_a_clock_keep_the_time(name: str, hour: Recording, tmp_path: Path) -> None:
    found = read(_written(WRITERS[name](hour), tmp_path), zone=ZONE)
    assert found.span is not None
    assert hour.span is not None
    assert abs(found.span.start_ms - hour.span.start_ms) <= 2_000  # whole seconds, and times of arrival
    assert abs(found.span.end_ms - hour.span.end_ms) <= 3_000


def test_a_gap_is_a_gap_again(hour: Recording, tmp_path: Path) -> None:
    for name in ("rr_text_ms", "empatica_e4", "hrv_logger"):
        found = read(_written(WRITERS[name](hour), tmp_path / name), zone=ZONE)
        assert found.beats is not None
        assert found.beats.run.size >= 2, name


def test_welltory_holds_short_readings(tmp_path: Path) -> None:
    day = make_person(seed=1, days=1).recordings[0]
    found = read_many(_written(WRITERS["welltory"](day), tmp_path), zone=ZONE)
    assert found.refused == ()
    assert sum(len(recording.beats or ()) for recording in found.recordings) >= 1000


def test_table_without_beats_holds_heart_rate(tmp_path: Path) -> None:
    watch = make_bout_recording("none", seed=1, quality="hr_only").recording
    [(name, content)] = WRITERS["generic_csv"](watch).items()
    head, first, *_ = content.decode().splitlines()
    assert name.endswith(".csv")
    assert head == "moment;pulse"
    assert 40 < float(first.split(";")[1]) < 150
    with pytest.raises(ShapeError, match="no beats"):
        WRITERS["hrv_logger"](watch)


def test_spans_are_those_of_the_truth(tmp_path: Path) -> None:
    made = make_person(seed=2, days=1)
    bouts = read_spans(_written(spans_csv(made.truth, made.zone, tagged_only=True), tmp_path), zone=ZONE)
    told = [(bout.span, bout.kind, bout.label) for bout in made.truth if bout.tagged]
    assert [(bout.span, bout.kind, bout.label) for bout in bouts] == told


@pytest.mark.parametrize("name", WRITERS)
def test_writing_twice_gives_the_same_bytes(name: str, hour: Recording) -> None:
    assert WRITERS[name](hour) == WRITERS[name](hour)
