"""A worker process gives the same as none; one that dies, hangs or never starts is told or made up for."""

from __future__ import annotations

import io
import sys

import pytest

from uitknop.core.errors import Malformed
from uitknop.sources import apple_parallel
from uitknop.sources.apple_blocks import cut_blocks
from uitknop.sources.apple_parallel import COMMAND, WORTH_BYTES, parse_blocks
from uitknop.sources.apple_rows import Parsed
from uitknop.sources.apple_wire import pack_parsed, receive, send, unpack_parsed
from uitknop.synthetic.apple_writer import AppleExport, apple_export_xml

TEXT = b"".join(apple_export_xml(AppleExport(days=4))).replace(b"</Correlation>", b"</Korrelation>", 1)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_parallel, "cut_blocks", lambda stream, name: cut_blocks(stream, name, 100_000))


def parsed(size: int, command: tuple[str, ...] = COMMAND, patience_s: float = 60.0) -> list[Parsed]:
    stream = io.BytesIO(TEXT)
    return list(parse_blocks(stream, "export.xml", "Europe/Amsterdam", size, command=command, patience_s=patience_s))


def said(blocks: list[Parsed]) -> list[object]:
    return [(block.tally, block.n_lines, *map(repr, block.recordings)) for block in blocks]


def test_a_worker_gives_the_same_as_none() -> None:
    here, there = parsed(0), parsed(WORTH_BYTES)
    assert len(here) > 8
    assert sum(block.tally.breaks for block in here) > 0
    assert said(here) == said(there)


def test_what_goes_over_the_wire_comes_out_the_same() -> None:
    stream = io.BytesIO()
    blocks = parsed(0)
    for block in blocks:
        send(stream, *pack_parsed(block))
    stream.seek(0)
    assert said([unpack_parsed(receive(stream), "export.xml") for _ in blocks]) == said(blocks)
    with pytest.raises(EOFError):
        receive(stream)


def test_a_worker_that_never_starts_is_done_without() -> None:
    assert said(parsed(WORTH_BYTES, ("/nonexistent/python",))) == said(parsed(0))
    assert said(parsed(WORTH_BYTES, (sys.executable, "-c", "raise SystemExit(3)"), 0.2)) == said(parsed(0))


READY = (
    "import sys; out = sys.stdout.buffer; out.write(b'\\x05\\0\\0\\0ready'); out.flush(); take = sys.stdin.buffer.read"
)


@pytest.mark.parametrize(
    "script",
    [
        f"{READY}; take(10)",
        f"{READY}; take(200_000); out.write(b'\\x40\\0\\0\\0short'); out.flush()",
        f"{READY}; take(200_000); import os; os.kill(os.getpid(), 9)",
    ],
)
def test_a_worker_that_dies_is_told(script: str) -> None:
    with pytest.raises(Malformed, match="the process that reads it was ended"):
        parsed(WORTH_BYTES, (sys.executable, "-c", script))


def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_parallel, "LONGEST_S", 0.2)
    with pytest.raises(Malformed, match="the process that reads it was ended"):
        parsed(WORTH_BYTES, (sys.executable, "-c", f"{READY}; take()"))


def test_a_block_that_fits_nowhere_is_told() -> None:
    script = f"{READY}; take(200_000); out.write(b'\\x04\\0\\0\\0\\xff\\xff\\xff\\xff'); out.flush(); take()"
    with pytest.raises(Malformed, match="fit nowhere"):
        parsed(WORTH_BYTES, (sys.executable, "-c", script))
