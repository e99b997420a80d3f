"""A standing as one object for scripts, in the types JSON knows; codes and no words, but for why a line was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uitknop.core import Advice, Phrase
from uitknop.core.table import plain
from uitknop.core.timeline import iso
from uitknop.guidance import Guided, Offer, OpenFlag, action_of, practice
from uitknop.instruments import LabResult, Score
from uitknop.knowledge import library
from uitknop.state import Crash, Fact, Gate, LookBack, State
from uitknop.walk.answered import Answered, Refused
from uitknop.walk.assembly import Standing
from uitknop.walk.typed import Taken

Told = dict[str, Any]
When = Callable[[int | None], str | None]


def standing_to_dict(found: Standing, say: Callable[[Phrase], str] = str) -> Told:
    """A standing in the types JSON knows; times are ISO 8601 with the offset of its zone, days are dates.

    Args:
        found: the standing.
        say: puts why a line was refused in the reader's language; English without it.
    """

    def when(at_ms: int | None) -> str | None:
        return None if at_ms is None else iso(at_ms, found.zone)

    return {
        "now": when(found.now_ms),
        "zone": found.zone,
        "flags": [_flag(flag, when) for flag in found.flags],
        "help_first": found.guided.help_first,
        "stays": list(found.guided.stays),
        "next": _next(found.guided),
        "held": plain(found.guided.held),
        "request": None if found.guided.request is None else _advice(found.guided.request),
        "practices": [_offer(offer) for offer in found.guided.fits],
        "claims": _claims(found.guided),
        **_state(found.state, when),
        "conditions": dict(found.has),
        "named": list(found.named),
        "settings": plain(found.settings),
        "lists": [_list(one, when) for one in found.answered],
        "totals": [_score(one, when) for one in found.totals],
        "labs": [_lab(one, when) for one in found.labs],
        "supplements": [_taken(one, when) for one in found.supplements],
        "refused": [_refused(one, when, say) for one in found.refused],
        "later": found.later,
    }


def _flag(flag: OpenFlag, when: When) -> Told:
    action = action_of(flag.id)
    return {
        "id": flag.id,
        "urgency": flag.urgency,
        "action": flag.action,
        "numbers": list(action.numbers),
        "waits": action.waits,
        "since": when(flag.since_ms),
        "by_proxy": flag.by_proxy,
    }


def _next(guided: Guided) -> Told:
    about = {"step": guided.step, "kind": guided.kind, "practice": guided.practice, "proposal": guided.proposal}
    return {**about, **_advice(guided.advice)}


def _advice(advice: Advice) -> Told:
    """An advice without its words, which stand in the data files in both languages."""
    return {
        "given": advice.step is not None,
        "gate": advice.gate,
        "numbers": {} if advice.step is None else plain(advice.step.fields),
        "limits": list(advice.limits_applied),
        "reasons": plain(advice.reasons),
        "claims": dict(advice.claims),
    }


def _offer(offer: Offer) -> Told:
    """A practice that fits, with the grade of its evidence and the claims it leans on."""
    about = practice(offer.practice)
    return {
        "practice": offer.practice,
        "numbers": {name: {"value": float(one.value), "unit": one.unit} for name, one in offer.numbers.items()},
        "grade": about.grade,
        "claims": list(about.claims),
        "otherwise": len(offer.otherwise),
    }


def _claims(guided: Guided) -> Told:
    """Every claim that the next step and the practices lean on, with the grade of its evidence."""
    named = {name for offer in guided.fits for name in practice(offer.practice).claims}
    return {name: library().claim(name).grade for name in sorted({*named, *guided.advice.claims})}


def _state(state: State, when: When) -> Told:
    return {
        "mode": state.mode,
        "severity": state.severity,
        "items_left": state.items_left,
        "checked": when(state.protection.asked_ms),
        "track": {
            "track": state.track.track,
            "pem": state.track.pem.answer,
            "by_proxy": state.track.pem.by_proxy,
            "asked": state.track.asked,
            "b_since": when(state.track.b_since_ms),
        },
        "phase": {
            "phase": state.phase.phase,
            "since": when(state.phase.since_ms),
            "gates": [_gate(gate) for gate in state.phase.gates],
            "proposal": state.phase.proposal,
            "expansion": [_gate(gate) for gate in state.phase.expansion],
            "reasons": plain(state.phase.reasons),
        },
        "load": {
            "domains": {one.domain: plain(one.estimate) for one in state.load.domains if one.estimate is not None},
            "too_little": {one.domain: one.reason.found for one in state.load.domains if one.reason is not None},
            "stands_out": list(state.load.stands_out),
        },
        "crash_now": state.crash_now,
        "crash_free": plain(state.crash_free),
        "crashes": [_crash(crash, when) for crash in state.crashes],
        "look_backs": [_look_back(one) for one in state.look_backs],
        "envelope": plain(state.envelope),
        "context": plain(state.context),
        "ask": plain(state.ask),
        "reasons": plain(state.reasons),
    }


def _gate(gate: Gate) -> Told:
    return {"code": gate.code, "answer": gate.answer, **{key: plain(getattr(gate.reason, key)) for key in _FIGURES}}


_FIGURES = ("found", "needed", "unit")


def _crash(crash: Crash, when: When) -> Told:
    told: Told = plain(crash)
    return {"start": when(told.pop("start_ms")), **told}


def _look_back(one: LookBack) -> Told:
    return {
        "crash": one.crash.first_day.isoformat(),
        "n_lines": len(one.entries),
        "n_rests": len(one.verdicts),
        "facts": [_fact(fact) for fact in one.facts],
    }


def _fact(fact: Fact) -> Told:
    return {**plain(fact), "stands_out": fact.stands_out}


def _list(one: Answered, when: When) -> Told:
    given = one.answers.given
    return {
        "list": one.instrument,
        "version": one.version,
        "begun": when(one.begun_ms),
        "last": when(one.last_ms),
        "by_proxy": one.answers.by_proxy,
        "answers": {answer.item: plain(answer.value) for answer in given},
        "decided": {decision.id: decision.holds for decision in one.decided},
        "scores": [_score(score, when) for score in one.scores],
        "contradictions": [list(found.items) for found in one.contradictions],
        "earlier": [_score(score, when) for score in one.earlier],
    }


def _score(score: Score, when: When) -> Told:
    told: Told = plain(score)
    told["at"] = when(told.pop("at_ms"))
    told["reached"] = [
        {key: getattr(limit, key) for key in ("side", "value", "source", "version", "verified")}
        for limit in score.reached
    ]
    return told


def _lab(one: LabResult, when: When) -> Told:
    told: Told = plain(one)
    return {"at": when(told.pop("at_ms")), **told}


def _taken(one: Taken, when: When) -> Told:
    note = one.supplement
    return {
        "substance": note.substance,
        "form": note.form,
        "from": when(note.from_ms),
        "until": when(note.until_ms),
        "current": one.current,
        "warnings": [
            {
                "concerns": list(warning.concerns),
                "touches": list(warning.touches),
                "source": warning.source,
                "verified": warning.verified,
            }
            for warning in one.warnings
        ],
    }


def _refused(one: Refused, when: When, say: Callable[[Phrase], str]) -> Told:
    return {"at": when(one.entry.at_ms), "kind": one.entry.kind, "label": one.entry.label, "why": say(one.why)}
