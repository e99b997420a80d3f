"""From answers to what they decide: decisions, contradictions, and the flags that come before everything else."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core import Value
from uitknop.instruments.answers import Answers, By, check_version
from uitknop.instruments.condition import holds, items_of
from uitknop.instruments.instrument import Contradiction, Instrument, Urgency
from uitknop.instruments.text import Text


@dataclass(frozen=True, slots=True)
class Decided(Value):
    """What the answers decide.

    Args:
        id: name of the decision.
        holds: None when the answers do not settle it.
        said: what is said about it; None for an official rule.
        source, verified: of the rule.
        by_proxy: whether somebody else gave any of the answers.
    """

    id: str
    holds: bool | None
    said: Text | None
    source: str
    verified: bool
    by_proxy: bool


@dataclass(frozen=True, slots=True)
class Flag(Value):
    """Something that comes before everything else.

    Args:
        id: name.
        urgency: what it asks for.
        instrument: list it came from.
        by: who gave the answer.
        at_ms: when, UTC ms.
    """

    id: str
    urgency: Urgency
    instrument: str
    by: By
    at_ms: int


def decide(instrument: Instrument, answers: Answers) -> tuple[Decided, ...]:
    """Every decision of an instrument.

    A decision that a contradiction touches is never "no": it is unknown until one of the answers is changed.

    Raises:
        Malformed: the answers belong to another list or version.
    """
    check_version(instrument, answers)
    contradicted = {item for found in contradictions(instrument, answers) for item in found.items}
    decided = []
    for rule in instrument.decisions:
        found = holds(rule.when, answers.value)
        if found is False and contradicted & set(items_of(rule.when)):
            found = None
        said = rule.unknown if found is None else rule.yes if found else rule.no
        decided.append(Decided(rule.id, found, said, rule.source, rule.verified, answers.by_proxy))
    return tuple(decided)


def contradictions(instrument: Instrument, answers: Answers) -> tuple[Contradiction, ...]:
    """Answers that can't both be meant. They are kept; a sentence asks which one is."""
    return tuple(rule for rule in instrument.contradictions if holds(rule.when, answers.value) is True)


def flags(instrument: Instrument, answers: Answers) -> tuple[Flag, ...]:
    """What comes before everything else, the most urgent first. A flag needs no complete list: one answer raises it.

    Raises:
        Malformed: the answers belong to another list or version.
    """
    check_version(instrument, answers)
    raised = []
    for rule in instrument.flags:
        if holds(rule.when, answers.value) is True:
            given = [found for item in items_of(rule.when) if (found := answers.of(item)) is not None]
            by: By = "proxy" if any(answer.by == "proxy" for answer in given) else "self"
            raised.append(Flag(rule.id, rule.urgency, instrument.id, by, max(answer.at_ms for answer in given)))
    return tuple(sorted(raised, key=lambda flag: ORDER.index(flag.urgency)))


ORDER: tuple[Urgency, ...] = ("now", "112", "today", "days", "doctor", "help", "adapted")
"""The most urgent first."""
