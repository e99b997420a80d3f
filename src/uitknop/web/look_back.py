"""Terugkijken: which rests do something, by what was felt and by the heart; the week; each verdict with why."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakKeyDictionary

from fastapi import APIRouter
from fastapi.responses import Response

from uitknop.core import Entry, Findings, Span, Value, Verdict
from uitknop.core.timeline import day_of, day_span
from uitknop.report.answer import KindAnswer, headline, how_sure, kind_answers, quiet_answer
from uitknop.report.bout_words import ANSWER_NAMES, answer_sentence, kind_name, level_sentence, when, why
from uitknop.report.drawing import Figure
from uitknop.report.figures import BoutFigures, kinds_figure
from uitknop.report.numbers import numbers_of
from uitknop.report.words import N_, Catalogue
from uitknop.rest.parameters import FELT_WITHIN_MIN
from uitknop.web.found import findings, verdict_of
from uitknop.web.lines import Lines
from uitknop.web.said import FELT, NOW, TAP_WORDS
from uitknop.web.visit import Inside, Visit

router = APIRouter(prefix="/look-back")

DAYS = 7
DAY_MS = 86_400_000
SHOWN = 5
"""Kinds of rest that are shown; more of them stand behind one tap."""

FEWEST_FELT = 3
"""Answers on how a kind of rest felt, below which nothing is said of it."""

FELT_LEADS = {
    "early": N_("too early to say"),
    "often": N_("often calmer"),
    "sometimes": N_("sometimes calmer"),
    "same": N_("mostly the same"),
    "restless": N_("mostly more restless"),
    "varied": N_("now this, now that"),
}


@dataclass(frozen=True, slots=True)
class Felt(Value):
    """What a person said of one kind of rest.

    Args:
        name: what the kind is called.
        lead: what was said, in a few words.
        calmer, n: answers that said calmer, of how many.
    """

    name: str
    lead: str
    calmer: int
    n: int


@dataclass(frozen=True, slots=True)
class Row(Value):
    """One kind of rest: what was felt after it, what the heart did, and more of that where it is wanted."""

    name: str
    felt: str
    heart: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line(Value):
    """One line of a day: its tap, or a rest with what came of it; `start_ms` of a rest."""

    words: str
    start_ms: int | None = None


@dataclass(frozen=True, slots=True)
class OneDay(Value):
    """A day of the week that has lines."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heart(Value):
    """What is told of the heart in one language and mode: the kinds of rest, sentences, the figure."""

    answers: tuple[KindAnswer, ...]
    headline: tuple[str, ...]
    how_sure: tuple[str, ...]
    figure: Figure | None


@router.get("")
def look_back(visit: Inside) -> Response:
    """Words first; the figure and the numbers where they are wanted."""
    words, found = visit.words, findings(visit)
    entries = visit.house.vault.entries()
    quiet = visit.view.mode == "quiet"
    heart = _heart_of(visit, found, quiet=quiet)
    rows = _rows(heart.answers, felt_of(entries, words), words, quiet=quiet)
    return visit.page(
        "look_back.html",
        rows=rows[:SHOWN],
        more_rows=rows[SHOWN:],
        measured=bool(found.verdicts),
        headline=heart.headline,
        how_sure=heart.how_sure,
        figure=heart.figure,
        week=_week(visit, entries, found.verdicts),
        works=visit.house.judging.works,
    )


@router.get("/{start_ms}")
def one_rest(visit: Inside, start_ms: int) -> Response:
    """One rest: what was said of it, and why."""
    words, found = visit.words, findings(visit)
    index = next((i for i, one in enumerate(found.verdicts) if one.bout.span.start_ms == start_ms), None)
    if index is None:
        return _not_judged(visit, start_ms)
    verdict = found.verdicts[index]
    quiet = visit.view.mode == "quiet"
    said = (words.say(ANSWER_NAMES[verdict.answer]), answer_sentence(verdict, words), level_sentence(verdict, words))
    return visit.page(
        "one_rest.html",
        title=kind_name(verdict.bout.kind, verdict.bout.label, words),
        times=when(verdict.bout, visit.zone, words),
        said=quietly(said if quiet else said[1:], quiet=quiet),
        reasons=quietly(why(verdict, words), quiet=quiet),
        figure=None if quiet else BoutFigures(found, words).figure(index, "rest"),
        rows=numbers_of(verdict, words) if visit.view.mode == "everything" else (),
    )


def _heart_of(visit: Visit, found: Findings, *, quiet: bool) -> Heart:
    """What is told of the heart, as long as nothing else was found: drawing alone takes a fifth of a second."""
    lines, words = visit.house.vault.lines, visit.words
    kept = _HEARTS.get(lines)
    if kept is None or kept[0] is not found:
        kept = _HEARTS[lines] = found, {}
    if (words.lang, quiet) not in kept[1]:
        answers = kind_answers(found, words)
        told = quietly(headline(found, words), quiet=quiet) if found.verdicts else ()
        figure = None if quiet or not answers else kinds_figure(answers, quiet_answer(found, words), words)
        sure = (*told[1:], *quietly(how_sure(found, words), quiet=quiet))
        kept[1][words.lang, quiet] = Heart(answers, told[:1], sure, figure)
    return kept[1][words.lang, quiet]


