"""A first look at a path: what it is, how it begins, what it holds; and bounded reading of the rest.

A gzip file is unpacked on the way. Sizes that a file declares about itself are never trusted: what comes out is
counted while it comes (`uitknop.sources.unpack`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, NotRecognised, TooLarge
from uitknop.sources import limits
from uitknop.sources.unpack import DAMAGE, MISLED, Counted, damaged, too_large, too_many, unpacked

Shape = Literal["file", "folder", "zip"]


@dataclass(frozen=True)
class Probe:
    """A path, or a member of an open zip file, that has been looked at.

    Args:
        path: where it is; of a member, where the zip file is.
        name: its last part, without ".gz": what people are shown.
        shape: a file, a folder, or a zip file.
        size: bytes on disk, of a member as packed; 0 for a folder.
        head: its first bytes, unpacked; empty for a folder or zip file.
        members: names of the files inside a folder (its own files only) or zip file.
        packed: whether it is gzip.
        place: path inside the zip file it is a member of; empty when it is none.
        archive: the open zip file it is a member of; else None.
        on_share: told, while the content is streamed, which share of it has come, 0..1.
    """

    path: Path
    name: str
    shape: Shape
    size: int
    head: bytes = b""
    members: tuple[str, ...] = ()
    packed: bool = False
    place: str = ""
    archive: zipfile.ZipFile | None = field(default=None, repr=False, compare=False)
    on_share: Callable[[float], None] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def head_text(self) -> str:
        """The head as text, without a last line that may be cut; empty when it is not text."""
        if is_binary(self.head):
            return ""
        text = decode(self.head)
        return text if len(self.head) < limits.HEAD_BYTES else text[: text.rfind("\n") + 1]

    @cached_property
    def head_lines(self) -> tuple[str, ...]:
        """The lines of the head that are not blank, without blanks around them."""
        return tuple(line.strip() for line in self.head_text.splitlines() if line.strip())

    @contextmanager
    def open(self, most: int = limits.STREAM_BYTES) -> Iterator[Counted]:
        """The content as a stream, unpacked and counted: for what is too large to hold.

        Raises:
            TooLarge: more than `most` bytes, or more than packing explains.
            Malformed: the packing is damaged.
        """
        if not self.packed and not self.place and self.size > most:
            raise too_large(self.name, most)
        try:
            raw = self.archive.open(self.place) if self.archive is not None else self.path.open("rb")
        except DAMAGE as fault:
            raise damaged(self.name) from fault
        except MISLED as fault:
            if self.archive is None:
                raise
            raise damaged(self.name) from fault
        packed_bytes = self.size if self.packed or self.archive is not None else None
        with (
            raw,
            unpacked(
                raw, self.name, most, gzipped=self.packed, packed_bytes=packed_bytes, on_bytes=self._share_of(raw)
            ) as stream,
        ):
            yield stream

    def _share_of(self, raw: IO[bytes]) -> Callable[[int], None] | None:
        """Turns bytes that came into a share of the whole: of the file on disk, or of what the member says it holds."""
        tell = self.on_share
        if tell is None:
            return None
        if self.archive is not None:
            whole = max(1, self.archive.getinfo(self.place).file_size)
            return lambda done: tell(min(1.0, done / whole))
        return lambda _: tell(min(1.0, raw.tell() / max(1, self.size)))

    def read(self, most: int = limits.TEXT_BYTES) -> bytes:
        """The whole file, unpacked.

        Raises:
            TooLarge: more than `most` bytes.
            Malformed: the packing is damaged.
        """
        with self.open(most) as stream:
            return stream.read()

    def text(self) -> str:
        """The whole file as text.

        Raises:
            TooLarge: too long.
            NotRecognised: it is not text.
        """
        content = self.read()
        if is_binary(content):
            raise NotRecognised(
                Phrase("{name} holds bytes that are no text. Export it as CSV or text.", {"name": self.name})
            )
        return decode(content)

    def member(self, name: str, most: int = limits.TEXT_BYTES) -> str:
        """One file inside a folder or zip file, as text.

        Raises:
            TooLarge, Malformed: as for `read`.
        """
        place = f"{self.name}/{PurePosixPath(name).name}"
        content = self._member_bytes(name, place, most)
        if is_binary(content):
            raise Malformed(Phrase("{name} should be text but is not. Export it again.", {"name": place}))
        return decode(content)

    def _member_bytes(self, name: str, place: str, most: int) -> bytes:
        if self.shape == "folder":
            path = self.path / name
            if path.stat().st_size > most:
                raise too_large(place, most)
            with path.open("rb") as stream:
                return Counted(stream, place, most, None).read()
        try:
            with self._entered() as archive, archive.open(name) as stream:
                packed = min(archive.getinfo(name).compress_size, self.size)
                return Counted(stream, place, most, packed).read()
        except (*DAMAGE, *MISLED) as fault:
            raise damaged(place) from fault

    @contextmanager
    def _entered(self) -> Iterator[zipfile.ZipFile]:
        """The zip file, open; one that is nested stays open for whoever opened it."""
        if self.archive is not None:
            yield self.archive
        else:
            with zipfile.ZipFile(self.path) as archive:
                yield archive


def look(path: Path) -> Probe:
    """Look at a path.

    Raises:
        NotRecognised: nothing is there, or it can't be opened.
        Malformed: it is empty, or the packing is damaged.
        TooLarge: a zip file beyond the limits.
    """
    try:
        if path.is_dir():
            return _look_at_folder(path)
        if not path.exists():
            raise NotRecognised(Phrase("{name} does not exist. Check the path.", {"name": path.name}))
        if not path.is_file():
            raise NotRecognised(Phrase("{name} is no ordinary file. Give a file or a folder.", {"name": path.name}))
        return _look_at_file(path)
    except OSError as fault:
        raise NotRecognised(
            Phrase("{name} can't be opened. Check that you may read it.", {"name": path.name})
        ) from fault


def is_binary(content: bytes) -> bool:
    """Whether bytes are something other than text: zero bytes, or many control characters."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    start = content[: limits.HEAD_BYTES]
    controls = sum(start.count(code) for code in _CONTROLS)
    return b"\0" in content or controls * 50 > len(start)


