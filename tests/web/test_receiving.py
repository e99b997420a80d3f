"""Every packet once and in order, whatever is dropped, doubled, late or shuffled, and wherever the program stops."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Span
from uitknop.person import Secret, make_file
from uitknop.web import Circumstances
from uitknop.web.receiving import MARKS, MOST_STREAMS, Receiving, Taken
from uitknop.web.stream import MOST_UNKEPT, PIECE_MS, Mark, Packet, Stream
from uitknop.web.vault import Locked, Vault

NOON_MS = 1_772_535_600_000
DAY_MS = 86_400_000
ZONE = "Europe/Amsterdam"
PASSPHRASE = "correct horse battery"
names = (f"{number:032x}" for number in count())


def heart(rr: list[int]) -> bytes:
    """A packet of characteristic 0x2A37 with RR intervals in 1/1024 s."""
    return struct.pack(f"<BB{len(rr)}H", 0x16, 60, *rr)


def beats(n: int, *, start_ms: int, seed: int = 0) -> tuple[list[Packet], list[int]]:
    """`n` packets of one or two beats on one connection, and the beats."""
    chance = random.Random(seed)
    packets, told, at_ms = [], [], float(start_ms)
    for number in range(n):
        rr = [chance.randrange(700, 1300) for _ in range(chance.choice((1, 1, 2)))]
        at_ms += sum(rr) / 1.024
        packets.append(Packet(number, round(at_ms), 0, heart(rr)))
        told += rr
    return packets, told


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Circumstances, Vault]]:
    path = tmp_path_factory.mktemp("receiving") / "person.uitknop"
    make_file(path, Secret(passphrase=PASSPHRASE), now_ms=NOON_MS)[0].close()
    circumstances = Circumstances(path, Secret(passphrase=PASSPHRASE), now_ms=lambda: NOON_MS + 4000 * DAY_MS)
    vault = Vault(circumstances)
    vault.open(circumstances.secret)
    yield circumstances, vault
    vault.shut()


def receiver(here: tuple[Circumstances, Vault], woken: Callable[[], None] = lambda: None) -> Receiving:
    return Receiving(*here, woken)


def kept(here: tuple[Circumstances, Vault], start_ms: int, end_ms: int) -> list[int]:
    """The beats of the file in a stretch of time, in 1/1024 s, in order; each follows the one before."""
    found = here[1].do(lambda store: store.recordings(Span(start_ms, end_ms)))
    told: list[int] = []
    for recording in found:
        assert recording.beats is not None
        t_ms = recording.beats.t_ms.tolist()
        assert t_ms == sorted(set(t_ms))
        told += [round(rr_ms * 1.024) for rr_ms in recording.beats.rr_ms.tolist()]
    return told


class Page:
    """What the page does, with a network between that loses, doubles, delays and shuffles."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.name, self.chance = name, chance
        self.pending: dict[int, Packet] = {}
        self.wanted = 0
        self.late: list[list[Packet]] = []

    def say(self, receiving: Receiving, *, leaves: bool = False, sure: bool = False) -> None:
        batch = [packet for n, packet in self.pending.items() if n >= self.wanted]
        fate = "arrives" if sure else self.chance.choice(("arrives", "arrives", "lost", "unheard", "twice", "late"))
        if fate == "late":
            self.late.append(batch)
        if fate in ("lost", "late"):
            return
        shuffled = batch if sure else self.chance.sample(batch, len(batch))
        for _ in range(2 if fate == "twice" else 1):
            answer = receiving.take(self.name, "Strap", ZONE, shuffled, leaves=leaves)
        if self.late and self.chance.random() < 0.5:
            receiving.take(self.name, "Strap", ZONE, self.late.pop(0), leaves=False)
        if fate != "unheard":
            self.heard(answer)

    def heard(self, answer: Taken) -> None:
        self.wanted = answer.wanted
        self.pending = {n: packet for n, packet in self.pending.items() if n >= answer.kept}


