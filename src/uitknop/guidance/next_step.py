"""What next? One step, gated: red flags first, then PEM, then what the last days say, and only then a proposal.

Protection is always on. A proposal to do more is made on track B only, only with the plan switched on, and only when
nothing holds it back; on track P there is none, ever, and the person's own request has its own rule. No step depends
on a heart measurement. Order and rules: clinical reference, sections 1, 3 and 11.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uitknop.core import Advice, Reason, Value
from uitknop.guidance.answered import days_since, last_added
from uitknop.guidance.closed import QUIET_DAYS, after_signs, doubted, talk_is_due
from uitknop.guidance.limits import limit
from uitknop.guidance.low_mood import low_mood, safety_unknown
from uitknop.guidance.offers import (
    Offer,
    Person,
    adapted,
    days_worse_after_more,
    held_back,
    may_grow,
    may_have,
    offers,
    told,
    unsteady,
    worse_lately,
)
from uitknop.guidance.practices import practices
from uitknop.guidance.proposals import added_lately, may_be_made, room
from uitknop.guidance.red_flags import OpenFlag, Place, conditions_meant, proposals_wait, what_stays_open
from uitknop.guidance.settings import Settings
from uitknop.guidance.steps import Kind, Step, advice_of, said_advice, steps
from uitknop.guidance.text import Language
from uitknop.guidance.told import conditions_from
from uitknop.instruments import instrument
from uitknop.instruments.answers import applies
from uitknop.state import Diary, State
from uitknop.state.diary import answers_of
from uitknop.state.track import SCREENS

REST_FIRST_WEEKS = 2
"""Weeks in phase 1 on track B in which rest stands first, before a few fixed points in the day; a design choice."""


@dataclass(frozen=True, slots=True)
class Guided(Value):
    """What fits now.

    Args:
        advice: the one next step with its gate, limits, reasons and graded claims; its step is None for "no proposal"
            and while help comes first.
        step: id of the step; None where there is none.
        kind: what sort of step it is. Only "more" proposes to do more.
        practice: id of the practice it is about.
        proposal: name under which the person's yes or no is kept; None where there is nothing to answer.
        help: red flags that are open, the most urgent first; what to do stands with `action_of`.
        stays: what is open now; rest, help and the diary always are.
        fits: practices that fit now, with their numbers.
        held: why nothing was proposed to do more, or to go on.
        request: the answer to the person's own request for more room; None without a request.
    """

    advice: Advice
    step: str | None
    kind: Kind | None
    practice: str | None
    proposal: str | None
    help: tuple[OpenFlag, ...]
    stays: tuple[Place, ...]
    fits: tuple[Offer, ...]
    held: tuple[Reason, ...]
    request: Advice | None

    @property
    def help_first(self) -> bool:
        """Whether the page of help is shown before anything else."""
        return bool(self.help)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A step and the gate it stands behind; no step for "no proposal"."""

    step: str | None
    gate: str
    reasons: tuple[Reason, ...] = ()


def guide(
    state: State,
    diary: Diary,
    flags: Sequence[OpenFlag],
    settings: Settings | None = None,
    has: Mapping[str, bool] | None = None,
) -> Guided:
    """The one next step, and what stays open beside it.

    Args:
        state: where the person is.
        diary: the lines it was made of.
        flags: red flags that are open; `flags_of(diary)`.
        settings: None for those of somebody who has set nothing: the plan is off.
        has: conditions that were asked about, and whether the person has them; what is missing is unknown.
    """
    person = _person(state, diary, tuple(flags), settings or Settings(), has or {})
    first = tuple(flag for flag in flags if proposals_wait((flag,)))
    held = held_back(person)
    opened = tuple(Reason("flag_open", flag.id) for flag in first)
    choice = _Choice(None, "red_flag", opened) if first else _choose(person, held)
    step = steps()[choice.step] if choice.step is not None else None
    return Guided(
        advice=_advice(step, choice, person),
        step=choice.step,
        kind=step.kind if step is not None else None,
        practice=step.practice if step is not None else None,
        proposal=step.name if step is not None and step.answered else None,
        help=first,
        stays=tuple(sorted(person.stays)),
        fits=offers(person),
        held=held,
        request=room(person),
    )


