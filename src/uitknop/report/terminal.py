"""The findings in the terminal: the pooled answer in words, then a table of bouts, then what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core import Findings, Verdict
from uitknop.report.advice_words import what_helps, why_not
from uitknop.report.answer import headline, kind_answers
from uitknop.report.bout_words import ANSWER_NAMES, estimate_text, kind_name
from uitknop.report.words import Catalogue, catalogue

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def print_findings(findings: Findings, console: Console, lang: str) -> None:
    """Print the findings to a rich console, in words first.

    Raises:
        UitknopError: no such language.
    """
    words = catalogue(lang)
    for part in _parts(findings, words):
        console.print(part)


def _parts(findings: Findings, words: Catalogue) -> list[RenderableType]:
    parts: list[RenderableType] = [_heading(words.say("Does rest do something for you?"))]
    parts += [_plain(sentence) for sentence in headline(findings, words)]
    for answer in kind_answers(findings, words):
        parts += [
            _plain(""),
            _heading(f"{answer.name}: {answer.lead[:1].lower()}{answer.lead[1:]}"),
            *(_plain(sentence) for sentence in answer.sentences),
        ]
    if findings.verdicts:
        parts += [_plain(""), _table(findings, words)]
    missing = why_not(findings, words)
    if missing:
        parts += [_plain(""), _heading(words.say("Why can't it tell sometimes?")), *map(_item, missing)]
    parts += [
        _plain(""),
        _heading(words.say("What would help to tell more?")),
        *map(_item, what_helps(findings, words)),
    ]
    parts += [_plain(""), _plain(words.say("A measurement, not a medical verdict. Nothing has to be done."))]
    return parts


def _heading(said: str) -> RenderableType:
    from rich.text import Text

    return Text(said[:1].upper() + said[1:], style="bold")


def _plain(said: str) -> RenderableType:
    from rich.text import Text

    return Text(said)


def _item(said: str) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_row(_plain(" -"), _plain(said))
    return grid


def _table(findings: Findings, words: Catalogue) -> RenderableType:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in (words.say("when"), words.say("kind"), words.say("answer"), words.say("time until at rest")):
        table.add_column(head)
    table.add_column(words.say("how sure"))
    day = ""
    for verdict in findings.verdicts:
        today = "" if findings.zone is None else words.day(verdict.bout.span.start_ms, findings.zone)
        if today != day:
            table.add_row(_heading(today))
            day = today
        table.add_row(*(_plain(cell) for cell in _cells(verdict, findings.zone, words)))
    return table


def _cells(verdict: Verdict, zone: str | None, words: Catalogue) -> tuple[str, ...]:
    settled = verdict.answer == "settled" and verdict.latency_min is not None
    return (
        words.between(verdict.bout.span, zone),
        kind_name(verdict.bout.kind, verdict.bout.label, words),
        words.say(ANSWER_NAMES[verdict.answer]),
        estimate_text(verdict.latency_min, words.say("min"), words) if settled else "",
        verdict.confidence,
    )
