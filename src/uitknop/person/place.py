"""Where a person's file lies, and what lies beside it."""

from __future__ import annotations

from pathlib import Path

from uitknop.store.inbox import inbox_path
from uitknop.store.key_file import keys_path

NAME = "person.uitknop"


def default_path() -> Path:
    """The person's file in the user data folder of this system (platformdirs)."""
    from platformdirs import user_data_path

    return user_data_path("uitknop", appauthor=False) / NAME


def everything_at(path: Path) -> tuple[Path, ...]:
    """Every file that belongs to a person's file: itself, its log, its keys, and taps that wait."""
    logs = tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))
    return (path, *logs, keys_path(path), inbox_path(path))
