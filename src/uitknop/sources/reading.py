"""From a path to recordings: look, choose the source, read, check; one file or a folder of many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Implausible, Malformed, NotRecognised, SourceError
from uitknop.core.table import Value
from uitknop.core.timeline import zone_of
from uitknop.sources.folder import candidates
from uitknop.sources.mapping import Mapping
from uitknop.sources.pieces import Piece, nothing_found, pieces
from uitknop.sources.probe import look
from uitknop.sources.registry import best_source
from uitknop.sources.source import Request

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found(Value):
    """A file to read.

    Args:
        path: where it is; a folder when that is one recording.
        searched: it was found in a folder, so that being no recording is no fault.
    """

    path: Path
    searched: bool


@dataclass(frozen=True, slots=True)
class ReadResult(Value):
    """What many paths gave.

    Args:
        recordings: what could be read.
        refused: name and error of what could not.
        skipped: names of files in a folder that are no recordings.
    """

    recordings: tuple[Recording, ...]
    refused: tuple[tuple[str, SourceError], ...] = ()
    skipped: tuple[str, ...] = ()


def read(
    path: str | Path,
    *,
    zone: str | None = None,
    start_ms: int | None = None,
    mapping: Mapping | None = None,
    now_ms: int | None = None,
) -> Recording:
    """The one recording at a path.

    Args:
        path: a file, or a folder or zip file that is one recording.
        zone: zone of local times in the file; without it they are read as UTC, and a note says so.
        start_ms: UTC ms at which a recording without a clock started.
        mapping: which column is what, for a table of your own.
        now_ms: the present; a recording that lies after it is refused. None leaves that unchecked.
    Raises:
        NotRecognised: no source knows it.
        Malformed: broken content, or more than one recording.
        TooLarge: beyond a limit.
        Implausible: no body does this.
    """
    found = read_many(path, zone=zone, start_ms=start_ms, mapping=mapping, now_ms=now_ms)
    if len(found.recordings) == 1 and not found.refused:
        return found.recordings[0]
    if not found.recordings:
        raise found.refused[0][1]
    raise Malformed(
        Phrase(
            "{name} holds {found} recordings where one was expected. Give one of them, or read them all.",
            {"name": Path(path).name, "found": len(found.recordings) + len(found.refused)},
        )
    )


def read_many(
    path_or_paths: str | Path | Iterable[str | Path],
    *,
    zone: str | None = None,
    start_ms: int | None = None,
    mapping: Mapping | None = None,
    now_ms: int | None = None,
    on_progress: Progress | None = None,
) -> ReadResult:
    """All recordings at one or more paths; folders are searched. What can't be read is told, the rest goes on.

    Args:
        path_or_paths: files and folders.
        zone, start_ms, mapping, now_ms: as for `read`.
        on_progress: called with (files done, files in all).
    Raises:
        Malformed: the zone does not exist.
    """
    given = [path_or_paths] if isinstance(path_or_paths, (str, Path)) else list(path_or_paths)
    request = request_of(zone, start_ms, mapping)
    work, unseen = find_files(given)
    refused = list(unseen)
    recordings: list[Recording] = []
    skipped: list[str] = []
    known: dict[bytes, str] = {}
    for done, found in enumerate(work):
        if on_progress is not None:
            on_progress(done, len(work))
        for piece in _tried(found, request, now_ms):
            if piece.fault is not None:
                refused.append((piece.name, piece.fault))
            elif piece.recording is None:
                skipped.append(piece.name)
            elif (mark := _print_of(piece.recording)) in known:
                refused.append((piece.name, _same_as(piece.name, known[mark])))
            else:
                known[mark] = piece.name
                recordings.append(piece.recording)
    if on_progress is not None:
        on_progress(len(work), len(work))
    if not recordings and not refused:
        refused.append((_name_of(given), nothing_found(_name_of(given))))
    return ReadResult(tuple(recordings), tuple(refused), tuple(skipped))


def _tried(found: Found, request: Request, now_ms: int | None) -> Iterator[Piece]:
    """What one file gives; that it can't be read is one of the answers."""
    try:
        yield from pieces(found.path, request, now_ms=now_ms, whole=True)
    except NotRecognised as fault:
        yield Piece(found.path.name) if found.searched else Piece(found.path.name, fault=fault)
    except SourceError as fault:
        yield Piece(found.path.name, fault=fault)


def find_files(paths: Iterable[str | Path]) -> tuple[tuple[Found, ...], tuple[tuple[str, SourceError], ...]]:
    """Every file that may be a recording: the paths themselves, and what folders hold; and what can't be looked at."""
    found: list[Found] = []
    refused: list[tuple[str, SourceError]] = []
    for path in map(Path, paths):
        try:
            probe = look(path)
            if probe.shape != "folder" or best_source(probe) is not None:
                found.append(Found(path, False))
            else:
                found.extend(Found(inside, True) for inside in candidates(path))
        except SourceError as fault:
            refused.append((path.name, fault))
    return tuple(found), tuple(refused)


def request_of(zone: str | None = None, start_ms: int | None = None, mapping: Mapping | None = None) -> Request:
    """What the person said beside the files.

    Raises:
        Malformed: the zone does not exist.
    """
    if zone is not None:
        zone_of(zone)
    return Request(zone, start_ms, mapping)


def _print_of(recording: Recording) -> bytes:
    """The same for recordings that hold the same beats and heart rate at the same times, or without beats, the same."""
    digest = hashlib.sha256((recording.clock or "").encode())
    if recording.beats is not None:
        digest.update(recording.beats.t_ms.tobytes() + recording.beats.rr_ms.tobytes())
    for series in recording.samples:
        digest.update(series.kind.encode() + series.t_ms.tobytes() + series.value.tobytes())
    if recording.beats is None:
        digest.update(repr(recording.entries).encode())
    return digest.digest()


def _same_as(name: str, twin: str) -> Implausible:
    return Implausible(
        Phrase("{name} is the same recording as {twin}, and was counted once.", {"name": name, "twin": twin})
    )


def _name_of(given: list[str | Path]) -> str:
    return Path(given[0]).name if given else "nothing"
