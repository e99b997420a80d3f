"""A reader that would run away is stopped: by time, by memory, by the size of what it reads.

Works where the system offers it (Linux and macOS, main thread); elsewhere the limits of the sources alone hold.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Never

from uitknop.core import Phrase
from uitknop.core.errors import TooLarge

START_S = 60.0
SECONDS_PER_MB = 1.0
"""Most time for a file: ten times what the slowest source needs on a small machine."""

MEMORY_BYTES = 1_500_000_000
"""Most address space beyond what the program has when a file is begun."""


@contextmanager
def bounded(name: str, size: int) -> Iterator[None]:
    """Stop what is done within when it takes far too long or far too much memory.

    Args:
        name: of the file, for the sentence.
        size: of the file, bytes.
    Raises:
        TooLarge: it did.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    limit_s = START_S + SECONDS_PER_MB * size / 1e6

    def stop(number: int, frame: FrameType | None) -> Never:
        raise _runs_away(name, round(limit_s))

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        with _memory():
            yield
    except MemoryError as fault:
        raise TooLarge(Phrase("{name} needs more memory than a recording may. Split it.", {"name": name})) from fault
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory() -> Iterator[None]:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = _address_space_bytes()
    if used is None:
        yield
        return
    wanted = used + MEMORY_BYTES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY:
        most = min(most, soft)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space_bytes() -> int | None:
    """What this process has mapped now; None where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - no file, a question to the kernel
            pages = int(told.read().split()[0])
    except (OSError, ValueError):
        return None
    import resource

    return pages * resource.getpagesize()


def _runs_away(name: str, limit_s: int) -> TooLarge:
    return TooLarge(
        Phrase(
            "{name} takes longer than {limit} s to read, which no recording does. Export it again, or split it.",
            {"name": name, "limit": limit_s},
        )
    )
