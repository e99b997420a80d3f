"""Recordings made up by hypothesis, and an export written to a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import numpy as np
import pytest
from hypothesis import strategies as st

from uitknop.core import UNIT_OF, Beats, Entry, EntryKind, Recording, Samples
from uitknop.report.export import Block

ZONES = ("Europe/Amsterdam", "UTC", "+05:30", "America/New_York")
FIRST_MS, LAST_MS = 0, 4_000_000_000_000
WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["=1+1", "#", '"', "a,b\n", "-", "é\r"])
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def beats(draw: st.DrawFn, source: str) -> Beats:
    rr = draw(st.lists(st.floats(0.001, 3000) | st.integers(200, 2000).map(float), min_size=1, max_size=40))
    starts = [True, *draw(st.lists(st.booleans(), min_size=len(rr) - 1, max_size=len(rr) - 1))]
    steps = draw(st.lists(st.integers(1, 5000), min_size=len(rr), max_size=len(rr)))
    flag = draw(st.lists(st.integers(0, 6), min_size=len(rr), max_size=len(rr)))
    return Beats(
        draw(st.integers(FIRST_MS, LAST_MS)) + np.cumsum(steps),
        np.array(rr),
        np.array(flag, np.uint8),
        np.flatnonzero(starts),
        draw(st.none() | st.floats(0.001, 100)),
        source,
        draw(WORDS),
        draw(st.sampled_from(["rr", "ppg"])),
    )


@st.composite
def samples(draw: st.DrawFn) -> Samples:
    n = draw(st.integers(1, 30))
    steps = draw(st.lists(st.integers(0, 9000), min_size=n, max_size=n))
    value = draw(st.lists(FINITE | st.just(float("nan")), min_size=n, max_size=n))
    t_ms = draw(st.integers(FIRST_MS, LAST_MS)) + np.cumsum(steps)
    return Samples(draw(st.sampled_from(sorted(UNIT_OF))), t_ms, np.array(value), draw(WORDS))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    at_ms = draw(st.integers(FIRST_MS, LAST_MS))
    end_ms = draw(st.none() | st.integers(0, 90_000_000).map(lambda long: at_ms + long))
    kind = draw(st.sampled_from(get_args(EntryKind)))
    return Entry(at_ms, draw(st.sampled_from(ZONES)), kind, draw(WORDS), end_ms, draw(WORDS))


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    source = draw(WORDS)
    return Recording(
        source,
        draw(WORDS),
        draw(st.sampled_from((*ZONES, None))),
        draw(st.none() | beats(source)),
        tuple(draw(st.lists(samples(), max_size=3))),
        tuple(draw(st.lists(entries(), max_size=3))),
        draw(st.sampled_from("ABCD")),
        person=draw(st.sampled_from(["", "eva", "#2"])),
    )


def gather(blocks: Iterable[Block]) -> dict[str, bytes]:
    """Each file whole."""
    files: dict[str, list[bytes]] = {}
    for block in blocks:
        files.setdefault(block.name, []).append(block.content)
    return {name: b"".join(parts) for name, parts in files.items()}


def write(blocks: Iterable[Block], folder: Path) -> list[Path]:
    """Each file on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    files = gather(blocks)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """The strategies, by what they make."""
    return SimpleNamespace(recordings=recordings, entries=entries, samples=samples, beats=beats)


@pytest.fixture(scope="session")
def whole() -> Callable[[Iterable[Block]], dict[str, bytes]]:
    """Blocks as whole files."""
    return gather


@pytest.fixture(scope="session")
def written() -> Callable[[Iterable[Block], Path], list[Path]]:
    """Blocks as files on disk."""
    return write
