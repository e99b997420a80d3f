"""Polar Flow: the JSON files of an account export, each known by its fields.

Only the pulse intervals of the wrist are beats, measured with light. `polar` reads the logs of sensors.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from uitknop.core import Phrase, Recording
from uitknop.sources.json_text import Json, head_keys, read_json
from uitknop.sources.polar_nights import read_nights, read_recovery
from uitknop.sources.polar_pulses import read_pulses
from uitknop.sources.polar_training import read_heart_rate, read_training
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "polar_flow"

Reader = Callable[[Json, str | None], tuple[Recording, ...]]

_READERS: MappingProxyType[frozenset[str], Reader] = MappingProxyType(
    {
        frozenset({"devicePpiSamplesList"}): read_pulses,
        frozenset({"deviceDays", "date"}): read_heart_rate,
        frozenset({"night", "sleepResult"}): read_nights,
        frozenset({"night", "meanNightlyRecoveryRmssd"}): read_recovery,
        frozenset({"startTime", "stopTime", "durationMillis"}): read_training,
        frozenset({"startTime", "stopTime", "exercises"}): read_training,
    }
)
"""Reader of each kind of file by the fields without which it is not of the kind."""


def sniff(probe: Probe) -> float:
    """Fields of a kind of file that is read."""
    return 0.95 if _reader_of(probe) is not None else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording; of pulse intervals one for each device; none when all it holds is missing.

    Raises:
        SourceError: broken content, with its place.
    """
    reader = _reader_of(probe)
    return () if reader is None else reader(read_json(probe), request.zone)


def _reader_of(probe: Probe) -> Reader | None:
    keys = head_keys(probe)
    return next((reader for fields, reader in _READERS.items() if fields <= keys), None)


SOURCE = Source(
    NAME,
    Phrase("Polar Flow account export"),
    Quality("fair", Phrase("The shapes are known from public readers and descriptions; no authentic file was seen.")),
    sniff,
    read,
)
