"""How the tests of the command line run it: within this process, which is quick, or as a person would."""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partialmethod
from pathlib import Path
from typing import Any

import golden
import pytest

from uitknop.cli import main
from uitknop.core import Recording, Samples
from uitknop.store import KeyFile
from uitknop.store.keys import LEAST_COST
from uitknop.synthetic import BoutRecording, make_bout_recording, spans_csv
from uitknop.synthetic.writers import WRITERS

UITKNOP = Path(sys.executable).parent / "uitknop"
PROGRESS = {"Reading ...", "Judging ...", "Drawing ...", "Computing ...", "Making a person ..."}
PROGRESS |= {"Lezen ...", "Beoordelen ...", "Tekenen ...", "Rekenen ...", "Een persoon maken ..."}


@dataclass(frozen=True)
class Said:
    """What a run left: exit code, standard output and error, and its largest memory where it was a process."""

    code: int
    out: str
    err: str
    most_mb: float = 0.0

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.out))

    @property
    def remarks(self) -> list[str]:
        """The lines on standard error that are no progress."""
        return [line for line in self.err.splitlines() if line and not line.endswith(" ...")]


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, from `main` on: the way of every error to its sentence is walked."""

    def go(*arguments: object) -> Said:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["uitknop", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        else:
            code = 0
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return go


def _mind_permissions() -> None:
    """Takes from root what lets it read and write everything, so that files can be closed to it too (Linux)."""
    if sys.platform == "linux" and os.geteuid() == 0:
        drop = 24  # PR_CAPBSET_DROP
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)


SMALL = """
import os, sys
pid = os.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "w") as how:
    how.write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}")
"""
"""Starts a command and tells its exit code and its memory. A process counts what the one that started it held as its
own, and these tests may hold much; this one is small."""


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """The installed command in a process of its own, minding permissions even for root."""

    def go(*arguments: object, env: Mapping[str, str] | None = None, command: list[str] | None = None) -> Said:
        out, err, how = (tmp_path / f"process.{name}" for name in ("out", "err", "how"))
        with out.open("wb") as one, err.open("wb") as other:
            subprocess.run(
                [sys.executable, "-I", "-S", "-c", SMALL, how, *(command or [UITKNOP]), *map(str, arguments)],
                stdout=one,
                stderr=other,
                env={**os.environ, **(env or {})},
                preexec_fn=_mind_permissions,  # no threads run between fork and exec
                check=True,
            )
        code, most = map(int, how.read_text().split())
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KB here
        told = Said(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"), most * unit / 1e6)
        for path in (out, err, how):
            path.unlink()
        return told

    return go


@dataclass(frozen=True)
class Made:
    """A made recording as files: with a clock and without, as heart rate only, and its spans."""

    bout: BoutRecording
    clocked: Path
    clockless: Path
    heart_rate: Path
    spans: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A rest that settles, with ten minutes around it."""
    folder = tmp_path_factory.mktemp("made")
    bout = make_bout_recording(
        "shift",
        seed=11,
        minutes=20.0,
        before_min=10.0,
        after_min=10.0,
        effect=(-7.0, 0.25),
        onset_min=6.0,
        shape="step",
    )
    files = {
        "clocked": WRITERS["hrv_logger"](bout.recording),
        "clockless": WRITERS["rr_text_ms"](bout.recording),
        "heart_rate": WRITERS["generic_csv"](_as_heart_rate(bout.recording)),
        "spans": spans_csv([bout.truth], "Europe/Amsterdam"),
    }
    paths = {}
    for what, written in files.items():
        ((name, content),) = written.items()
        paths[what] = folder / name
        paths[what].write_bytes(content)
    return Made(bout, **paths)


def _as_heart_rate(recording: Recording) -> Recording:
    """The same heart as a watch tells it: a rate every five seconds."""
    beats = recording.beats
    assert beats is not None
    t_ms, value = beats.t_ms[::6], golden.np.rint(60_000 / beats.rr_ms[::6])
    return Recording("watch", "watch", recording.clock, None, (Samples("heart_rate", t_ms, value),), grade="D")


PASSPHRASE = "correct horse battery"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person's own file comes to lie: a user data folder of its own, and a passphrase in the environment."""
    monkeypatch.setenv("UITKNOP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("UITKNOP_LANG", "en")
    quick = partialmethod(KeyFile.wrap_with_passphrase, cost=LEAST_COST)  # a guess may be cheap here
    monkeypatch.setattr(KeyFile, "wrap_with_passphrase", quick)
    return tmp_path / "data/uitknop/person.uitknop"


@pytest.fixture
def table() -> Callable[..., Path]:
    """Writes a table of heart rates, one a minute from 07:00, in local times without a zone."""

    def write(path: Path, day: str = "2026-03-02", minutes: int = 120) -> Path:
        rows = [f"{day} {7 + i // 60:02d}:{i % 60:02d}:00,{60 + i % 9}" for i in range(minutes)]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["time,heart_rate", *rows]) + "\n", encoding="utf-8")
        return path

    return write


SENTENCE = re.compile(r"^[^\n]{20,400}[.]$")


def is_one_sentence_or_two(said: str) -> bool:
    """One line that ends with a full stop: what was found, and what to do."""
    return SENTENCE.match(said) is not None and "Traceback" not in said and "Error" not in said
