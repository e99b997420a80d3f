"""Files into the person's file: each is one batch, all of it or nothing; what is there already is skipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from uitknop.core import Phrase, Value
from uitknop.core.errors import NotRecognised, SourceError
from uitknop.person.bounded import bounded
from uitknop.sources import PARSERS, Found, Mapping, dump_mapping, find_files, pieces, request_of
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
        notes: what the source assumed, repaired or left out.
    """

    name: str
    outcome: Outcome
    kept: Kept = field(default_factory=Kept)
    why: Phrase | None = None
    refused: tuple[tuple[str, Phrase], ...] = ()
    skipped: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = ()


def take_in(
    store: Store,
    paths: Iterable[Path],
    *,
    now_ms: int,
    zone: str | None = None,
    start_ms: int | None = None,
    mapping: Mapping | None = None,
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
        on_progress: told bytes done, bytes in all, and the name of the file at hand.
        on_taken: told of each file as soon as it is in, or why it is not.
    """
    request = request_of(zone or store.setting("zone"), start_ms, mapping)
    found, unseen = find_files(paths)
    sizes = [_size_of(each.path) for each in found]
    whole, done = max(1, sum(sizes)), 0
    taken = [Taken(name, "refused", why=fault.phrase) for name, fault in unseen]
    for each, size in zip(found, sizes, strict=True):
        tell = _teller(on_progress, done, size, whole, each.path.name)
        one = _take_one(store, each, request, said=zone is not None, now_ms=now_ms, on_share=tell)
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


def _take_one(
    store: Store, found: Found, request: Request, *, said: bool, now_ms: int, on_share: Callable[[float], None]
) -> Taken:
    path = found.path
    try:
        sha256 = digest_of(path)
    except OSError:
        why = Phrase("{name} can't be opened. Check that you may read it.", {"name": path.name})
        return Taken(path.name, "refused", why=why)
    origin = Origin(path.name, sha256, "", PARSERS, _options(request), now_ms)
    before = store.batch_of(sha256)
    same = next((each for each in before if _read_alike(each.origin, origin, said=said)), None)
    if same is not None:
        _withdraw(store, before, same.id, now_ms)
        return Taken(path.name, "known", Kept(n_known=same.kept.n_new + same.kept.n_known))
    try:
        taken = _read_into(store, found, request, origin, now_ms, on_share)
    except NotRecognised as fault:
        return Taken(path.name, "no_recording" if found.searched else "refused", why=fault.phrase)
    except SourceError as fault:
        return Taken(path.name, "refused", why=fault.phrase)
    if taken.outcome == "new":
        _withdraw(store, before, None, now_ms)
    return taken


def _read_into(
    store: Store, found: Found, request: Request, origin: Origin, now_ms: int, on_share: Callable[[float], None]
) -> Taken:
    """All pieces of one file in one batch.

    Raises:
        SourceError: the file can't be used; nothing of it was kept.
    """
    kept, n_read = Kept(), 0
    skipped: list[str] = []
    refused: list[tuple[str, Phrase]] = []
    notes: dict[Phrase, None] = {}
    with bounded(found.path.name, _size_of(found.path)), store.batch(origin) as batch:
        for piece in pieces(found.path, request, now_ms=now_ms, on_share=on_share):
            if piece.recording is not None:
                kept += batch.add(piece.recording)
                n_read += 1
                notes.update(dict.fromkeys(piece.recording.notes))
            elif piece.fault is not None:
                refused.append((piece.name, piece.fault.phrase))
            else:
                skipped.append(piece.name)
        if not n_read:
            raise _first_fault(found.path.name, refused)
    return Taken(found.path.name, "new", kept, None, tuple(refused), tuple(skipped), tuple(notes))


def _first_fault(name: str, refused: list[tuple[str, Phrase]]) -> SourceError:
    if refused:
        return SourceError(refused[0][1])
    return NotRecognised(Phrase("{name} holds no recording. Give a folder with recordings, or a file.", {"name": name}))


def _withdraw(store: Store, before: tuple[BatchInfo, ...], but: int | None, now_ms: int) -> None:
    """The same file read otherwise no longer counts: its times would stand beside the new ones, an hour off."""
    for each in before:
        if each.id != but:
            store.withdraw(each.id, now_ms)


def _read_alike(there: Origin, now: Origin, *, said: bool) -> bool:
    """Whether reading the file again would give the same facts; what is not said this time stays as it was said."""
    if there.parser != now.parser:
        return False
    old, new = json.loads(there.options), json.loads(now.options)
    return all(old[key] == new[key] for key in ("start_ms", "mapping") if new[key] is not None) and (
        not said or old["zone"] == new["zone"]
    )


def _options(request: Request) -> str:
    mapping = None if request.mapping is None else dump_mapping(request.mapping)
    return json.dumps({"zone": request.zone, "start_ms": request.start_ms, "mapping": mapping}, sort_keys=True)


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