def _person(
    state: State, diary: Diary, flags: tuple[OpenFlag, ...], settings: Settings, has: Mapping[str, bool]
) -> Person:
    told = conditions_from(diary.entries, now_ms=diary.now_ms)
    known = after_signs({**has, **dict.fromkeys(conditions_meant(flags), True)}, told, diary, flags)
    return Person(state, diary, flags, what_stays_open(flags), settings, known, doubted(told, diary))


def said_step(guided: Guided, lang: Language) -> str | None:
    """The next step in words; None for "no proposal"."""
    return said_advice(guided.advice, lang)


def _advice(step: Step | None, choice: _Choice, person: Person) -> Advice:
    if step is None:
        return Advice(None, choice.gate, (), choice.reasons, {})
    about = practices()[step.practice] if step.practice is not None else None
    numbers = told(about, person, may_grow(person)) if about is not None else {}
    return advice_of(step, choice.gate, choice.reasons, numbers)


def _choose(person: Person, held: tuple[Reason, ...]) -> _Choice:
    """The first that may come: what protects, what is worth a talk, a proposal, and else what fits on any day."""
    track_p = person.state.track.track == "P"
    proposed = _on_track_p(person) if track_p else _on_track_b(person, held)
    for found in (*_protect(person), *_talk(person), *proposed):
        if found.step is None or may_be_made(found.step, person.diary):
            return found
    return _pacing(person) if track_p else _by_phase(person)


def _protect(person: Person) -> Iterable[_Choice]:
    """What comes before every plan."""
    state = person.state
    if (hidden := safety_unknown(person.diary)) is not None:
        yield _Choice("ask_safe", "red_flag", (hidden,))
    if (days := talk_is_due(person.diary)) is not None:
        yield _Choice("talk_after_help", "red_flag", (Reason("sign_closed", days, QUIET_DAYS, "days"),))
    due = [reason for reason in state.phase.reasons if reason.code in ("not_asked", "check_due")]
    if due:
        yield _Choice("check_flags", "flags_asked", tuple(due))
    if state.crash_now:
        yield _Choice("crash_rest", "crash", (Reason("crash_now"),))
    if not state.track.asked and state.items_left != 0:
        yield _Choice("ask_pem", "pem_asked", (Reason("pem_not_asked"),))
    if worse_lately(person.diary) and added_lately(person.diary):
        yield _Choice("go_back", "stop_rule", (Reason("worse_after_more", None, limit("stable_before_h").least, "h"),))
    if fell := [reason for reason in held_back(person) if reason.code == "after_crash"]:
        yield _Choice("after_crash", "after_crash", tuple(fell))
    if state.ask:
        yield _Choice("ask_crash", "crash", state.ask)
    if state.track.reasons and state.items_left != 0:
        yield _Choice("ask_pem_again", "pem", state.track.reasons)


def _talk(person: Person) -> Iterable[_Choice]:
    """What is worth a talk with somebody, once in a while."""
    state, gate = person.state, f"phase_{person.state.phase.phase}"
    if (low := low_mood(person.diary)) is not None:
        yield _Choice("talk_mood", gate, (low,))
    codes = {"no_exit": "talk_doctor", "review_due": "review"}
    for reason in state.phase.reasons:
        if reason.code in codes:
            yield _Choice(codes[reason.code], gate, (reason,))
    work = answers_of(person.diary, instrument("work"))
    alone = work.value("now") in (1, 2) and work.value("company_doctor") == 0
    asks = state.phase.phase != 0 and (work.value("conflict") == 1 or alone)
    if asks and any(offer.practice == "work_talk" for offer in offers(person)):
        yield _Choice("work_talk", gate, (Reason("work_asks"),))


def _on_track_p(person: Person) -> Iterable[_Choice]:
    """What may be put to somebody on track P with the plan on. Nothing of it adds anything."""
    state, pem = person.state, _pem(person.state)
    if not person.settings.plan:
        return
    if _pem_left(person.diary) and state.track.pem.answer == "unknown" and state.items_left != 0:
        yield _Choice("ask_pem_rest", "pem", (pem,))
    if state.phase.proposal == "phase_2" and _may_move(person):
        yield _Choice("phase_2_p", "phase_1", (pem, *_passed(state)))


