"""A worker process gives the same as none; one that dies, hangs or never starts is told or made up for."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.sources import apple_parallel
from uitknop.sources.apple_parallel import COMMAND, parse_export
from uitknop.sources.apple_rows import Parsed
from uitknop.sources.apple_wire import pack_fault, pack_parsed, receive, send, unpack_fault, unpack_parsed
from uitknop.sources.apple_worker import Task, serve
from uitknop.sources.container import walk_members
from uitknop.sources.probe import Probe, look
from uitknop.synthetic.apple_writer import AppleExport, apple_export_xml, pack_apple_export

Write = Callable[[str, str | bytes], Path]

TEXT = b"".join(apple_export_xml(AppleExport(days=8))).replace(b"</Correlation>", b"</Korrelation>", 1)
NEVER = 1 << 60


@pytest.fixture
def probe(write: Write) -> Probe:
    return look(write("export.xml", TEXT))


def parsed(probe: Probe, worth_bytes: int = 0, command: tuple[str, ...] = COMMAND) -> list[Parsed]:
    return list(parse_export(probe, "Europe/Amsterdam", worth_bytes=worth_bytes, command=command))


def said(blocks: list[Parsed]) -> list[object]:
    return [(block.tally, block.n_lines, *map(repr, block.recordings)) for block in blocks]


def test_a_worker_gives_the_same_as_none(probe: Probe) -> None:
    shares: list[float] = []
    here, there = parsed(probe, NEVER), parsed(replace(probe, on_share=shares.append))
    assert len(here) > 2
    assert sum(block.tally.breaks for block in here) > 0
    assert said(here) == said(there)
    assert len(shares) == len(there)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_worker_opens_zip_files_and_who_holds_a_nested_one_reads_it(tmp_path: Path) -> None:
    inner = io.BytesIO()
    pack_apple_export(AppleExport(days=1), inner)
    (tmp_path / "export.zip").write_bytes(inner.getvalue())
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("export.zip", inner.getvalue())
    found: list[list[object]] = []
    for name, alone in (("export.zip", True), ("outer.zip", False)):
        for place, member in walk_members(look(tmp_path / name)):
            if place.endswith("export.xml"):
                assert isinstance(member, Probe)
                assert (Task.of(member, None) is not None) == alone
                found += [said(parsed(member)), said(parsed(member, NEVER))]
    assert len(found) == 4
    assert all(each == found[0] for each in found)


def test_a_gzip_file_is_unpacked_by_the_worker(write: Write) -> None:
    import gzip

    packed = look(write("export.xml.gz", gzip.compress(TEXT)))
    assert said(parsed(packed)) == said(parsed(packed, NEVER))


def test_what_goes_over_the_wire_comes_out_the_same(probe: Probe) -> None:
    stream = io.BytesIO()
    blocks = parsed(probe, NEVER)
    for block in blocks:
        send(stream, *pack_parsed(block, 0.5))
    stream.seek(0)
    back = [unpack_parsed(receive(stream), "export.xml") for _ in blocks]
    assert said([block for block, _ in back]) == said(blocks)
    assert {share for _, share in back} == {0.5}
    with pytest.raises(EOFError):
        receive(stream)


@pytest.mark.parametrize("kind", [Malformed, TooLarge, SourceError])
def test_a_fault_keeps_its_kind_and_its_sentence(kind: type[SourceError]) -> None:
    fault = kind(Phrase("{name} line {line}: broken.", {"name": "export.xml", "line": 7}))
    back = unpack_fault(pack_fault(fault))
    assert type(back) is kind
    assert back.phrase == fault.phrase


def test_a_worker_tells_a_fault_and_then_nothing(write: Write) -> None:
    declared = look(write("export.xml", TEXT.replace(b"]>", b'<!ENTITY lol "lol">\n]>', 1)))
    with pytest.raises(Malformed, match="declares entities"):
        parsed(declared)
    task, stream = Task.of(declared, None), io.BytesIO()
    assert task is not None
    asked = io.BytesIO()
    send(asked, task.to_bytes())
    asked.seek(0)
    serve(asked, stream)
    stream.seek(0)
    assert [receive(stream)[:1] for _ in range(2)] == [b"r", b"f"]
    assert not stream.read()


@pytest.mark.parametrize(
    "command", [("/nonexistent/python",), (sys.executable, "-c", "raise SystemExit(3)"), (sys.executable, "-c", "")]
)
def test_a_worker_that_never_starts_is_done_without(probe: Probe, command: tuple[str, ...]) -> None:
    assert said(parsed(probe, command=command)) == said(parsed(probe, NEVER))


READY = "import sys; out = sys.stdout.buffer; out.write(b'\\x01\\0\\0\\0r'); out.flush(); sys.stdin.buffer.read(9)"


@pytest.mark.parametrize(
    "script",
    [
        READY,
        f"{READY}; out.write(b'\\x40\\0\\0\\0bshort'); out.flush()",
        f"{READY}; out.write(b'\\x01\\0\\0\\0?'); out.flush()",
        f"{READY}; import os; os.kill(os.getpid(), 9)",
    ],
)
def test_a_worker_that_dies_is_told(probe: Probe, script: str) -> None:
    with pytest.raises(Malformed, match="the process that reads it was ended"):
        parsed(probe, command=(sys.executable, "-c", script))


def test_a_worker_that_hangs_is_ended(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_parallel, "LONGEST_S", 2.0)
    with pytest.raises(Malformed, match="the process that reads it was ended"):
        parsed(probe, command=(sys.executable, "-c", f"{READY}; sys.stdin.buffer.read()"))
