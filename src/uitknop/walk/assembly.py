"""Where a person stands at one moment: everything the rooms say of the diary, the answers and the verdicts, together.

Pure: the same lines, verdicts and moment give the same standing, in whatever order the lines come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from uitknop.core import Entry, Posture, Value, Verdict
from uitknop.core.errors import KnowledgeError, Malformed
from uitknop.guidance import (
    Guided,
    OpenFlag,
    Settings,
    conditions,
    conditions_of,
    flags_of,
    guide,
    settings_from,
    unread,
    waiting,
)
from uitknop.guidance import fault_of as guidance_fault
from uitknop.guidance.garbled import pressed_sign
from uitknop.instruments import LabResult, Pem, Score
from uitknop.instruments.sitting import Severity
from uitknop.state import State, read_diary, state_in
from uitknop.state import fault_of as state_fault
from uitknop.walk.answered import Answered, Refused, answered_of, answers_list, list_fault
from uitknop.walk.set_aside import SetAside
from uitknop.walk.typed import Taken, labs_of, supplements_of, totals_of, typed_fault

POSTURES = frozenset(get_args(Posture))


@dataclass(frozen=True, slots=True)
class Standing(Value):
    """Where a person stands.

    Args:
        now_ms, zone: when, and where the person is.
        settings: what the person switched on or set.
        flags: red flags that are open, the most urgent first; help comes before everything else.
        state: load, crashes, envelope, track, phase, severity.
        guided: one next step, or why there is none, and the practices that fit.
        has: conditions of the practices that are known, and whether the person has them; a missing one is unknown.
        named: all conditions and medicines the person has, by name; other words than ours are among them.
        answered: the lists.
        totals: typed in from forms that were filled in elsewhere.
        labs: laboratory values from a doctor's report.
        supplements: with every warning.
        refused: lines that give nothing, and why.
        later: how many lines lie after now and do not count yet.
    """

    now_ms: int
    zone: str
    settings: Settings
    flags: tuple[OpenFlag, ...]
    state: State
    guided: Guided
    has: Mapping[str, bool]
    named: tuple[str, ...]
    answered: tuple[Answered, ...]
    totals: tuple[Score, ...]
    labs: tuple[LabResult, ...]
    supplements: tuple[Taken, ...]
    refused: tuple[Refused, ...]
    later: int

    @property
    def pem(self) -> Pem:
        """Whether complaints get worse after effort, as far as known; unknown counts as positive."""
        return self.state.track.pem

    @property
    def severity(self) -> Severity:
        """How ill the person is, by their own answers."""
        return self.state.severity

    def of(self, instrument: str) -> Answered | None:
        """A list by its name; None when it has no answers."""
        return next((found for found in self.answered if found.instrument == instrument), None)


def standing(
    entries: Iterable[Entry],
    verdicts: Sequence[Verdict] = (),
    *,
    now_ms: int,
    zone: str,
    settings: Settings | None = None,
    aside: Iterable[SetAside] = (),
) -> Standing:
    """Where a person stands.

    Args:
        entries: the whole diary, in any order, any number of times.
        verdicts: on bouts of rest; none without recordings.
        now_ms: UTC ms. What lies after it does not count.
        zone: where the person is now, IANA name or fixed offset.
        settings: None for those of the diary.
        aside: lines that can't be read; a sign in them counts, and nothing else does.
    """
    lost = tuple(dict.fromkeys(aside))
    told = read_diary((entry for entry in entries if not _posture_alone(entry, now_ms)), now_ms=now_ms, zone=zone)
    diary = replace(told, ahead=(*told.ahead, *(one.entry for one in lost)))
    pressed = {sign for entry in (*diary.entries, *diary.ahead) if (sign := pressed_sign(entry)) is not None}
    looked_at = _looked_at(diary.entries, now_ms, pressed)
    faults = [(entry, fault) for entry, fault in looked_at if fault is not None]
    sound = [entry for entry, fault in looked_at if fault is None]
    flags = flags_of(diary)
    words = conditions_of(diary, flags)
    named = tuple(name for name, has in words.items() if has)
    has = {name: word for name, word in words.items() if name in conditions()}
    set_to = settings_from(sound, now_ms=now_ms) if settings is None else settings
    state = state_in(diary, verdicts, zone=zone, open_flags=waiting(flags))
    return Standing(
        now_ms=now_ms,
        zone=zone,
        settings=set_to,
        flags=flags,
        state=state,
        guided=guide(state, diary, flags, set_to, has),
        has=has,
        named=named,
        answered=answered_of(entry for entry in sound if answers_list(entry)),
        totals=totals_of(sound, now_ms=now_ms),
        labs=labs_of(sound, now_ms=now_ms),
        supplements=supplements_of(sound, named, now_ms=now_ms),
        refused=(
            *(Refused(entry, fault.phrase) for entry, fault in faults),
            *sorted((Refused(one.entry, one.why) for one in lost), key=repr),
        ),
        later=len(told.ahead),
    )


def _posture_alone(entry: Entry, now_ms: int) -> bool:
    """Whether a line says how somebody lay, sat or stood and nothing more: devices write dozens a day."""
    return entry.kind == "posture" and not entry.label and entry.value in POSTURES and entry.at_ms <= now_ms


def _looked_at(
    entries: Iterable[Entry], now_ms: int, pressed: Collection[str]
) -> list[tuple[Entry, Malformed | KnowledgeError | None]]:
    """Each line, and why it can't be used. Of an answer the words alone tell; many days say the same."""
    known: dict[tuple[str, str], Malformed | KnowledgeError | None] = {}
    found: list[tuple[Entry, Malformed | KnowledgeError | None]] = []
    for entry in entries:
        fault = None
        if entry.kind == "answer":
            said = entry.label, entry.value
            if said not in known:
                known[said] = _fault(entry, now_ms, pressed)
            fault = known[said]
        elif entry.kind == "event":
            fault = _fault(entry, now_ms, pressed)
        found.append((entry, fault))
    return found


def _fault(entry: Entry, now_ms: int, pressed: Collection[str]) -> Malformed | KnowledgeError | None:
    """Why a line can't be used; None for lines that can, and for those that are a person's own words.

    Args:
        entry: the line.
        now_ms: UTC ms.
        pressed: signs that a button raised, known or not.
    """
    if answers_list(entry):
        return list_fault(entry)
    return typed_fault(entry, now_ms=now_ms) or state_fault(entry) or guidance_fault(entry) or unread(entry, pressed)
