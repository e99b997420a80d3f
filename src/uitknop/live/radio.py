"""The border to Bluetooth: finding straps, and what goes wrong there as one sentence."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uitknop.core import Phrase
from uitknop.core.errors import NotRecognised, SourceError
from uitknop.core.table import Value
from uitknop.live.packet import HEART_RATE_SERVICE

if TYPE_CHECKING:
    from bleak.backends.client import BaseBleakClient
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import BaseBleakScanner


@dataclass(frozen=True, slots=True)
class Strap(Value):
    """A strap that was seen: its name, its address, and how strong it is heard in dBm."""

    name: str
    address: str
    strength_dbm: int


@dataclass(frozen=True, slots=True)
class Radio:
    """Which Bluetooth is used; None is that of this computer. Tests swap a made-up one in."""

    scanner: type[BaseBleakScanner] | None = None
    client: type[BaseBleakClient] | None = None


async def find_straps(radio: Radio, seconds: float, wanted: str | None = None) -> tuple[tuple[Strap, BLEDevice], ...]:
    """The straps that offer heart rate, strongest first.

    Args:
        radio: the Bluetooth to use.
        seconds: how long to listen; a strap that is `wanted` ends it at once.
        wanted: part of a name, or an address.
    Raises:
        SourceError: there is no Bluetooth, or it is off.
    """
    from bleak import BleakScanner

    found: dict[str, tuple[Strap, BLEDevice]] = {}
    heard = asyncio.Event()

    def see(device: BLEDevice, told: Any) -> None:
        strap = Strap(device.name or told.local_name or device.address, device.address, told.rssi)
        found[device.address] = (strap, device)
        if wanted is not None and is_wanted(strap, wanted):
            heard.set()

    try:
        async with BleakScanner(see, service_uuids=[HEART_RATE_SERVICE], backend=radio.scanner):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), seconds)
    except Exception as fault:  # each system has errors of its own
        raise no_bluetooth(fault) from fault
    straps = [pair for pair in found.values() if wanted is None or is_wanted(pair[0], wanted)]
    return tuple(sorted(straps, key=lambda pair: -pair[0].strength_dbm))


def is_wanted(strap: Strap, wanted: str) -> bool:
    """Whether a name or address asked for is this strap's."""
    return wanted.lower() in strap.name.lower() or wanted.lower() == strap.address.lower()


def no_bluetooth(fault: Exception) -> SourceError:
    """The error for a computer whose Bluetooth can't be used, with what is known of the reason."""
    reason = getattr(getattr(fault, "reason", None), "name", "")
    if reason == "POWERED_OFF":
        return SourceError(Phrase("Bluetooth is off. Switch it on and try again."))
    if reason.startswith("DENIED"):
        return SourceError(
            Phrase("This program may not use Bluetooth. Allow it in the settings of the system and try again.")
        )
    return SourceError(
        Phrase(
            "No Bluetooth that works was found on this computer. Switch it on, or plug in an adapter; recordings of a "
            "phone app can be read from a file."
        )
    )


def none_found(wanted: str | None) -> SourceError:
    """The error for when no strap was heard."""
    if wanted is not None:
        return NotRecognised(
            Phrase(
                'No strap called "{name}" was heard. Wear it, wet its electrodes, and close the app that may hold it; '
                "without --name every strap is looked for.",
                {"name": wanted},
            )
        )
    return NotRecognised(
        Phrase(
            "No heart rate strap was heard. Wear it, wet its electrodes, and close the app or watch that may hold it."
        )
    )


def never_heard(name: str) -> SourceError:
    """The error for a strap that is near but never sent a packet."""
    return NotRecognised(
        Phrase(
            "{name} is near but sends nothing. Close the app or watch that may hold it, wet its electrodes, or take it "
            "off and on again.",
            {"name": name},
        )
    )


def several_found(straps: tuple[Strap, ...]) -> SourceError:
    """The error for when there is more than one, with their names."""
    names = ", ".join(f"{strap.name} ({strap.address})" for strap in straps[:10])
    return NotRecognised(
        Phrase(
            "{n} straps are near: {names}. Choose yours with --name and a part of its name, or its address.",
            {"n": len(straps), "names": names},
        )
    )
