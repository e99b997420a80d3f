"""From a strap on the skin to pieces of a recording, for hours: finds it, holds on to it, and hands over what came.

A piece is handed over about once a minute, so that whatever stops the program costs no more than that. A connection
that breaks is looked for again, ever less often; a connection that stays silent is broken off. Where a piece can't be
kept it is offered again with the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uitknop.core import Phrase, Recording
from uitknop.core.errors import SourceError, UitknopError
from uitknop.core.table import Value
from uitknop.live.assembler import HOLD_MS, Assembler
from uitknop.live.events import Event, EventKind, Tell
from uitknop.live.packet import HEART_RATE_MEASUREMENT
from uitknop.live.radio import Radio, Strap, find_straps, never_heard, none_found, several_found

if TYPE_CHECKING:
    from bleak.backends.device import BLEDevice

    Near = tuple[Strap, BLEDevice]

Sink = Callable[[Recording], None]
"""Keeps a piece for good, or raises a `UitknopError`."""


@dataclass(frozen=True, slots=True)
class Pace(Value):
    """How long things take, in seconds.

    Args:
        piece_s: from one piece to the next; with the ten seconds a packet waits, a minute at most is at risk.
        look_s: how long the first search goes on.
        collect_s: how long straps are collected before one is chosen.
        silent_s: a connection without a packet for this long is broken off.
        patience_s: a strap that was found but sent nothing for this long is given up.
        first_wait_s: before the first try to get a lost strap back; doubled each time.
        last_wait_s: the longest wait between two tries.
        tick_s: how often the clock is looked at.
    """

    piece_s: float = 45.0
    look_s: float = 60.0
    collect_s: float = 5.0
    silent_s: float = 30.0
    patience_s: float = 120.0
    first_wait_s: float = 1.0
    last_wait_s: float = 30.0
    tick_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Recorded(Value):
    """What a recording came to."""

    strap: Strap
    n_beats: int
    n_lost: int
    n_malformed: int
    start_ms: int
    end_ms: int


async def record(
    sink: Sink,
    *,
    zone: str,
    now_ms: Callable[[], float],
    steady_ms: Callable[[], float],
    tell: Tell,
    wanted: str | None = None,
    minutes: float | None = None,
    stop: asyncio.Event | None = None,
    radio: Radio | None = None,
    pace: Pace | None = None,
    near: Near | None = None,
) -> Recorded:
    """Record from a strap until `minutes` have passed, `stop` is set or the task is cancelled.

    Args:
        sink: keeps each piece; consecutive pieces share one beat while a run goes on.
        zone: zone in which the person is.
        now_ms: the clock, UTC ms; it may be set while the recording goes on.
        steady_ms: ms since any moment, on a clock that nobody sets: all that lasts is measured by it.
        tell: hears what happens.
        wanted: part of the strap's name, or its address; needed where several are near.
        minutes: how long; None until stopped.
        stop: set it to end cleanly.
        radio: the Bluetooth to use; None for that of this computer.
        pace: how long things take.
        near: the strap, when `look_for` found it before.
    Raises:
        SourceError: no Bluetooth, no strap, or several.
        UitknopError: the last piece could not be kept.
    """
    pace, radio, stop = pace or Pace(), radio or Radio(), stop or asyncio.Event()
    strap, device = near or await look_for(wanted, tell=tell, radio=radio, pace=pace)
    session = _Session(strap, device, sink, zone, now_ms, steady_ms, tell, radio, pace, stop)
    session.end_ms = None if minutes is None else session.began_ms + minutes * 60_000
    try:
        await session.run()
    except asyncio.CancelledError:  # asked to end: what came is kept below
        pass
    finally:
        session.hand_over(final=True)
    session.report("ended", Phrase("Recorded {n} beats.", {"n": session.n_beats}))
    return session.recorded()


async def look_for(wanted: str | None, *, tell: Tell, radio: Radio | None = None, pace: Pace | None = None) -> Near:
    """The strap asked for, or the only one near; for `record`, in the same event loop.

    Args:
        wanted: part of its name, or its address; None for the only one near.
        tell: hears what happens.
        radio: the Bluetooth to use; None for that of this computer.
        pace: how long things take.
    Raises:
        SourceError: no Bluetooth, no strap, or several.
    """
    pace, radio = pace or Pace(), radio or Radio()
    tell(Event("searching", Phrase("Looking for a heart rate strap.")))
    strap, device = await _choose(radio, wanted, pace)
    tell(Event("found", Phrase("Found {name}.", {"name": strap.name})))
    return strap, device


async def _choose(radio: Radio, wanted: str | None, pace: Pace) -> Near:
    """The strap asked for, or the only one near."""
    left_s = pace.look_s
    while left_s > 0:
        seconds = min(left_s, pace.collect_s)
        found = await find_straps(radio, seconds, wanted)
        if len(found) > 1:
            raise several_found(tuple(strap for strap, _ in found))
        if found:
            return found[0]
        left_s -= seconds
    raise none_found(wanted)


class _Session:
    """One recording from one strap."""

    def __init__(
        self,
        strap: Strap,
        device: BLEDevice,
        sink: Sink,
        zone: str,
        now_ms: Callable[[], float],
        steady_ms: Callable[[], float],
        tell: Tell,
        radio: Radio,
        pace: Pace,
        stop: asyncio.Event,
    ) -> None:
        self.strap, self.sink, self.now_ms, self.tell = strap, sink, now_ms, tell
        self.radio, self.pace, self.stop = radio, pace, stop
        self.steady_ms = steady_ms
        self.start_ms, self.began_ms = now_ms(), steady_ms()
        self.end_ms: float | None = None
        self.n_beats = self.n_lost = 0
        self._device = device
        self._assembler = Assembler(strap.name, zone)
        self._unkept: list[Recording] = []
        self._handed_ms = self._heard_ms = self.began_ms
        self._last_beat_ms = -1
        self._contact: bool | None = None
        self._is_back = False
        self._broken = asyncio.Event()
        self._fault: Exception | None = None

    def report(self, kind: EventKind, phrase: Phrase) -> None:
        """Tell what happened."""
        self.tell(Event(kind, phrase, self.n_beats))

    def recorded(self) -> Recorded:
        """What it came to."""
        lasted_ms = self.steady_ms() - self.began_ms
        end_ms = round(max(self.now_ms(), self.start_ms + lasted_ms))  # also where the clock was set back
        n_malformed = self._assembler.n_malformed
        return Recorded(self.strap, self.n_beats, self.n_lost, n_malformed, round(self.start_ms), end_ms)

    async def run(self) -> None:
        """Stay connected until it is time to end."""
        wait_s = self.pace.first_wait_s
        while not self._is_over():
            heard_ms = self._heard_ms
            await self._connected()
            self._assembler.lost()
            self.hand_over(final=False)
            if self._is_over():
                return
            if self._heard_ms > heard_ms:
                wait_s = self.pace.first_wait_s
                self.n_lost += 1
                self._is_back = True
                self.report(
                    "lost", Phrase("The strap is out of reach; trying to get it back. Nothing that came is lost.")
                )
            elif self._heard_ms == self.began_ms and self.steady_ms() - self.began_ms > 1000 * self.pace.patience_s:
                raise never_heard(self.strap.name)
            await self._pause(wait_s)
            wait_s = min(2 * wait_s, self.pace.last_wait_s)
            await self._look_again()

    async def _connected(self) -> None:
        """One connection, from the first to the last packet."""
        from bleak import BleakClient

        self._broken.clear()
        client = BleakClient(self._device, lambda _client: self._broken.set(), backend=self.radio.client)
        try:
            if await _worked(client.connect()) and await _worked(
                client.start_notify(HEART_RATE_MEASUREMENT, self._notified)
            ):
                await self._listen()
        finally:
            await _worked(client.disconnect())
        if self._fault is not None:
            raise self._fault

    async def _listen(self) -> None:
        """Hand over in time, until the connection breaks, stays silent, or it is time to end."""
        from_ms = self.steady_ms()
        while not self._broken.is_set() and not self._is_over():
            await self._pause(self.pace.tick_s, self._broken)
            if self.steady_ms() - self._handed_ms >= 1000 * self.pace.piece_s:
                self.hand_over(final=False)
            if self.steady_ms() - max(from_ms, self._heard_ms) > 1000 * self.pace.silent_s:
                return

    def _notified(self, _sender: object, data: bytearray) -> None:
        """Called by the radio, which would keep an error to itself."""
        try:
            self._hear(bytes(data))
        except Exception as fault:
            self._fault = fault
            self._broken.set()

    def _hear(self, data: bytes) -> None:
        """One notification."""
        self._heard_ms = self.steady_ms()
        packet = self._assembler.add(self.now_ms(), data)
        if self._is_back:
            self._is_back = False
            self.report("back", Phrase("The strap is back."))
        if packet is not None and packet.contact is not None and packet.contact != self._contact:
            if not packet.contact:
                self.report("no_contact", Phrase("The strap feels no skin. Wet its electrodes and tighten it."))
            elif self._contact is not None:
                self.report("contact", Phrase("The strap feels the skin again."))
            self._contact = packet.contact

    def hand_over(self, *, final: bool) -> None:
        """Give the sink what came; what it can't keep is offered again, until the end.

        Raises:
            UitknopError: it is the end, and the sink still can't keep it.
        """
        self._handed_ms = self.steady_ms()
        piece = self._assembler.take(None if final else self.now_ms() - HOLD_MS)
        self._unkept += [] if piece is None else [piece]
        try:
            while self._unkept:
                self.sink(self._unkept[0])
                self._count(self._unkept.pop(0))
                if not self._unkept:
                    self.report("written", Phrase("{n} beats so far.", {"n": self.n_beats}))
        except UitknopError as fault:
            if final:
                raise
            self.report("not_written", Phrase("Not written yet, trying again soon: {why}", {"why": fault.phrase}))

    def _count(self, piece: Recording) -> None:
        if piece.beats is not None:
            self.n_beats += int((piece.beats.t_ms > self._last_beat_ms).sum())
            self._last_beat_ms = int(piece.beats.t_ms[-1])

    async def _look_again(self) -> None:
        """See whether the strap is near; without that, some systems can't connect to it."""
        if self._is_over():
            return
        try:
            found = await find_straps(self.radio, self.pace.collect_s, self.strap.address)
        except SourceError:  # Bluetooth was switched off for a while
            return
        if found:
            self._device = found[0][1]

    async def _pause(self, seconds: float, until: asyncio.Event | None = None) -> None:
        """Wait; less when it is time to end, or when `until` is set."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self.stop, until) if event is not None]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _is_over(self) -> bool:
        return self.stop.is_set() or (self.end_ms is not None and self.steady_ms() >= self.end_ms)


async def _worked(asked: Awaitable[object]) -> bool:
    """Whether the radio did what it was asked; each system has errors of its own, and all mean: not connected."""
    try:
        await asked
    except Exception:
        return False
    return True
