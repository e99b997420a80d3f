"""The worker process that reads blocks of an export: started by its parent.

A process of its own rather than a pool: it starts without running the parent's script again, and it can be ended when
a block takes too long.
"""

from __future__ import annotations

import json
import sys
from queue import Queue
from threading import Thread
from typing import IO

from uitknop.core.errors import UitknopError
from uitknop.sources.apple_blocks import Block
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_parse import parse_block
from uitknop.sources.apple_wire import pack_parsed, receive, send

AHEAD = 3
"""Blocks a worker has received and not yet answered, at most."""
READY = b"ready"
FAULT = b"\xff\xff\xff\xff"
"""In place of an answer: what is in the block fits nowhere."""


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer blocks until the parent closes the pipe.

    Args:
        source: first the name of the file and the zone, then blocks.
        target: an answer for each.
    """
    send(target, READY)
    name, zone = json.loads(receive(source))
    # A thread takes blocks in, so that the parent never waits with one in its hands.
    waiting: Queue[bytes | None] = Queue(AHEAD)
    Thread(target=_take_in, args=(source, waiting), daemon=True).start()
    heads = Heads()
    while (frame := waiting.get()) is not None:
        try:
            parsed = parse_block(Block(frame[1:], frame[:1] == b"1"), name, zone, heads)
        except (UitknopError, ArithmeticError, ValueError):
            send(target, FAULT)
        else:
            send(target, *pack_parsed(parsed))


def _take_in(source: IO[bytes], waiting: Queue[bytes | None]) -> None:
    try:
        while True:
            waiting.put(receive(source))
    except (EOFError, OSError):
        waiting.put(None)


def main() -> None:
    """Serve over the standard streams."""
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (EOFError, OSError, KeyboardInterrupt):
        sys.exit(1)  # the parent is gone
