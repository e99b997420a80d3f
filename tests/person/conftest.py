"""A person's file to try things on, a key ring that is no system's, and small exports to take in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from uitknop.core import Beats, Recording
from uitknop.person import Secret, make_file
from uitknop.report.export import plain_export
from uitknop.store import Store

NOW_MS = 1_780_000_000_000
"""28 May 2026."""

START_MS = 1_772_434_800_000
"""2 March 2026, 07:00 UTC."""


class Ring:
    """A key ring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, account: str) -> str | None:
        return self.kept.get(account)

    def set(self, account: str, secret: str) -> None:
        self.kept[account] = secret

    def delete(self, account: str) -> None:
        del self.kept[account]


class NoRing:
    """A computer without a key ring; what its backend says holds a secret."""

    def get(self, account: str) -> str | None:
        raise RuntimeError("planted secret in an error")

    def set(self, account: str, secret: str) -> None:
        raise RuntimeError(secret)

    def delete(self, account: str) -> None:
        raise RuntimeError(account)


@pytest.fixture
def ring() -> Ring:
    return Ring()


@pytest.fixture
def no_ring() -> NoRing:
    return NoRing()


@pytest.fixture
def secret(ring: Ring) -> Secret:
    return Secret(ring=ring)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "person.uitknop"


@pytest.fixture
def store(path: Path, secret: Secret) -> Iterator[Store]:
    opened, _ = make_file(path, secret, now_ms=NOW_MS)
    with opened:
        yield opened


@pytest.fixture
def watch(tmp_path: Path) -> Callable[..., Path]:
    """A table of heart rates, one a minute, with local times and no zone."""

    def write(name: str = "watch.csv", start: str = "2026-03-02T07:00:00", minutes: int = 180, seed: int = 1) -> Path:
        first, chance = datetime.fromisoformat(start), np.random.default_rng(seed)
        bpm = chance.integers(55, 75, minutes)
        rows = [f"{first + timedelta(minutes=i):%Y-%m-%d %H:%M:%S},{bpm[i]}" for i in range(minutes)]
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["time,heart_rate", *rows]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def strap(tmp_path: Path) -> Callable[..., Path]:
    """Beats `first` to `last` of one heart, with the exact time of each, as an own export writes them."""
    chance = np.random.default_rng(7)
    whole = Beats.from_rr_ms(
        chance.integers(700, 1000, 20_000).astype(float), start_ms=START_MS, source="polar", tick_ms=1.0
    )

    def write(name: str = "strap.csv", first: int = 0, last: int = 3_000, device: str = "H10") -> Path:
        part = whole.between(int(whole.t_ms[first]), int(whole.t_ms[last - 1]) + 1)
        beats = Beats(part.t_ms, part.rr_ms, part.flag, part.run, part.tick_ms, part.source, device)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = b"".join(
            block.content
            for block in plain_export(
                (Recording("polar", name, "Europe/Amsterdam", beats),), made_ms=NOW_MS, version="0.1.0"
            )
            if block.name.startswith("beats")
        )
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def clockless(tmp_path: Path) -> Callable[..., Path]:
    """A list of RR intervals and nothing else."""

    def write(name: str = "morning.txt", n: int = 600, seed: int = 3) -> Path:
        rr_ms = np.random.default_rng(seed).integers(750, 1050, n)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(map(str, rr_ms)) + "\n", encoding="utf-8")
        return path

    return write
