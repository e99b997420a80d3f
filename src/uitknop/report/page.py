"""The report page: one file that answers in words first, and holds everything it needs.

Nothing is fetched and nothing runs: no script, no font, no picture from elsewhere, and a policy in the page that
forbids it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from uitknop.core import Findings, Verdict
from uitknop.core.timeline import day_of
from uitknop.report.advice_words import what_helps, why_not, worn
from uitknop.report.answer import headline, how_sure, kind_answers, quiet_answer
from uitknop.report.bout_words import ANSWER_NAMES, answer_sentence, kind_name, level_sentence, why
from uitknop.report.drawing import Figure
from uitknop.report.figures import BoutFigures, kinds_figure
from uitknop.report.numbers import numbers_of, scale_numbers
from uitknop.report.words import Catalogue, catalogue

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Moment:
    """One bout as the page shows it."""

    moment_id: str
    times: str
    kind: str
    answer: str
    sentences: tuple[str, ...]
    reasons: tuple[str, ...]
    figure: Figure | None
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The bouts of one day."""

    day_id: str
    name: str
    moments: tuple[Moment, ...]


def render_page(findings: Findings, lang: str) -> str:
    """The whole page as one HTML document.

    Args:
        findings: what one run found; may be empty.
        lang: "nl" or "en".
    Raises:
        UitknopError: no such language.
    """
    words = catalogue(lang)
    answers, quiet = kind_answers(findings, words), quiet_answer(findings, words)
    return _template(lang).render(
        lang=lang,
        period=_period(findings, words),
        headline=headline(findings, words),
        kinds=answers,
        kinds_figure=kinds_figure(answers, quiet, words),
        how_sure=how_sure(findings, words),
        why_not=why_not(findings, words),
        worn=worn(findings, words),
        what_helps=what_helps(findings, words),
        days=_days(findings, words),
        scale=scale_numbers(findings.scale, words),
        notes=_notes(findings, words),
    )


@lru_cache(maxsize=2)
def _template(lang: str) -> jinja2.Template:
    import jinja2

    words = catalogue(lang)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("uitknop.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=words.say, count=words.count)
    environment.filters["capitalize_first"] = _capitalised
    return environment.get_template("page.html")


def _period(findings: Findings, words: Catalogue) -> str:
    dated = [summary for summary in findings.recordings if summary.clock is not None]
    if not findings.recordings:
        return words.say("No recording yet")
    hours = sum(summary.duration_s for summary in findings.recordings) / 3600
    length = words.count("{n} hour recorded", "{n} hours recorded", max(round(hours), 1))
    if findings.zone is None or not dated:
        return words.say("{length}, without a clock", length=length)
    first = min(summary.start_ms for summary in dated)
    last = max(summary.end_ms or summary.start_ms + round(summary.duration_s * 1000) for summary in dated)
    return words.say(
        "{first} to {last}, {length}",
        first=words.dated(first, findings.zone),
        last=words.dated(last, findings.zone),
        length=length,
    )


def _days(findings: Findings, words: Catalogue) -> tuple[Day, ...]:
    figures = BoutFigures(findings, words)
    days: dict[str, list[Moment]] = {}
    names: dict[str, str] = {}
    for index, verdict in enumerate(findings.verdicts):
        day_id, name = _day(verdict, findings.zone, words)
        names[day_id] = name
        days.setdefault(day_id, []).append(_moment(index, findings, figures, words))
    return tuple(Day(day_id, names[day_id], tuple(moments)) for day_id, moments in days.items())


def _day(verdict: Verdict, zone: str | None, words: Catalogue) -> tuple[str, str]:
    start_ms = verdict.bout.span.start_ms
    if zone is None:
        return "day-without-clock", words.say("Times since the start of the recording")
    return f"day-{day_of(start_ms, zone).isoformat()}", words.day(start_ms, zone)


def _moment(index: int, findings: Findings, figures: BoutFigures, words: Catalogue) -> Moment:
    verdict = findings.verdicts[index]
    moment_id = f"moment-{index + 1}"
    said = (answer_sentence(verdict, words), level_sentence(verdict, words))
    return Moment(
        moment_id,
        words.between(verdict.bout.span, findings.zone),
        kind_name(verdict.bout.kind, verdict.bout.label, words),
        words.say(ANSWER_NAMES[verdict.answer]),
        tuple(sentence for sentence in said if sentence),
        why(verdict, words),
        figures.figure(index, f"{moment_id}-figure"),
        numbers_of(verdict, words),
    )


def _notes(findings: Findings, words: Catalogue) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(_noted(findings, words))


def _noted(findings: Findings, words: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    for summary in findings.recordings:
        share = words.say("{share} % of the time recorded", share=words.number(summary.coverage_pct))
        said = [share]
        if summary.artefact_pct is not None:
            said.append(words.say("{share} % of the beats disturbed", share=words.number(summary.artefact_pct, 1)))
        yield summary.name, (*said, *(words.say(note) for note in summary.notes))


def _capitalised(said: str) -> str:
    return said[:1].upper() + said[1:]
