"""Practices that fit now, with their numbers for this person, and what must hold before more may be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from uitknop.core import Reason, Value
from uitknop.guidance.answered import last_added
from uitknop.guidance.closed import QUIET_DAYS, days_since_closed
from uitknop.guidance.fitting import Permission, allowed, increase, numbers
from uitknop.guidance.help_actions import actions
from uitknop.guidance.limits import Checked, limit, within_limits
from uitknop.guidance.low_mood import low_mood
from uitknop.guidance.practices import Phase, Practice, practices
from uitknop.guidance.red_flags import OpenFlag, Place, proposals_wait
from uitknop.guidance.settings import Settings
from uitknop.guidance.text import Text
from uitknop.state import Diary, State
from uitknop.state.diary import CRASH, HEAVY, day_of_entry
from uitknop.state.parameters import REST_AFTER_CRASH_DAYS

RESTING = ("rest", "menu", "breathing")
"""Groups of practices that stay there while a red flag is open or a crash is on."""

REMEMBERED_DAYS = 14
"""How long after something was added a heavier day means going back; a choice of this project."""

FEWEST_KNOWN_OF_WEEK = 5
FEWEST_KNOWN_OF_LAST = 3
"""Days with a tap before anything is added: of the last seven, and of today and the three days before it; a choice of
this project."""


@dataclass(frozen=True, slots=True)
class Offer(Value):
    """A practice that fits now.

    Args:
        practice: its id.
        numbers: by name, each within its hard limit.
        otherwise: what changes for this person.
    """

    practice: str
    numbers: Mapping[str, Checked]
    otherwise: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Person(Value):
    """What the choice of a step looks at, together. Nothing in it comes from a sensor.

    Args:
        state: where the person is.
        diary: what they wrote.
        flags: red flags that are open.
        stays: what is open now.
        settings: what they set.
        has: conditions asked about, with those that follow from the flags.
        doubted: conditions of which a closed flag spoke, and nothing was told since.
    """

    state: State
    diary: Diary
    flags: tuple[OpenFlag, ...]
    stays: frozenset[Place]
    settings: Settings
    has: Mapping[str, bool]
    doubted: frozenset[str] = frozenset()


def offers(person: Person) -> tuple[Offer, ...]:
    """Every practice that fits now. Rest is always among them."""
    grows, found = may_grow(person), []
    for practice in practices().values():
        if _is_open(practice, person, grows) and person.doubted.isdisjoint(practice.not_with):
            answer = may_have(practice, person)
            if answer.allowed:
                found.append(Offer(practice.id, told(practice, person, grows), answer.otherwise))
    return tuple(found)


def may_have(practice: Practice, person: Person) -> Permission:
    """Whether a practice goes with what is known of the person."""
    return allowed(practice, person.has, person.state.track.track, person.state.severity, _phase(person))


def may_grow(person: Person) -> bool:
    """Whether anything may be added now at all."""
    return not held_back(person)


def told(practice: Practice, person: Person, grows: bool) -> Mapping[str, Checked]:
    """The numbers of a practice for this person.

    The person's own minutes take the place of ours where they lie within the limit.

    Args:
        practice: which.
        person: for whom.
        grows: whether anything may be added now; `may_grow`.
    """
    track, severity = person.state.track.track, person.state.severity
    found = dict(numbers(practice, person.has, track, severity))
    if "minutes" in found and (own := person.settings.minutes.get(practice.id)) is not None:
        name = found["minutes"].limit
        if within_limits(name, own):
            found["minutes"] = Checked(own, name)
    if "increase" in found:
        found["increase"] = increase(practice, track, person.settings.plan and grows)
    return found


def held_back(person: Person) -> tuple[Reason, ...]:
    """Why nothing is added now, the weightiest first; empty on track B when nothing stands in the way.

    It looks at red flags, PEM, the plan, who is offered it, and the last days. It asks for no heart measurement.
    """
    state = person.state
    waits = [Reason("flag_open", flag.id) for flag in person.flags if proposals_wait((flag,))]
    pem = [] if state.track.track == "B" else [Reason("pem_held_back", state.track.pem.answer, "negative")]
    changed = [Reason("adapted", name) for name in adapted(person)]
    fit = state.severity in ("mild", "moderate")
    ill = [] if fit else [Reason("severity", state.severity, "moderate")]
    low = [] if (mood := low_mood(person.diary)) is None else [mood]
    plan = [] if person.settings.plan else [Reason("plan_off")]
    return (*waits, *pem, *changed, *ill, *low, *plan, *unsteady(person))


def adapted(person: Person) -> tuple[str, ...]:
    """The conditions for which all that is offered is adapted: pregnancy, under 18, lying in bed most of the day."""
    meant = {action.means for action in actions().values() if action.means is not None}
    return tuple(sorted(name for name in meant if person.has.get(name)))


def unsteady(person: Person) -> Iterator[Reason]:
    """The stop rule of 24 to 72 hours, the week after a crash or a sign, and too few days that are known."""
    state, diary = person.state, person.diary
    closed = days_since_closed(diary)
    if closed is not None and closed < QUIET_DAYS:
        yield Reason("sign_closed", closed, QUIET_DAYS, "days")
    free = state.crash_free.days
    if free is not None and state.crashes and free < REST_AFTER_CRASH_DAYS:
        yield Reason("after_crash", free, REST_AFTER_CRASH_DAYS, "days")
    if worse_lately(diary):
        yield Reason("not_stable", None, limit("stable_before_h").least, "h")
    after = days_worse_after_more(person)
    apart = limit("increase_apart_days").least or 0
    if after is not None and after < apart:
        yield Reason("worse_after_more", after, apart, "days")
    if diary.known(7) < FEWEST_KNOWN_OF_WEEK or diary.known(4) < FEWEST_KNOWN_OF_LAST:
        yield Reason("week_known_too_little", diary.known(7), FEWEST_KNOWN_OF_WEEK, "days")
    if state.envelope.where == "outside":
        yield Reason("outside_of_own_history", state.envelope.amount)


def days_worse_after_more(person: Person) -> int | None:
    """Days since the last heavy day or crash in the fortnight after something was added; None without one."""
    diary, added = person.diary, last_added(person.diary)
    if added is None:
        return None
    heavy = [day for day, said in diary.taps.items() if said in (HEAVY, CRASH)]
    worse = [*heavy, *(crash.last_day for crash in person.state.crashes)]
    first = day_of_entry(added)
    since = [day for day in worse if 0 <= (day - first).days <= REMEMBERED_DAYS]
    return (diary.today - max(since)).days if since else None


def worse_lately(diary: Diary) -> bool:
    """Whether a day of the last 72 hours was called heavy or a crash; today and the three days before it."""
    days = round((limit("stable_before_h").least or 0) / 24)
    return any(diary.taps.get(diary.today - timedelta(days=back)) in (HEAVY, CRASH) for back in range(days + 1))


def _phase(person: Person) -> Phase:
    return 0 if proposals_wait(person.flags) else person.state.phase.phase


def _is_open(practice: Practice, person: Person, grows: bool) -> bool:
    if practice.group == "breathing" and "breathing" not in person.stays:
        return False
    if proposals_wait(person.flags) or person.state.crash_now:
        return practice.group in RESTING
    return grows or not practice.more
