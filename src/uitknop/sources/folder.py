"""Which paths under a folder may hold recordings: bounded, in a fixed order, links not followed."""

from __future__ import annotations

import os
from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import TooLarge
from uitknop.sources.empatica import sniff as sniff_empatica
from uitknop.sources.limits import FOLDER_DEPTH, FOLDER_FILES
from uitknop.sources.probe import Probe

_BESIDE = ("spans.csv", "tags.csv")
"""Files that stand beside a recording and are none."""


def candidates(folder: Path) -> tuple[Path, ...]:
    """Files that may be recordings, and folders that are one (Empatica), sorted.

    Raises:
        TooLarge: more entries than are looked at.
    """
    found: list[Path] = []
    seen = 0
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(here.relative_to(folder).parts) >= FOLDER_DEPTH:
            folders.clear()
        seen += len(files) + len(folders)
        if seen > FOLDER_FILES:
            raise TooLarge(
                Phrase(
                    "{name} holds more than {most} files. Give a smaller folder.",
                    {"name": folder.name, "most": FOLDER_FILES},
                )
            )
        if sniff_empatica(Probe(here, here.name, "folder", 0, b"", tuple(sorted(files)))) > 0:
            found.append(here)
            continue
        found.extend(here / name for name in sorted(files) if not name.startswith(".") and name not in _BESIDE)
    return tuple(sorted(found))