@given(seed=st.integers(0, 2**32), stops=st.sets(st.integers(1, 20), max_size=3))
def test_every_beat_arrives_once_and_in_order(here: Any, seed: int, stops: set[int]) -> None:
    chance = random.Random(seed)
    name = next(names)
    start_ms = NOON_MS + (int(name, 16) + 1) * DAY_MS
    packets, told = beats(160, start_ms=start_ms, seed=seed)
    page, receiving = Page(name, chance), receiver(here)
    for turn in range(20):
        for packet in packets[turn * 8 : turn * 8 + 8]:
            page.pending[packet.n] = packet
        if turn in stops:  # the program is killed: what it had not written is gone
            receiving._unwatch()
            receiving = receiver(here)
        page.say(receiving)
    for leaves in (False, True, True):
        page.say(receiving, leaves=leaves, sure=True)
    receiving._unwatch()
    assert page.pending == {}
    assert kept(here, start_ms - DAY_MS // 4, start_ms + DAY_MS // 4) == told


def test_what_is_not_in_the_file_stays_with_the_page(here: Any) -> None:
    receiving = receiver(here)
    packets, told = beats(20, start_ms=NOON_MS - DAY_MS)
    name = next(names)
    assert receiving.take(name, "Strap", ZONE, packets, leaves=False) == Taken(20, 0)
    assert kept(here, NOON_MS - 2 * DAY_MS, NOON_MS) == []
    assert receiving.take(name, "Strap", ZONE, [], leaves=True) == Taken(20, 20)
    assert kept(here, NOON_MS - 2 * DAY_MS, NOON_MS) == told
    receiving._unwatch()


def test_a_piece_is_kept_about_every_minute(here: Any) -> None:
    stream = Stream("Strap", ZONE, Mark())
    packets, _ = beats(300, start_ms=NOON_MS)
    stream.hear(packets, latest_ms=NOON_MS + DAY_MS)
    assert stream.wanted == 300
    numbers = [piece.mark.kept for piece in stream.pieces]
    assert numbers == sorted(set(numbers))
    gaps = [packets[b].at_ms - packets[a].at_ms for a, b in zip([0, *numbers], numbers, strict=False)]
    assert all(PIECE_MS <= gap <= PIECE_MS + 3000 for gap in gaps)


def test_a_page_that_falls_silent_has_lost_nothing(here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uitknop.web.receiving.SILENT_S", 0.05)
    woken: list[bool] = []
    receiving = receiver(here, lambda: woken.append(True))
    start_ms = NOON_MS - 10 * DAY_MS
    packets, told = beats(20, start_ms=start_ms)
    receiving.take(next(names), "Strap", ZONE, packets, leaves=False)
    assert receiving._timer is not None
    receiving._timer.join(5)
    assert kept(here, start_ms - 1000, start_ms + DAY_MS) == told
    assert woken == [True]


def test_a_time_that_is_still_to_come_holds_nothing_and_stops_nothing(here: Any) -> None:
    receiving = receiver(here)
    start_ms = NOON_MS - 20 * DAY_MS
    packets, told = beats(20, start_ms=start_ms)
    wrong = Packet(0, NOON_MS + 9000 * DAY_MS, 0, heart([900]))
    moved = [Packet(packet.n + 1, packet.at_ms, 0, packet.data) for packet in packets]
    assert receiving.take(next(names), "Strap", ZONE, [wrong, *moved], leaves=True) == Taken(21, 21)
    receiving._unwatch()
    assert kept(here, start_ms - 1000, start_ms + DAY_MS) == told


def test_bytes_that_are_no_packet_are_counted_and_left_out(here: Any) -> None:
    receiving = receiver(here)
    name = next(names)
    packets = [Packet(0, NOON_MS, 0, b"\xff"), Packet(1, NOON_MS + 10, 0, b"\x10\x3c\x01")]
    assert receiving.take(name, "Strap", ZONE, packets, leaves=True) == Taken(2, 2)
    receiving._unwatch()
    again = receiver(here)
    assert again.take(name, "Strap", ZONE, [], leaves=True) == Taken(2, 2)
    again._unwatch()


def test_the_clock_set_back_costs_no_beat(here: Any) -> None:
    receiving = receiver(here)
    start_ms = NOON_MS - 30 * DAY_MS
    packets, told = beats(60, start_ms=start_ms)
    set_back = [Packet(p.n, p.at_ms - 3_600_000 * (p.n >= 30), 0, p.data) for p in packets]
    assert receiving.take(next(names), "Strap", ZONE, set_back, leaves=True).kept == 60
    receiving._unwatch()
    assert sorted(kept(here, start_ms - DAY_MS, start_ms + DAY_MS)) == sorted(told)


def test_only_the_latest_recordings_are_remembered(here: Any) -> None:
    receiving = receiver(here)
    for number in range(MOST_STREAMS + 3):
        packets, _ = beats(5, start_ms=NOON_MS - (40 + number) * DAY_MS)
        receiving.take(next(names), "Strap", ZONE, packets, leaves=False)
    assert len(receiving._streams) == MOST_STREAMS
    receiving.finish()
    assert str(here[1].do(lambda store: store.setting(MARKS))).count(": [5, ") == MOST_STREAMS


def test_where_nothing_can_be_written_it_is_kept_later(here: Any) -> None:
    from uitknop.store import open_store

    receiving = receiver(here)
    start_ms = NOON_MS - 60 * DAY_MS
    packets, told = beats(20, start_ms=start_ms)
    name = next(names)
    here[1].do(lambda store: store._db.execute("pragma busy_timeout = 50"))
    with open_store(here[0].path, here[1].data_key) as other, other.transaction():
        assert receiving.take(name, "Strap", ZONE, packets, leaves=True) == Taken(20, 0)
    here[1].do(lambda store: store._db.execute("pragma busy_timeout = 5000"))
    assert receiving.take(name, "Strap", ZONE, [], leaves=False) == Taken(20, 20)
    receiving._unwatch()
    assert kept(here, start_ms - 1000, start_ms + DAY_MS) == told


def test_more_than_can_wait_stays_with_the_page() -> None:
    stream = Stream("Strap", ZONE, Mark())
    many = [Packet(n, NOON_MS, 0, b"\x00\x3c") for n in range(MOST_UNKEPT + 5)]
    stream.hear(many, latest_ms=NOON_MS)
    assert stream.wanted == MOST_UNKEPT


def test_a_locked_file_takes_nothing(tmp_path: Path) -> None:
    circumstances = Circumstances(tmp_path / "person.uitknop")
    vault = Vault(circumstances)
    receiving = Receiving(circumstances, vault, lambda: None)
    with pytest.raises(Locked):
        receiving.take(next(names), "Strap", ZONE, [], leaves=False)
    with pytest.raises(Locked):
        receiving.key()
    receiving.forget()
    vault.shut()


def test_the_key_of_the_pages_stays_the_same(here: Any) -> None:
    key = receiver(here).key()
    assert len(bytes.fromhex(key)) == 32
    assert receiver(here).key() == key
