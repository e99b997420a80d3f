"""From a path to recordings: look, choose the source, read, check; one file or a folder of many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Implausible, Malformed, NotRecognised, ShapeError, SourceError
from uitknop.core.table import Value
from uitknop.core.timeline import zone_of
from uitknop.sources import generic_csv
from uitknop.sources.folder import candidates
from uitknop.sources.mapping import Mapping
from uitknop.sources.moved import at_time, noted
from uitknop.sources.plausible import check
from uitknop.sources.probe import Probe, look
from uitknop.sources.registry import best_source, source_of
from uitknop.sources.source import Request

Progress = Callable[[int, int], None]


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
    request = Request(_known(zone), start_ms, mapping)
    refused: list[tuple[str, SourceError]] = []
    work: list[tuple[Path, bool]] = []
    for path in map(Path, given):
        try:
            work.extend(_spread(path))
        except SourceError as fault:
            refused.append((path.name, fault))
    recordings: list[Recording] = []
    skipped: list[str] = []
    known: dict[bytes, str] = {}
    for done, (path, searched) in enumerate(work):
        if on_progress is not None:
            on_progress(done, len(work))
        try:
            result = _read_path(path, request, now_ms)
        except NotRecognised as fault:
            if searched:
                skipped.append(path.name)
            else:
                refused.append((path.name, fault))
            continue
        except SourceError as fault:
            refused.append((path.name, fault))
            continue
        for recording in result.recordings:
            mark = _print_of(recording)
            if mark in known:
                refused.append((recording.name, _same_as(recording.name, known[mark])))
                continue
            known[mark] = recording.name
            recordings.append(recording)
        refused.extend(result.refused)
    if on_progress is not None:
        on_progress(len(work), len(work))
    if not recordings and not refused:
        refused.append((_name_of(given), _nothing_found(_name_of(given))))
    return ReadResult(tuple(recordings), tuple(refused), tuple(skipped))


def _spread(path: Path) -> list[tuple[Path, bool]]:
    """The path itself, or what a folder holds that may be a recording; True for what was found by searching."""
    probe = look(path)
    if probe.shape != "folder" or best_source(probe) is not None:
        return [(path, False)]
    return [(found, True) for found in candidates(path)]


def _read_path(path: Path, request: Request, now_ms: int | None) -> ReadResult:
    probe = look(path)
    recordings = _read_probe(probe, request)
    good: list[Recording] = []
    refused: list[tuple[str, SourceError]] = []
    for recording in recordings:
        placed = _placed(recording, request)
        try:
            check(placed, now_ms=now_ms)
        except SourceError as fault:
            refused.append((placed.name, fault))
        else:
            good.append(placed)
    if not recordings:
        raise _nothing_found(probe.name)
    return ReadResult(tuple(good), tuple(refused))


def _read_probe(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """Read with the right source; the last border: whatever does not fit together becomes a SourceError."""
    mapped = request.mapping is not None and probe.shape == "file"
    source = generic_csv.SOURCE if mapped else source_of(probe)
    try:
        # A number too large for a time must not pass as some other number.
        with np.errstate(invalid="raise", over="raise"):
            return source.read(probe, request)
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


def _print_of(recording: Recording) -> bytes:
    """The same for recordings that hold the same beats and heart rate at the same times."""
    digest = hashlib.sha256((recording.clock or "").encode())
    if recording.beats is not None:
        digest.update(recording.beats.t_ms.tobytes() + recording.beats.rr_ms.tobytes())
    for series in recording.samples:
        digest.update(series.kind.encode() + series.t_ms.tobytes() + series.value.tobytes())
    return digest.digest()


def _same_as(name: str, twin: str) -> Implausible:
    return Implausible(
        Phrase("{name} is the same recording as {twin}, and was counted once.", {"name": name, "twin": twin})
    )


def _known(zone: str | None) -> str | None:
    if zone is not None:
        zone_of(zone)
    return zone


def _name_of(given: list[str | Path]) -> str:
    return Path(given[0]).name if given else "nothing"


def _nothing_found(name: str) -> NotRecognised:
    return NotRecognised(Phrase("{name} holds no recording. Give a folder with recordings, or a file.", {"name": name}))
