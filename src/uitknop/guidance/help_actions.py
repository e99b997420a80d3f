"""What to do at each red flag, in words, with whom to call. It needs no network.

Actions and telephone numbers: clinical reference, section 4; the words stand in `data/red_flags.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from uitknop.core import Value
from uitknop.guidance.data_file import read_data
from uitknop.guidance.text import Language, Lines, Text

Urgency = Literal["now", "112", "today", "days", "doctor", "help", "adapted"]

FALLBACK = "something_else"
"""The action at a sign that nobody knows: it is never passed over."""


@dataclass(frozen=True, slots=True)
class HelpNumber(Value):
    """A number to call or a place to chat; with neither, the person's own doctor."""

    id: str
    checked: Literal["verified", "unverified"]
    nl: str
    en: str
    call: str = ""
    chat: str = ""

    @property
    def words(self) -> Text:
        """Who answers there, and when."""
        return Text(self.nl, self.en)


@dataclass(frozen=True, slots=True)
class Action(Value):
    """What to do at some red flags.

    Args:
        flags: ids of the signs that ask for it.
        numbers: ids of the help numbers, the first to call first.
        do: what to do, a few sentences.
        first: said before all else, to who said so without somebody else.
        closes: what is shut meanwhile; never rest, help or the diary.
        waits: whether proposals wait until the person closed it.
        may_be_known: whether it may be marked as a finding that is known for long.
        means: the condition that follows from it, for the practices.
        ask, if_no, if_yes: a question on the page and what is said after it.
        to_proxy, by_proxy: for somebody who answered for another, and for that other.
    """

    id: str
    urgency: Urgency
    flags: tuple[str, ...]
    numbers: tuple[str, ...]
    title: Text
    do: Lines
    first: Text | None = None
    closes: tuple[Literal["breathing", "sensor"], ...] = ()
    waits: bool = True
    may_be_known: bool = False
    means: str | None = None
    ask: Text | None = None
    if_no: Text | None = None
    if_yes: Text | None = None
    to_proxy: Text | None = None
    by_proxy: Text | None = None


@dataclass(frozen=True, slots=True)
class RedFlagWords(Value):
    """The whole file: numbers, actions, and the words around them."""

    outside: Text
    discussed: Text
    called: Text
    talked: Text
    known: Text
    stays: Text
    number: tuple[HelpNumber, ...]
    action: tuple[Action, ...]
    words: Mapping[Language, tuple[str, ...]]

    def closing(self, action: Action) -> Text:
        """What the person says to close it: that what was asked for was done."""
        return {"112": self.called, "now": self.talked}.get(action.urgency, self.discussed)


def action_of(flag: str) -> Action:
    """What to do at a sign; one that nobody knows asks for the doctor."""
    return next((row for row in red_flag_words().action if flag in row.flags), actions()[FALLBACK])


@lru_cache(maxsize=1)
def known_signs() -> frozenset[str]:
    """Every sign that has an action of its own."""
    return frozenset(flag for row in red_flag_words().action for flag in row.flags)


@lru_cache(maxsize=1)
def actions() -> Mapping[str, Action]:
    """Every action by its id, the most urgent first."""
    return {row.id: row for row in red_flag_words().action}


@lru_cache(maxsize=1)
def help_numbers() -> Mapping[str, HelpNumber]:
    """Every help number by its id."""
    return {row.id: row for row in red_flag_words().number}


@lru_cache(maxsize=1)
def red_flag_words() -> RedFlagWords:
    """The whole file.

    Raises:
        KnowledgeError: it breaks its form.
    """
    return read_data("red_flags.toml", RedFlagWords)
