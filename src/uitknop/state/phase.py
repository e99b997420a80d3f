"""Phase 0 to 3: where the person is on the way back, by what they confirmed, and what the next gate says.

The phase never moves forward by itself: a gate that is open makes a proposal, and the person confirms it (a line
"phase" in the diary). A crash takes it one back, an open red flag or a page not asked for twelve weeks puts it at 0
for as long as that lasts. Proposals to do more stay off until the person switches them on; that is decided above.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Reason, Value
from uitknop.state import gates
from uitknop.state.crashes import Crash, CrashFree, crash_free
from uitknop.state.diary import PHASE, Diary
from uitknop.state.gates import Gate
from uitknop.state.parameters import (
    CHECK_WEEKS,
    DAY_MS,
    GATE_DAYS,
    GATE_KNOWN_DAYS,
    LONG_DAYS,
    LONG_KNOWN_DAYS,
    REST_AFTER_CRASH_DAYS,
    REVIEW_WEEKS,
    STABLE_DAYS,
    STABLE_KNOWN_DAYS,
    STUCK_WEEKS,
    WEEK_DAYS,
)
from uitknop.state.protection import Protection
from uitknop.state.track import Track, TrackNow

Phase = Literal[0, 1, 2, 3]
Proposal = Literal["phase_1", "phase_2", "phase_3", "leave"]
_WEEK_MS = WEEK_DAYS * DAY_MS


@dataclass(frozen=True, slots=True)
class PhaseNow(Value):
    """Where the person is.

    Args:
        phase: 0 safe, 1 calm, 2 recover (track B) or stay within limits (track P), 3 keep (track B only).
        track: P or B.
        since_ms: when the person came into this phase, UTC ms; None in phase 0 before anything was answered.
        gates: what the next gate asks, each with what was found and what is needed.
        proposal: what may be put to the person; None is "no proposal".
        expansion: whether widening the envelope could be talked about at the person's own request.
        reasons: why the phase is what it is, and what else is due: `flag_open`, `not_asked`, `check_due`,
            `back_after_crash`, `no_exit`, `review_due`.
    """

    phase: Phase
    track: Track
    since_ms: int | None
    gates: tuple[Gate, ...]
    proposal: Proposal | None
    expansion: tuple[Gate, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def too_little(self) -> bool:
        """Whether some gate had too little to go by."""
        return any(gate.answer == "too_little" for gate in self.gates)


def phase_of(diary: Diary, track: TrackNow, crashes: tuple[Crash, ...], protection: Protection) -> PhaseNow:
    """The phase now, from the diary alone.

    Args:
        diary, crashes: the person's.
        track: by the answers about PEM.
        protection: red flags.
    """
    free = crash_free(diary, crashes)
    expansion = _expansion(diary, free)
    stop = _phase_0(diary, track, protection)
    if any(gate.answer != "open" for gate in stop):
        return PhaseNow(0, track.track, None, stop, None, expansion, _why_0(protection, stop))
    phase, since_ms, fell_ms = _replay(diary, crashes, track, protection.asked_ms or 0)
    asked = _asked(phase, track.track, diary, free, since_ms)
    return PhaseNow(
        *(phase, track.track, since_ms, asked, _proposal(phase, track.track, asked), expansion),
        reasons=_due(phase, track.track, diary, since_ms, fell_ms),
    )


def _phase_0(diary: Diary, track: TrackNow, protection: Protection) -> tuple[Gate, ...]:
    """Out of phase 0: no flag open, the page asked lately, and the question about PEM put."""
    asked = gates.too_little("flags_asked", 0, 1, "answers")
    if protection.asked_ms is not None:
        weeks = (diary.now_ms - protection.asked_ms) / _WEEK_MS
        asked = gates.at_most("flags_asked", math.floor(weeks), CHECK_WEEKS - 1, "weeks")
    pem = gates.at_least("pem_asked", 1, 1, "") if track.asked else gates.too_little("pem_asked", 0, 1, "answers")
    return gates.at_most("open_flags", len(protection.open_flags), 0, ""), asked, pem


def _why_0(protection: Protection, stop: Sequence[Gate]) -> tuple[Reason, ...]:
    flags = tuple(Reason("flag_open", name) for name in protection.open_flags)
    codes = {("flags_asked", "shut"): "check_due", ("flags_asked", "too_little"): "not_asked"}
    codes[("pem_asked", "too_little")] = "pem_not_asked"
    return flags + tuple(Reason(codes[gate.code, gate.answer]) for gate in stop if (gate.code, gate.answer) in codes)


def _replay(
    diary: Diary, crashes: tuple[Crash, ...], track: TrackNow, asked_ms: int
) -> tuple[Literal[1, 2, 3], int, int | None]:
    """The phase after everything that moved it, in order of time; since when; and when a crash brought it there.

    Only the person's own line is a step; it moves at most one ahead, and to phase 3 only if it was confirmed since the
    track is B. A crash takes it one back; of a step and a crash at one moment the crash comes last.
    """
    line: list[tuple[int, bool, int]] = [(crash.start_ms, True, 0) for crash in crashes]
    for entry in diary.entries:
        if entry.kind == "event" and entry.label == PHASE and entry.value in ("1", "2", "3"):
            on_b = track.b_since_ms is not None and entry.at_ms >= track.b_since_ms
            line.append((entry.at_ms, False, min(int(entry.value), 3 if on_b else 2)))
    phase, since_ms, fell_ms = 1, _first_asked(diary, asked_ms), None
    for at_ms, is_crash, to in sorted(line):
        after = max(phase - 1, 1) if is_crash else min(to, phase + 1)
        if after != phase:
            fell_ms = at_ms if is_crash else None
            phase, since_ms = after, at_ms
    return (1, 2, 3)[phase - 1], since_ms, fell_ms


def _first_asked(diary: Diary, asked_ms: int) -> int:
    """When phase 1 began: with the first answer to the page of red flags."""
    lines = (entry.at_ms for entry in diary.entries if entry.label.startswith("red_flags/") and entry.kind == "answer")
    return min(lines, default=asked_ms)


def _asked(phase: Phase, track: Track, diary: Diary, free: CrashFree, since_ms: int) -> tuple[Gate, ...]:
    """The conditions of the next gate. Phase 2 on track P has none: there is no automatic way on."""
    if phase == 1:
        known = gates.enough_taps(diary, GATE_DAYS, GATE_KNOWN_DAYS)
        if track == "P":
            return known, gates.without_crash(free, GATE_DAYS), gates.steady(diary)
        rested = gates.without_crash(free, REST_AFTER_CRASH_DAYS)
        return known, rested, gates.fine_days(diary), gates.energy_up(diary), gates.control(diary)
    if phase == 2 and track == "B":
        known = gates.enough_taps(diary, LONG_DAYS, LONG_KNOWN_DAYS)
        calm = gates.energy_kept(diary), gates.mood_calm(diary), gates.stressor_solved(diary, since_ms)
        return known, gates.without_crash(free, LONG_DAYS), *calm
    if phase == 3:
        return gates.enough_taps(diary, STABLE_DAYS, STABLE_KNOWN_DAYS), gates.without_crash(free, STABLE_DAYS)
    return ()


_COLLECTED = {"fine_days", "energy_up", "control", "energy_kept"}
"""Conditions that need no answer nobody was obliged to give: those with too little are left out of the count."""


def _proposal(phase: Phase, track: Track, asked: tuple[Gate, ...]) -> Proposal | None:
    must = [gate for gate in asked if gate.code not in _COLLECTED]
    some = [gate for gate in asked if gate.code in _COLLECTED and gate.answer != "too_little"]
    if not must or any(gate.answer != "open" for gate in must):
        return None
    if phase == 1 and track == "B":
        return "phase_2" if some and 3 * sum(gate.answer == "open" for gate in some) >= 2 * len(some) else None
    if any(gate.answer != "open" for gate in some):
        return None
    follows: dict[int, Proposal] = {1: "phase_2", 2: "phase_3", 3: "leave"}
    return follows[phase]


def _expansion(diary: Diary, free: CrashFree) -> tuple[Gate, ...]:
    """Before the envelope is widened, ever: four weeks without a crash that are known well enough."""
    return gates.enough_taps(diary, LONG_DAYS, LONG_KNOWN_DAYS), gates.without_crash(free, LONG_DAYS)


def _due(phase: Phase, track: Track, diary: Diary, since_ms: int, fell_ms: int | None) -> tuple[Reason, ...]:
    weeks = (diary.now_ms - since_ms) // _WEEK_MS
    found = []
    if fell_ms is not None:
        found.append(Reason("back_after_crash", (diary.now_ms - fell_ms) // DAY_MS, REST_AFTER_CRASH_DAYS, "days"))
    if phase == 2 and track == "P":
        if weeks >= REVIEW_WEEKS:
            found.append(Reason("review_due", weeks, REVIEW_WEEKS, "weeks"))
    elif phase in STUCK_WEEKS and weeks >= STUCK_WEEKS[phase]:
        found.append(Reason("no_exit", weeks, STUCK_WEEKS[phase], "weeks"))
    return tuple(found)
