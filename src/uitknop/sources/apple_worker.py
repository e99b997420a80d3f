"""The worker process that unpacks and reads an export; started by its parent, which stores what comes.

A process of its own rather than a pool: it starts without running the parent's script again, and it can be ended when
a block takes too long.
"""

from __future__ import annotations

import json
import sys
import zipfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO

from uitknop.core import Value
from uitknop.core.errors import SourceError
from uitknop.sources.apple_blocks import cut_blocks
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_parse import parse_block
from uitknop.sources.apple_wire import pack_fault, pack_parsed, receive, send
from uitknop.sources.probe import Probe

AHEAD = 64
"""Blocks that may be read and not yet sent: each gives a hundredth to a tenth of its size."""
READY, BLOCK, FAULT, END = b"r", b"b", b"f", b"e"
"""First letter of each frame a worker sends."""


@dataclass(frozen=True, slots=True)
class Task(Value):
    """What a worker is asked.

    Args:
        path: of the file on disk.
        place: of the export inside it, when that is a zip file; else empty.
        name: of the export, as people know it.
        packed: it is gzip.
        size: bytes of it on disk, as packed.
        zone: zone the person gave.
    """

    path: str
    place: str
    name: str
    packed: bool
    size: int
    zone: str | None

    @classmethod
    def of(cls, probe: Probe, zone: str | None) -> Task | None:
        """The task to read a probe; None when only who has it open can read it (a zip file in a zip file)."""
        if probe.archive is not None and isinstance(probe.archive.fp, zipfile.ZipExtFile):
            return None
        return cls(str(probe.path.absolute()), probe.place, probe.name, probe.packed, probe.size, zone)

    def to_bytes(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self)).encode()


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Read one export.

    Args:
        source: the task.
        target: a frame that says ready, one for each block with the share that is done, and the end or a fault.
    """
    send(target, READY)
    task = Task(**json.loads(receive(source)))
    shares = [0.0]
    with ExitStack() as open_files:
        post = open_files.enter_context(_Post(target))
        try:
            archive = open_files.enter_context(zipfile.ZipFile(task.path)) if task.place else None
            probe = Probe(
                Path(task.path), task.name, "file", task.size, packed=task.packed, place=task.place,
                archive=archive, on_share=lambda share: shares.append(share),
            )  # fmt: skip
            stream, heads = open_files.enter_context(probe.open()), Heads()
            for block in cut_blocks(stream, task.name):
                parsed = parse_block(block, task.name, task.zone, heads)
                post.put(BLOCK, *pack_parsed(parsed, shares[-1]))
                del shares[:-1]
        except SourceError as fault:
            post.put(FAULT, pack_fault(fault))
        else:
            post.put(END)


class _Post:
    """Sends frames beside the reading: while the parent stores much, the worker reads on, and the other way round."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._waiting: Queue[tuple[bytes, ...] | None] = Queue(AHEAD)
        self._gone = False
        self._thread = Thread(target=self._send_all, daemon=True)

    def __enter__(self) -> _Post:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join()

    def put(self, *parts: bytes) -> None:
        """A frame to send.

        Raises:
            BrokenPipeError: the parent is gone.
        """
        if self._gone:
            raise BrokenPipeError
        self._waiting.put(parts)

    def _send_all(self) -> None:
        while (parts := self._waiting.get()) is not None:
            try:
                if not self._gone:
                    send(self._target, *parts)
            except OSError:
                self._gone = True


def main() -> None:
    """Serve over the standard streams."""
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (EOFError, OSError, KeyboardInterrupt):
        sys.exit(1)  # the parent is gone, or the file is
