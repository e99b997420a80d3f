"""Blocks of an export read beside the storing: by a worker process, or here while there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread, Timer
from typing import IO, cast

from uitknop.core import Phrase
from uitknop.core.errors import Malformed
from uitknop.sources.apple_blocks import Block, Stream, cut_blocks
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_parse import parse_block
from uitknop.sources.apple_rows import Parsed
from uitknop.sources.apple_wire import receive, send, unpack_parsed
from uitknop.sources.apple_worker import AHEAD, FAULT, READY

WORTH_BYTES = 20_000_000
"""Below this a second process costs more than it saves."""
LONGEST_S = 60.0
"""A block takes hundredths of a second; after this something is wrong with it."""
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


def parse_blocks(
    stream: Stream,
    name: str,
    zone: str | None,
    size: int,
    *,
    command: tuple[str, ...] = COMMAND,
    patience_s: float = 0.0,
) -> Iterator[Parsed]:
    """Read all blocks of an export, in order.

    Args:
        stream: the file from its start.
        name: of the file.
        zone: zone the person gave.
        size: about how many bytes will come.
        command: how a worker is started.
        patience_s: how long to wait until it is ready, s; meanwhile blocks are read here.
    Raises:
        SourceError: no export; or a block that ends the worker.
    """
    heads = Heads()
    worker = _Worker.start(command, name, zone) if size >= WORTH_BYTES else None
    waiting: deque[Block] = deque()
    try:
        if worker is not None and patience_s > 0.0:
            worker.ready_within(patience_s)
        for block in cut_blocks(stream, name):
            if worker is None or not worker.ready:
                yield parse_block(block, name, zone, heads)
                continue
            if len(waiting) >= AHEAD:
                waiting.popleft()
                yield worker.answer()
            worker.ask(block)
            waiting.append(block)
        while waiting and worker is not None:
            waiting.popleft()
            yield worker.answer()
    finally:
        if worker is not None:
            worker.end()


class _Worker:
    """A worker process and the pipes to it."""

    def __init__(self, process: subprocess.Popen[bytes], name: str, zone: str | None) -> None:
        self._process, self._name = process, name
        self._to, self._from = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        self._ready = Event()
        Thread(target=self._greet, args=(json.dumps([name, zone]).encode(),), daemon=True).start()

    @classmethod
    def start(cls, command: tuple[str, ...], name: str, zone: str | None) -> _Worker | None:
        """A worker that gets ready; None where no process can be started."""
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        try:
            return cls(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere), name, zone)
        except OSError:
            return None

    @property
    def ready(self) -> bool:
        """It has started; one that can't never is, and everything is read here."""
        return self._ready.is_set()

    def ready_within(self, patience_s: float) -> bool:
        """Wait for it."""
        return self._ready.wait(patience_s)

    def _greet(self, first: bytes) -> None:
        with suppress(EOFError, OSError, ValueError):
            if receive(self._from) == READY:
                send(self._to, first)
                self._ready.set()

    def ask(self, block: Block) -> None:
        """Give it a block.

        Raises:
            Malformed: it is gone.
        """
        try:
            send(self._to, b"1" if block.cut_off else b"0", block.text)
        except OSError as fault:
            raise self._gone() from fault

    def answer(self) -> Parsed:
        """What the block asked longest ago gave.

        Raises:
            Malformed: it is gone, takes too long, or could make nothing of it.
        """
        watch = Timer(LONGEST_S, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            frame = receive(self._from)
        except (EOFError, OSError) as fault:
            raise self._gone() from fault
        finally:
            watch.cancel()
        if frame == FAULT:
            raise Malformed(
                Phrase(
                    "{name} holds numbers or times that fit nowhere. Export your health data again.",
                    {"name": self._name},
                )
            )
        return unpack_parsed(frame, self._name)

    def end(self) -> None:
        """End it and close the pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()

    def _gone(self) -> Malformed:
        return Malformed(
            Phrase(
                "{name} could not be read to its end: the process that reads it was ended. Close other programs and "
                "try again.",
                {"name": self._name},
            )
        )
