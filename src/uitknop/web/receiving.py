"""Where the beats go that pages hear: into the file, in pieces, each together with the number of packets it holds.

What came and is not kept yet is told to the page as such, which holds on to it. It is kept once a minute, when the page
leaves, when it falls silent, when the file is locked and when the program stops.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from uitknop.core import Value
from uitknop.core.errors import UitknopError
from uitknop.live.assembler import NAME
from uitknop.live.keep import VERSION
from uitknop.store import Origin, Store
from uitknop.web.circumstances import Circumstances
from uitknop.web.stream import Mark, Packet, Stream
from uitknop.web.vault import Locked, Vault

MARKS, KEY = "live_marks", "live_key"
"""Settings: how far the latest recordings are kept, and the key with which a page locks what it holds on to."""

MOST_STREAMS = 8
SILENT_S = 20.0
"""A page that sent nothing for this long is gone."""

AHEAD_MS = 86_400_000
"""The clock of a page may be ahead by so much; it is the same computer, so there is no reason for more."""


@dataclass(frozen=True, slots=True)
class Taken(Value):
    """What a page is told.

    Args:
        wanted: number of the packet that is wanted next.
        kept: packets before this number are in the file; the page may let go of them.
    """

    wanted: int
    kept: int


class Receiving:
    """The recordings that pages make.

    Args:
        here: the clocks.
        vault: the file; everything here is done in its thread.
        on_kept: called when a recording came to rest, so that it can be judged.
    """

    def __init__(self, here: Circumstances, vault: Vault, on_kept: Callable[[], None]) -> None:
        self._here = here
        self._vault = vault
        self._on_kept = on_kept
        self._streams: dict[str, Stream] = {}
        self._timer: threading.Timer | None = None

    def key(self) -> str:
        """The key with which pages lock what they hold on to, hexadecimal: who can't open the file can't read it.

        Raises:
            Locked: the file is locked.
        """

        def found(store: Store) -> str:
            key = store.setting(KEY)
            if key is None:
                key = secrets.token_hex(32)
                store.keep_setting(KEY, key)
            return key

        return self._vault.do(found)

    def take(self, name: str, device: str, zone: str, packets: Iterable[Packet], *, leaves: bool) -> Taken:
        """Take in what a page sends.

        Args:
            name: of the recording; the page made it up.
            device: name of the strap.
            zone: where the person is.
            packets: in any order, any number of times.
            leaves: whether the page goes; then everything is kept at once.
        Raises:
            Locked: the file is locked.
        """

        def taken(store: Store) -> Taken:
            stream = self._stream(store, name, device, zone)
            stream.hear(packets, latest_ms=self._here.now_ms() + AHEAD_MS)
            if leaves:
                stream.end_run()
            self._keep(store, name, stream)
            return Taken(stream.wanted, stream.mark.kept)

        told = self._vault.do(taken)
        self._watch()
        if leaves:
            self._on_kept()
        return told

    def finish(self) -> None:
        """Keep all there is; what can't be written stays with the page."""
        self._unwatch()

        def kept(store: Store) -> None:
            for name, stream in self._streams.items():
                stream.end_run()
                self._keep(store, name, stream)

        with suppress(Locked):
            self._vault.do(kept)

    def forget(self) -> None:
        """Keep all there is, and hold nothing: the file is about to be closed."""
        self.finish()
        self._streams = {}

    def _stream(self, store: Store, name: str, device: str, zone: str) -> Stream:
        if name not in self._streams:
            while len(self._streams) >= MOST_STREAMS:
                oldest = next(iter(self._streams))
                stream = self._streams.pop(oldest)
                stream.end_run()
                self._keep(store, oldest, stream)
            self._streams[name] = Stream(device, zone, _marks(store).get(name, Mark()))
        return self._streams[name]

    def _keep(self, store: Store, name: str, stream: Stream) -> None:
        """Write what waits: beats and mark together, or neither. Where that fails, it waits on."""
        with suppress(UitknopError):
            while stream.pieces:
                piece = stream.pieces[0]
                if piece.recording is None:
                    _mark(store, name, piece.mark)
                else:
                    self._vault.lines.between(store, 0, 0)  # at hand as the file holds them, before it changes
                    origin = Origin(piece.recording.name, "", NAME, VERSION, "", self._here.now_ms())
                    with store.batch(origin) as batch:
                        batch.add(piece.recording)
                        _mark(store, name, piece.mark)
                    self._vault.lines.unchanged(store)
                stream.was_kept(piece)

    def _watch(self) -> None:
        self._unwatch()
        self._timer = threading.Timer(SILENT_S, self._fell_silent)
        self._timer.daemon = True
        self._timer.start()

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _fell_silent(self) -> None:
        with suppress(RuntimeError):  # the program stops: then it was kept already
            self.finish()
            self._on_kept()


def _marks(store: Store) -> dict[str, Mark]:
    found = json.loads(store.setting(MARKS) or "{}")
    return {name: Mark(kept, None if last is None else (last[0], last[1])) for name, (kept, last) in found.items()}


def _mark(store: Store, name: str, mark: Mark) -> None:
    marks = _marks(store)
    marks.pop(name, None)
    marks[name] = mark
    latest = list(marks.items())[-MOST_STREAMS:]
    store.keep_setting(MARKS, json.dumps({name: [mark.kept, mark.last] for name, mark in latest}))
