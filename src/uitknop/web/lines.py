"""The lines of the diary, kept at hand: a year of them takes half a second to read, and a page a tenth of that.

What the app writes itself is added here as it is written; when the number of the last change says that somebody else
wrote, everything is read anew. Used in the file's own thread only.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from uitknop.core import Entry, Recording, Span
from uitknop.guidance import OpenFlag, flags_of
from uitknop.person.unlock import TAPS
from uitknop.state import read_diary
from uitknop.store import BatchInfo, Origin, Store
from uitknop.web.resting import BESIDE

UNCHANGED_BY = ("now", "felt", "refreshed")
"""Labels of answers that can neither raise nor close a red flag."""


class Lines:
    """The diary of an open file."""

    def __init__(self) -> None:
        self._revision = -1
        self._entries: list[Entry] = []
        self._batches: dict[int, int] = {}
        self._files: tuple[BatchInfo, ...] = ()
        self._flags: tuple[OpenFlag, ...] | None = None
        self.overtaken = False
        """Whether somebody else has written meanwhile; whoever acts on it sets it back."""

    def all(self, store: Store) -> Sequence[Entry]:
        """Every line, in order of time."""
        self._catch_up(store)
        return self._entries

    def between(self, store: Store, start_ms: int, end_ms: int) -> list[Entry]:
        """The lines that begin in a stretch of time."""
        self._catch_up(store)
        first, last = (bisect_left(self._entries, at_ms, key=_moment) for at_ms in (start_ms, end_ms))
        return self._entries[first:last]

    def files(self, store: Store) -> tuple[BatchInfo, ...]:
        """The files that were taken in and count, in the order they came."""
        self._catch_up(store)
        return self._files

    def batch_of(self, entry: Entry) -> int | None:
        """The number by which a tapped line is taken back; None for one that came from a file."""
        return self._batches.get(entry.at_ms)

    def flags(self, store: Store, *, now_ms: int, zone: str) -> tuple[OpenFlag, ...]:
        """The red flags that are open, the most urgent first."""
        self._catch_up(store)
        if self._flags is None:
            self._flags = flags_of(read_diary(self._entries, now_ms=now_ms, zone=zone))
        return self._flags

    def write(self, store: Store, entries: Sequence[Entry], now_ms: int) -> int:
        """Lines as one batch, and its number."""
        self._catch_up(store)
        with store.batch(Origin(TAPS, "", TAPS, "", "", now_ms)) as batch:
            kept = batch.add(Recording(TAPS, TAPS, entries[0].zone, None, (), tuple(entries), "D"))
        if store.revision == self._revision + 1 and kept.n_new == len(entries):
            self._revision += 1
            for entry in entries:
                insort(self._entries, entry, key=_place)
                self._batches[entry.at_ms] = batch.id
            self._keep_flags(entries)
        else:
            self._catch_up(store)
        return batch.id

    def take_back(self, store: Store, batch: int, now_ms: int) -> bool:
        """Let something that was tapped no longer count; whether there was such a thing. Imports are not taps."""
        self._catch_up(store)
        moments = {at_ms for at_ms, number in self._batches.items() if number == batch}
        if not moments:
            return False
        store.withdraw(batch, now_ms)
        if store.revision == self._revision + 1:
            self._revision += 1
            for at_ms in moments:
                self._read_anew(store, at_ms)
        return True

    def unchanged(self, store: Store) -> None:
        """The one batch that was just written holds no lines: what is at hand still stands."""
        if store.revision == self._revision + 1:
            self._revision += 1

    def _read_anew(self, store: Store, at_ms: int) -> None:
        """The lines of one moment, as the file holds them now: what another batch knows too stays."""
        gone = self.between(store, at_ms, at_ms + 1)
        kept = [entry for entry in store.entries(Span(at_ms, at_ms + 1)) if entry.at_ms == at_ms]
        first = bisect_left(self._entries, at_ms, key=_moment)
        self._entries[first : first + len(gone)] = sorted(kept, key=_place)
        del self._batches[at_ms]
        self._keep_flags(gone)

    def _catch_up(self, store: Store) -> None:
        """Read everything when what is at hand is not what the file holds."""
        revision = store.revision
        if revision == self._revision:
            return
        self.overtaken |= self._revision >= 0
        self._revision, self._entries, self._flags = revision, list(store.entries()), None
        counting = [each for each in store.batches() if each.withdrawn_ms is None]
        self._files = tuple(each for each in counting if each.origin.source != TAPS)
        self._batches = {
            each.first_ms: each.id for each in counting if each.origin.source == TAPS and each.first_ms is not None
        }

    def _keep_flags(self, changed: Sequence[Entry]) -> None:
        """What is open stays so unless a line came or went that might change it."""
        if not all(_is_harmless(entry) for entry in changed):
            self._flags = None


def _is_harmless(entry: Entry) -> bool:
    """Whether a line can change no red flag: it holds none of a person's own words, and answers no list."""
    if entry.kind == "answer":
        return entry.label in UNCHANGED_BY
    return entry.kind == "posture" or (entry.kind == "rest" and entry.label in BESIDE.values())


def _moment(entry: Entry) -> int:
    return entry.at_ms


def _place(entry: Entry) -> tuple[int, str, str, str]:
    return entry.at_ms, entry.kind, entry.label, entry.value
