"""Which kinds of sample exist and in which unit each is kept: the unit belongs to the kind, never to a row."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal, get_args

SampleKind = Literal[
    "heart_rate",
    "steps",
    "acceleration",
    "respiration_rate",
    "oxygen_saturation",
    "skin_temperature",
    "skin_conductance",
    "vendor_rmssd",
    "vendor_sdnn",
    "vendor_resting_heart_rate",
    "vendor_stress",
    "vendor_recovery",
]

UNIT_OF: MappingProxyType[SampleKind, str] = MappingProxyType(
    {
        "heart_rate": "bpm",
        "steps": "count",  # steps since the sample before
        "acceleration": "mg",  # length of the acceleration vector, gravity included (1 g = 1000 mg)
        "respiration_rate": "brpm",
        "oxygen_saturation": "%",
        "skin_temperature": "degC",
        "skin_conductance": "uS",
        "vendor_rmssd": "ms",  # computed by the maker of the device: never mixed with ours, nor with SDNN
        "vendor_sdnn": "ms",
        "vendor_resting_heart_rate": "bpm",
        "vendor_stress": "points",
        "vendor_recovery": "points",
    }
)

SAMPLE_KINDS: tuple[SampleKind, ...] = get_args(SampleKind)
