"""Files that a form brings, written as they come in beside the person's file and nowhere else.

The usual reader of forms would put them into the system's folder for temporary files, where what a person's heart did
may lie on after us.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import IO

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from uitknop.core.errors import Malformed

MOST_FILES = 2_000
NAME_LONGEST = 120


class Received:
    """What comes in of one form: its files, each under a name that is safe on every system.

    Args:
        folder: where to, made for this and readable by its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self.files: list[Path] = []
        self._folder = folder
        self._field = b""
        self._told: dict[bytes, bytes] = {}
        self._open: IO[bytes] | None = None

    def part_begins(self) -> None:
        """A part of the form follows."""
        self._told = {}

    def name_of_line(self, data: bytes, start: int, end: int) -> None:
        """Some of the name of a line of the part's head."""
        self._field += data[start:end]

    def value_of_line(self, data: bytes, start: int, end: int) -> None:
        """Some of its value."""
        name = self._field.lower()
        self._told[name] = self._told.get(name, b"") + data[start:end]

    def line_ends(self) -> None:
        """One line of the head is whole."""
        self._field = b""

    def head_ends(self) -> None:
        """What the part is, is known: a file is opened; anything else is let pass.

        Raises:
            Malformed: more files than anybody has.
        """
        _, told = parse_options_header(self._told.get(b"content-disposition", b""))
        name = told.get(b"filename", b"").decode("utf-8", "replace")
        if not name:
            return
        if len(self.files) >= MOST_FILES:
            raise Malformed("That is more files than can come in at once. Choose a folder's zip file, or fewer files.")
        inner = self._folder / f"{len(self.files):04d}"  # each alone, so that equal names do not meet
        inner.mkdir(mode=0o700)
        path = inner / safe_name(name)
        self._open = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.files.append(path)

    def data(self, data: bytes, start: int, end: int) -> None:
        """Some of the part."""
        if self._open is not None:
            self._open.write(data[start:end])

    def part_ends(self) -> None:
        """The part is whole."""
        self.close()

    def close(self) -> None:
        """Whatever is open is closed."""
        if self._open is not None:
            self._open.close()
            self._open = None


async def receive(request: Request, folder: Path) -> list[Path]:
    """The files of a form, in a folder.

    Raises:
        Malformed: it is no form with files, or it broke off.
        OSError: they can't be written.
    """
    kind, told = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not told.get(b"boundary"):
        raise _broken()
    received = Received(folder)
    parser = MultipartParser(
        told[b"boundary"],
        {
            "on_part_begin": received.part_begins,
            "on_header_field": received.name_of_line,
            "on_header_value": received.value_of_line,
            "on_header_end": received.line_ends,
            "on_headers_finished": received.head_ends,
            "on_part_data": received.data,
            "on_part_end": received.part_ends,
        },
    )
    try:
        async for piece in request.stream():
            parser.write(piece)
        parser.finalize()
    except ValueError as fault:
        raise _broken() from fault
    finally:
        received.close()
    return [path for path in received.files if path.stat().st_size]


def safe_name(name: str) -> str:
    """A file name without folders or signs that mean something to a system; never empty.

    >>> safe_name("C:\\\\Users\\\\me\\\\RR 1.txt"), safe_name("../../etc/passwd"), safe_name("...")
    ('RR 1.txt', 'passwd', 'file')
    """
    last = re.split(r"[\\/]", name)[-1]
    clean = re.sub(r"[^\w .()+-]", "_", last).strip(" .")
    return clean[-NAME_LONGEST:] or "file"


def _broken() -> Malformed:
    return Malformed("The files did not arrive whole, and nothing was taken in. Choose them again.")
