"""Pieces in the person's file and in a table."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from strap import TICK_MS, Came, Sent, heart, pieces_of, send, unlike

import uitknop.live.keep as keep_module
from uitknop.core import Recording
from uitknop.core.errors import SourceError
from uitknop.live.keep import HEADER, into_store, into_table
from uitknop.sources import read
from uitknop.store import create_store

TICKS = unlike(heart(np.random.default_rng(7), 300, 900, 30))
SENT = send(TICKS)
BROKEN = [*SENT[:100], *SENT[120:]]


def pieces(sent: list[Sent]) -> list[Recording]:
    return pieces_of([Came(one.at_ms + 20, one.data) for one in sent])


def ticks_of(sent: list[Sent]) -> list[int]:
    return [tick for one in sent for tick in one.ticks]


@pytest.mark.parametrize(("sent", "n_runs"), [(SENT, 1), (BROKEN, 2)], ids=["whole", "broken"])
def test_the_file_holds_one_recording_of_all_pieces(tmp_path: Path, sent: list[Sent], n_runs: int) -> None:
    with create_store(tmp_path / "anna.uitknop", bytes(32), now_ms=0) as store:
        keep = into_store(store, lambda: 1_760_000_000_000.5)
        for piece in pieces(sent):
            keep(piece)
        (recording,) = store.recordings()
        assert recording.beats is not None
        assert np.rint(recording.beats.rr_ms / TICK_MS).tolist() == ticks_of(sent)
        assert len(recording.beats.run) == n_runs
        assert (recording.source, recording.beats.device, recording.clock) == ("live", "Test strap", "Europe/Amsterdam")
        assert store.aside() == ()
        batches = store.batches()
        assert len(batches) == len(pieces(sent))
        assert sum(batch.kept.n_new for batch in batches) == len(ticks_of(sent))


@pytest.mark.parametrize(("sent", "n_runs"), [(SENT, 1), (BROKEN, 2)], ids=["whole", "broken"])
def test_the_table_is_read_back_as_it_was(tmp_path: Path, sent: list[Sent], n_runs: int) -> None:
    path = tmp_path / "night.csv"
    keep = into_table(path)
    for piece in pieces(sent):
        keep(piece)
    recording = read(path)
    assert recording.source == "hrv_logger"
    assert recording.beats is not None
    assert np.rint(recording.beats.rr_ms / TICK_MS).tolist() == ticks_of(sent)
    assert len(recording.beats.run) == n_runs
    ends_ms = np.cumsum(TICKS) * TICK_MS + SENT[0].end_ms - TICKS[0] * TICK_MS * len(SENT[0].ticks)
    assert abs(float(recording.beats.t_ms[0]) - ends_ms[0]) < 1200


def test_every_row_says_when_how_long_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "night.csv"
    first, *_ = pieces(SENT)
    into_table(path)(first)
    assert first.beats is not None
    lines = path.read_text().splitlines()
    assert lines[0] + "\n" == HEADER
    t_ms, rr_ms, since_ms = (float(cell) for cell in lines[1].split(","))
    assert t_ms == first.beats.t_ms[0]
    assert rr_ms == pytest.approx(first.beats.rr_ms[0], abs=5e-4)  # three decimals
    assert since_ms == pytest.approx(rr_ms, abs=1)


def test_a_table_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "night.csv"
    path.write_text("mine")
    with pytest.raises(SourceError, match=r"night\.csv can't be written"):
        into_table(path)(pieces(SENT)[0])
    assert path.read_text() == "mine"


def test_a_piece_that_did_not_fit_is_written_whole_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "night.csv"
    keep = into_table(path)
    first, second, *_ = pieces(SENT)

    def full(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    for piece in (first, second):
        before = path.read_bytes() if path.exists() else None
        with monkeypatch.context() as patched:
            patched.setattr(keep_module.os, "fsync", full)
            with pytest.raises(SourceError, match="there is room"):
                keep(piece)
        assert (path.read_bytes() if path.exists() else None) == before
        keep(piece)
    assert second.beats is not None
    assert len(path.read_text().splitlines()) == 1 + len(first.beats or []) + len(second.beats) - 1


def test_a_piece_without_beats_leaves_the_table_alone(tmp_path: Path) -> None:
    into_table(tmp_path / "night.csv")(Recording("live", "Watch", "UTC", None))
    assert not (tmp_path / "night.csv").exists()
