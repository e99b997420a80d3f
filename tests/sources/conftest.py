"""Small made files: nothing of a real person. `rr` is a plausible heart; `fit` writes FIT bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

Floats = npt.NDArray[np.float64]


@pytest.fixture
def rr() -> Callable[..., Floats]:
    """RR intervals in whole ms around 850: breathing and noise."""

    def make(n: int = 300, seed: int = 1) -> Floats:
        noise = np.random.default_rng(seed).normal(0, 25, n)
        return np.rint(850 + 40 * np.sin(np.arange(n) * 1.3) + noise)

    return make


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """A file with a name and a content, in folders that are made on the way."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


class FitMessage(NamedTuple):
    """Number of a message and its fields (number, base type, values)."""

    number: int
    fields: Sequence[tuple[int, int, Sequence[int]]]


U8, U16, U32 = 0x02, 0x84, 0x86
_FORMAT = {0x00: "B", U8: "B", U16: "H", U32: "I"}


def fit_checksum(content: bytes) -> int:
    checksum = 0
    for byte in content:
        checksum ^= byte
        for _ in range(8):
            checksum = (checksum >> 1) ^ (0xA001 if checksum & 1 else 0)
    return checksum


def fit_bytes(messages: Sequence[FitMessage]) -> bytes:
    body = b""
    for message in messages:
        sizes = [
            (number, struct.calcsize(_FORMAT[base]) * len(values), base) for number, base, values in message.fields
        ]
        body += struct.pack("<BBBHB", 0x40, 0, 0, message.number, len(sizes))
        body += b"".join(struct.pack("BBB", *size) for size in sizes)
        body += b"\0" + b"".join(
            struct.pack(f"<{len(values)}{_FORMAT[base]}", *values) for _, base, values in message.fields
        )
    head = struct.pack("<BBHI4sH", 14, 0x10, 2134, len(body), b".FIT", 0)
    return head + body + struct.pack("<H", fit_checksum(head + body))


class Fit:
    """Messages of a FIT file; times are seconds of the device's own count from 1989-12-31."""

    START_S = 1_100_000_000

    @staticmethod
    def file_id() -> FitMessage:
        return FitMessage(0, [(0, 0x00, [4]), (1, U16, [1]), (2, U16, [2697]), (4, U32, [Fit.START_S])])

    @staticmethod
    def record(time_s: int, heart_rate: int = 70) -> FitMessage:
        return FitMessage(20, [(253, U32, [time_s]), (3, U8, [heart_rate])])

    @staticmethod
    def hrv(*rr_ms: int) -> FitMessage:
        return FitMessage(78, [(0, U16, [*rr_ms, *[65535] * (5 - len(rr_ms))])])

    @staticmethod
    def beat_intervals(time_s: int, part_ms: int, rr_ms: Sequence[int]) -> FitMessage:
        return FitMessage(290, [(253, U32, [time_s]), (0, U16, [part_ms]), (1, U16, rr_ms)])

    @staticmethod
    def raw_bbi(time_s: int, part_ms: int, packed: Sequence[int]) -> FitMessage:
        return FitMessage(372, [(253, U32, [time_s]), (0, U16, [part_ms]), (1, U16, packed)])

    @staticmethod
    def monitoring(time_s: int, heart_rate: int) -> FitMessage:
        return FitMessage(55, [(253, U32, [time_s]), (27, U8, [heart_rate])])

    @staticmethod
    def monitoring_16(short: int, heart_rate: int) -> FitMessage:
        return FitMessage(55, [(26, U16, [short]), (27, U8, [heart_rate])])

    @staticmethod
    def activity(rr_ms: Sequence[float], start_s: int = START_S) -> list[FitMessage]:
        """A strap: one `hrv` message per beat, one `record` per whole second that passed."""
        messages = [Fit.file_id(), Fit.record(start_s)]
        done_ms = 0.0
        for interval in rr_ms:
            before, done_ms = done_ms, done_ms + interval
            messages += [Fit.record(start_s + s) for s in range(int(before // 1000) + 1, int(done_ms // 1000) + 1)]
            messages.append(Fit.hrv(round(interval)))
        return [*messages, Fit.record(start_s + int(done_ms // 1000) + 1)]

    @staticmethod
    def checksum(content: bytes) -> int:
        return fit_checksum(content)

    @staticmethod
    def bytes(messages: Sequence[FitMessage]) -> bytes:
        return fit_bytes(messages)


@pytest.fixture
def fit() -> type[Fit]:
    """How to write FIT files."""
    return Fit


def e4(rr_ms: Floats, start: str = "1600000000.000000", label: str = " IBI") -> dict[str, str]:
    ticks = np.rint(np.cumsum(rr_ms) / 15.625)
    lengths = np.diff(np.concatenate(([0], ticks)))
    rows = [f"{t / 64:.6f},{d / 64:.6f}" for t, d in zip(ticks + 640, lengths, strict=True)]
    rates = "\n".join(f"{60_000 / value:.2f}" for value in rr_ms)
    first = f"{start},{label}"
    return {
        "IBI.csv": "\n".join([first, *rows]) + "\n",
        "HR.csv": f"{start}\n1.000000\n{rates}\n",
        "TEMP.csv": f"{start}\n4.000000\n" + "33.10\n" * 400,
        "EDA.csv": f"{start}\n4.000000\n" + "0.5\n" * 400,
        "ACC.csv": f"{start}, {start}, {start}\n32.0, 32.0, 32.0\n" + "0,0,64\n" * 3200,
        "tags.csv": f"{start}\n",
    }


@pytest.fixture
def e4_files() -> Callable[..., dict[str, str]]:
    """The files of an Empatica E4 recording of these RR intervals."""
    return e4
