"""The bytes of characteristic 0x2A37."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import Malformed
from uitknop.live.packet import HeartRatePacket, decode

ticks = st.lists(st.integers(0, 65_535), max_size=9)


@given(ticks, st.integers(0, 65_535), st.none() | st.booleans(), st.none() | st.integers(0, 65_535), st.booleans())
def test_every_field_comes_back(
    rr: list[int], rate_bpm: int, contact: bool | None, energy_kj: int | None, wide: bool
) -> None:
    wide = wide or rate_bpm > 255
    flags = wide | (0 if contact is None else 4 | 2 * contact) | 8 * (energy_kj is not None) | 16 * bool(rr)
    data = struct.pack("<BH" if wide else "<BB", flags, rate_bpm)
    data += b"" if energy_kj is None else struct.pack("<H", energy_kj)
    data += struct.pack(f"<{len(rr)}H", *rr)
    assert decode(data) == HeartRatePacket(rate_bpm, tuple(tick * 1000 / 1024 for tick in rr), contact, energy_kj)


def test_all_intervals_are_kept_oldest_first() -> None:
    assert decode(bytes([0x10, 60, 0, 4, 0, 2, 0, 1])).rr_ms == (1000.0, 500.0, 250.0)


def test_both_contact_bits_clear_means_that_the_strap_can_not_tell() -> None:
    assert decode(bytes([0x00, 60])).contact is None
    assert decode(bytes([0x02, 60])).contact is None
    assert decode(bytes([0x04, 60])).contact is False
    assert decode(bytes([0x06, 60])).contact is True


def test_reserved_bits_are_ignored() -> None:
    assert decode(bytes([0xF0, 60, 0, 4])) == decode(bytes([0x10, 60, 0, 4]))


@pytest.mark.parametrize("data", [b"", b"\x16", b"\x01\x3c", b"\x08\x3c\x01", b"\x10\x3c\x00\x04\x00", bytes(513)])
def test_a_packet_that_is_cut_short_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="that are no heart rate measurement"):
        decode(data)


@given(st.binary(max_size=30))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        packet = decode(data)
    except Malformed:
        return
    assert 1 + 1 + 2 * len(packet.rr_ms) <= len(data)
