"""What comes before every phase: red flags that are open, and how long ago they were asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uitknop.core import Value
from uitknop.instruments import flags, instrument, official_instruments, own_instruments
from uitknop.state.diary import Diary, answers_of

ADAPTS = "adapted"
"""Flags of this urgency change how the app behaves; they do not stop anybody."""


@dataclass(frozen=True, slots=True)
class Protection(Value):
    """Args:
    open_flags: names of the red flags that are open.
    asked_ms: when the page of red flags was last answered, UTC ms; None when it never was.
    """

    open_flags: tuple[str, ...]
    asked_ms: int | None


def protection_of(diary: Diary, open_flags: Iterable[str] | None = None) -> Protection:
    """The red flags now.

    Args:
        diary: the person's.
        open_flags: those that are open by the room that lets a person close them; None for all that the last answers
            raise, none of them closed.
    """
    page = answers_of(diary, instrument("red_flags")).of("signs")
    asked_ms = page.at_ms if page is not None and page.value is not None else None
    if open_flags is None:
        lists = (one for one in (*own_instruments(), *official_instruments()) if one.flags)
        raised = [flag for one in lists for flag in flags(one, answers_of(diary, one))]
        open_flags = (flag.id for flag in raised if flag.urgency != ADAPTS)
    return Protection(tuple(sorted(set(open_flags))), asked_ms)
