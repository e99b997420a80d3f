"""After a red flag was closed: what it leaves behind for a while, in what fits and in what is proposed.

A word that a sign was talked about says that somebody looked at it, not what came out of that. So the condition behind
it is unknown until the person tells, and nothing is added in the week after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uitknop.guidance.help_actions import action_of
from uitknop.guidance.practices import conditions
from uitknop.guidance.raised import DISCUSSED, FLAG, KNOWN
from uitknop.guidance.red_flags import SUICIDALITY, Closed, OpenFlag
from uitknop.state import Diary
from uitknop.state.parameters import DAY_MS

QUIET_DAYS = 7
"""Nothing is added, and no other phase is proposed, in so many days after a sign was closed; and after thoughts of
suicide a talk stands first for as long. A choice of this project."""


def closings(diary: Diary) -> tuple[Closed, ...]:
    """Every time up to now that the person closed a sign for which all else waits."""
    return diary.once(("closings",), lambda: _closings(diary))


def _closings(diary: Diary) -> tuple[Closed, ...]:
    return tuple(
        Closed(name, entry.at_ms, entry.value == KNOWN)
        for entry in diary.entries
        if entry.kind == "event" and entry.label.startswith(FLAG) and entry.value in (DISCUSSED, KNOWN)
        if entry.at_ms <= diary.now_ms and action_of(name := entry.label.removeprefix(FLAG)).waits
    )


def days_since_closed(diary: Diary, sign: str | None = None) -> int | None:
    """Whole days since a sign was last closed; None where it never was. None for any sign."""
    last = max((one.at_ms for one in closings(diary) if sign in (None, one.id)), default=None)
    return None if last is None else (diary.now_ms - last) // DAY_MS


def talk_is_due(diary: Diary) -> int | None:
    """Days since thoughts of suicide were closed, while a talk stands first; else None."""
    days = days_since_closed(diary, SUICIDALITY)
    return days if days is not None and days < QUIET_DAYS else None


def doubted(told: Mapping[str, tuple[int, bool]], diary: Diary) -> frozenset[str]:
    """Conditions of which a closed sign spoke, and nothing was told since; `told` as `conditions_from` gives it."""
    return frozenset(name for name, last_ms in _last_ms(diary).items() if name not in told or told[name][0] <= last_ms)


def after_signs(
    has: Mapping[str, bool], told: Mapping[str, tuple[int, bool]], diary: Diary, flags: Iterable[OpenFlag]
) -> Mapping[str, bool]:
    """What is known of the conditions, with what the signs say of them.

    Args:
        has: what is known without them.
        told: the last word on each condition, as `conditions_from` gives it.
        diary: the person's.
        flags: red flags that are open.
    """
    found, unsure = dict(has), doubted(told, diary)
    opened = {flag.id for flag in flags}
    known = {one.id for one in closings(diary) if one.known and action_of(one.id).may_be_known}
    for name, row in conditions().items():
        if not opened.isdisjoint(row.signs) or (name in unsure and not known.isdisjoint(row.signs)):
            found[name] = True
        elif name in unsure and found.get(name) is False:
            del found[name]
    return found


def _last_ms(diary: Diary) -> Mapping[str, int]:
    """When a sign of each condition was last closed, UTC ms."""
    closed = closings(diary)
    last = {name: [one.at_ms for one in closed if one.id in row.signs] for name, row in conditions().items()}
    return {name: max(moments) for name, moments in last.items() if moments}
