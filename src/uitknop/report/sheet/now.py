"""Heading 5: where somebody stands, what fits now with its grade, and the questions for the talk."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from uitknop.guidance import Guided, Track, practices, said_step
from uitknop.guidance.low_mood import safety_unknown
from uitknop.guidance.steps import Kind
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import Field, SheetLine
from uitknop.report.sheet.labs import latest_values
from uitknop.report.sheet.mood import low_mood
from uitknop.report.sheet.picked import Picked
from uitknop.report.sheet.source import Stands
from uitknop.state import Diary, PhaseNow

MOST_FITS = 4
MOST_QUESTIONS = 4
LONGEST_QUESTION = 120
FIRST: Mapping[Track, tuple[str, ...]] = {
    "B": ("day_rhythm", "limits_at_work", "quiet_rest", "slow_breathing"),
    "P": ("pacing", "quiet_rest", "dark_quiet", "slow_breathing"),
}
"""What a professional should see first of all that fits, by track."""
BEHIND_A_STEP: tuple[Field, ...] = (
    *("signs", "domains", "crashes", "days", "function", "complaints", "pem", "energy", "feelings", "lists"),
)
"""What a proposal may be chosen by, and so could be guessed from its words."""
KEPT_PRIVATE: frozenset[Kind] = frozenset({"talk"})
"""Proposals that would tell a reader what the person spoke of: these never stand on paper."""
MORE = " \N{HORIZONTAL ELLIPSIS}"
QUESTION = "question"
"""Label of the line of the diary in which the person keeps a question for the talk."""


def now_lines(stands: Stands, words: Words) -> Iterator[SheetLine]:
    """What stands under "what fits now"."""
    phase, guided = stands.state.phase, stands.guided
    yield SheetLine("phase", _phase(phase, words), tells_of=("signs",) if phase.phase == 0 else ())
    step = None if guided is None else said_step(guided, words.catalogue.lang)
    claims = () if guided is None else tuple(guided.advice.claims)
    if step and guided is not None and guided.kind == "ask":
        yield SheetLine("phase", words.told("no_step_yet"))
    elif step and guided is not None and guided.kind not in KEPT_PRIVATE:
        yield SheetLine("phase", words.told("step", step=step), claims, tells_of=BEHIND_A_STEP)
    else:
        yield SheetLine("phase", words.told("no_step"))
    if phase.track == "P" and stands.state.track.asked:
        yield SheetLine("phase", words.told("never_more"), tells_of=("pem",))
    if guided is not None and guided.fits:
        yield _fits(guided, FIRST[phase.track], words)


def question_lines(
    stands: Stands, diary: Diary, picked: Picked, own: Sequence[str], words: Words
) -> Iterator[SheetLine]:
    """Where a total is high and nobody knows of suicide, that first; the person's own; what there is reason to ask."""
    if safety_unknown(diary) is not None:
        yield SheetLine("questions", words.told("ask_safe"), tells_of=("lists",))
    yield from (SheetLine("questions", text) for text in dict.fromkeys(cut(one) for one in own if one.strip()))
    for key, field in _reasons_to_ask(stands, picked):
        yield SheetLine("questions", words.told(key), tells_of=(field,))


def cut(text: str) -> str:
    """A question in one line, no longer than fits; what is cut off shows."""
    whole = " ".join(text.split())
    return textwrap.shorten(whole, LONGEST_QUESTION, placeholder=MORE) if " " in whole else whole[:LONGEST_QUESTION]


def _reasons_to_ask(stands: Stands, picked: Picked) -> Iterator[tuple[str, Field]]:
    """What there is reason to ask, and the field that gives it."""
    state = stands.state
    if low_mood(picked):
        yield "ask_mood", "feelings"
    if state.track.pem.answer == "positive":
        yield "ask_pem", "pem"
    if stands.severity in ("severe", "very_severe"):
        yield "ask_severe", "function"
    if any(one.place == "outside" for one in latest_values(stands)):
        yield "ask_outside", "values"
    if any(reason.code in ("no_exit", "review_due") for reason in state.phase.reasons):
        yield "ask_stuck", "phase"
    if state.track.pem.answer == "unknown":
        yield "ask_pem_unknown", "pem"


def _phase(phase: PhaseNow, words: Words) -> str:
    track = "" if phase.phase != 2 else f"_{phase.track.lower()}"
    return words.told(f"phase_{phase.phase}{track}")


def _fits(guided: Guided, first_of_all: Sequence[str], words: Words) -> SheetLine:
    known = {offer.practice: practices()[offer.practice] for offer in guided.fits}
    graded = [one for one in known.values() if one.grade is not None]
    places = {name: place for place, name in enumerate(first_of_all)}
    first = sorted(graded, key=lambda one: places.get(one.id, len(places)))[:MOST_FITS]
    named = [words.told("fit", name=one.name.said(words.catalogue.lang), grade=one.grade) for one in first]
    claims = tuple(dict.fromkeys(claim for one in first for claim in one.claims[:1]))
    return SheetLine("fits", words.told("fits", fits="; ".join(named)), claims)
