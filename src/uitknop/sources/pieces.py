"""Everything one file on disk holds, piece by piece: what the person's file takes in without holding it whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Implausible, Malformed, NotRecognised, ShapeError, SourceError
from uitknop.core.table import Value
from uitknop.sources import generic_csv
from uitknop.sources.container import walk_members
from uitknop.sources.moved import at_time, noted
from uitknop.sources.plausible import check
from uitknop.sources.probe import Probe, look
from uitknop.sources.registry import best_source, source_of
from uitknop.sources.source import Request


@dataclass(frozen=True, slots=True)
class Piece(Value):
    """A recording or a part of one; or a member of a zip file that could not be read, or is none.

    Args:
        name: of the file or member, as people know it.
        recording: what was read; None when nothing was.
        fault: why it was refused; None when it was not.
    """

    name: str
    recording: Recording | None = None
    fault: SourceError | None = None

    @property
    def skipped(self) -> bool:
        """It is a file of another kind."""
        return self.recording is None and self.fault is None


def pieces(
    path: Path,
    request: Request,
    *,
    now_ms: int | None = None,
    whole: bool = False,
    on_share: Callable[[float], None] | None = None,
) -> Iterator[Piece]:
    """Everything at a path that is one file, or a folder that is one recording.

    A member of a zip file that can't be read is told and the rest goes on; but a fault in the middle of a stream, of
    which pieces were given already, refuses the file as a whole.

    Args:
        path: a file, or a folder that a source knows as one recording.
        request: what the person said beside it.
        now_ms: the present; a recording that lies after it is refused. None leaves that unchecked.
        whole: recordings as a whole, also where a source could give them in parts.
        on_share: told which share of the file has been read, 0..1.
    Raises:
        SourceError: nothing of it can be used.
    """
    probe = replace(look(path), on_share=on_share)
    if probe.shape != "zip" or best_source(probe) is not None:
        yield from _of_file(probe, request, now_ms, whole=whole)
        return
    found = False
    for name, member in walk_members(probe):
        for piece in _of_member(name, member, request, now_ms, whole=whole):
            found = found or not piece.skipped
            yield piece
    if not found:
        source_of(probe)  # says that it holds nothing


def _of_member(
    name: str, member: Probe | SourceError, request: Request, now_ms: int | None, *, whole: bool
) -> Iterator[Piece]:
    shown = name.rpartition("/")[2]
    if isinstance(member, SourceError):
        yield Piece(shown) if not _says_something(member) else Piece(shown, fault=member)
        return
    given = False
    try:
        for piece in _of_file(member, request, now_ms, whole=whole):
            given = True
            yield piece
    except NotRecognised:
        yield Piece(shown)
    except SourceError as fault:
        if given:
            raise
        yield Piece(shown, fault=fault)


def _says_something(fault: SourceError) -> bool:
    """An empty file in an export is nothing that a person should hear of."""
    return "is empty" not in fault.phrase.template


def _of_file(probe: Probe, request: Request, now_ms: int | None, *, whole: bool) -> Iterator[Piece]:
    """The recordings of one probe, placed and checked.

    Raises:
        SourceError: it can't be read, or holds nothing.
    """
    found = False
    for recording in _guarded(probe, request, whole=whole):
        found = True
        placed = _placed(recording, request)
        try:
            check(placed, now_ms=now_ms)
        except SourceError as fault:
            yield Piece(placed.name, fault=fault)
        else:
            yield Piece(placed.name, placed)
    if not found:
        raise nothing_found(probe.name)


def _guarded(probe: Probe, request: Request, *, whole: bool) -> Iterator[Recording]:
    """Read with the right source; the last border: whatever does not fit together becomes a SourceError."""
    mapped = request.mapping is not None and probe.shape == "file"
    source = generic_csv.SOURCE if mapped else source_of(probe)
    try:
        # A number too large for a time must not pass as some other number.
        with np.errstate(invalid="raise", over="raise"):
            if source.parts is None or whole:
                yield from source.read(probe, request)
            else:
                yield from source.parts(probe, request)
    except ShapeError as fault:
        raise Implausible(
            Phrase("{name}: the times in it do not fit together. Export it again.", {"name": probe.name})
        ) from fault
    except ArithmeticError as fault:
        raise Malformed(
            Phrase("{name} holds numbers far beyond any time or interval. Export it again.", {"name": probe.name})
        ) from fault
    except OSError as fault:
        raise Malformed(Phrase("{name} can't be read to its end. Copy it again.", {"name": probe.name})) from fault


def _placed(recording: Recording, request: Request) -> Recording:
    if request.start_ms is None:
        return recording
    if recording.clock is not None:
        return noted(recording, Phrase("The recording has a clock of its own; the start that was given was not used."))
    moved = at_time(recording, request.start_ms, request.zone or "UTC")
    return noted(moved, Phrase("The recording has no clock; it was placed at the start that was given."))


def nothing_found(name: str) -> NotRecognised:
    """A path without a recording."""
    return NotRecognised(Phrase("{name} holds no recording. Give a folder with recordings, or a file.", {"name": name}))
