"""A Bluetooth of our own: bleak's real classes on a strap that plays back what a test wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakError
from strap import START_MS, Came

from uitknop.live import Radio
from uitknop.live.packet import HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE


@dataclass
class Scene:
    """What happens: which straps are near, what the one that is connected sends, and what time it is."""

    came: list[Came]
    near: tuple[tuple[str, str], ...] = (("Test strap", "09:09:09:09:09:09"),)
    refusals: int = 0
    off: Exception | None = None
    silent: bool = False
    now: float = START_MS
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    position: int = 0
    n_connected: int = 0
    n_disconnected: int = 0
    n_scans: int = 0
    set_at: int = -1
    step_ms: float = 0.0

    def now_ms(self) -> float:
        """The clock on the wall, which is set by `step_ms` at the packet `set_at`."""
        return self.now + self.step_ms * (0 <= self.set_at < self.position)

    def steady_ms(self) -> float:
        return self.now - START_MS

    def radio(self) -> Radio:
        scene = self

        class Client(FakeClient):
            script = scene

        class Scanner(FakeScanner):
            script = scene

        return Radio(Scanner, Client)


class FakeScanner(BaseBleakScanner):
    script: Scene

    def __init__(self, callback: Any, service_uuids: Any, scanning_mode: str, **_options: Any) -> None:
        super().__init__(callback, service_uuids)

    async def start(self) -> None:
        self.script.n_scans += 1
        if self.script.off is not None:
            raise self.script.off
        for i, (name, address) in enumerate(self.script.near):
            told = AdvertisementData(name, {}, {}, [HEART_RATE_SERVICE], None, -50 - i, ())
            self.call_detection_callbacks(BLEDevice(address, name, None), told)

    async def stop(self) -> None:
        pass


class FakeClient(BaseBleakClient):
    script: Scene
    is_connected, name, mtu_size = False, "Test strap", 23
    pump: asyncio.Task[None] | None = None

    def __init__(self, device: Any, **options: Any) -> None:
        super().__init__(device, **options)
        service, self.services = BleakGATTService(None, 1, HEART_RATE_SERVICE), BleakGATTServiceCollection()
        self.services.add_service(service)
        self.services.add_characteristic(
            BleakGATTCharacteristic(None, 2, HEART_RATE_MEASUREMENT, ["notify"], lambda: 20, service)
        )

    async def connect(self, pair: bool, **_options: Any) -> None:
        if self.script.refusals:
            self.script.refusals -= 1
            self.script.now += 500
            raise BleakError("device not reachable")
        self.script.n_connected += 1
        self.is_connected = True

    async def disconnect(self) -> None:
        self.script.n_disconnected += 1
        self.is_connected = False
        if self.pump is not None:
            self.pump.cancel()

    async def start_notify(self, characteristic: Any, callback: Callable[[bytearray], None], **_options: Any) -> None:
        self.pump = asyncio.create_task(self._play(callback))

    async def stop_notify(self, characteristic: Any) -> None:
        pass

    async def _play(self, callback: Callable[[bytearray], None]) -> None:
        scene = self.script
        while scene.silent:
            scene.now += 1000
            await asyncio.sleep(0)
        while scene.position < len(scene.came):
            one = scene.came[scene.position]
            scene.position += 1
            scene.now = max(scene.now, one.at_ms)
            if one.data is None:
                self.is_connected = False
                if self._disconnected_callback is not None:
                    self._disconnected_callback()
                return
            callback(bytearray(one.data))
            await asyncio.sleep(0)
        scene.stop.set()

    async def unused(self, *_args: Any, **_options: Any) -> Any:
        raise NotImplementedError

    pair = unpair = read_gatt_char = read_gatt_descriptor = write_gatt_char = write_gatt_descriptor = unused
