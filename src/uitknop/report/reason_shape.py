"""How the words of a reason are written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["seen", "limit", "pool", "step"]
"""seen: what the heart did; limit: what keeps a bout from an answer; pool: what keeps the pooled answer early; step:
why the next step is what it is, from the diary."""


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """Words of one code.

    Args:
        group: what sort of reason it is.
        plain: the sentence without figures.
        told: the sentence with {found}, and {needed} where it has one; used when those are known.
        help: what would help next time; None when nothing needs to be done.
    """

    group: Group
    plain: str
    told: str | None = None
    help: str | None = None