_CONTROLS = tuple(bytes([code]) for code in range(1, 32) if code not in {9, 10, 11, 12, 13, 26})


def decode(content: bytes) -> str:
    """Text in UTF-8 (with or without a mark), UTF-16 with a mark, or failing that the old Western set of Windows."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").removeprefix("\u00ef\u00bb\u00bf")


def _look_at_file(path: Path) -> Probe:
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(4)
    if is_zip(start):
        return _look_at_zip(path, size)
    gzipped = start[:2] == b"\x1f\x8b"
    name = path.name.removesuffix(".gz") if gzipped else path.name
    return with_head(Probe(path, name, "file", size, packed=gzipped))


def is_zip(start: bytes) -> bool:
    """Whether bytes begin as a zip file does."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def with_head(probe: Probe) -> Probe:
    """The same file with its first bytes.

    Raises:
        Malformed: nothing is in it, or its packing is damaged.
    """
    with probe.open() as stream:
        head = stream.read(limits.HEAD_BYTES)
    if not head.strip():
        raise Malformed(Phrase("{name} is empty. Export the recording again.", {"name": probe.name}))
    return replace(probe, head=head)


def _look_at_folder(path: Path) -> Probe:
    members: list[str] = []
    for entry in path.iterdir():
        if len(members) >= limits.FOLDER_FILES:
            raise TooLarge(
                Phrase(
                    "{name} holds more than {most} files. Give a smaller folder.",
                    {"name": path.name, "most": limits.FOLDER_FILES},
                )
            )
        if entry.is_file():
            members.append(entry.name)
    return Probe(path, path.name or "folder", "folder", 0, b"", tuple(sorted(members)))


def _look_at_zip(path: Path, size: int) -> Probe:
    if size > limits.ZIP_BYTES:
        raise too_large(path.name, limits.ZIP_BYTES)
    with path.open("rb") as stream:
        check_zip_directory(stream, size, path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = members_of(archive)
    except (*DAMAGE, *MISLED) as fault:
        raise damaged(path.name) from fault
    if len(members) > limits.ZIP_MEMBERS:
        raise too_many(path.name)
    return Probe(path, path.name, "zip", size, b"", members)


def members_of(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Names of the files in a zip file, in the order in which they lie in it."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    return tuple(entry.filename for entry in sorted(files, key=lambda entry: entry.header_offset))


def check_zip_directory(stream: IO[bytes], size: int, name: str) -> None:
    """Refuse a list of contents that would itself fill the memory, before it is read.

    Raises:
        TooLarge: it would.
    """
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    end, large = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    directory_bytes = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if b"PK\x06\x07" in tail:  # more than 4 GB or 65,535 members: the sizes stand in a record of their own
        directory_bytes = int.from_bytes(tail[large + 40 : large + 48], "little") if large >= 0 else 1 << 62
    if directory_bytes > limits.ZIP_DIRECTORY_BYTES:
        raise too_many(name)
