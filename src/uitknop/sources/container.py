"""What lies in a zip file, one member after the other, each looked at as a file of its own; zip files in it are opened.

Exports of vendors are archives of hundreds of files, now and then of archives. The zip file stays open while its
members are gone through, so that its list of contents is read once.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from uitknop.core.errors import Malformed, SourceError
from uitknop.sources import limits
from uitknop.sources.probe import Probe, check_zip_directory, is_zip, members_of, with_head
from uitknop.sources.unpack import DAMAGE, MISLED, damaged, too_large, too_many

Member = tuple[str, Probe | SourceError]
"""Path inside the zip file, and the member looked at, or why it can't be."""


def walk_members(probe: Probe, *, depth: int = limits.ZIP_DEPTH) -> Iterator[Member]:
    """The files in a zip file that are no folders and not hidden; each is valid until the next is asked for.

    Args:
        probe: of shape "zip".
        depth: how many zip files within it may still be opened.
    Raises:
        SourceError: the zip file itself is damaged or beyond a limit.
    """
    with _opened(probe) as archive:
        done, whole = 0, max(1, sum(entry.compress_size for entry in archive.infolist()))
        for name in members_of(archive):
            path = PurePosixPath(name)
            if probe.on_share is not None:
                probe.on_share(done / whole)
            done += archive.getinfo(name).compress_size
            if path.name.startswith(".") or "__MACOSX" in path.parts:
                continue
            try:
                inner = _look_at_member(probe, archive, name)
            except SourceError as fault:
                yield name, fault
                continue
            if inner.shape != "zip":
                yield name, inner
            elif depth > 0:
                yield from _nested(name, inner, depth - 1)


def _nested(name: str, inner: Probe, depth: int) -> Iterator[Member]:
    try:
        for place, member in walk_members(inner, depth=depth):
            yield f"{name}/{place}", member
    except SourceError as fault:
        yield name, fault


@contextmanager
def _opened(probe: Probe) -> Iterator[zipfile.ZipFile]:
    if probe.archive is not None:  # nested: open it through the zip file around it
        with probe.archive.open(probe.place) as stream, zipfile.ZipFile(stream) as inner:
            yield inner
    else:
        try:
            archive = zipfile.ZipFile(probe.path)
        except (*DAMAGE, *MISLED) as fault:
            raise damaged(probe.name) from fault
        with archive:
            yield archive


def _look_at_member(probe: Probe, archive: zipfile.ZipFile, name: str) -> Probe:
    """One member, with its head; a zip file in it is checked as one on disk is."""
    entry = archive.getinfo(name)
    size = min(entry.compress_size, probe.size)
    shown = PurePosixPath(name).name
    with Probe(probe.path, shown, "file", size, place=name, archive=archive).open() as stream:
        start = stream.read(4)
    if is_zip(start):
        if entry.file_size > limits.NESTED_ZIP_BYTES:
            raise too_large(shown, limits.NESTED_ZIP_BYTES)
        return _look_at_nested(probe, archive, name, entry.file_size)
    gzipped = start[:2] == b"\x1f\x8b"
    bare = shown.removesuffix(".gz") if gzipped else shown
    return with_head(Probe(probe.path, bare, "file", size, packed=gzipped, place=name, archive=archive))


def _look_at_nested(probe: Probe, archive: zipfile.ZipFile, name: str, size: int) -> Probe:
    shown = PurePosixPath(name).name
    try:
        with archive.open(name) as stream:
            check_zip_directory(stream, size, shown)
        with archive.open(name) as stream, zipfile.ZipFile(stream) as inner:
            members = members_of(inner)
    except (*DAMAGE, *MISLED) as fault:
        raise damaged(shown) from fault
    if len(members) > limits.ZIP_MEMBERS:
        raise too_many(shown)
    if not members:
        raise Malformed(damaged(shown).phrase)
    return Probe(probe.path, shown, "zip", size, members=members, place=name, archive=archive)