def _pem_left(diary: Diary) -> bool:
    """Whether a list on PEM was begun and has questions that were neither answered nor passed over."""
    begun = ((one, answers_of(diary, one)) for one in map(instrument, SCREENS))
    return any(
        answers.of(item.id) is None and applies(item, answers)
        for one, answers in begun
        if answers.given
        for item in one.items
    )


def _pacing(person: Person) -> _Choice:
    """Staying inside the limit, by where the last days lie in the own history."""
    state, pem = person.state, _pem(person.state)
    if state.severity in ("severe", "very_severe"):
        return _Choice("severe_rest", "track_P", (pem, Reason("severity", state.severity, "moderate")))
    where = {"inside": "pacing_inside", "edge": "pacing_edge", "outside": "pacing_outside"}
    return _Choice(where.get(state.envelope.where, "pacing"), "track_P", (pem, *state.envelope.reasons))


def _on_track_b(person: Person, held: tuple[Reason, ...]) -> Iterable[_Choice]:
    """Proposals on track B. All but leaving wait for the plan; below the minimum of a gate there is none."""
    state, gate = person.state, f"phase_{person.state.phase.phase}"
    proposal = state.phase.proposal
    if proposal == "leave":
        yield _Choice("leave", gate, _passed(state))
    if not person.settings.plan:
        return
    if proposal in ("phase_2", "phase_3") and _may_move(person):
        yield _Choice(proposal, gate, _passed(state))
    lacks = [one.reason for one in state.phase.gates if one.code == "known_days" and one.answer == "too_little"]
    if state.phase.phase == 2:
        lacks += [reason for reason in held if reason.code == "week_known_too_little"]
    if lacks:
        yield _Choice(None, gate, tuple(lacks))
    elif state.phase.phase == 2 and _may_restart(person) and not added_lately(person.diary, _apart_days()):
        yield _Choice("increase" if _going_on(person) else "restart", "plan", _passed(state))
    elif state.phase.phase == 2 and (asks := _to_ask_first(person, held)):
        yield _Choice("ask_before_more", "plan", asks)


def _by_phase(person: Person) -> _Choice:
    """What fits on an ordinary day on track B: rest first, then structure, then one's own signs, then nothing."""
    phase = person.state.phase.phase
    gate = f"phase_{phase}"
    if phase == 3:
        found = "own_signs" if may_be_made("own_signs", person.diary) else None
        return _Choice(found, gate, (Reason("nothing_needed"),))
    weeks = (days_since(person.state.phase.since_ms, person.diary.now_ms) or 0) // 7
    structure = phase == 2 or weeks >= REST_FIRST_WEEKS
    if structure and any(offer.practice == "day_rhythm" for offer in offers(person)):
        return _Choice("day_rhythm", gate, (Reason("rest_then_structure"),))
    return _Choice("rest_a_few_times", gate, (Reason("rest_first"),))


def _pem(state: State) -> Reason:
    return Reason("pem_held_back", state.track.pem.answer, "negative")


def _may_move(person: Person) -> bool:
    """Whether another phase may be proposed: not while the last days are unsteady, nor to whom all is adapted."""
    return not adapted(person) and not list(unsteady(person))


def _passed(state: State) -> tuple[Reason, ...]:
    """What the gate was opened by."""
    return tuple(one.reason for one in state.phase.gates if one.answer == "open")


def _may_restart(person: Person) -> bool:
    """Whether starting again fits: nothing holds it back, and nothing the person has goes against it."""
    return any(offer.practice == "careful_restart" for offer in offers(person))


def _to_ask_first(person: Person, held: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """What is still unknown where nothing else stands in the way of more; empty where something does."""
    unknown = tuple(reason for reason in held if reason.code == "severity" and reason.found == "unknown")
    why = may_have(practices()["careful_restart"], person).reason
    if len(unknown) < len(held) or (why is not None and why.code != "not_asked"):
        return ()
    return unknown if why is None else (*unknown, Reason("condition_not_asked", why.found))


def _going_on(person: Person) -> bool:
    """Whether something was taken up in this phase and no heavier day came since; else one starts again, smaller."""
    added = last_added(person.diary)
    since_ms = person.state.phase.since_ms or 0
    return added is not None and added.at_ms >= since_ms and days_worse_after_more(person) is None


def _apart_days() -> int:
    return round(limit("increase_apart_days").least or 0)
