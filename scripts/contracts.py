"""Writes the import contracts of pyproject.toml from the table of rooms in docs/house.md.

`--write` rewrites the block between the two marks; without it, exit code 1 says that the two differ. A room that has
no code yet stands in the layers as optional and gets its own contract once it exists.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

FIRST = "# Contracts, first line: written by `make contracts` from the table in docs/house.md."
LAST = "# Contracts, last line."
EVERYTHING = "everything below"
FRONT_DOOR_MAY_BE_USED_BY = ("web", "cli")
"""`import uitknop` reaches every room at once, so only the faces may do it."""


def read_table(house: str) -> dict[str, list[str]]:
    """Room by room, lowest first, what it may import; `core` is added to every row but its own.

    Raises:
        ValueError: a row names a room that stands above it or in no row.
    """
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", house, flags=re.MULTILINE)
    allowed: dict[str, list[str]] = {}
    for room, cell in rows:
        words = cell.strip()
        names = list(allowed) if words == EVERYTHING else re.findall(r"\w+", words)
        if words == "nothing of ours":
            names = []
        if unknown := [name for name in names if name not in allowed]:
            raise ValueError(f"docs/house.md: {room} may import {', '.join(unknown)}, which no row above it names")
        allowed[room] = list(dict.fromkeys([*names, *(["core"] if allowed else [])]))
    if len(allowed) < 2:
        raise ValueError("docs/house.md holds no table of rooms")
    return allowed


def existing(rooms: list[str], package: Path) -> list[str]:
    """The rooms that can be imported."""
    return [room for room in rooms if (package / f"{room}.py").exists() or (package / room / "__init__.py").exists()]


def _listed(names: list[str]) -> str:
    return "[\n" + "".join(f'    "{name}",\n' for name in names) + "]"


def _contract(name: str, kind: str, **options: str) -> str:
    lines = ["[[tool.importlinter.contracts]]", f'name = "{name}"', f'type = "{kind}"']
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in options.items())]) + "\n"


def contracts(allowed: dict[str, list[str]], built: list[str]) -> str:
    """The block for pyproject.toml: the layers, one contract per room, and the front door.

    Rooms may import what they are allowed to and so use indirectly what those rooms use; each of those is held by its
    own contract, so that direct imports are the ones to forbid.
    """
    parts = [
        '[tool.importlinter]\nroot_package = "uitknop"\n',
        _contract(
            "The rooms stand on each other in one order, and no folder is without a place",
            "layers",
            layers=_listed([f"({room})" for room in reversed(allowed)]),
            containers='["uitknop"]',
            exhaustive="true",
            exhaustive_ignores='["__main__"]',
        ),
    ]
    for room in built:
        forbidden = [other for other in built if other != room and other not in allowed[room]]
        if forbidden:
            names = ", ".join(allowed[room]) or "nothing of ours"
            parts.append(
                _contract(
                    f"{room} imports {names}",
                    "forbidden",
                    source_modules=f'["uitknop.{room}"]',
                    forbidden_modules=_listed([f"uitknop.{other}" for other in forbidden]),
                    allow_indirect_imports="true",
                )
            )
    behind = [room for room in built if room not in FRONT_DOOR_MAY_BE_USED_BY]
    parts.append(
        _contract(
            "Rooms import rooms, never the front door",
            "forbidden",
            source_modules=_listed([f"uitknop.{room}{rest}" for room in behind for rest in ("", ".**")]),
            forbidden_modules='["uitknop"]',
            allow_indirect_imports="true",
            as_packages="false",
        )
    )
    return "\n".join(parts)


def with_contracts(project: str, block: str) -> str:
    """`project`, the text of pyproject.toml, with the block between the marks replaced, or added at its end."""
    framed = f"{FIRST}\n{block}{LAST}\n"
    if FIRST not in project:
        return f"{project.rstrip()}\n\n{framed}"
    before, rest = project.split(FIRST, 1)
    return before + framed + rest.split(f"{LAST}\n", 1)[1]


def expected(root: Path) -> str:
    """What pyproject.toml should be."""
    allowed = read_table((root / "docs/house.md").read_text(encoding="utf-8"))
    block = contracts(allowed, existing(list(allowed), root / "src/uitknop"))
    return with_contracts((root / "pyproject.toml").read_text(encoding="utf-8"), block)


def main() -> int:
    """Compares or writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="rewrite the block in pyproject.toml")
    write = parser.parse_args().write
    root = Path(__file__).parent.parent
    project, wanted = root / "pyproject.toml", expected(root)
    if write:
        project.write_text(wanted, encoding="utf-8")
        return 0
    if same := project.read_text(encoding="utf-8") == wanted:
        print("The contracts follow the table.")
    else:
        print("pyproject.toml and the table in docs/house.md differ: run `make contracts`.", file=sys.stderr)
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main())
