"""Files into the person's file: each is one batch, all of it or nothing; what is there already is skipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from uitknop.core import Phrase, Recording, Value
from uitknop.core.errors import Malformed, NotRecognised, SourceError
from uitknop.person.bounded import bounded
from uitknop.sources import PARSERS, Found, Mapping, dump_mapping, find_files, pieces, request_of
from uitknop.sources.mapping import parse_mapping
from uitknop.sources.source import Request
from uitknop.store import BatchInfo, Kept, Origin, Store

Outcome = Literal["new", "known", "refused", "no_recording"]
Progress = Callable[[float, float, str], None]


@dataclass(frozen=True, slots=True)
class Taken(Value):
    """What became of one file.

    Args:
        name: of the file.
        outcome: new: taken in; known: it was there already; refused: with why; no_recording: found in a folder, and of
            another kind.
        kept: facts that were new, known and kept aside.
        why: why the file was refused or left.
        refused: members of a zip file that were refused, each with why.
        skipped: members that are of another kind.
        clockless: recordings in it without a clock, which take no part in what is judged.
        notes: what the source assumed, repaired or left out.
    """

    name: str
    outcome: Outcome
    kept: Kept = field(default_factory=Kept)
    why: Phrase | None = None
    refused: tuple[tuple[str, Phrase], ...] = ()
    skipped: tuple[str, ...] = ()
    clockless: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = ()


def take_in(
    store: Store,
    paths: Iterable[Path],
    *,
    now_ms: int,
    zone: str | None = None,
    start_ms: int | None = None,
    mapping: Mapping | None = None,
    person: str | None = None,
    on_progress: Progress | None = None,
    on_taken: Callable[[Taken], None] | None = None,
) -> tuple[Taken, ...]:
    """Take files, folders and zip files in. Stopped half-way, whole files stay; run it again and it goes on.

    Args:
        store: the person's file.
        paths: what to take in.
        now_ms: the present; nothing later is believed.
        zone: of local times in the files; the person's own when None, and a note says so.
        start_ms: UTC ms at which a recording without a clock began.
        mapping: which column is what, for a table of the person's own.
        person: whose recordings, where a file tells of several people; a person's file holds one.
        on_progress: told bytes done, bytes in all, and the name of the file at hand.
        on_taken: told of each file as soon as it is in, or why it is not.
    Raises:
        Malformed: no such zone, or one start for several files.
        StoreError: the person's file can't be written; the files before stay in.
    """
    request = request_of(zone or store.setting("zone"), start_ms, mapping)
    found, unseen = find_files(paths)
    if start_ms is not None and len(found) + len(unseen) > 1:
        raise _one_start()
    sizes = [_size_of(each.path) for each in found]
    whole, done = max(1, sum(sizes)), 0
    taken = [Taken(name, "refused", why=fault.phrase) for name, fault in unseen]
    for each, size in zip(found, sizes, strict=True):
        tell = _teller(on_progress, done, size, whole, each.path.name)
        reading = _Reading(each, request, person, zone is not None, now_ms, tell)
        one = _take_one(store, reading)
        taken.append(one)
        if on_taken is not None:
            on_taken(one)
        done += size
    if on_progress is not None:
        on_progress(whole, whole, "")
    return tuple(taken)


def _teller(on_progress: Progress | None, done: int, size: int, whole: int, name: str) -> Callable[[float], None]:
    def tell(share: float) -> None:
        if on_progress is not None:
            on_progress(done + share * size, whole, name)

    tell(0.0)
    return tell


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file to read, and how: whether the zone was said this time, and whom to tell how far it is."""

    found: Found
    request: Request
    person: str | None
    zone_said: bool
    now_ms: int
    on_share: Callable[[float], None]


def _take_one(store: Store, reading: _Reading) -> Taken:
    path = reading.found.path
    try:
        sha256 = digest_of(path)
    except OSError:
        why = Phrase("{name} can't be opened. Check that you may read it.", {"name": path.name})
        return Taken(path.name, "refused", why=why)
    before = store.batch_of(sha256)
    if before:
        reading = _as_said_before(reading, before[-1].origin)
    origin = Origin(path.name, sha256, "", PARSERS, _options(reading), reading.now_ms)
    alike = (origin.parser, origin.options)
    same = next((each for each in before if (each.origin.parser, each.origin.options) == alike), None)
    if same is not None:
        return Taken(path.name, "known", Kept(n_known=same.kept.n_new + same.kept.n_known))
    try:
        return _read_into(store, reading, origin, before)
    except NotRecognised as fault:
        return Taken(path.name, "no_recording" if reading.found.searched else "refused", why=fault.phrase)
    except SourceError as fault:
        return Taken(path.name, "refused", why=fault.phrase)


