"""What a record of Apple Health is: its kind, the device that made it, and its unit.

All but the times and the value of a record is alike in thousands of neighbours, so it is looked at once.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal
from xml.parsers import expat

from uitknop.core import SampleKind, Value

Role = Literal["sample", "sleep", "workout", "other"]

MOST_HEADS = 20_000
"""Heads that are remembered; an export of years has some hundreds."""
_MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Head(Value):
    """A record but for its times and value.

    Args:
        role: a sample, a stage of sleep, a workout, or something that is not taken in.
        name: Apple's name of the kind, or of the kind of workout.
        device: kind of device with its hardware; without one the name of the source.
        kind: of a sample.
        scale, shift: from Apple's unit to ours.
    """

    role: Role
    name: str
    device: str = ""
    kind: SampleKind | None = None
    scale: float = 1.0
    shift: float = 0.0


_Units = dict[str, tuple[float, float]]
_TAKEN: tuple[tuple[str, SampleKind, _Units], ...] = (
    ("HeartRate", "heart_rate", {"count/min": (1.0, 0.0), "count/s": (60.0, 0.0)}),
    ("RestingHeartRate", "vendor_resting_heart_rate", {"count/min": (1.0, 0.0), "count/s": (60.0, 0.0)}),
    ("HeartRateVariabilitySDNN", "vendor_sdnn", {"ms": (1.0, 0.0), "s": (1000.0, 0.0)}),
    ("StepCount", "steps", {"count": (1.0, 0.0)}),
    ("RespiratoryRate", "respiration_rate", {"count/min": (1.0, 0.0), "count/s": (60.0, 0.0)}),
    ("OxygenSaturation", "oxygen_saturation", {"%": (100.0, 0.0)}),
    ("AppleSleepingWristTemperature", "skin_temperature", {"degC": (1.0, 0.0), "degF": (5 / 9, -160 / 9)}),
)
"""Kinds that are taken in, with scale and shift of each unit. Apple writes a saturation of 97 % as 0.97."""
_UNITS = MappingProxyType({f"HKQuantityTypeIdentifier{name}": (kind, units) for name, kind, units in _TAKEN})

SLEEP = ("in_bed", "awake", "light", "deep", "rem", "asleep")
"""Stages of sleep; a record of sleep carries the number of its stage as value."""
_SLEEP_NUMBER = MappingProxyType(
    {
        f"HKCategoryValueSleepAnalysis{word}": float(SLEEP.index(stage))
        for word, stage in (
            *(("InBed", "in_bed"), ("Awake", "awake"), ("AsleepCore", "light"), ("AsleepDeep", "deep")),
            *(("AsleepREM", "rem"), ("Asleep", "asleep"), ("AsleepUnspecified", "asleep")),
        )
    }
)
_SLEEP_TYPE = "HKCategoryTypeIdentifierSleepAnalysis"
HEAD_ATTRIBUTES = frozenset({"type", "sourceName", "sourceVersion", "device", "unit"})
_NAME = re.compile(r"name:([^,>]*)")
_HARDWARE = re.compile(r"hardware:([^>]{0,200}?)(?:, software:|>)")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+")


def head_of(attributes: dict[str, str]) -> Head:
    """The head of a record from its attributes."""
    name = attributes.get("type", "")
    if name == _SLEEP_TYPE:
        return Head("sleep", name, device_of(attributes))
    kind, units = _UNITS.get(name, (None, None))
    if kind is None or units is None or (scale := units.get(attributes.get("unit", ""))) is None:
        return Head("other", name)
    return Head("sample", name, device_of(attributes), kind, *scale)


def device_of(attributes: dict[str, str]) -> str:
    """Kind of device and its hardware, which stay the same when a person renames a watch; else the source's name.

    >>> device_of({"sourceName": "Watch van Jan", "device": "<<HKDevice: 0x1>, name:Apple Watch, hardware:Watch6,2>"})
    'Apple Watch Watch6,2'
    """
    text = attributes.get("device", "")
    name, hardware = _NAME.search(text), _HARDWARE.search(text)
    told = f"{name[1]} {hardware[1]}" if name and hardware else attributes.get("sourceName", "")
    return _BLANKS.sub(" ", told).strip()[:_MOST_LETTERS]


def number_of(head: Head, value: str | bytes) -> float:
    """The value of a record; NaN when it can't be read."""
    if head.role == "sleep":
        return _SLEEP_NUMBER.get(value if isinstance(value, str) else value.decode("utf-8", "replace"), math.nan)
    try:
        number = float(value)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def in_words(name: str) -> str:
    """A name of Apple's as words.

    >>> in_words("HKQuantityTypeIdentifierActiveEnergyBurned")
    'active energy burned'
    """
    bare = re.sub(r"^HK(?:Quantity|Category|Data|Correlation)?Type(?:Identifier)?|^HKWorkoutActivityType", "", name)
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in _WORD.findall(bare))[:60]


@dataclass(slots=True)
class Heads:
    """Heads that were seen, each with its number."""

    known: list[Head] = field(default_factory=list)
    _numbers: dict[object, int] = field(default_factory=dict)

    def forget_many(self) -> None:
        """Start again when more were seen than any honest export has; numbers given before lose their meaning."""
        if len(self.known) > MOST_HEADS:
            self.known.clear()
            self._numbers.clear()

    def of_bytes(self, head: bytes) -> int:
        """Number of a head from the text of a record up to its dates; -1 when it can't be told."""
        number = self._numbers.get(head)
        if number is None:
            number = self._numbers[head] = self._look_at(head)
        return number

    def of_attributes(self, attributes: dict[str, str]) -> int:
        """Number of a head from the attributes of a record."""
        return self._of(head_of(attributes))

    def of_workout(self, activity: str) -> int:
        """Number of a kind of workout."""
        return self._of(Head("workout", activity))

    def _of(self, head: Head) -> int:
        number = self._numbers.get(head)
        if number is None:
            number = self._numbers[head] = len(self.known)
            self.known.append(head)
        return number

    def _look_at(self, head: bytes) -> int:
        found: list[tuple[str, dict[str, str]]] = []
        parser = expat.ParserCreate("UTF-8")
        parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
        try:
            parser.Parse(head.strip() + b"/>", True)
        except expat.ExpatError:
            return -1
        if len(found) != 1 or found[0][0] != "Record" or not HEAD_ATTRIBUTES.issuperset(found[0][1]):
            return -1
        return self.of_attributes(found[0][1])
