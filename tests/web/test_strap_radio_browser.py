"""The browser's own Bluetooth on an emulated radio: our page finds a strap, listens, loses it and finds it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

HEART_RATE, MEASUREMENT, SWITCH = (f"0000{short}-0000-1000-8000-00805f9b34fb" for short in ("180d", "2a37", "2902"))
STRAP = "09:09:09:09:09:09"
FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-features=WebBluetooth,WebBluetoothNewPermissionsBackend"]


@pytest.fixture(scope="module")
def with_radio(chromium: str, browser: Browser) -> Iterator[Browser]:
    """A browser with Bluetooth; `browser` has its Playwright running."""
    started = browser.browser_type.launch(executable_path=chromium, args=FLAGS)
    yield started
    started.close()


class Radio:
    """The emulated radio: what the browser asks of it, and the answers."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self.page, self.seen = page, []  # type: tuple[Page, list[dict[str, Any]]]
        self.radio, self.chooser = browser.new_browser_cdp_session(), page.context.new_cdp_session(page)
        for name in ("gattOperationReceived", "characteristicOperationReceived"):
            self.radio.on(f"BluetoothEmulation.{name}", lambda told: self.seen.append(told))
        self.chooser.on("DeviceAccess.deviceRequestPrompted", lambda told: self.seen.append({**told, "type": "prompt"}))
        self.do("enable", state="powered-on", leSupported=True)
        known = {"manufacturerData": [], "knownServiceUuids": [HEART_RATE]}
        self.do("simulatePreconnectedPeripheral", address=STRAP, name="Test strap", **known)
        self.chooser.send("DeviceAccess.enable")

    def do(self, command: str, **told: Any) -> Any:
        return self.radio.send(f"BluetoothEmulation.{command}", told)

    def until(self, kind: str) -> dict[str, Any]:
        for _ in range(250):
            for told in self.seen:
                if told["type"] == kind:
                    self.seen.remove(told)
                    return told
            self.page.wait_for_timeout(20)
        raise AssertionError(f"the browser never asked for {kind}: {[told['type'] for told in self.seen]}")

    def answer(self, kind: str, command: str = "simulateGATTOperationResponse", **told: Any) -> None:
        self.until(kind)
        self.do(command, type=kind, code=0, **told)

    def choose(self) -> None:
        prompt = self.until("prompt")
        self.chooser.send("DeviceAccess.selectPrompt", {"id": prompt["id"], "deviceId": prompt["devices"][0]["id"]})


def test_a_strap_is_found_lost_and_found_again(with_radio: Browser, serving: Callable[..., Any]) -> None:
    app = serving()
    page = with_radio.new_page()
    page.goto(app.door)
    page.goto(app.origin + "/rest")
    radio = Radio(with_radio, page)
    page.locator("[data-strap][data-ready]").wait_for(state="attached")
    page.click("[data-strap] summary")
    page.click("[data-strap-connect]")
    radio.choose()
    radio.answer("connection", address=STRAP)
    service = radio.do("addService", address=STRAP, serviceUuid=HEART_RATE)["serviceId"]
    properties = {"notify": True, "read": True}
    told = {"serviceId": service, "characteristicUuid": MEASUREMENT, "properties": properties}
    beats = radio.do("addCharacteristic", **told)["characteristicId"]
    radio.do("addDescriptor", characteristicId=beats, descriptorUuid=SWITCH)
    radio.answer("discovery", address=STRAP)
    subscribed = {"command": "simulateCharacteristicOperationResponse", "characteristicId": beats}
    radio.answer("subscribe-to-notifications", **subscribed)
    status = page.locator("[data-strap-status]")
    expect(page.locator("[data-strap-leave]")).to_be_visible()
    connected = page.locator("[data-strap]").get_attribute("data-connected")
    expect(status).to_have_text(str(connected))
    radio.do("simulateGATTDisconnection", address=STRAP)
    expect(status).not_to_have_text(str(connected))
    radio.answer("connection", address=STRAP)
    page.close()
