"""An export read beside the storing: by a worker process, or here where there is none or the file is small."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Timer
from typing import IO, cast

from uitknop.core import Phrase
from uitknop.core.errors import Malformed
from uitknop.sources.apple_blocks import cut_blocks
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_parse import parse_block
from uitknop.sources.apple_rows import Parsed
from uitknop.sources.apple_wire import receive, send, unpack_fault, unpack_parsed
from uitknop.sources.apple_worker import BLOCK, END, FAULT, READY, Task
from uitknop.sources.probe import Probe

WORTH_BYTES = 20_000_000
"""Below this a second process costs more than it saves."""
LONGEST_S = 60.0
"""A block takes hundredths of a second, a start tenths; after this something is wrong."""
_START = """
import sys, types, uitknop
# In place of the package's own start, which would load every other format: a third of the memory.
package = types.ModuleType("uitknop.sources")
package.__path__ = [place + "/sources" for place in uitknop.__path__]
sys.modules["uitknop.sources"] = package
from uitknop.sources.apple_worker import main
main()
"""
COMMAND = (sys.executable, "-P", "-c", _START)


def parse_export(
    probe: Probe, zone: str | None, *, worth_bytes: int = WORTH_BYTES, command: tuple[str, ...] = COMMAND
) -> Iterator[Parsed]:
    """Read all blocks of an export, in order.

    Args:
        probe: the export.
        zone: zone the person gave.
        worth_bytes: larger files are given to a worker.
        command: how a worker is started.
    Raises:
        SourceError: no export, or beyond a limit; or something that ends the worker.
    """
    task = Task.of(probe, zone) if _likely_bytes(probe) >= worth_bytes else None
    worker = None if task is None else _Worker.start(command, task)
    if worker is None:
        with probe.open() as stream:
            heads = Heads()
            for block in cut_blocks(stream, probe.name):
                yield parse_block(block, probe.name, zone, heads)
        return
    try:
        for parsed, share in worker.answers():
            if probe.on_share is not None:
                probe.on_share(share)
            yield parsed
    finally:
        worker.end()


def _likely_bytes(probe: Probe) -> int:
    """Bytes that will come; a zip file may lie about it, and then only time is lost."""
    return probe.size if probe.archive is None else probe.archive.getinfo(probe.place).file_size


class _Worker:
    """A worker process and the pipe from it."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        self._process, self._name = process, name
        self._to, self._from = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)

    @classmethod
    def start(cls, command: tuple[str, ...], task: Task) -> _Worker | None:
        """A worker at its task; None where no process can be started, and then everything is read here."""
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        try:
            worker = cls(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere), task.name)
        except OSError:
            return None
        try:
            if worker._next() == READY:
                send(worker._to, task.to_bytes())
                return worker
        except (EOFError, OSError):
            pass
        worker.end()
        return None

    def answers(self) -> Iterator[tuple[Parsed, float]]:
        """What each block gave, and the share of the file that is done.

        Raises:
            SourceError: what the worker met, or that it is gone or takes too long.
        """
        try:
            while (frame := self._next())[:1] != END:
                if frame[:1] == FAULT:
                    raise unpack_fault(frame[1:])
                if frame[:1] != BLOCK:
                    raise EOFError
                yield unpack_parsed(frame[1:], self._name)
        except (EOFError, OSError) as fault:
            raise Malformed(
                Phrase(
                    "{name} could not be read to its end: the process that reads it was ended. Close other programs "
                    "and try again.",
                    {"name": self._name},
                )
            ) from fault

    def _next(self) -> bytes:
        watch = Timer(LONGEST_S, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            return receive(self._from)
        finally:
            watch.cancel()

    def end(self) -> None:
        """End it and close the pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
