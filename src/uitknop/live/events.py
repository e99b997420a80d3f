"""What a recording in progress tells, as values; a face says them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Phrase
from uitknop.core.table import Value

EventKind = Literal[
    "searching", "found", "connected", "lost", "back", "no_contact", "contact", "written", "not_written", "ended"
]


@dataclass(frozen=True, slots=True)
class Event(Value):
    """Something that happened while recording.

    Args:
        kind: what happened.
        phrase: the same as a sentence.
        n_beats: beats safely handed over so far.
    """

    kind: EventKind
    phrase: Phrase
    n_beats: int = 0


Tell = Callable[[Event], None]
