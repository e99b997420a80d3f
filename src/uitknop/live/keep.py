"""Where the pieces of a recording go: into the person's file, or into a table that any program reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from uitknop.core import Phrase, Recording
from uitknop.core.errors import SourceError
from uitknop.live.assembler import NAME
from uitknop.live.recorder import Sink

if TYPE_CHECKING:
    from uitknop.store import Store

VERSION = "1"
"""Of the assembler, kept with each batch."""

HEADER = "timestamp, rr, since_start\n"
"""As HRV Logger writes it, which many programs read: ms since 1970, ms, ms."""


def into_store(store: Store, now_ms: Callable[[], float]) -> Sink:
    """A sink that makes each piece a batch of its own: all of it or nothing."""
    from uitknop.store import Origin

    def keep(piece: Recording) -> None:
        with store.batch(Origin(piece.name, "", NAME, VERSION, "", round(now_ms()))) as batch:
            batch.add(piece)

    return keep


def into_table(path: Path) -> Sink:
    """A sink that adds the beats of each piece to a new table of RR intervals, and sees them safely on the disk.

    Heart rates without beats have no place in such a table.
    """
    last_ms = start_ms = -1

    def keep(piece: Recording) -> None:
        nonlocal last_ms, start_ms
        if piece.beats is None:
            return
        beats = piece.beats.between(last_ms + 1, int(piece.beats.t_ms[-1]) + 1)  # the shared beat stands there already
        rows = list(zip(beats.t_ms.tolist(), beats.rr_ms.tolist(), strict=True))
        if not rows:
            return
        if start_ms < 0:
            start_ms = round(rows[0][0] - rows[0][1])
        text = "".join(f"{t_ms}, {rr_ms:.3f}, {t_ms - start_ms}\n" for t_ms, rr_ms in rows)
        _add(path, text if last_ms >= 0 else HEADER + text, is_new=last_ms < 0)
        last_ms = rows[-1][0]

    return keep


def _add(path: Path, text: str, *, is_new: bool) -> None:
    try:
        with path.open("x" if is_new else "a", encoding="utf-8", newline="") as file:
            before = file.tell()
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            except OSError:  # half a piece would be there twice when it is offered again
                os.ftruncate(file.fileno(), before)
                if is_new:
                    path.unlink()
                raise
    except OSError as fault:
        raise SourceError(
            Phrase(
                "{name} can't be written. Check that nothing stands there yet and that there is room.",
                {"name": path.name},
            )
        ) from fault
