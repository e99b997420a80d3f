"""`uitknop letter`: the weekly dose, one study or claim at a time, in the terminal or as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.output import check_writable, write_bytes, write_text
from uitknop.cli.own_file import File, PassphraseFile
from uitknop.cli.said import AsJson, Lang, Quiet, _, now_ms, print_json, remark, speak
from uitknop.core import Phrase

if TYPE_CHECKING:
    from uitknop.core import Findings
    from uitknop.report.letter import Dose
    from uitknop.report.words import Catalogue

HELP = _("Read a weekly dose: one study or claim, one lesson, one thing to try, and what it does not say.")
WEEK_MS = 7 * 86_400_000
MONDAY_MS = 4 * 86_400_000
"""The first Monday of 1970, from which weeks are counted."""

Number = Annotated[
    int | None, typer.Argument(metavar="[NUMBER]", help=_("Which letter; the one of this week without a number."))
]
Listed = Annotated[bool, typer.Option("--list", help=_("List the letters by number and title."))]
Report = Annotated[
    Path | None,
    typer.Option("--report", readable=False, help=_("Write the letter as a page to print, an HTML file.")),
]
Pdf = Annotated[Path | None, typer.Option("--pdf", readable=False, help=_("Write the letter as a PDF, on one sheet."))]
Own = Annotated[bool, typer.Option("--own", help=_("Add a line from your own file, if there is something to say."))]


def run(
    number: Number = None,
    listed: Listed = False,
    report: Report = None,
    pdf: Pdf = None,
    own: Own = False,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Print or write a letter, or list them."""
    from uitknop.report.letter import doses, numbered

    words = speak(lang)
    quiet = quiet or as_json
    if listed:
        _list(doses(), words, as_json=as_json)
        return
    dose = numbered(_of_this_week(len(doses())) if number is None else number)
    for path in (report, pdf):
        if path is not None:
            check_writable(path)
    if pdf is not None:
        from uitknop.report.paper import check_pdf

        check_pdf()
    findings = _own_findings(file, passphrase_file, words, quiet=quiet) if own else None
    if report is not None:
        _write(dose, report, words, findings, quiet=quiet)
    if pdf is not None:
        _write_pdf(dose, pdf, words, findings, quiet=quiet)
    if (report is None and pdf is None) or as_json:
        _print(dose, words, findings, as_json=as_json)


def _of_this_week(n: int) -> int:
    """Each week the next one, from Monday on, and after the last the first again."""
    return (now_ms() - MONDAY_MS) // WEEK_MS % n + 1


def _own_findings(file: Path | None, passphrase_file: Path | None, words: Catalogue, *, quiet: bool) -> Findings:
    from uitknop.cli.from_file import findings_from_file
    from uitknop.report.letter import own_line

    findings = findings_from_file(file, passphrase_file, words, since=None, zone=None, spans=None, quiet=quiet)
    if not own_line(findings, words):
        remark(words, "Your file has nothing to say about rest yet, so the letter says nothing about it.", quiet=quiet)
    return findings


def _write(dose: Dose, path: Path, words: Catalogue, findings: Findings | None, *, quiet: bool) -> None:
    from uitknop.report.letter import render_letter

    write_text(path, render_letter(dose, words.lang, findings))
    remark(words, Phrase("The page: {name}", {"name": str(path)}), quiet=quiet)


def _write_pdf(dose: Dose, path: Path, words: Catalogue, findings: Findings | None, *, quiet: bool) -> None:
    from uitknop.report.letter.paper import letter_to_paper
    from uitknop.report.paper import paper_to_pdf

    write_bytes(path, paper_to_pdf(letter_to_paper(dose, words.lang, findings)))
    remark(words, Phrase("The page: {name}", {"name": str(path)}), quiet=quiet)


def _print(dose: Dose, words: Catalogue, findings: Findings | None, *, as_json: bool) -> None:
    from uitknop.report.letter import letter_to_dict, own_line, print_letter

    own = own_line(findings, words) if findings is not None else ()
    if as_json:
        print_json(letter_to_dict(dose, words, own))
        return
    from rich.console import Console

    print_letter(dose, Console(highlight=False), words.lang, own)


def _list(known: tuple[Dose, ...], words: Catalogue, *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"number": dose.number, "id": dose.id, "title": dose.title.said(words.lang), "about": dose.about.id}
                for dose in known
            ]
        )
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for dose in known:
        console.print(Text(f"{dose.number:>3}  {dose.title.said(words.lang)}"))
