"""What a person set for the room of guidance. Everything here is off, or empty, until they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from uitknop.core import Value


@dataclass(frozen=True, slots=True)
class Settings(Value):
    """Args:
    plan: whether proposals to do more may be made at all. Off until the person switched it on, after reading the page
        `sheet("plan")`.
    minutes: how long the person wants a practice to last, min, by its id. Used where it lies within the hard limit.
    """

    plan: bool = False
    minutes: Mapping[str, float] = field(default_factory=dict)
