"""`uitknop record`, on a Bluetooth of our own, up to Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "live"))

from fake_bluetooth import Scene
from strap import TICK_MS, Came, heart, send, unlike

import uitknop.cli.record as command
from uitknop.live import Pace
from uitknop.person import Secret, make_file, open_file
from uitknop.sources import read

Run = Callable[..., Any]
TICKS = unlike(heart(np.random.default_rng(1), 80, 900, 30), n_back=80)
CAME = [Came(one.at_ms, one.data) for one in send(TICKS)]


class CtrlC:
    """What the made-up strap does when it has sent everything: the person presses Ctrl-C."""

    def set(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    made = Scene(CAME, stop=CtrlC())  # type: ignore[arg-type]
    monkeypatch.setattr(command, "RADIO", made.radio())
    monkeypatch.setattr(command, "PACE", Pace(look_s=0.02, collect_s=0.01, first_wait_s=0.0, tick_s=0.0))
    return made


@pytest.fixture
def night(tmp_path: Path) -> Path:
    return tmp_path / "night.csv"


def test_a_recording_ends_with_ctrl_c_and_its_table_is_read_back(scene: Scene, night: Path, run: Run) -> None:
    told = run("record", "--out", night, "--lang", "en")
    assert told.code == 0
    assert told.remarks[1:3] == ["Looking for a heart rate strap.", "Found Test strap."]
    assert told.remarks[-1] == "Recorded 80 beats."
    recording = read(night)
    assert recording.beats is not None
    assert np.rint(recording.beats.rr_ms / TICK_MS).tolist() == TICKS


def test_a_recording_goes_into_the_own_file(
    scene: Scene, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UITKNOP_PASSPHRASE", "four words in a row")
    file = tmp_path / "anna.uitknop"
    told = run("record", "--file", file, "--zone", "Europe/Amsterdam", "--json")
    assert told.code == 0
    assert (told.json["strap"], told.json["n_beats"]) == ("Test strap", 80)
    assert told.json["start"][-6:] in {"+01:00", "+02:00"}
    with open_file(file, Secret(passphrase="four words in a row"), now_ms=0, read_only=True) as store:
        (recording,) = store.recordings()
    assert recording.beats is not None
    assert np.rint(recording.beats.rr_ms / TICK_MS).tolist() == TICKS
    assert (recording.clock, recording.beats.device) == ("Europe/Amsterdam", "Test strap")


def test_minutes_end_a_recording(scene: Scene, night: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.came = CAME * 2_000
    told = run("record", "--out", night, "--minutes", "0.01", "--json")
    assert told.code == 0
    assert json.loads(told.out)["n_beats"] > 0


def test_without_a_beat_it_says_what_is_needed(scene: Scene, night: Path, run: Run) -> None:
    scene.came = [Came(one.at_ms, bytes([0x06, 60])) for one in CAME[:3]]
    told = run("record", "--out", night, "--lang", "en")
    assert told.code == 3
    assert "a chest strap gives them" in told.err
    assert not night.exists()


def test_a_table_that_is_there_is_refused_before_anything_is_looked_for(scene: Scene, night: Path, run: Run) -> None:
    night.write_text("mine")
    told = run("record", "--out", night, "--lang", "en")
    assert (told.code, told.err.strip()) == (2, "night.csv is there already. Choose another name.")
    assert run("record", "--out", night.parent / "no" / "night.csv").code == 2
    assert scene.n_scans == 0
    assert night.read_text() == "mine"


def test_no_strap_is_one_sentence(scene: Scene, night: Path, run: Run) -> None:
    scene.near = ()
    told = run("record", "--out", night, "--lang", "en", "--quiet")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("No heart rate strap was heard. Wear it")
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("near", [True, False])
def test_without_a_strap_no_file_is_made_and_no_recovery_key_shown(
    scene: Scene, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, near: bool
) -> None:
    monkeypatch.setenv("UITKNOP_PASSPHRASE", "four words in a row")
    scene.near = (("One", "AA:01"), ("Other", "AA:02")) if near else ()
    scene.off = None if near else OSError("no bus")
    told = run("record", "--file", tmp_path / "home/anna.uitknop", "--lang", "en")
    assert told.code == 2
    assert told.err.splitlines()[-1].startswith("2 straps are near" if near else "No Bluetooth that works")
    assert "recovery key" not in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_does_not_open_is_told_before_anything_is_looked_for(
    scene: Scene, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_file(tmp_path / "anna.uitknop", Secret(passphrase="four words in a row"), now_ms=0)[0].close()
    monkeypatch.setenv("UITKNOP_PASSPHRASE", "four other words in a row")
    assert run("record", "--file", tmp_path / "anna.uitknop").code == 2
    assert run("record", "--file", tmp_path / "new.uitknop", "--zone", "Europe/Nowhere").code == 2
    assert scene.n_scans == 0
