"""What the app is told about the world: whose file, what opens it, the clocks, and where it may be asked from."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from uitknop.person import Secret, default_path
from uitknop.report.words import Language


def clock_ms() -> int:
    """The present, UTC ms."""
    return round(time.time() * 1000)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The world as the app meets it; tests swap their own in.

    Args:
        path: the person's file; it need not be there yet.
        secret: what opens it without asking: the key ring, or a passphrase that was given at the start.
        hosts: every name and port under which a browser may ask ("127.0.0.1:8425").
        now_ms: the present, UTC ms.
        steady_s: a clock that nobody sets, s.
        zone: of this computer, IANA name or fixed offset.
        lang: spoken until somebody chooses.
        made_up: the file is of nobody, and is thrown away: every page says so.
        behind_ms: how far `now_ms` is behind the clock of the browser: a made-up person lives on other days.
        door: a file only this user can read, in which the address that opens the app is kept; None: nowhere.
    """

    path: Path = field(default_factory=default_path)
    secret: Secret = field(default_factory=Secret)
    hosts: frozenset[str] = frozenset()
    now_ms: Callable[[], int] = clock_ms
    steady_s: Callable[[], float] = time.monotonic
    zone: str = "UTC"
    lang: Language = "nl"
    made_up: bool = False
    behind_ms: int = 0
    door: Path | None = None
