"""What the days of one run are judged by, and whether it is still so: other windows may work on the same file.

Its parts are kept in the file as soon as a run begins to judge by them. A result counts only while they stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from uitknop.core import Entry, Value
from uitknop.store import Store

LASTING = ("medication", "condition")
"""Kinds of diary line that hold until further notice, so that a change bears on every later day."""

DECIDING = ("core", "signals", "rest", "walk/days.py", "walk/kept.py")
"""Rooms and modules whose code decides what is found in a day; the rest of `walk` only tells of it."""

REVISION, ZONE, CODE, LINES = "judged_revision", "zone_of_days", "code_of_days", "lasting_lines"


class Overtaken(Exception):
    """Another window changed what days are judged by; it never leaves this room."""


@dataclass(frozen=True, slots=True)
class Ground(Value):
    """What every day of one run is judged by.

    Args:
        revision: of the facts; they and all below are as of this one or newer.
        zone: in which days are cut.
        stamp: digest of the code.
        entries: the diary, with the lines that hold this time only.
    """

    revision: int
    zone: str
    stamp: str
    entries: tuple[Entry, ...]

    @property
    def lines(self) -> str:
        """Digest of the diary lines that hold until further notice."""
        return digest_of(self.entries)

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which other windows know it."""
        return {REVISION: str(self.revision), ZONE: self.zone, CODE: self.stamp, LINES: self.lines}


def ground_of(store: Store, held: Sequence[Entry]) -> Ground:
    """What days are to be judged by now; outside a transaction the facts may be newer than the revision, never older.

    Args:
        store: the person's file.
        held: diary lines that hold this time beside those in the file.
    """
    revision = store.revision
    return Ground(revision, zone_of(store), code_stamp(), (*store.entries(), *held))


def zone_of(store: Store) -> str:
    """The zone in which the person's days are cut: the one that was said, else that of the last file."""
    said = store.setting("zone")
    line = store.zone_line()
    return said or (line.zones[-1] if line is not None and line.zones else "UTC")


def is_kept(store: Store, ground: Ground) -> bool:
    """Whether the results in the file are made, or are being made, by this ground."""
    return all(store.setting(name) == value for name, value in ground.settings.items())


@contextmanager
def only_while(store: Store, ground: Ground) -> Iterator[None]:
    """One step in which results are written, if what they were made by still stands.

    Raises:
        Overtaken: it does not; nothing is written.
        Busy, NotWritable: it can't be written now; nothing is.
    """
    with store.transaction():
        if store.revision != ground.revision or not is_kept(store, ground):
            raise Overtaken
        yield


def digest_of(entries: Sequence[Entry]) -> str:
    """Digest of the diary lines that hold until further notice."""
    lasting = sorted(repr(entry) for entry in entries if entry.kind in LASTING)
    return hashlib.sha256("\n".join(lasting).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def code_stamp() -> str:
    """Digest of the code that decides what is found: with other code, every day is judged again."""
    whole = hashlib.sha256()
    for place in DECIDING:
        for source in sorted(_sources(files("uitknop").joinpath(*place.split("/"))), key=lambda each: each.name):
            whole.update(source.name.encode() + source.read_bytes())
    return whole.hexdigest()[:16]


def _sources(place: Traversable) -> Iterator[Traversable]:
    if place.is_dir():
        for each in place.iterdir():
            yield from _sources(each)
    elif place.name.endswith(".py"):
        yield place
