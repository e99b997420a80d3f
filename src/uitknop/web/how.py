"""Hoe werkt dit: the body model as a story in steps, and what-if; an explanation, never about the person."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from uitknop.body import body_model
from uitknop.body.what_if import PROTECTED_COUPLINGS, Choices, Effort, after_effort, what_if
from uitknop.core.errors import UitknopError
from uitknop.knowledge import library
from uitknop.report.body_figure import ensemble_figure
from uitknop.report.body_figures import body_figure
from uitknop.report.body_protected import protected_ensemble, protected_figure
from uitknop.report.body_words import disclaimer
from uitknop.report.how_told import GRADE_WORDS, PROTECTED_STORY, STORY, Step, other_couplings
from uitknop.report.what_if_words import effort_lines, never_ill_line, outside_line, share_lines
from uitknop.report.words import N_, Catalogue
from uitknop.web.visit import Inside, Visit
from uitknop.web.what_ifs import FIELDS, PROTECTED_FIELDS, Asked, Field, Gate, gate_of, warm
from uitknop.web.why import REFUTED

router = APIRouter(prefix="/how")

PEM_GATE = "pem_gate"
"""Flag of claims that are told only where effort is known to do no harm."""

CLAIMS_QUIET = 2
"""Claims of a coupling in quiet mode, which has no numbers to tell them apart by."""

WIDE = "couplings"
"""The figure that is wider than a small screen."""

FIGURE_WORDS = {
    "story": N_("The story, for many made-up people"),
    "bifurcation": N_("Where the model can stay"),
    "crash": N_("The crash that comes later"),
    "relapse": N_("Taking up again: when, and how much"),
    "shares": N_("How it ends for people who differ"),
    "couplings": N_("What leads to what"),
}
PROTECTED_FIGURE_WORDS = {
    "load": N_("The bucket and the limit"),
    "crash": N_("The crash that comes later"),
    "couplings": N_("What leads to what"),
}

Word = Annotated[str, Query(max_length=40)]
Words = Annotated[list[str] | None, Query(max_length=60)]
Part = dict[str, object]


@router.get("")
def how(visit: Inside) -> Response:
    """The story, a step at a time."""
    gate = gate_of(visit)
    if gate.help_first:
        return visit.go("/help")
    if visit.view.bad_day == "on":
        return visit.page("how_heavy.html")
    warm(lambda: _shown(visit, gate, Asked()))
    steps = [_step(step, gate, visit) for step in (STORY if gate.is_open else PROTECTED_STORY)]
    titles = FIGURE_WORDS if gate.is_open else PROTECTED_FIGURE_WORDS
    figures = () if visit.view.mode == "quiet" else [(name, visit.words.say(said)) for name, said in titles.items()]
    return visit.page("how.html", steps=steps, gate=gate, figures=figures, disclaimer=disclaimer(visit.words))


@router.get("/what-if")
def play(
    visit: Inside,
    load: Word = "",
    rest: Word = "",
    safety: Word = "",
    restart: Word = "",
    effort: Word = "",
    off: Words = None,
) -> Response:
    """What-if: a form, and what became of many made-up people. What is no choice is said, with the nearest names."""
    gate = gate_of(visit)
    if gate.help_first:
        return visit.go("/help")
    if visit.view.bad_day == "on":
        return visit.go("/how")
    asked, trouble, shown = Asked(load, rest, safety, restart, effort, tuple(off or ())), "", None
    try:
        shown = _shown(visit, gate, asked) if asked.anything else None
    except UitknopError as fault:
        asked, trouble = Asked(), visit.words.say(fault.phrase)
    if shown is None:
        warm(lambda: _shown(visit, gate, Asked()))
    return visit.page(
        "what_if.html",
        422 if trouble else 200,
        gate=gate,
        fields=_fields(gate, asked, visit.words),
        parts_of=_parts(gate, asked, visit),
        trouble=trouble,
        shown=shown,
        disclaimer=disclaimer(visit.words),
    )


@router.get("/figure/{name}")
def figure(visit: Inside, name: str) -> Response:
    """One of the figures of the model; those of a way back only where the whole of it is shown."""
    gate = gate_of(visit)
    if gate.help_first:
        return visit.go("/help")
    titles = FIGURE_WORDS if gate.is_open else PROTECTED_FIGURE_WORDS
    if name not in titles or visit.view.mode == "quiet" or visit.view.bad_day == "on":
        return visit.go("/how")
    drawn = body_figure(name, visit.words) if gate.is_open else protected_figure(name, visit.words)
    title, nature = visit.words.say(titles[name]), disclaimer(visit.words)
    return visit.page("how_figure.html", title=title, figure=drawn, wide=name == WIDE, disclaimer=nature)


def _shown(visit: Visit, gate: Gate, asked: Asked) -> Part:
    """What came of it, as it stands on the page."""
    return _year(visit, asked.choices()) if gate.is_open else _effort(visit, asked.protected())


def _year(visit: Visit, choices: Choices) -> Part:
    words, quiet = visit.words, visit.view.mode == "quiet"
    ensemble = what_if(choices)
    if not ensemble.bands:
        return {"lines": (outside_line(words),), "left_out": _left_out(choices.off, words), "figure": None}
    before = never_ill_line(ensemble, words)
    lines = share_lines(ensemble, words, numbers=not quiet)
    figure = None if quiet else ensemble_figure(ensemble, words, figure_id="what-if")
    return {"lines": (before, *lines) if before else lines, "left_out": _left_out(choices.off, words), "figure": figure}


def _effort(visit: Visit, chosen: Effort) -> Part:
    words, quiet = visit.words, visit.view.mode == "quiet"
    ensemble = after_effort(chosen)
    lines = effort_lines(ensemble, words, numbers=not quiet)
    figure = None if quiet or not ensemble.bands else protected_ensemble(ensemble, words, figure_id="what-if")
    return {"lines": lines, "left_out": _left_out(chosen.off, words), "figure": figure}


def _left_out(off: tuple[str, ...], words: Catalogue) -> tuple[str, ...]:
    return tuple(body_model().couplings[name].title.said(words.lang) for name in off)


def _step(step: Step, gate: Gate, visit: Visit) -> Part:
    say = visit.words.say
    return {
        "name": step.name,
        "heading": say(step.heading),
        "lines": [say(line) for line in step.lines],
        "couplings": [_coupling(name, gate, (), visit) for name in step.couplings],
    }


def _fields(gate: Gate, asked: Asked, words: Catalogue) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The choices: what was chosen, or what stands ready."""
    chosen = asked.choices() if gate.is_open else asked.protected()
    return [_field(field, getattr(chosen, field[0]), words) for field in (FIELDS if gate.is_open else PROTECTED_FIELDS)]


