"""What was answered: kept whole, never guessed, checked when given, and the same in whatever order it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core import Phrase, Value
from uitknop.core.errors import Malformed
from uitknop.instruments.condition import Given, holds
from uitknop.instruments.instrument import NONE, Instrument, Item

By = Literal["self", "proxy"]


@dataclass(frozen=True, slots=True)
class Answer(Value):
    """One answer.

    Args:
        item: name of the item.
        value: a number, the keys that were picked, or None for "passed over", which is a missing answer.
        at_ms: UTC ms.
        by: proxy when somebody else filled it in.
    """

    item: str
    value: Given
    at_ms: int
    by: By = "self"


@dataclass(frozen=True, slots=True)
class Answers(Value):
    """The answers to one instrument, one per item, in the order of their names."""

    instrument: str
    version: str
    given: tuple[Answer, ...] = ()

    def of(self, item: str) -> Answer | None:
        """The answer to an item, also when it was passed over."""
        return next((answer for answer in self.given if answer.item == item), None)

    def value(self, item: str) -> Given:
        """What was answered, None when missing."""
        answer = self.of(item)
        return None if answer is None else answer.value

    @property
    def by_proxy(self) -> bool:
        """Whether somebody else gave any of them."""
        return any(answer.by == "proxy" for answer in self.given)


def no_answers(instrument: Instrument) -> Answers:
    """The start: nothing answered."""
    return Answers(instrument.id, instrument.version)


def give(instrument: Instrument, answers: Answers, answer: Answer) -> Answers:
    """The answers with one more; a later answer to the same item takes the place of an earlier one.

    Raises:
        Malformed: another instrument or version, an unknown item, or no answer of that item. `answers` is unchanged.
    """
    check_version(instrument, answers)
    item = instrument.item(answer.item)
    if item is None:
        raise Malformed(
            Phrase(
                "This list has no question called {item}; it has {n}.",
                {"item": answer.item, "n": len(instrument.items)},
            )
        )
    value = answer.value
    if isinstance(value, tuple):
        value = tuple(key for key in item.keys if key in value) if set(value) <= set(item.keys) else value
    if value is not None:
        _check(item, value)
    before = answers.of(answer.item)
    if before is not None and before.at_ms > answer.at_ms:
        return answers
    kept = [other for other in answers.given if other.item != answer.item]
    merged = sorted([*kept, Answer(answer.item, value, answer.at_ms, answer.by)], key=lambda one: one.item)
    return Answers(answers.instrument, answers.version, tuple(merged))


def check_version(instrument: Instrument, answers: Answers) -> None:
    """Answers belong to one version of one instrument.

    Raises:
        Malformed: to another one.
    """
    if answers.instrument != instrument.id:
        raise Malformed(
            Phrase(
                "These answers belong to the list {found}, and this is the list {expected}. They stay as they are.",
                {"found": answers.instrument, "expected": instrument.id},
            )
        )
    if answers.version != instrument.version:
        raise Malformed(
            Phrase(
                "These answers belong to version {found} of this list, and this is version {expected}. "
                "They stay as they are; start the list anew to go on.",
                {"found": answers.version, "expected": instrument.version},
            )
        )


def applies(item: Item, answers: Answers) -> bool:
    """Whether an item is asked, given what was answered so far."""
    return item.needs is None or holds(item.needs, answers.value) is True


def _check(item: Item, value: int | tuple[str, ...]) -> None:
    if item.kind == "many":
        if not isinstance(value, tuple) or not value or not set(value) <= set(item.keys):
            raise _no_answer_of(item, len(item.keys))
        if NONE in value and len(value) > 1:
            raise Malformed(
                Phrase(
                    'At question {number} "none of these" was picked together with another answer. '
                    "Nothing was changed; pick one or the other.",
                    {"number": item.number},
                )
            )
    elif isinstance(value, bool) or not isinstance(value, int) or value not in item.numbers:
        if item.options or item.allowed:
            raise _no_answer_of(item, len(item.numbers))
        raise Malformed(
            Phrase(
                "Question {number} takes a whole number from {low} to {high}. Nothing was changed; give one of these.",
                {"number": item.number, "low": item.low, "high": item.high},
            )
        )


def _no_answer_of(item: Item, n: int) -> Malformed:
    return Malformed(
        Phrase(
            "Question {number} does not have that answer. Nothing was changed; choose from its {n} answers.",
            {"number": item.number, "n": n},
        )
    )
