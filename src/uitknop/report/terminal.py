"""The findings in the terminal: the pooled answer in words, then a table of bouts, then what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core import Findings
from uitknop.report.advice_words import what_helps, why_not
from uitknop.report.answer import headline, kind_answers
from uitknop.report.bout_words import ANSWER_NAMES, estimate_text, kind_name, when
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
        parts += [_plain(""), _heading(answer.name), *(_plain(sentence) for sentence in answer.sentences)]
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
    from rich.padding import Padding

    return Padding(_plain(f"- {said}"), (0, 0, 0, 2))


def _table(findings: Findings, words: Catalogue) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    heads = (
        words.say("when"),
        words.say("kind"),
        words.say("answer"),
        words.say("time until at rest"),
        words.say("how sure"),
    )
    for head in heads:
        table.add_column(head)
    minutes = words.say("min")
    for verdict in findings.verdicts:
        settled = verdict.answer == "settled" and verdict.latency_min is not None
        cells = (
            when(verdict.bout, findings.zone, words),
            kind_name(verdict.bout.kind, verdict.bout.label, words),
            words.say(ANSWER_NAMES[verdict.answer]),
            estimate_text(verdict.latency_min, minutes, words) if settled else "",
            verdict.confidence,
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table