_HEARTS: WeakKeyDictionary[Lines, tuple[Findings, dict[tuple[str, bool], Heart]]] = WeakKeyDictionary()
"""By the diary at hand; it is gone when the file is locked."""


def felt_of(entries: tuple[Entry, ...], words: Catalogue) -> tuple[Felt, ...]:
    """What was felt after each kind of rest: this needs no measuring at all."""
    answers = [entry for entry in entries if entry.kind == "answer" and entry.label == FELT]
    moments = [entry.at_ms for entry in answers]
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rest in entries:
        if rest.kind != "rest" or rest.end_ms is None:
            continue
        first = bisect_left(moments, rest.end_ms)
        near = answers[first : bisect_left(moments, rest.end_ms + FELT_WITHIN_MIN * 60_000)]
        told[rest.value, rest.label] += [one.value for one in near[:1]]
    return tuple(_felt(kind_name(kind, label, words), said, words) for (kind, label), said in told.items())


def quietly(sentences: tuple[str, ...], *, quiet: bool) -> tuple[str, ...]:
    """The sentences; in quiet mode those with a number are left to the other modes."""
    said = tuple(sentence for sentence in sentences if sentence)
    return tuple(one for one in said if not any(sign.isdigit() for sign in one)) if quiet else said


def _rows(answers: tuple[KindAnswer, ...], felt: tuple[Felt, ...], words: Catalogue, *, quiet: bool) -> list[Row]:
    """What was felt and what the heart did, side by side, a row for each kind.

    What probably does something stands first, what is surest of it on top; the others stay as they occur.
    """
    said = {one.name: one for one in felt}
    hearts = {one.name: one for one in answers}
    rows = []
    for name in dict.fromkeys([*(one.name for one in sorted(answers, key=_place)), *said]):
        one, heart = said.get(name), hearts.get(name)
        counted = words.say("{times} of {n}", times=one.calmer, n=one.n) if one and one.n and not quiet else ""
        felt_words = f"{one.lead} ({counted})" if one and counted else one.lead if one else ""
        more = heart.sentences if heart and not quiet else ()
        rows.append(Row(name, felt_words, heart.lead if heart else "", more))
    return rows


def _place(answer: KindAnswer) -> float:
    return -answer.beside.low if answer.standing == "more" and answer.beside is not None else 0.0


def _felt(name: str, said: list[str], words: Catalogue) -> Felt:
    calmer, n = said.count("calmer"), len(said)
    if n < FEWEST_FELT:
        lead = "early"
    elif 3 * calmer > n:
        lead = "often" if 3 * calmer >= 2 * n else "sometimes"
    else:
        lead = next((one for one in ("same", "restless") if 2 * said.count(one) > n), "varied")
    return Felt(name, words.say(FELT_LEADS[lead]), calmer, n)


def _week(visit: Visit, entries: tuple[Entry, ...], verdicts: tuple[Verdict, ...]) -> list[OneDay]:
    """The last days, the latest first: the heaviest tap of each, and its rests."""
    days = []
    today = day_of(visit.now_ms, visit.zone)
    moments = [entry.at_ms for entry in entries]
    since_ms = visit.now_ms - (DAYS + 1) * DAY_MS
    recent = tuple(one for one in verdicts if one.bout.span.start_ms >= since_ms)
    for back in range(DAYS):
        span = day_span(today - timedelta(days=back), visit.zone)
        own = entries[bisect_left(moments, span.start_ms) : bisect_left(moments, span.end_ms)]
        taps = [one.value for one in own if one.kind == "answer" and one.label == NOW and one.value in TAP_WORDS]
        known = [tap for tap in taps if tap != "skipped"]
        heaviest = max(known, key=list(TAP_WORDS).index, default=None)
        lines = [] if heaviest is None else [Line(visit.words.say(TAP_WORDS[heaviest]))]
        rests = [one for one in own if one.kind == "rest" and one.end_ms is not None]
        lines += [Line(_rest_words(visit, one, verdict_of(one, recent)), one.at_ms) for one in rests]
        if lines:
            days.append(OneDay(visit.words.day(span.start_ms, visit.zone), tuple(lines)))
    return days


def _rest_words(visit: Visit, rest: Entry, verdict: Verdict | None) -> str:
    name = kind_name(rest.value, rest.label, visit.words)
    at = visit.words.clock(rest.at_ms, visit.zone)
    if verdict is None:
        return f"{at} {name}"
    return f"{at} {name}: {visit.words.say(ANSWER_NAMES[verdict.answer])}"


def _not_judged(visit: Visit, start_ms: int) -> Response:
    """A rest without a verdict: nothing was measured then, or it is not looked at yet."""
    rests = visit.house.vault.do(lambda store: store.entries(Span(start_ms, start_ms + 1)))
    rest = next((one for one in rests if one.kind == "rest" and one.at_ms == start_ms), None)
    if rest is None or rest.span is None:
        return visit.go("/look-back")
    words = visit.words
    told = (
        words.say("Your days are being looked at now. Come back in a moment.")
        if visit.house.judging.works
        else words.say("Nothing was measured in this rest, and that is fine. How it felt counts just as much.")
    )
    times = f"{words.calendar_day(start_ms, visit.zone)} {words.between(rest.span, visit.zone)}"
    title = kind_name(rest.value, rest.label, words)
    return visit.page("one_rest.html", title=title, times=times, said=(told,), reasons=(), figure=None, rows=())