def _field(field: Field, chosen: str, words: Catalogue) -> tuple[str, str, list[tuple[str, str, bool]]]:
    name, label, options = field
    return name, words.say(label), [(value, words.say(said), value == chosen) for value, said in options]


def _parts(gate: Gate, asked: Asked, visit: Visit) -> list[tuple[str, list[Part]]]:
    """The couplings that can be left out, under the steps they belong to."""
    say = visit.words.say
    if not gate.is_open:
        return [(say("Parts of the model"), [_coupling(name, gate, asked.off, visit) for name in PROTECTED_COUPLINGS])]
    steps = [(say(step.heading), step.couplings) for step in STORY]
    steps.append((say("What else is in the model"), other_couplings()))
    return [(heading, [_coupling(name, gate, asked.off, visit) for name in names]) for heading, names in steps]


def _coupling(name: str, gate: Gate, off: tuple[str, ...], visit: Visit) -> Part:
    """A coupling with how sure it is, and the claims it rests on, or that it rests on none."""
    lang, quiet = visit.view.lang, visit.view.mode == "quiet"
    coupling, labels = body_model().couplings[name], library().labels.grades
    claims = sorted((each for each in library().claims if each.id in coupling.claims), key=lambda each: each.grade)
    told = [each for each in claims if gate.is_open or PEM_GATE not in each.flags]
    if quiet:
        said = [(each.id, labels[each.grade].said(lang)) for each in told[:CLAIMS_QUIET]]
    else:
        said = [
            (each.id, f"{each.id} ({labels[REFUTED].said(lang) if each.grade == REFUTED else each.grade})")
            for each in told
        ]
    return {
        "name": name,
        "words": coupling.title.said(lang),
        "grade": visit.words.say(GRADE_WORDS[coupling.grade]),
        "off": name in off,
        "claims": said,
        "unclaimed": not coupling.claims,
    }
