"""A strap over Bluetooth, live: every beat once, in order, with its time. Imports sources, store and core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.live.assembler import Assembler as Assembler
    from uitknop.live.events import Event as Event
    from uitknop.live.packet import HeartRatePacket as HeartRatePacket
    from uitknop.live.packet import decode as decode
    from uitknop.live.radio import Radio as Radio
    from uitknop.live.radio import Strap as Strap
    from uitknop.live.recorder import Pace as Pace
    from uitknop.live.recorder import Recorded as Recorded
    from uitknop.live.recorder import look_for as look_for
    from uitknop.live.recorder import record as record

_HOMES = {
    "Assembler": "uitknop.live.assembler",
    "Event": "uitknop.live.events",
    "HeartRatePacket": "uitknop.live.packet",
    "decode": "uitknop.live.packet",
    "Radio": "uitknop.live.radio",
    "Strap": "uitknop.live.radio",
    "Pace": "uitknop.live.recorder",
    "Recorded": "uitknop.live.recorder",
    "look_for": "uitknop.live.recorder",
    "record": "uitknop.live.recorder",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
