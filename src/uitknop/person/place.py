"""Where a person's file lies, and what lies beside it."""

from __future__ import annotations

import re
from pathlib import Path

from uitknop.store.inbox import inbox_path
from uitknop.store.key_file import keys_path

NAME = "person.uitknop"
MAKING, RESTORING = ".uitknop-making-", ".uitknop-restore-"
WORKSHOPS = (MAKING, RESTORING)
"""How folders begin in which something is put together before it gets its name."""


def default_path() -> Path:
    """The person's file in the user data folder of this system (platformdirs)."""
    from platformdirs import user_data_path

    return user_data_path("uitknop", appauthor=False) / NAME


def everything_at(path: Path) -> tuple[Path, ...]:
    """Every file that belongs to a person's file: itself, its log, its keys, and taps that wait."""
    logs = tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))
    return (path, *logs, keys_path(path), inbox_path(path))


def aside_path(path: Path, number: int) -> Path:
    """Where a file that stood at `path` is kept when a backup is put there."""
    return path.with_name(f"{path.stem}.before-{number}{path.suffix}")


def kept_aside(path: Path) -> tuple[Path, ...]:
    """The files that stood at `path` before, of which something is still there."""
    pattern = re.compile(re.escape(path.stem) + r"\.before-(\d+)" + re.escape(path.suffix))
    names = {each.name.removesuffix(".keys") for each in _beside(path)}
    numbers = sorted(int(found[1]) for name in names if (found := pattern.fullmatch(name)))
    return tuple(aside_path(path, number) for number in numbers)


def left_over(path: Path) -> tuple[Path, ...]:
    """What a process that was killed may have left beside a person's file: half-written files and folders, and
    the address of an app that is gone."""
    name = re.escape(path.name)
    half = re.compile(rf"{name}\.part(-wal|-shm)?|{name}\.door(\.\d+)?|\.{name}\.keys\.[0-9a-f]{{8}}\.new")
    return tuple(each for each in _beside(path) if half.fullmatch(each.name) or each.name.startswith(WORKSHOPS))


def _beside(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []
