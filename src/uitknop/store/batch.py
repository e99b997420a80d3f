"""One file taken in: all of it or nothing."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from uitknop.core.beats import Beats
from uitknop.core.errors import StoreError
from uitknop.core.phrase import Phrase
from uitknop.core.recording import Recording, Samples
from uitknop.store import driver, ledger, sql
from uitknop.store.border import border
from uitknop.store.entries import add_entries, clean_text
from uitknop.store.ingest import Ingest
from uitknop.store.notes import write_note
from uitknop.store.rows import Float64s, Int64s, Rows
from uitknop.store.values import Kept, Origin

_TELLING = 256
"""Rows from the start of a clockless recording by which it is known again: no two hearts agree for so long."""

_MOST_NOTES = 200
"""Notes one batch keeps."""


class Batch:
    """What `Store.batch` gives: recordings are added to it and count once its `with` block has ended well."""

    def __init__(self, db: driver.Connection, name: str, origin: Origin) -> None:
        self._db, self._name, self._origin = db, name, origin
        texts = (origin.name, origin.sha256, origin.source, origin.parser, origin.options)
        cursor = db.execute(sql.ADD_BATCH, (*map(clean_text, texts), int(origin.added_ms)))
        self.id = int(cursor.lastrowid or 0)
        self.kept = Kept()
        self._rows = Ingest(db, self.id, name)
        self._clocks: dict[tuple[str, str, str], str] = {}
        self._zones: set[tuple[int, str]] = set()
        self._moments: list[int] = []
        self._notes: dict[str, None] = {}
        self._whole = True

    def add(self, recording: Recording) -> Kept:
        """Take in a recording, or a piece of one.

        Pieces of one file may come in any order. Where a run goes on from one piece to the next, let the later piece
        begin with the last interval of the earlier one: a beat starts a run only if nothing that is known says that
        the interval continues. All pieces of a clockless recording share its name, and the first comes first.

        Returns: how much of it was new.
        Raises:
            StoreError: the disk is full or faulty; leave the `with` block, nothing of the batch is kept.
        """
        self._require_whole()
        self._whole = False  # until all of the piece is in: an error leaves part of it, which must never be kept
        with border(self._name):
            own_clock = "" if recording.clock is not None else self._own_clock(recording)
            kept = Kept()
            if recording.beats is not None:
                kept += self._add_beats(recording, recording.beats, own_clock)
            for samples in recording.samples:
                kept += self._add_samples(recording, samples, own_clock)
            person = clean_text(recording.person)
            if recording.entries:
                kept += add_entries(self._db, self.id, recording.entries, person, own_clock, self._rows.hours)
            if recording.clock is not None:
                self._note_times(recording, recording.clock)
            self._notes.update(dict.fromkeys(write_note(note) for note in recording.notes))
            self.kept += kept
        self._whole = True
        return kept

    def supersede(self, batch_id: int) -> None:
        """Withdraw another batch together with adding this one: the same file, read another way.

        Raises:
            StoreError: there is no such batch.
        """
        with border(self._name):
            ledger.withdraw(self._db, batch_id, self._origin.added_ms)

    def finish(self) -> None:
        """Write down what the batch brought; its last step.

        Raises:
            StoreError: an earlier step had failed.
        """
        self._require_whole()
        notes = json.dumps(list(self._notes)[:_MOST_NOTES])
        first_ms, last_ms = (min(self._moments), max(self._moments)) if self._moments else (None, None)
        kept = (self.kept.n_new, self.kept.n_known, self.kept.n_aside)
        self._db.execute(sql.FINISH_BATCH, (*kept, first_ms, last_ms, notes, self.id))
        zones = [(at_ms, zone, self.id) for at_ms, zone in sorted(self._zones)]
        self._db.executemany(sql.ADD_ZONE, zones)
        ledger.add_change(self._db, self.id, "added", self._origin.added_ms, self._rows.hours)

    def _require_whole(self) -> None:
        if not self._whole:
            raise StoreError(
                Phrase(
                    "Taking {file} into {name} broke off before its end, so nothing of it is kept. Try it again.",
                    {"file": self._origin.name, "name": self._name},
                )
            )

    def _add_beats(self, recording: Recording, beats: Beats, own_clock: str) -> Kept:
        rows = Rows(beats.t_ms, beats.rr_ms, beats.flag, beats.starts_run)
        return self._add_rows(recording, beats.kind, beats.device, rows, beats.tick_ms, own_clock)

    def _add_samples(self, recording: Recording, samples: Samples, own_clock: str) -> Kept:
        n = len(samples)
        rows = Rows(samples.t_ms, samples.value, np.zeros(n, np.uint8), np.zeros(n, np.bool_))
        return self._add_rows(recording, samples.kind, samples.device, rows, None, own_clock)

    def _add_rows(
        self, recording: Recording, kind: str, device: str, rows: Rows, tick_ms: float | None, own_clock: str
    ) -> Kept:
        if not len(rows):
            return Kept()
        source, device, person = (clean_text(text) for text in (recording.source, device, recording.person))
        series_id = self._rows.series_id(kind, source, device, person, own_clock)
        return self._rows.add(kind, series_id, rows, tick_ms, recording.grade, on_utc=not own_clock)

    def _own_clock(self, recording: Recording) -> str:
        """Name of a clockless recording: the digest of how it begins, so that a copy of the file shares it."""
        key = (recording.source, recording.name, recording.person)
        if key not in self._clocks:
            digest = hashlib.sha256()
            for t_ms, value in _columns(recording):
                digest.update(t_ms[:_TELLING].astype("<i8").tobytes() + value[:_TELLING].astype("<f8").tobytes())
            for entry in recording.entries[:_TELLING]:
                digest.update(clean_text(repr(entry)).encode())
            self._clocks[key] = digest.hexdigest()[:32]
        return self._clocks[key]

    def _note_times(self, recording: Recording, zone: str) -> None:
        moments = [int(t_ms[i]) for t_ms, _ in _columns(recording) if t_ms.size for i in (0, -1)]
        moments += [int(entry.at_ms) for entry in recording.entries]
        if moments:
            self._zones.add((min(moments), clean_text(zone)))
            self._moments += [min(moments), max(moments)]


def _columns(recording: Recording) -> list[tuple[Int64s, Float64s]]:
    """Times and values of all series of a recording."""
    columns = [] if recording.beats is None else [(recording.beats.t_ms, recording.beats.rr_ms)]
    return columns + [(samples.t_ms, samples.value) for samples in recording.samples]
