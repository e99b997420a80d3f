"""`uitknop demo --page`: two weeks of a person whose truth is known, through everything, with the truth beside it."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from uitknop.cli.output import check_writable, write_text
from uitknop.cli.said import progress, remark

if TYPE_CHECKING:
    from uitknop.core import Findings, Verdict
    from uitknop.report.words import Catalogue
    from uitknop.synthetic import SyntheticPerson, TrueBout


def show(path: Path, words: Catalogue, *, days: int, seed: int, browser: bool, quiet: bool) -> None:
    """Make the person, walk, print beside the truth, write and open the page.

    Args:
        path: where the page is written.
        days, seed: how long, and who.
        browser: whether it is opened.
    Raises:
        Malformed: it can't be written.
    """
    from rich.console import Console

    from uitknop.core.phrase import Phrase
    from uitknop.report import print_findings, render_page
    from uitknop.report.drawing_engine import ENGINE
    from uitknop.synthetic import make_person
    from uitknop.walk import Request, walk

    check_writable(path)
    ENGINE.start()  # It gets ready while the person is made.
    with progress(words, "Making a person", quiet=quiet):
        person = make_person("ordinary", seed=seed, days=days)
    with progress(words, "Judging", quiet=quiet) as tell:
        findings = walk(Request(person.recordings, None, person.entries, person.zone), on_progress=tell)
    with progress(words, "Drawing", quiet=quiet):
        page = render_page(findings, words.lang)
    console = Console()
    console.print(_truth_table(person, findings, words))
    console.print("")
    print_findings(findings, console, words.lang)
    write_text(path, page)
    remark(
        words,
        "This person does not exist: everything above was made up by a program, and so the truth is known.",
        quiet=quiet,
    )
    print(words.say(Phrase("The page: {name}", {"name": str(path)})))  # noqa: T201
    if browser:
        webbrowser.open(path.resolve().as_uri())


def _truth_table(person: SyntheticPerson, findings: Findings, words: Catalogue) -> object:
    """Every tagged rest with what was said of it and what is true; quiet time counted below."""
    from rich.table import Table

    from uitknop.report.bout_words import ANSWER_NAMES, kind_name, when

    table = Table(box=None, pad_edge=False)
    for heading in ("When", "Rest", "What the data say", "What is true"):
        table.add_column(words.say(heading))
    right = said = 0
    for verdict in findings.verdicts:
        truth = _truth_of(verdict, person)
        if truth is None:
            continue
        told = words.say(ANSWER_NAMES[verdict.answer])
        true = words.say("settled") if truth.settles else words.say("not settled")
        if verdict.answer != "cannot_tell":
            said += 1
            right += (verdict.answer == "settled") == truth.settles
        bout = verdict.bout
        table.add_row(when(bout, findings.zone, words), kind_name(bout.kind, bout.label, words), told, true)
    from uitknop.core.phrase import Phrase

    table.caption = words.say(Phrase("{right} of {said} answers agree with the truth.", {"right": right, "said": said}))
    table.caption_justify = "left"
    return table


def _truth_of(verdict: Verdict, person: SyntheticPerson) -> TrueBout | None:
    """The true bout of the same kind that covers most of a judged one; None without one."""
    span = verdict.bout.span

    def shared_ms(bout: TrueBout) -> int:
        return min(bout.span.end_ms, span.end_ms) - max(bout.span.start_ms, span.start_ms)

    same = [bout for bout in person.truth if bout.kind == verdict.bout.kind]
    best = max(same, key=shared_ms, default=None)
    return best if best is not None and shared_ms(best) * 2 > span.end_ms - span.start_ms else None