def _read_into(store: Store, reading: _Reading, origin: Origin, before: tuple[BatchInfo, ...]) -> Taken:
    """All pieces of one file in one batch, in place of the same file read otherwise: its times would stand beside the
    new ones, an hour off.

    Raises:
        SourceError: the file can't be used; nothing of it was kept, and what it gave before stays.
    """
    path, kept = reading.found.path, Kept()
    people = _People(path.name, reading.person, store)
    read: dict[str, None] = {}
    clockless: dict[str, None] = {}
    skipped: dict[str, None] = {}
    notes: dict[Phrase, None] = {}
    refused: list[tuple[str, Phrase]] = []
    with bounded(path.name, _size_of(path)), store.batch(origin) as batch:
        for each in before:
            batch.supersede(each.id)
        for piece in pieces(path, reading.request, now_ms=reading.now_ms, on_share=reading.on_share):
            if piece.fault is not None:
                refused.append((piece.name, piece.fault.phrase))
            elif piece.recording is None or not people.wants(piece.recording):
                skipped[piece.name] = None
            else:
                kept += batch.add(piece.recording)
                read[piece.name] = None
                notes.update(dict.fromkeys(piece.recording.notes))
                if piece.recording.clock is None:
                    clockless[piece.name] = None
        if reading.request.start_ms is not None and len(read) > 1:
            raise _one_start()
        if not read:
            raise _first_fault(path.name, refused)
    return Taken(path.name, "new", kept, None, tuple(refused), tuple(skipped), tuple(clockless), tuple(notes))


@dataclass(slots=True)
class _People:
    """Sees to it that a person's file stays that of one person.

    Args:
        name: of the file that is read.
        chosen: whose recordings are wanted; None when nothing was said.
        store: the person's file.
    """

    name: str
    chosen: str | None
    store: Store
    known: set[str] = field(default_factory=set)

    def wants(self, recording: Recording) -> bool:
        """Whether a recording is to be taken in.

        Raises:
            Malformed: it is of somebody else than what is there.
        """
        if not recording.person:
            return True
        if self.chosen is not None and recording.person != self.chosen:
            return False
        if recording.person in self.known:
            return True
        self.known.update((recording.person, *(each.person for each in self.store.series())))
        named = sorted(self.known - {""})
        if len(named) > 1:
            raise Malformed(
                Phrase(
                    "{name} would put several people into one file: {names}. Choose one with --person, and give each "
                    "a file of their own with --file.",
                    {"name": self.name, "names": ", ".join(named[:10])},
                )
            )
        return True


def _one_start() -> Malformed:
    return Malformed(Phrase("--start tells when one recording began. Give it with one file that holds one recording."))


def _first_fault(name: str, refused: list[tuple[str, Phrase]]) -> SourceError:
    if refused:
        return SourceError(refused[0][1])
    return NotRecognised(Phrase("{name} holds no recording. Give a folder with recordings, or a file.", {"name": name}))


def _as_said_before(reading: _Reading, origin: Origin) -> _Reading:
    """What is not said this time stays as it was said when the same file was read before."""
    old, request = json.loads(origin.options), reading.request
    return replace(
        reading,
        request=Request(
            request.zone if reading.zone_said else old["zone"],
            old["start_ms"] if request.start_ms is None else request.start_ms,
            parse_mapping(old["mapping"], origin.name)
            if request.mapping is None and old["mapping"] is not None
            else request.mapping,
        ),
        person=reading.person or old["person"],
    )


def _options(reading: _Reading) -> str:
    request = reading.request
    mapping = None if request.mapping is None else dump_mapping(request.mapping)
    told = {"zone": request.zone, "start_ms": request.start_ms, "mapping": mapping, "person": reading.person}
    return json.dumps(told, sort_keys=True)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, or of the names and contents of a folder's own files.

    Raises:
        OSError: it can't be read.
    """
    if not path.is_dir():
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    whole = hashlib.sha256()
    for inside in sorted(each for each in path.iterdir() if each.is_file()):
        with inside.open("rb") as stream:
            whole.update(inside.name.encode(errors="surrogatepass") + hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()


def _size_of(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(inside.stat().st_size for inside in path.iterdir() if inside.is_file())
        return path.stat().st_size
    except OSError:
        return 0
