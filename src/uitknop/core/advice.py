"""One next step, as a value; made in the room of guidance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uitknop.core.estimate import Reason
from uitknop.core.phrase import Phrase
from uitknop.core.table import Value


@dataclass(frozen=True, slots=True)
class Advice(Value):
    """One next step.

    Args:
        step: what could be done, or None for "no proposal".
        gate: the gate it passed or stopped at.
        limits_applied: codes of the hard limits that shaped it.
        reasons: why.
        claims: id of each claim it leans on, with the grade of its evidence.
    """

    step: Phrase | None
    gate: str
    limits_applied: tuple[str, ...]
    reasons: tuple[Reason, ...]
    claims: Mapping[str, str]
