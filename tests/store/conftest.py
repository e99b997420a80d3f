"""A person's file to try things on, and recordings to put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Beats, Recording
from uitknop.store import Origin, Store, create_store

KEY = bytes(range(32))
START_MS = 1_767_322_800_000
"""2 January 2026, 03:00 UTC."""


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_store(tmp_path / "person.uitknop", KEY, now_ms=START_MS) as opened:
        yield opened


@pytest.fixture
def origin() -> Callable[..., Origin]:
    def make(name: str = "a.txt", added_ms: int = START_MS) -> Origin:
        return Origin(name, f"sha-{name}", "rr_text", "1", "zone=Europe/Amsterdam", added_ms)

    return make


@pytest.fixture
def beats() -> Callable[..., Beats]:
    def make(n: int = 200, seed: int = 1, start_ms: int = START_MS, device: str = "strap") -> Beats:
        rr_ms = np.random.default_rng(seed).integers(700, 1000, n).astype(np.float64)
        return Beats.from_rr_ms(rr_ms, start_ms=start_ms, tick_ms=1.0, source="rr_text", device=device)

    return make


@pytest.fixture
def recording() -> Callable[..., Recording]:
    def make(beats: Beats | None = None, **fields: object) -> Recording:
        given = {"source": "rr_text", "name": "a.txt", "clock": "Europe/Amsterdam", **fields}
        return Recording(beats=beats, **given)  # type: ignore[arg-type]

    return make
