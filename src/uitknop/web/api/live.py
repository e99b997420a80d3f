"""Beats of a strap, from a page to the file: numbered packets in, and how far they are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from uitknop.core import Phrase
from uitknop.core.errors import UitknopError
from uitknop.web.stream import Packet
from uitknop.web.visit import Inside, Visit

router = APIRouter(prefix="/live", tags=["live"])

MOST_PACKETS = 400
"""In one message: with the longest packets that straps send, it stays below the largest that is let in."""

LATEST_MS = 253_402_300_799_999
"""The end of the year 9999."""

Name = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Made up by the page, 128 random bits.")]


class PacketIn(BaseModel):
    """One notification of the strap."""

    model_config = ConfigDict(extra="forbid", strict=True)

    n: int = Field(ge=0, le=2**40, description="Its number in the recording, from 0.")
    at_ms: int = Field(ge=0, le=LATEST_MS, description="When it came, by the clock of the page, UTC ms.")
    connection: int = Field(ge=0, le=2**40, description="Connections of the strap before this one.")
    data: str = Field(pattern="^([0-9a-f]{2}){1,512}$", description="Bytes of characteristic 0x2A37, hexadecimal.")


class PacketsIn(BaseModel):
    """What came since the last message."""

    model_config = ConfigDict(extra="forbid", strict=True)

    device: str = Field(default="", max_length=80, description="Name of the strap.")
    packets: list[PacketIn] = Field(default_factory=list, max_length=MOST_PACKETS)
    leaves: bool = Field(default=False, description="Whether the page goes; then everything is kept at once.")


class TakenOut(BaseModel):
    """How far it came."""

    wanted: int = Field(description="Number of the packet that is wanted next.")
    kept: int = Field(description="Packets before this number are in the file; the page may let go of them.")


class KeyOut(BaseModel):
    """With what a page locks what it holds on to."""

    key: str = Field(
        description="256 bits, hexadecimal. It stands in the file, so that who can't open it reads nothing."
    )


@router.get("")
def key(visit: Inside) -> KeyOut:
    """The key with which a page locks what is not kept yet."""
    _require_measuring(visit)
    return KeyOut(key=visit.house.receiving.key())


@router.post("/{name}")
def take(visit: Inside, name: Name, said: PacketsIn) -> TakenOut:
    """Take in packets: each once and in order, however often they are sent."""
    _require_measuring(visit)
    behind_ms = visit.house.here.behind_ms
    packets = (Packet(one.n, one.at_ms - behind_ms, one.connection, bytes.fromhex(one.data)) for one in said.packets)
    device = " ".join(said.device.split())
    taken = visit.house.receiving.take(name, device, visit.zone, packets, leaves=said.leaves)
    return TakenOut(wanted=taken.wanted, kept=taken.kept)


def _require_measuring(visit: Visit) -> None:
    if not visit.measures:
        raise UitknopError(Phrase("Measuring is switched off. Switch it on in the settings to use a strap."))
