"""Everything that counts comes out piece by piece, and put into another file it is the same facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Beats, Entry, Recording, Samples
from uitknop.report.export import plain_export
from uitknop.sources import own_export
from uitknop.sources.probe import look
from uitknop.sources.source import Request
from uitknop.store import Origin, Store, create_store

HOUR_MS = 3_600_000


def add(store: Store, origin: Origin, *recordings: Recording) -> None:
    with store.batch(origin) as batch:
        for recording in recordings:
            batch.add(recording)


def rows_and_entries(store: Store) -> list[str]:
    """The dump without the moments at which zones were told, which are those of the files."""
    return [line for line in store.dump() if not line.startswith('["zone"')]


@pytest.fixture
def full(
    store: Store,
    beats: Callable[..., Beats],
    recording: Callable[..., Recording],
    origin: Callable[..., Origin],
) -> Store:
    """Two devices in the same hours, pulse beside RR, samples, two people, a contradiction, no clock."""
    start_ms = 1_767_322_800_000
    steps = Samples("steps", start_ms + np.arange(50) * 60_000, np.arange(50.0), "phone")
    felt = [Entry(start_ms, "Europe/Amsterdam", "answer", value, None, "felt") for value in ("calmer", "same")]
    other = beats(40, seed=1)
    changed = Beats(other.t_ms, other.rr_ms + np.where(np.arange(40) == 7, 1, 0), other.flag, other.run, 1.0,
                    "rr_text", "strap")  # fmt: skip
    add(store, origin("a"), recording(beats(12_000), samples=(steps,), entries=(felt[0],)))
    add(store, origin("b"), recording(beats(3_000, seed=2, device="watch"), grade="C"))
    add(store, origin("c"), recording(changed, entries=(felt[1],)))
    add(store, origin("d"), recording(beats(30, seed=3), person="eva", entries=(felt[1],)))
    add(store, origin("e"), recording(Beats.from_rr_ms(np.full(99, 900.0), source="rr_text"), clock=None))
    return store


def test_an_export_put_into_another_file_is_the_same_facts(
    full: Store, tmp_path: Path, key: bytes, origin: Callable[..., Origin]
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for block in plain_export(full.facts(), made_ms=0, version="0.1.0"):
        with (folder / block.name).open("ab") as file:
            file.write(block.content)
    with create_store(tmp_path / "other.uitknop", key, now_ms=0) as other:
        for path in sorted(folder.iterdir()):
            if path.name.startswith(("beats", "samples", "clockless")) or path.match("entries_*.json"):
                add(other, origin(path.name), *own_export.parts(look(path), Request()))
        assert rows_and_entries(other) == rows_and_entries(full)
        assert len(other.aside()) == len(full.aside()) > 1


def test_every_device_comes_out(full: Store) -> None:
    devices = {piece.beats.device for piece in full.facts() if piece.beats is not None}
    assert {"strap", "watch"} <= devices


def test_pieces_are_short_and_in_order_of_time(full: Store) -> None:
    series = [piece.beats for piece in full.facts() if piece.beats is not None and piece.clock is not None]
    assert len(series) > 4
    for beats in series:
        assert beats.t_ms[-1] - beats.t_ms[0] <= HOUR_MS + 2_000


def test_what_is_kept_aside_can_be_left_out(full: Store) -> None:
    with_aside, without = (
        sum(len(piece.entries) + (0 if piece.beats is None else len(piece.beats)) for piece in full.facts(aside=aside))
        for aside in (True, False)
    )
    assert with_aside - without == len(full.aside())


def test_an_empty_file_has_none(store: Store) -> None:
    assert list(store.facts()) == []
