"""`uitknop sheet`: one page for a talk with a professional, and the other pages to print."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.output import check_writable, write_bytes, write_text
from uitknop.cli.own_file import File, PassphraseFile, opened
from uitknop.cli.said import AsJson, Lang, Quiet, _, now_ms, print_json, remark, speak
from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError, Malformed

if TYPE_CHECKING:
    from uitknop.core import Entry, Findings
    from uitknop.report.paper import Paper
    from uitknop.report.words import Catalogue
    from uitknop.walk import Standing

HELP = _("One page to take to a professional, from your own file; or a card, a worksheet or the guided rest to print.")
NOTHING_KNOWN = 3
CONSULT, GUIDED_REST = "consult", "guided-rest"
WEEKS_OF_HEART = 12
DAY_MS = 86_400_000

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help=_("Which page; the one for a consult without a name."))
]
Listed = Annotated[bool, typer.Option("--list", help=_("List the pages by name."))]
Input = Annotated[
    Path | None,
    typer.Option(
        "--input", readable=False, help=_("A JSON file as for uitknop walk, in place of your own file."), metavar="FILE"
    ),
]
Html = Annotated[
    Path | None, typer.Option("--html", readable=False, help=_("Write it as a page for screen and printer, HTML."))
]
Pdf = Annotated[Path | None, typer.Option("--pdf", readable=False, help=_("Write it as a PDF, on one sheet."))]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        help=_("Leave out a heading or a part, such as labs or crashes; may be given more than once."),
        metavar="PART",
    ),
]
Question = Annotated[
    list[str] | None,
    typer.Option("--question", help=_("A question of yours to put on it; may be given more than once.")),
]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a sheet is made from."""

    stands: Standing
    entries: tuple[Entry, ...]
    findings: Findings


