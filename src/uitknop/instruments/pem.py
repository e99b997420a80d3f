"""Whether complaints get worse after effort (PEM): positive, negative or unknown, and unknown counts as positive.

Source: clinical reference, section 1; steps of DSQ-PEM, Cotler 2018, doi:10.3390/diagnostics8030066.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Value
from uitknop.instruments.answers import Answers, applies
from uitknop.instruments.decisions import decide
from uitknop.instruments.instrument import Instrument

PemAnswer = Literal["positive", "negative", "unknown"]


@dataclass(frozen=True, slots=True)
class Pem(Value):
    """What the answers say about PEM.

    Args:
        answer: negative only when everything was answered and nothing contradicts.
        by_proxy: whether somebody else gave any of the answers.
    """

    answer: PemAnswer
    by_proxy: bool = False

    @property
    def counts_as_positive(self) -> bool:
        """Whether every plan must reckon with PEM."""
        return self.answer != "negative"


def pem_of(instrument: Instrument, answers: Answers) -> Pem:
    """PEM by one instrument; any of its decisions that holds makes it positive.

    Args:
        instrument: the PEM screen worded here, or a loaded DSQ-PEM.
        answers: to it.
    Raises:
        Malformed: the answers belong to another list or version.
    """
    found = [decided.holds for decided in decide(instrument, answers)]
    missing = any(answers.value(item.id) is None and applies(item, answers) for item in instrument.items)
    answer: PemAnswer = "unknown"
    if True in found:
        answer = "positive"
    elif found and set(found) == {False} and not missing:
        answer = "negative"
    return Pem(answer, answers.by_proxy)


def pem_together(found: Iterable[Pem]) -> Pem:
    """PEM by several lists that were begun: one positive decides; negative only when every one of them is negative.

    A list that was begun and left half, passed over or against itself leaves the whole unknown.
    """
    every = tuple(found)
    answers = {one.answer for one in every}
    answer: PemAnswer = "unknown"
    if "positive" in answers:
        answer = "positive"
    elif answers == {"negative"}:
        answer = "negative"
    return Pem(answer, any(one.by_proxy for one in every if answer in ("unknown", one.answer)))
