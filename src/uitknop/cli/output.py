"""Files that a command writes because it was asked to: refused before any work, never with a traceback."""

from __future__ import annotations

import os
from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import Malformed


def check_writable(path: Path) -> None:
    """Refuse before the work what could not be written after it.

    Raises:
        Malformed: no such folder, or no writing there.
    """
    folder = path.resolve().parent
    if not folder.is_dir():
        raise Malformed(
            Phrase("The folder for {name} does not exist. Make it first, or choose another one.", {"name": path.name})
        )
    if path.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        raise _not_written(path)


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8.

    Raises:
        Malformed: it can't be written.
    """
    write_bytes(path, text.encode(errors="replace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, and the folders it stands in.

    Raises:
        Malformed: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as fault:
        raise _not_written(path) from fault


def _not_written(path: Path) -> Malformed:
    return Malformed(
        Phrase(
            "{name} can't be written. Choose another name or folder, and check that there is room.",
            {"name": path.name or "folder"},
        )
    )
