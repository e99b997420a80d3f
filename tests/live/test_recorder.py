"""A recording from the first search to the last beat, on a Bluetooth of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np
import pytest
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from fake_bluetooth import Scene
from hypothesis import given, settings
from hypothesis import strategies as st
from strap import START_MS, TICK_MS, Came, arrived_ticks, deliver, heart, packet, send, unlike

from uitknop.core import Recording
from uitknop.core.errors import NotRecognised, SourceError, StoreError
from uitknop.live import Event, Pace, Recorded, record

FAST = Pace(look_s=0.05, collect_s=0.01, first_wait_s=0.0, last_wait_s=0.0, tick_s=0.0)


class Heard:
    """Keeps the pieces and the events of one recording."""

    def __init__(self, fails: Callable[[int], bool] = lambda _n: False) -> None:
        self.pieces: list[Recording] = []
        self.at_ms: list[float] = []
        self.events: list[Event] = []
        self.n_offered = 0
        self.fails = fails
        self.scene: Scene | None = None

    def keep(self, piece: Recording) -> None:
        self.n_offered += 1
        if self.fails(self.n_offered):
            raise StoreError("The disk is full.")
        self.pieces.append(piece)
        self.at_ms.append(self.scene.now if self.scene else 0.0)

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events if event.kind != "written"]

    def ticks(self) -> list[int]:
        found: list[int] = []
        last_ms = -1
        for piece in self.pieces:
            assert piece.beats is not None
            new = piece.beats.t_ms > last_ms
            found += [int(tick) for tick in np.rint(piece.beats.rr_ms[new] / TICK_MS)]
            last_ms = int(piece.beats.t_ms[-1])
        return found


def recorded(scene: Scene, heard: Heard, wanted: str | None = None, minutes: float | None = None) -> Recorded:
    heard.scene = scene
    return asyncio.run(
        record(
            heard.keep,
            zone="Europe/Amsterdam",
            now_ms=scene.now_ms,
            steady_ms=scene.steady_ms,
            tell=heard.events.append,
            wanted=wanted,
            minutes=minutes,
            stop=scene.stop,
            radio=scene.radio(),
            pace=FAST,
        )
    )


def plain(n: int, seed: int = 1) -> list[Came]:
    return [
        Came(one.at_ms, one.data, i)
        for i, one in enumerate(send(unlike(heart(np.random.default_rng(seed), n, 900, 30))))
    ]


@given(st.integers(0, 2**32 - 1), st.integers(450, 1250), st.booleans())
@settings(max_examples=12, deadline=None)
def test_every_beat_arrives_once_and_in_order(seed: int, mean_ms: int, late: bool) -> None:
    rng = np.random.default_rng(seed)
    sent = send(unlike(heart(rng, 200, mean_ms, 30)), rng=rng)
    came = deliver(sent, rng, lost=0.02, held=0.03 if late else 0.0, twice=0.0 if late else 0.1)
    heard = Heard()
    result = recorded(Scene(came), heard)
    assert heard.ticks() == arrived_ticks(sent, came)
    assert result.n_beats == len(heard.ticks())


def test_a_piece_comes_about_every_minute_and_none_waits_longer() -> None:
    heard = Heard()
    came = plain(600)
    recorded(Scene(came), heard)
    assert len(heard.pieces) > 8
    for piece, at_ms in zip(heard.pieces, heard.at_ms, strict=True):
        assert piece.beats is not None
        assert at_ms - piece.beats.t_ms[1] < 60_000
        assert (piece.source, piece.name, piece.clock) == ("live", "Test strap", "Europe/Amsterdam")


def test_a_strap_that_is_lost_is_looked_for_again_and_said_so() -> None:
    came = plain(90)
    came = [*came[:30], Came(came[30].at_ms, None), *came[40:60], Came(came[60].at_ms, None), *came[70:]]
    scene, heard = Scene(came, refusals=0), Heard()
    result = recorded(scene, heard)
    assert heard.kinds() == ["searching", "found", "lost", "back", "lost", "back", "ended"]
    assert (result.n_lost, scene.n_connected, scene.n_disconnected) == (2, 3, 3)
    assert len({piece.beats.device for piece in heard.pieces if piece.beats is not None}) == 1


def test_what_came_before_a_loss_is_kept_at_once() -> None:
    came = plain(60)
    scene, heard = Scene([*came[:20], Came(came[20].at_ms, None)]), Heard()

    def stop_when_lost(event: Event) -> None:
        heard.events.append(event)
        if event.kind == "lost":
            assert heard.ticks() == arrived_ticks(send(unlike(heart(np.random.default_rng(1), 60, 900, 30))), came[:20])
            scene.stop.set()

    asyncio.run(
        record(
            heard.keep,
            zone="UTC",
            now_ms=scene.now_ms,
            steady_ms=scene.steady_ms,
            tell=stop_when_lost,
            stop=scene.stop,
            radio=scene.radio(),
            pace=FAST,
        )
    )
    assert "lost" in heard.kinds()


def test_a_strap_that_refuses_is_tried_again() -> None:
    scene, heard = Scene(plain(30), refusals=3), Heard()
    recorded(scene, heard)
    assert scene.n_connected == 1
    assert len(heard.ticks()) == 30


def test_a_strap_that_never_sends_is_an_error_in_words() -> None:
    with pytest.raises(NotRecognised, match="Test strap is near but sends nothing"):
        recorded(Scene([], silent=True), Heard())


def test_minutes_end_the_recording() -> None:
    heard = Heard()
    result = recorded(Scene(plain(600)), heard, minutes=2)
    assert heard.kinds()[-1] == "ended"
    assert 120_000 <= result.end_ms - result.start_ms < 123_000
    assert 120_000 / 900 - 3 < result.n_beats < 120_000 / 900 + 4


def test_a_cancelled_recording_keeps_what_came() -> None:
    scene, heard = Scene(plain(600)), Heard()

    async def cancel() -> Recorded:
        task = asyncio.create_task(
            record(
                heard.keep,
                zone="UTC",
                now_ms=scene.now_ms,
                steady_ms=scene.steady_ms,
                tell=heard.events.append,
                stop=scene.stop,
                radio=scene.radio(),
                pace=FAST,
            )
        )
        while scene.position < 50:
            await asyncio.sleep(0)
        task.cancel()
        return await task

    result = asyncio.run(cancel())
    assert len(heard.ticks()) == result.n_beats >= 49
    assert scene.n_disconnected == 1


def test_a_piece_that_could_not_be_kept_is_offered_again() -> None:
    heard = Heard(fails=lambda n: n in {1, 2, 4})
    came = plain(500)
    recorded(Scene(came), heard)
    assert len(heard.ticks()) == 500
    assert heard.kinds().count("not_written") == 3


def test_a_last_piece_that_can_not_be_kept_is_an_error() -> None:
    with pytest.raises(StoreError, match="disk is full"):
        recorded(Scene(plain(20)), Heard(fails=lambda _n: True))


def test_no_skin_contact_is_said_once() -> None:
    came = [Came(START_MS + 1000 * i, packet((900 + i,), flags=0x14 if 5 <= i < 10 else 0x16)) for i in range(20)]
    heard = Heard()
    recorded(Scene(came), heard)
    assert heard.kinds() == ["searching", "found", "no_contact", "contact", "ended"]


def test_packets_that_are_none_are_counted() -> None:
    came = plain(20)
    result = recorded(Scene([*came[:5], Came(came[5].at_ms, b"\x10"), *came[5:]]), Heard())
    assert (result.n_malformed, result.n_beats) == (1, 20)


def test_of_several_straps_one_must_be_named() -> None:
    near = (("Polar H10 12345678", "AA:01"), ("Garmin HRM", "AA:02"))
    with pytest.raises(NotRecognised, match=r"2 straps are near: Polar H10 12345678 \(AA:01\), Garmin HRM"):
        recorded(Scene(plain(20), near=near), Heard())
    for wanted in ("polar", "aa:01"):
        assert recorded(Scene(plain(20), near=near), Heard(), wanted).strap.name == "Polar H10 12345678"


def test_no_strap_says_what_to_do() -> None:
    with pytest.raises(NotRecognised, match="Wear it, wet its electrodes"):
        recorded(Scene([], near=()), Heard())
    with pytest.raises(NotRecognised, match='No strap called "polar"'):
        recorded(Scene([]), Heard(), "polar")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF), "Bluetooth is off"),
        (
            BleakBluetoothNotAvailableError("no", BleakBluetoothNotAvailableReason.DENIED_BY_USER),
            "may not use Bluetooth",
        ),
        (
            BleakBluetoothNotAvailableError("no", BleakBluetoothNotAvailableReason.NO_BLUETOOTH),
            "No Bluetooth that works",
        ),
        (FileNotFoundError("no bus"), "No Bluetooth that works"),
    ],
)
def test_bluetooth_that_is_off_or_absent_is_a_sentence(fault: Exception, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        recorded(Scene([], off=fault), Heard())


def test_a_fault_of_our_own_is_not_taken_for_a_lost_strap() -> None:
    def broken(_piece: Recording) -> None:
        raise RuntimeError("a bug in the sink")

    heard = Heard()
    heard.keep = broken  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="a bug in the sink"):
        recorded(Scene(plain(300)), heard)


def test_a_fault_while_hearing_ends_the_recording_and_keeps_what_came() -> None:
    heard = Heard()
    scene = Scene([*plain(40)[:30], Came(START_MS + 40_000, packet((900,), flags=0x14)), *plain(80)[50:]])

    def tell(event: Event) -> None:
        if event.kind == "no_contact":
            raise RuntimeError("a bug in the face")

    with pytest.raises(RuntimeError, match="a bug in the face"):
        asyncio.run(
            record(
                heard.keep,
                zone="UTC",
                now_ms=scene.now_ms,
                steady_ms=scene.steady_ms,
                tell=tell,
                stop=scene.stop,
                radio=scene.radio(),
                pace=FAST,
            )
        )
    assert len(heard.ticks()) >= 30


@pytest.mark.parametrize("step_ms", [-3_600_000.0, 3_600_000.0])
def test_a_clock_that_is_set_changes_nothing_that_lasts(step_ms: float) -> None:
    """The hour of winter time set by hand: pieces come as often as before, and it ends when it should."""
    came = plain(600)
    scene, heard = Scene(came), Heard()
    scene.set_at, scene.step_ms = 100, step_ms
    result = recorded(scene, heard, minutes=5)
    assert len(heard.pieces) >= 5
    assert 300_000 / 900 - 4 < result.n_beats < 300_000 / 900 + 5
    assert (
        heard.ticks()
        == arrived_ticks(send(unlike(heart(np.random.default_rng(1), 600, 900, 30))), came)[: result.n_beats]
    )
    assert result.end_ms - result.start_ms >= 300_000
    assert (result.n_lost, scene.n_connected) == (0, 1)


def test_heart_rates_after_a_clock_that_is_set_back_are_kept() -> None:
    came = [Came(START_MS + 1000 * i, packet((), 60 + i % 10)) for i in range(120)]
    scene, heard = Scene(came), Heard()
    scene.set_at, scene.step_ms = 60, -30_500.0
    recorded(scene, heard)
    told = [
        (int(t_ms), bpm)
        for piece in heard.pieces
        for one in piece.samples
        for t_ms, bpm in zip(one.t_ms, one.value, strict=True)
    ]
    assert sorted(told) == sorted((round(one.at_ms + (i >= 60) * -30_500), 60 + i % 10) for i, one in enumerate(came))
