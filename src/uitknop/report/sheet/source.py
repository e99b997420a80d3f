"""What the consult sheet asks of whoever puts a person's state together: the parts of it that this room reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from uitknop.guidance import Guided, OpenFlag
from uitknop.instruments import Answers, LabResult, Pem, Score, Severity, Supplement
from uitknop.state import State


class Answered(Protocol):
    """The latest round of one list."""

    @property
    def answers(self) -> Answers:
        """What was answered."""

    @property
    def scores(self) -> Sequence[Score]:
        """The result on each scale."""


class Taken(Protocol):
    """A supplement that is or was taken."""

    @property
    def supplement(self) -> Supplement:
        """Which, in which form, from when."""


class Stands(Protocol):
    """Where somebody stands at one moment."""

    @property
    def now_ms(self) -> int:
        """The moment, UTC ms."""

    @property
    def zone(self) -> str:
        """Where the person is."""

    @property
    def answered(self) -> Sequence[Answered]:
        """The lists that were answered."""

    @property
    def totals(self) -> Sequence[Score]:
        """Totals of official forms, typed in."""

    @property
    def pem(self) -> Pem:
        """Whether complaints get worse after effort."""

    @property
    def severity(self) -> Severity:
        """How ill, by the person's own answers."""

    @property
    def labs(self) -> Sequence[LabResult]:
        """Values from a doctor's report."""

    @property
    def supplements(self) -> Sequence[Taken]:
        """What is taken."""

    @property
    def named(self) -> Sequence[str]:
        """Conditions and medicines the person has, by name; other words than ours are among them."""

    @property
    def flags(self) -> Sequence[OpenFlag]:
        """Signs that are open, the most urgent first."""

    @property
    def state(self) -> State:
        """Load, crashes, envelope, track and phase."""

    @property
    def guided(self) -> Guided | None:
        """What fits now."""
