"""What the messages of a FIT file say about the heart, in the order they were written.

Field names and scales: FIT SDK profile. Fillers (65535) never become values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from uitknop.sources.fit_wellness import FIT_EPOCH_S, Wellness

POWER_ON_S = 0x10000000
"""FIT times below count from when the device was switched on: no clock."""

_FILLER = 65535
_LATE_FROM_S = 0x10000 - 3600  # a message may be written up to an hour late; further back it is the next round
_BBI_MASK = 0x3FFF
_BBI_GAP = 0x8000


class Field(Protocol):
    """A decoded field, as far as it is used here."""

    name: str
    value: Any


class Message(Protocol):
    """A decoded message, as far as it is used here."""

    @property
    def name(self) -> str:
        """Name in the profile."""
        ...

    @property
    def fields(self) -> Sequence[Field]:
        """Its fields."""
        ...


@dataclass(slots=True)
class Written:
    """Intervals in the order they were written.

    Args:
        rr_ms: the intervals.
        arrival_ms: the first time written at or after each; UTC ms.
        broken: whether something was lost just before each.
    """

    rr_ms: list[float] = field(default_factory=list)
    arrival_ms: list[int] = field(default_factory=list)
    broken: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class Collected:
    """What was found: intervals of a strap, intervals of the watch, (ms, bpm) of the heart rate, and the rest."""

    strap: Written = field(default_factory=Written)
    watch: Written = field(default_factory=Written)
    heart_rate: list[tuple[int, float]] = field(default_factory=list)
    wellness: Wellness = field(default_factory=Wellness)
    clocked: bool = True
    device: str = ""


def collect(messages: Iterable[Message]) -> Collected:
    """Walk through the messages once."""
    found = Collected()
    last_s: int | None = None
    for message in messages:
        values = _values(message)
        now_s = _seconds(values, last_s, found)
        if now_s is not None:
            last_s = now_s if last_s is None else max(last_s, now_s)
            _arrived(found.strap, last_s * 1000)
        _take(found, message.name, values, now_s)
        found.wellness.take(message.name, values, now_s)
    if last_s is not None:
        _arrived(found.strap, last_s * 1000)
    return found


def _values(message: Message) -> dict[str, list[Any]]:
    """All values by field name; fields of one name (unpacked arrays) in their order."""
    values: dict[str, list[Any]] = {}
    for item in message.fields:
        value = item.value
        values.setdefault(item.name, []).extend(value if isinstance(value, (tuple, list)) else [value])
    return values


def _arrived(written: Written, now_ms: int) -> None:
    """Every interval that still waits for a time was written before now."""
    written.arrival_ms.extend([now_ms] * (len(written.rr_ms) - len(written.arrival_ms)))


def _take(found: Collected, name: str, values: dict[str, list[Any]], now_s: int | None) -> None:
    if name == "hrv":
        for seconds in values.get("time", []):
            if isinstance(seconds, (int, float)) and seconds * 1000 < _FILLER:
                found.strap.rr_ms.append(float(seconds) * 1000)
                found.strap.broken.append(False)
    elif name == "beat_intervals" and now_s is not None:
        _take_watch(found.watch, values.get("time", []), [], _written_ms(values, now_s))
    elif name == "raw_bbi" and now_s is not None:
        packed = [value for value in values.get("data", []) if isinstance(value, int) and value != _FILLER]
        lost = [bool(value & _BBI_GAP) for value in packed]
        _take_watch(found.watch, [value & _BBI_MASK for value in packed], lost, _written_ms(values, now_s))
    elif name in {"record", "monitoring"} and now_s is not None:
        rate = values.get("heart_rate", [None])[0]
        if isinstance(rate, (int, float)):
            found.heart_rate.append((now_s * 1000, float(rate)))
    elif name == "file_id":
        product = values.get("garmin_product", [None])[0]
        found.device = "" if product is None else f"Garmin {product}"[:60]


def _written_ms(values: dict[str, list[Any]], now_s: int) -> int:
    part_ms = values.get("timestamp_ms", [None])[0]
    return now_s * 1000 + (part_ms if isinstance(part_ms, int) and part_ms < 1000 else 0)


def _take_watch(written: Written, times: list[Any], lost: list[bool], now_ms: int) -> None:
    """Intervals of one message; one marked as a gap is left out and breaks the run."""
    after_loss = False
    for i, value in enumerate(times):
        if not isinstance(value, int) or not 0 < value < _FILLER:
            continue
        if i < len(lost) and lost[i]:
            after_loss = True
            continue
        written.rr_ms.append(float(value))
        written.arrival_ms.append(max(now_ms, written.arrival_ms[-1] if written.arrival_ms else now_ms))
        written.broken.append(after_loss)
        after_loss = False


def _seconds(values: dict[str, list[Any]], last_s: int | None, found: Collected) -> int | None:
    """Seconds since 1970 of a message (or since power-on); a 16-bit time counts on from the last full one."""
    value = values.get("timestamp", [None])[0]
    if isinstance(value, datetime):
        return round(value.timestamp())
    if isinstance(value, int) and value < POWER_ON_S:
        found.clocked = False
        return value
    short = values.get("timestamp_16", [None])[0]
    if isinstance(short, int) and last_s is not None:
        last_fit = last_s - FIT_EPOCH_S if found.clocked else last_s
        ahead_s = (short - last_fit) & 0xFFFF
        return last_s + (ahead_s if ahead_s < _LATE_FROM_S else ahead_s - 0x10000)
    return None
