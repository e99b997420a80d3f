"""Build hook: turns the catalogues of words (.po) into the form gettext reads (.mo), beside them.

Hatchling calls it for wheels and editable installs; `python hatch_build.py` does it by hand. The .mo files are never
in the repository.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src/uitknop/locale")


def compile_catalogues(root: Path) -> list[Path]:
    """Writes each catalogue's .mo where it is missing or differs; gives all of them.

    An entry that is fuzzy or has no translation is left out, so that gettext falls back to the English template.
    """
    compiled = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as words:
            catalogue = read_po(words)
        made = io.BytesIO()
        write_mo(made, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != made.getvalue():
            # Written aside and moved, for another process may be reading it.
            aside = target.with_suffix(f".{os.getpid()}")
            aside.write_bytes(made.getvalue())
            aside.replace(target)
        compiled.append(target)
    return compiled


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles before the files are gathered, and takes the result along although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by Hatchling before a build; `build_data` is its list of what goes in."""
        root = Path(self.root)
        build_data["artifacts"].extend(f"/{path.relative_to(root).as_posix()}" for path in compile_catalogues(root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent)
