"""A first look at a path: what it is, how it begins, what it holds; and bounded reading of the rest.

A gzip file is unpacked on the way. Sizes that a file declares about itself are never trusted: what comes out is
counted while it comes.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, Literal, cast

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, NotRecognised, TooLarge
from uitknop.sources import limits

Shape = Literal["file", "folder", "zip"]


@dataclass(frozen=True)
class Probe:
    """A path that has been looked at.

    Args:
        path: where it is.
        name: its last part, without ".gz": what people are shown.
        shape: a file, a folder, or a zip file.
        size: bytes on disk; 0 for a folder.
        head: its first bytes, unpacked; empty for a folder or zip file.
        members: names of the files inside a folder (its own files only) or zip file.
        packed: whether it is gzip.
    """

    path: Path
    name: str
    shape: Shape
    size: int
    head: bytes = b""
    members: tuple[str, ...] = ()
    packed: bool = False

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

    def read(self, most: int = limits.TEXT_BYTES) -> bytes:
        """The whole file, unpacked.

        Raises:
            TooLarge: more than `most` bytes.
            Malformed: the packing is damaged.
        """
        if not self.packed and self.size > most:
            raise _too_large(self.name, most)
        try:
            with _opened(self.path, self.packed) as stream:
                return _bounded(stream, self.name, most, self.size if self.packed else None)
        except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
            raise _damaged(self.name) from fault

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
                raise _too_large(place, most)
            with path.open("rb") as stream:
                return _bounded(stream, place, most, None)
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as stream:
                packed = max(1, min(archive.getinfo(name).compress_size, self.size))
                return _bounded(stream, place, most, packed)
        except (zipfile.BadZipFile, EOFError, zlib.error, KeyError, NotImplementedError, RuntimeError) as fault:
            raise _damaged(place) from fault


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
    if size == 0:
        raise Malformed(Phrase("{name} is empty. Export the recording again.", {"name": path.name}))
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04" or start == b"PK\x05\x06":
        return _look_at_zip(path, size)
    packed = start[:2] == b"\x1f\x8b"
    name = path.name.removesuffix(".gz") if packed else path.name
    try:
        with _opened(path, packed) as stream:
            head = stream.read(limits.HEAD_BYTES)
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise _damaged(name) from fault
    if not head.strip():
        raise Malformed(Phrase("{name} is empty. Export the recording again.", {"name": name}))
    return Probe(path, name, "file", size, head, (), packed)


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
        raise _too_large(path.name, limits.ZIP_BYTES)
    _check_zip_directory(path, size)
    try:
        with zipfile.ZipFile(path) as archive:
            members = tuple(entry.filename for entry in archive.infolist() if not entry.is_dir())
    except (zipfile.BadZipFile, EOFError, zlib.error, ValueError, NotImplementedError) as fault:
        raise _damaged(path.name) from fault
    if len(members) > limits.ZIP_MEMBERS:
        raise _too_many(path.name)
    return Probe(path, path.name, "zip", size, b"", members)


def _check_zip_directory(path: Path, size: int) -> None:
    """Refuse a list of contents that would itself fill the memory, before it is read."""
    with path.open("rb") as stream:
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    directory_bytes = int.from_bytes(tail[end + 12 : end + 16], "little")
    if b"PK\x06\x07" in tail or (end >= 0 and directory_bytes > limits.ZIP_DIRECTORY_BYTES):
        raise _too_many(path.name)


def _opened(path: Path, packed: bool) -> IO[bytes]:
    if packed:
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _bounded(stream: IO[bytes], name: str, most: int, packed_bytes: int | None) -> bytes:
    blocks: list[bytes] = []
    done = 0
    while block := stream.read(1 << 20):
        done += len(block)
        if done > most:
            raise _too_large(name, most)
        if packed_bytes is not None and done > max(limits.UNPACK_FREE_BYTES, limits.UNPACK_RATIO * packed_bytes):
            raise TooLarge(
                Phrase(
                    "{name} unpacks to more than {ratio} times its size, which no recording does. Nothing was read.",
                    {"name": name, "ratio": limits.UNPACK_RATIO},
                )
            )
        blocks.append(block)
    return b"".join(blocks)


def _too_large(name: str, most: int) -> TooLarge:
    return TooLarge(
        Phrase(
            "{name} is larger than {most_mb} MB, the most that is read from one file. Split it, or export a shorter "
            "time.",
            {"name": name, "most_mb": most // 1_000_000},
        )
    )


def _too_many(name: str) -> TooLarge:
    return TooLarge(
        Phrase(
            "{name} lists more than {most} files. Unpack it and give the folder with the recording.",
            {"name": name, "most": limits.ZIP_MEMBERS},
        )
    )


def _damaged(name: str) -> Malformed:
    return Malformed(Phrase("{name} is damaged or cut off. Copy or download it again.", {"name": name}))