def run(
    name: Name = None,
    listed: Listed = False,
    given: Input = None,
    html: Html = None,
    pdf: Pdf = None,
    without: Without = None,
    question: Question = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Print or write a page, or list them."""
    words = speak(lang)
    quiet = quiet or as_json
    if listed:
        _list(words, as_json=as_json)
        return
    for path in (html, pdf):
        if path is not None:
            check_writable(path)
    if pdf is not None:
        from uitknop.report.paper import check_pdf

        check_pdf()
    if name not in (None, CONSULT):
        _refuse_for_consult(given, without, question)
        _guide(str(name), words, html, pdf, as_json=as_json, quiet=quiet)
        return
    from uitknop.report.sheet import fields_without, sheet_of, sheet_to_paper

    fields_without(without or ())
    known = _from_input(given) if given is not None else _from_file(file, passphrase_file, words, quiet=quiet)
    _help_first(known, question or (), words)
    sheet = sheet_of(
        known.stands,
        words.lang,
        entries=known.entries,
        findings=known.findings,
        left_out=tuple(without or ()),
        questions=tuple(question or ()),
    )
    _give(sheet_to_paper(sheet), words, html, pdf, as_json=as_json, quiet=quiet, told=sheet.to_dict())
    if not known.entries and not known.findings.recordings:
        remark(words, "Nothing is known yet, so the sheet is mostly room to write.", quiet=quiet)
        sys.exit(NOTHING_KNOWN)


def _guide(name: str, words: Catalogue, html: Path | None, pdf: Path | None, *, as_json: bool, quiet: bool) -> None:
    """A page that needs nobody's file, by its name; and what belongs beside it, for the person only.

    Raises:
        KnowledgeError: there is none of that name.
    """
    from uitknop.guidance import guided_rest, sheets
    from uitknop.report.guides import guide_to_paper, rest_to_paper, said_beside

    if name == GUIDED_REST:
        _give(rest_to_paper(guided_rest(words.lang)), words, html, pdf, as_json=as_json, quiet=quiet)
        return
    known = {_typed(each): each for each in sheets()}
    if name not in known:
        raise KnowledgeError(
            Phrase(
                "There is no page called {name}. There are: {known}.",
                {"name": name[:40], "known": ", ".join((CONSULT, GUIDED_REST, *known))},
            )
        )
    sheet = sheets()[known[name]]
    _give(guide_to_paper(sheet, words.lang), words, html, pdf, as_json=as_json, quiet=quiet)
    for said in said_beside(sheet, words.lang):
        remark(words, said, quiet=quiet)


def _typed(name: str) -> str:
    """The name of a page as it is typed."""
    return name.replace("_", "-")


def _refuse_for_consult(given: Path | None, without: list[str] | None, question: list[str] | None) -> None:
    for option, said in (("--input", given), ("--without", without), ("--question", question)):
        if said:
            raise Malformed(
                Phrase(
                    "{option} belongs to the page for a consult. Leave it out, or leave out the name.",
                    {"option": option},
                )
            )


def _from_file(file: Path | None, passphrase_file: Path | None, words: Catalogue, *, quiet: bool) -> _Known:
    """What the person's own file holds; what changed is judged first.

    Raises:
        StoreError, WrongKey: the file is not there, or does not open.
    """
    from uitknop.cli.from_file import judge
    from uitknop.core.timeline import day_of
    from uitknop.person import findings_of, zone_of
    from uitknop.walk import standing

    moment_ms = now_ms()
    with opened(file, passphrase_file) as store:
        judge(store, words, quiet=quiet)
        zone, entries = zone_of(store), tuple(store.entries())
        findings = findings_of(store, since=day_of(moment_ms - 7 * WEEKS_OF_HEART * DAY_MS, zone))
    return _Known(standing(entries, findings.verdicts, now_ms=moment_ms, zone=zone), entries, findings)


def _from_input(path: Path) -> _Known:
    """What a request for the pure run holds, at its own moment or at the end of what it holds.

    Raises:
        Malformed, TooLarge: no such file, no JSON, or not as the schema says.
    """
    from uitknop.cli.walk import load
    from uitknop.walk import parse_request, standing_of, walk

    request = parse_request(load(path), stands=True)
    findings = walk(request)
    entries = (*request.entries, *(entry for each in request.recordings for entry in each.entries))
    if request.now_ms is None:
        ends = [one.bout.span.end_ms for one in findings.verdicts] + [entry.end_ms or entry.at_ms for entry in entries]
        request = replace(request, now_ms=max(ends, default=0))
    stands = standing_of(request, findings)
    assert stands is not None  # a moment was given
    return _Known(stands, entries, findings)


def _help_first(known: _Known, questions: list[str] | tuple[str, ...], words: Catalogue) -> None:
    """Whom to call, before anything else and also when it should be quiet, where there is reason to."""
    from uitknop.guidance import action_of, speaks_of_suicide
    from uitknop.guidance.red_flags import SUICIDALITY

    if any(map(speaks_of_suicide, questions)):
        first = SUICIDALITY
    elif known.stands.guided.help_first:
        first = known.stands.flags[0].id
    else:
        return
    action = action_of(first)
    for said in (action.title.said(words.lang), *action.do.said(words.lang)):
        remark(words, said, quiet=False)


def _give(
    paper: Paper,
    words: Catalogue,
    html: Path | None,
    pdf: Path | None,
    *,
    as_json: bool,
    quiet: bool,
    told: dict[str, object] | None = None,
) -> None:
    """Write what was asked for; print it where nothing was."""
    write_paper(paper, words, html, pdf, quiet=quiet)
    if as_json:
        print_json(told if told is not None else paper.to_dict())
    elif html is None and pdf is None:
        from rich.console import Console

        from uitknop.report.paper.terminal import print_paper

        print_paper(paper, Console(highlight=False))


def write_paper(paper: Paper, words: Catalogue, html: Path | None, pdf: Path | None, *, quiet: bool) -> None:
    """Write a page as HTML, as PDF, as both or not at all.

    Raises:
        Malformed: a file can't be written.
        UitknopError: what makes a PDF is not installed.
    """
    from uitknop.report.paper import paper_to_html, paper_to_pdf

    if html is not None:
        write_text(html, paper_to_html(paper))
    if pdf is not None:
        write_bytes(pdf, paper_to_pdf(paper))
    for path in (html, pdf):
        if path is not None:
            remark(words, Phrase("The page: {name}", {"name": str(path)}), quiet=quiet)


def _list(words: Catalogue, *, as_json: bool) -> None:
    from uitknop.guidance import guided_rest, sheets
    from uitknop.report.paper.told import Words

    named = {
        CONSULT: Words(words).told("title"),
        GUIDED_REST: guided_rest(words.lang).title,
        **{_typed(name): sheet.title.said(words.lang) for name, sheet in sheets().items()},
    }
    if as_json:
        print_json([{"name": name, "title": title} for name, title in named.items()])
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for name, title in named.items():
        console.print(Text(f"{name:<18}  {title}"))
