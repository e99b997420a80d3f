"""What may be asked of the body model by this person, and what was asked.

Where effort makes complaints worse, or that is not known, only load, the limit and the delayed crash are shown: no way
back, no share of outcomes, no day of return. The gate is the one of what fits now.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from uitknop.body.what_if import EFFORTS, LOADS, PROTECTED_COUPLINGS, RESTARTS, RESTS, SAFETIES, Choices, Effort
from uitknop.core import Phrase, Value
from uitknop.core.errors import UitknopError
from uitknop.report.words import N_
from uitknop.web.found import stands_now
from uitknop.web.visit import Visit

Field = tuple[str, str, tuple[tuple[str, str], ...]]
"""Name, label, and what may be chosen with its words."""

LOAD: Field = (
    "load",
    N_("Load from outside"),
    tuple(zip(LOADS, (N_("light"), N_("usual"), N_("heavy")), strict=True)),
)
FIELDS: tuple[Field, ...] = (
    LOAD,
    ("rest", N_("Rest"), tuple(zip(RESTS, (N_("much rest"), N_("some rest"), N_("little rest")), strict=True))),
    (
        "safety",
        N_("Moments that feel safe"),
        tuple(zip(SAFETIES, (N_("few"), N_("now and then"), N_("many")), strict=True)),
    ),
    (
        "restart",
        N_("Taking things up again"),
        tuple(
            zip(
                RESTARTS,
                (N_("not yet"), N_("early, all at once"), N_("early, in steps"), N_("later, all at once")),
                strict=True,
            )
        ),
    ),
)
PROTECTED_FIELDS: tuple[Field, ...] = (
    LOAD,
    (
        "effort",
        N_("Some hours of effort"),
        tuple(zip(EFFORTS, (N_("within the limit"), N_("a little above it"), N_("far above it")), strict=True)),
    ),
)


@dataclass(frozen=True, slots=True)
class Gate(Value):
    """What is shown of the model to this person.

    Args:
        help_first: a red flag is open, and help comes before everything else.
        is_open: whether all of it is; else load, the limit and the delayed crash only.
        known: whether it is known that effort makes complaints worse; False: that is not known.
    """

    help_first: bool
    is_open: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Asked(Value):
    """What was asked, as it came; what is empty was not."""

    load: str = ""
    rest: str = ""
    safety: str = ""
    restart: str = ""
    effort: str = ""
    off: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything was."""
        return self != Asked()

    def choices(self) -> Choices:
        """As choices of the whole model.

        Raises:
            ModelError: a choice or coupling does not exist; the nearest names are offered.
        """
        told = {"load": self.load, "rest": self.rest, "safety": self.safety, "restart": self.restart}
        return Choices(**{name: value for name, value in told.items() if value}, off=self.off)

    def protected(self) -> Effort:
        """As choices of the part that is shown where effort may do harm.

        Raises:
            UitknopError: something of another part was asked.
            ModelError: a choice does not exist; the nearest names are offered.
        """
        if self.rest or self.safety or self.restart or not set(self.off) <= set(PROTECTED_COUPLINGS):
            raise UitknopError(
                Phrase("This belongs to a part of the model that is not shown here. Choose from what is offered.")
            )
        told = {"load": self.load, "effort": self.effort}
        return Effort(**{name: value for name, value in told.items() if value}, off=self.off)


def gate_of(visit: Visit) -> Gate:
    """What is shown to this person now."""
    stands = stands_now(visit)
    return Gate(stands.guided.help_first, stands.state.track.track == "B", stands.pem.answer == "positive")


_begun = threading.Lock()


def warm(work: Callable[[], object]) -> None:
    """Do the first work with the model beside the pages, once: its compiled code takes seconds to load."""
    if _begun.acquire(blocking=False):
        threading.Thread(target=work, name="uitknop-model", daemon=True).start()
