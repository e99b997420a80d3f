"""An own export is read exactly, or refused with the line or place; what holds no facts is left alone."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uitknop.core import Beats, Entry, Recording, Samples
from uitknop.core.errors import Malformed, NotRecognised, SourceError
from uitknop.report.export import plain_export
from uitknop.sources import own_export, own_tables, read_many
from uitknop.sources.probe import look
from uitknop.sources.registry import best_source
from uitknop.sources.source import Request

START_MS = 1_780_000_000_000
BEATS = Beats(
    START_MS + np.arange(1, 41) * 800,
    np.full(40, 800.0),
    np.zeros(40),
    [0, 7],
    1000 / 1024,
    "polar",
    "H10",
)
HEART_RATE = Samples("heart_rate", START_MS + np.arange(20) * 1000, np.linspace(60, 70, 20), "watch")
OWN_RATE = Samples("heart_rate", np.arange(20) * 1000, np.linspace(60, 70, 20), "watch")
CLOCKED = Recording("polar", "a.txt", "Europe/Amsterdam", BEATS, (HEART_RATE,), (Entry(START_MS, "UTC", "tag", "x"),))
CLOCKLESS = Recording("rr_text", "b.txt", None, Beats.from_rr_ms(np.full(30, 900.0), source="rr_text"), (OWN_RATE,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for block in plain_export([CLOCKED, CLOCKLESS], made_ms=START_MS, version="0.1.0"):
        with (tmp_path / block.name).open("ab") as file:
            file.write(block.content)
    return tmp_path


@pytest.fixture
def table(folder: Path) -> Path:
    return folder / "beats_001_rr_polar_h10.csv"


@pytest.fixture
def changed(table: Path) -> Callable[[int, str], Path]:
    """The table of beats with one line, from 1, put in place of another."""

    def change(line: int, text: str) -> Path:
        lines = table.read_text().split("\n")
        lines[line - 1] = text
        table.write_text("\n".join(lines))
        return table

    return change


def read(path: Path) -> tuple[Recording, ...]:
    return own_export.read(look(path), Request())


def test_a_series_keeps_its_source_device_zone_tick_and_grade(table: Path) -> None:
    (back,) = read(table)
    assert back.beats is not None
    assert (back.source, back.clock, back.grade, back.name) == ("polar", "Europe/Amsterdam", "B", table.name)
    assert (back.beats.source, back.beats.device, back.beats.tick_ms) == ("polar", "H10", 1000 / 1024)
    assert back.beats.run.tolist() == [0, 7]
    np.testing.assert_array_equal(back.beats.t_ms, BEATS.t_ms)


def test_a_folder_of_an_export_is_read_without_its_conclusions(folder: Path) -> None:
    found = read_many(folder)
    assert found.refused == ()
    assert sorted(one.source for one in found.recordings) == ["polar", "polar", "rr_text", "uitknop"]


def test_a_packed_table_is_read_too(table: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(table.read_bytes()))
    (back,), (plain,) = read(packed), read(table)
    assert back.beats is not None
    assert plain.beats is not None
    np.testing.assert_array_equal(back.beats.rr_ms, plain.beats.rr_ms)


def test_a_recording_without_a_clock_stays_whole(folder: Path) -> None:
    (back,) = read(folder / "clockless_001_rr-text.json")
    assert (back.clock, back.name, back.source) == (None, "b.txt", "rr_text")
    assert back.beats is not None
    assert CLOCKLESS.beats is not None
    np.testing.assert_array_equal(back.beats.t_ms, CLOCKLESS.beats.t_ms)
    np.testing.assert_array_equal(back.samples[0].value, HEART_RATE.value)


def test_parts_that_go_on_begin_with_the_beat_before(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_tables, "_BLOCK_BYTES", 200)
    found = [part.beats for part in own_export.parts(look(table), Request())]
    assert len(found) > 3
    runs = 1
    for before, after in itertools.pairwise(found):
        assert before is not None
        assert after is not None
        assert before.t_ms[-1] in {after.t_ms[0], after.t_ms[0] - 800}
        runs += int(before.t_ms[-1] != after.t_ms[0]) + len(after.run) - 1
    assert runs == len(BEATS.run)


@pytest.mark.parametrize(
    "row",
    [
        "",
        "x",
        "1780000001600,,800,0",
        "1780000001600.5,,800,0,0",
        "1780000001600,,-800,0,0",
        "1780000001600,,nan,0,0",
        "1780000001600,,inf,0,0",
        "1780000001600,,1e300,0,0",
        "1780000001600,,800,2,0",
        "1780000001600,,800,0,9",
        "1780000001600,,800,0,-1",
        "99999999999999999999999,,800,0,0",
        "-900000000,,800,0,0",
        "1,,800,0,0",
        "1780000001600;;800;0;0",
        '"1780000001600,,800,0,0',
        "1780000001600,,8\0,0,0",
    ],
)
def test_a_row_that_was_changed_is_refused_with_its_line(row: str, changed: Callable[[int, str], Path]) -> None:
    path = changed(12, row)
    with pytest.raises(Malformed) as fault:
        read(path)
    assert f"{path.name} line 12" in str(fault.value)


@pytest.mark.parametrize(
    "comment",
    [
        {},
        {"table": "nights"},
        {"kind": "heart_rate"},
        {"kind": ["rr"]},
        {"source": None},
        {"device": "x" * 501},
        {"clock": "Europe/Atlantis"},
        {"clock": None},
        {"grade": "E"},
        {"tick_ms": -1},
        {"tick_ms": "1"},
        {"tick_ms": True},
        {"uitknop_export": 2},
        {"uitknop_export": "1"},
    ],
)
def test_a_comment_that_was_changed_is_refused(comment: dict[str, Any], changed: Callable[[int, str], Path]) -> None:
    whole = {"uitknop_export": 1, "table": "beats", "kind": "rr", "unit": "ms", "source": "a", "device": "",
             "person": "", "clock": "UTC", "tick_ms": None, "grade": "B"}  # fmt: skip
    good = changed(1, f"# {json.dumps(whole)}")
    assert read(good)
    told = {**whole, **comment} if comment else {"uitknop_export": 1}
    with pytest.raises(Malformed):
        read(changed(1, f"# {json.dumps(told)}"))


def test_a_newer_export_asks_for_a_newer_version(changed: Callable[[int, str], Path]) -> None:
    with pytest.raises(Malformed, match="newer version"):
        read(changed(1, '# {"uitknop_export": 2}'))


def test_a_table_that_was_cut_off_is_refused(table: Path) -> None:
    content = table.read_bytes()
    table.write_bytes(content[:-3])
    with pytest.raises(Malformed, match="cut off"):
        read(table)
    table.write_bytes(content[: content.index(b"\n", 400)])
    with pytest.raises(Malformed):
        read(table)


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "nonsense"},
        {"kind": 3},
        {"at_ms": "1"},
        {"at_ms": 1.5},
        {"at_ms": True},
        {"at_ms": 10**30},
        {"end_ms": 0},
        {"zone": "Mars"},
        {"zone": None},
        {"value": None},
        {"label": []},
        {"person": 1},
        {"value": "x" * 10_001},
    ],
)
def test_a_line_that_was_changed_is_refused_with_its_place(entry: dict[str, Any], folder: Path) -> None:
    path = folder / "entries_001.json"
    told = json.loads(path.read_text())
    told["entries"].append({**told["entries"][0], **entry})
    path.write_text(json.dumps(told))
    with pytest.raises(Malformed) as fault:
        read(path)
    assert "entries[1]" in str(fault.value) or "number beyond" in str(fault.value)


@pytest.mark.parametrize("name", ["entries_001.csv", "datapackage.json"])
def test_files_without_facts_are_known_and_left_alone(name: str, folder: Path) -> None:
    probe = look(folder / name)
    assert best_source(probe) is own_export.SOURCE
    with pytest.raises(NotRecognised, match="no facts"):
        own_export.read(probe, Request())


def test_bytes_changed_at_random_are_refused_or_read(folder: Path) -> None:
    chance = random.Random(7)
    for path in sorted(folder.glob("*_001*")):
        content = path.read_bytes()
        for _ in range(60):
            broken = bytearray(content)
            for _ in range(chance.randint(1, 4)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            path.write_bytes(bytes(broken[: chance.choice([len(broken), chance.randrange(1, len(broken))])]))
            probe = look(path)
            if own_export.sniff(probe):
                for reading in (own_export.read, own_export.parts):
                    with contextlib.suppress(SourceError):  # anything else fails
                        list(reading(probe, Request()))
