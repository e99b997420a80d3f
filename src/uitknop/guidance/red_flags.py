"""Red flags: which are open, what stays open meanwhile, and how a person closes one.

While one is open nothing is proposed, and rest, help and the diary stay open: clinical reference, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from uitknop.core import Value
from uitknop.guidance.help_actions import Urgency, action_of, actions

Place = Literal["rest", "help", "diary", "breathing", "sensor"]
By = Literal["self", "proxy"]

ORDER: tuple[Urgency, ...] = ("now", "112", "today", "days", "doctor", "help", "adapted")
ALWAYS_OPEN: frozenset[Place] = frozenset({"rest", "help", "diary"})
MAY_CLOSE: frozenset[Place] = frozenset({"breathing", "sensor"})
SUICIDALITY = "suicidality"


class Raises(Protocol):
    """Anything that raises a flag: an answer, an imported item, the button, words in free text."""

    @property
    def id(self) -> str:
        """The sign."""

    @property
    def at_ms(self) -> int:
        """When, UTC ms."""

    @property
    def by(self) -> By:
        """Who said so."""


@dataclass(frozen=True, slots=True)
class Raised(Value):
    """A sign that was raised outside a questionnaire, by the button or by words in free text."""

    id: str
    at_ms: int
    by: By = "self"


@dataclass(frozen=True, slots=True)
class Closed(Value):
    """The person's word that a sign was talked about, with its date; or that it has been known for long."""

    id: str
    at_ms: int
    known: bool = False


@dataclass(frozen=True, slots=True)
class OpenFlag(Value):
    """A sign that is open.

    Args:
        id: the sign.
        action: id of what to do.
        since_ms: when it was raised first since it was last closed, UTC ms.
        by_proxy: whether only somebody else said so.
    """

    id: str
    action: str
    urgency: Urgency
    since_ms: int
    by_proxy: bool


def open_flags(raised: Iterable[Raises], closed: Iterable[Closed]) -> tuple[OpenFlag, ...]:
    """What is open, the most urgent first.

    Args:
        raised: every time that a sign was raised, in any order. One that nobody knows asks for the doctor.
        closed: every time that the person closed one. The last word on a sign counts; "known" holds where the action
            allows it, and otherwise closes what was raised before.
    """
    last = {word.id: word for word in sorted(closed, key=lambda word: (word.at_ms, not word.known))}
    standing: dict[str, list[Raises]] = {}
    for one in raised:
        if not _is_closed(one, last.get(one.id)):
            standing.setdefault(one.id, []).append(one)
    found = [
        OpenFlag(
            id=name,
            action=action_of(name).id,
            urgency=action_of(name).urgency,
            since_ms=min(one.at_ms for one in rows),
            by_proxy=all(one.by == "proxy" for one in rows),
        )
        for name, rows in standing.items()
    ]
    return tuple(sorted(found, key=lambda flag: (ORDER.index(flag.urgency), flag.since_ms, flag.id)))


def what_stays_open(flags: Iterable[OpenFlag]) -> frozenset[Place]:
    """What a person can use while flags are open: rest, help and the diary always."""
    shut = {place for flag in flags for place in actions()[flag.action].closes}
    return ALWAYS_OPEN | (MAY_CLOSE - shut)


def proposals_wait(flags: Iterable[OpenFlag]) -> bool:
    """Whether nothing is proposed for now."""
    return any(actions()[flag.action].waits for flag in flags)


def conditions_meant(flags: Iterable[OpenFlag]) -> frozenset[str]:
    """Ids of the conditions that follow from open flags, for the practices."""
    return frozenset(means for flag in flags if (means := actions()[flag.action].means))


def _is_closed(one: Raises, word: Closed | None) -> bool:
    if word is None:
        return False
    return (word.known and action_of(one.id).may_be_known) or one.at_ms < word.at_ms
