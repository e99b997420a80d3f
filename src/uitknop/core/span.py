"""A stretch of time."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core.errors import ShapeError
from uitknop.core.table import Value


@dataclass(frozen=True, slots=True, order=True)
class Span(Value):
    """Half open: `start_ms <= t_ms < end_ms`, in UTC ms.

    Raises:
        ShapeError: it ends before it starts.

    >>> Span(0, 90_000).duration_min
    1.5
    """

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if self.end_ms < self.start_ms:
            raise ShapeError(f"span ends before it starts: {self.start_ms} to {self.end_ms}")

    @property
    def duration_min(self) -> float:
        """Length in minutes."""
        return (self.end_ms - self.start_ms) / 60_000

    def overlaps(self, other: Span) -> bool:
        """Whether any moment lies in both."""
        return max(self.start_ms, other.start_ms) < min(self.end_ms, other.end_ms)
