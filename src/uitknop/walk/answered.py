"""The lists of a person as they stand: answers, what they decide, scores, contradictions; and lines refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uitknop.core import Entry, Phrase, Value
from uitknop.core.errors import KnowledgeError, Malformed
from uitknop.instruments import (
    Answers,
    Decided,
    Instrument,
    Score,
    contradictions,
    decide,
    from_entries,
    instrument,
    official_instruments,
    own_instruments,
    rounds,
    score,
)
from uitknop.instruments.answers import check_version
from uitknop.instruments.instrument import Contradiction


@dataclass(frozen=True, slots=True)
class Refused(Value):
    """A line that gives nothing: it stays in the diary as it is.

    Args:
        entry: the line.
        why: what was found, what was expected, what to do; it holds no health value.
    """

    entry: Entry
    why: Phrase


@dataclass(frozen=True, slots=True)
class Answered(Value):
    """One list, in its last round.

    Args:
        instrument, version: of the list.
        answers: of this round; older answers are not counted with them.
        decided: what they decide.
        scores: on each scale; without a value where an answer is missing.
        contradictions: answers that can't both be meant.
        earlier: the scores with a value of the last round before that had any.
    """

    instrument: str
    version: str
    answers: Answers
    decided: tuple[Decided, ...]
    scores: tuple[Score, ...]
    contradictions: tuple[Contradiction, ...]
    earlier: tuple[Score, ...] = ()

    @property
    def begun_ms(self) -> int:
        """The first answer of this round, UTC ms."""
        return min(answer.at_ms for answer in self.answers.given)

    @property
    def last_ms(self) -> int:
        """The last answer of this round, UTC ms."""
        return max(answer.at_ms for answer in self.answers.given)


def answers_list(entry: Entry) -> bool:
    """Whether a line answers a list: "list/version/item"."""
    return entry.kind == "answer" and entry.label.count("/") == 2


def list_fault(entry: Entry) -> Malformed | KnowledgeError | None:
    """Why a line that answers a list can't be used; None when it can."""
    name, version, _item = entry.label.split("/")
    try:
        one = instrument(name)
        check_version(one, Answers(name, version))
        from_entries(one, (entry,))
    except (Malformed, KnowledgeError) as fault:
        return fault
    return None


def answered_of(entries: Iterable[Entry]) -> tuple[Answered, ...]:
    """Every list with an answer, those worded here first.

    Args:
        entries: lines that answer a list and can be used, in any order.
    """
    by_list: dict[str, list[Entry]] = {}
    for entry in entries:
        by_list.setdefault(entry.label.split("/")[0], []).append(entry)
    every = (*own_instruments(), *official_instruments())
    return tuple(_answered(one, by_list[one.id]) for one in every if one.id in by_list)


def _answered(one: Instrument, lines: list[Entry]) -> Answered:
    *before, last = rounds(one, lines)
    earlier = ([found for found in score(one, each) if found.value is not None] for each in reversed(before))
    return Answered(
        one.id,
        one.version,
        last,
        decide(one, last),
        score(one, last),
        contradictions(one, last),
        tuple(next((found for found in earlier if found), ())),
    )
