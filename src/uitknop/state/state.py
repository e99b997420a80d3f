"""Where am I? Everything this room can say of a person at one moment, from the diary, the answers and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from uitknop.core import Entry, Reason, Value, Verdict
from uitknop.core.timeline import day_span
from uitknop.instruments import Severity, count_since, instrument, own_instruments, severity_of
from uitknop.instruments.sitting import items_left
from uitknop.state.crashes import Crash, CrashFree, ask_whether_crash, crash_free, crash_now, find_crashes
from uitknop.state.diary import Diary, answers_of, lines_of, read_diary, readable
from uitknop.state.envelope import Envelope, envelope_of
from uitknop.state.load import Load, load_of
from uitknop.state.lookback import LookBack, look_back
from uitknop.state.parameters import DAY_MS, WEEK_DAYS
from uitknop.state.phase import PhaseNow, phase_of
from uitknop.state.protection import Protection, protection_of
from uitknop.state.track import TrackNow, track_of

Mode = Literal["measured", "diary_only", "nothing"]


@dataclass(frozen=True, slots=True)
class State(Value):
    """What is known of a person at one moment.

    Args:
        mode: measured (some rest was judged), diary_only, or nothing. All three are full modes.
        severity: how ill, by the person's own answers; unknown without them.
        items_left: questions that may still be asked today; None for no limit.
        protection: red flags.
        track: P or B.
        phase: 0 to 3, with the next gate.
        load: by domain.
        crashes: in order of time.
        crash_now: whether the last one is still on, as far as known.
        crash_free: days since.
        look_backs: one per crash.
        envelope: where the last days lie.
        context: what is shown beside the gates and decides none: rests of the last week that settled.
        ask: questions worth asking, such as whether a fall of energy was a crash.
        reasons: what could not be used.
    """

    mode: Mode
    severity: Severity
    items_left: int | None
    protection: Protection
    track: TrackNow
    phase: PhaseNow
    load: Load
    crashes: tuple[Crash, ...]
    crash_now: bool
    crash_free: CrashFree
    look_backs: tuple[LookBack, ...]
    envelope: Envelope
    context: tuple[Reason, ...] = ()
    ask: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()


def state_of(
    entries: Iterable[Entry],
    verdicts: Sequence[Verdict] = (),
    *,
    now_ms: int,
    zone: str,
    open_flags: Iterable[str] | None = None,
) -> State:
    """The state of a person.

    Args:
        entries: of the diary, in any order.
        verdicts: on bouts of rest; none without recordings.
        now_ms: UTC ms. What lies after it does not count.
        zone: where the person is now, IANA name or fixed offset.
        open_flags: red flags that are open; None for all that the last answers raise.
    """
    return state_in(read_diary(entries, now_ms=now_ms, zone=zone), verdicts, zone=zone, open_flags=open_flags)


def state_in(
    diary: Diary, verdicts: Sequence[Verdict] = (), *, zone: str, open_flags: Iterable[str] | None = None
) -> State:
    """The state of a person, by a diary that was read; the other arguments as for `state_of`."""
    now_ms = diary.now_ms
    judged = sorted((one for one in verdicts if one.bout.span.end_ms <= now_ms), key=lambda one: one.bout.span)
    crashes = find_crashes(diary)
    track, protection = track_of(diary, crashes), protection_of(diary, open_flags)
    severity = severity_now(diary)
    asked = ask_whether_crash(diary, crashes)
    return State(
        mode="measured" if judged else "diary_only" if diary.entries else "nothing",
        severity=severity,
        items_left=_items_left(diary, severity, zone),
        protection=protection,
        track=track,
        phase=phase_of(diary, track, crashes, protection),
        load=load_of(diary),
        crashes=crashes,
        crash_now=crash_now(crashes, diary.today),
        crash_free=crash_free(diary, crashes),
        look_backs=look_back(crashes, diary, judged, zone),
        envelope=envelope_of(diary, crashes),
        context=_context(judged, now_ms),
        ask=() if asked is None else (asked,),
        reasons=_unreadable(diary),
    )


def severity_now(diary: Diary) -> Severity:
    """How ill the person is by their own answers about what a day holds; unknown without them."""
    return severity_of({name: answers_of(diary, instrument(name)) for name in ("function", "red_flags")})


def _items_left(diary: Diary, severity: Severity, zone: str) -> int | None:
    given = (answers_of(diary, one) for one in own_instruments() if not one.unlimited)
    return items_left(count_since(given, day_span(diary.today, zone).start_ms), severity)


def _context(judged: Sequence[Verdict], now_ms: int) -> tuple[Reason, ...]:
    week = [one for one in judged if now_ms - one.bout.span.end_ms < WEEK_DAYS * DAY_MS and one.answer != "cannot_tell"]
    settled = sum(one.answer == "settled" for one in week)
    return (Reason("rests_settled_this_week", settled, len(week), "rests"),) if week else ()


def _unreadable(diary: Diary) -> tuple[Reason, ...]:
    """Lines of the lists worded here that hold no answer: kept, not used, and told."""
    lost = sum(len(lines_of(diary, one)) - len(readable(diary, one)) for one in own_instruments())
    return (Reason("unreadable_answers", lost, 0, "answers"),) if lost else ()
