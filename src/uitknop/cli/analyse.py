"""`uitknop analyse`: read files, judge every rest, print the findings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.from_file import Since
from uitknop.cli.output import check_writable, write_text
from uitknop.cli.own_file import File, PassphraseFile
from uitknop.cli.said import AsJson, Lang, MapFile, Person, Quiet, Start, Zone, _, print_json, progress, remark, speak
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.core import Bout, Entry, Findings
    from uitknop.report.words import Catalogue
    from uitknop.sources import Mapping, ReadResult

HELP = _("Find every rest in heart recordings, judge each, and say which rest does something.")
NOTHING_TO_JUDGE = 3

SaveMap = Annotated[
    Path | None,
    typer.Option(
        "--save-map", readable=False, help=_("Write the column mapping of --map to a TOML file, for next time.")
    ),
]
Condition = Annotated[
    list[str] | None,
    typer.Option("--condition", help=_("What steers the heart, so that no verdict is given: beta_blocker, ...")),
]


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH...]",
            readable=False,
            help=_("Files or folders with heart recordings; your own file when there are none."),
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", readable=False, help=_("Also write the findings as one page, an HTML file.")),
    ] = None,
    spans: Annotated[
        Path | None,
        typer.Option(
            "--spans", readable=False, help=_("Judge exactly these stretches: a table with start,end,kind,label.")
        ),
    ] = None,
    zone: Zone = None,
    start: Start = None,
    columns: MapFile = None,
    save_map: SaveMap = None,
    person: Person = None,
    condition: Condition = None,
    since: Since = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read, judge, print."""
    from uitknop.cli.from_file import findings_from_file, refuse_mixed
    from uitknop.cli.input import conditions, mapping_of
    from uitknop.report.drawing_engine import ENGINE
    from uitknop.sources import ReadResult

    words, quiet = speak(lang), quiet or as_json
    mapping, held = mapping_of(columns), conditions(condition)
    if save_map is not None and mapping is None:
        raise Malformed("--save-map keeps the mapping that --map tells. Give --map too.")
    for path in (report, save_map):
        if path is not None:
            check_writable(path)
    refuse_mixed(paths, {"--start": start, "--map": columns, "--person": person}, {"--since": since})
    if report is not None:
        ENGINE.start()  # It gets ready while the rests are judged.
    if paths:
        found, findings = _from_paths(paths, words, spans, zone, start, columns, person, held, quiet=quiet)
    else:
        found = ReadResult(())
        findings = findings_from_file(
            file, passphrase_file, words, since=since, zone=zone, spans=spans, held=held, quiet=quiet
        )
    _keep(mapping, save_map)
    if report is not None:
        _write_page(findings, report, words, quiet=quiet)
    _print(findings, found, words, as_json=as_json)
    if not findings.verdicts:
        sys.exit(NOTHING_TO_JUDGE)


def _from_paths(
    paths: list[Path],
    words: Catalogue,
    spans: Path | None,
    zone: str | None,
    start: str | None,
    columns: str | None,
    person: str | None,
    held: tuple[Entry, ...],
    *,
    quiet: bool,
) -> tuple[ReadResult, Findings]:
    """The findings of files that are given, with nothing kept of them."""
    from uitknop.cli.input import read_all
    from uitknop.walk import Request, walk

    found = read_all(paths, words, zone=zone, start=start, columns=columns, quiet=quiet, together=True, person=person)
    given = _given(spans, zone, found)
    with progress(words, "Judging", quiet=quiet) as tell:
        return found, walk(Request(found.recordings, given, held, zone), on_progress=tell)


def _given(path: Path | None, zone: str | None, found: ReadResult) -> tuple[Bout, ...] | None:
    """The spans to judge, or None when none were given.

    Raises:
        SourceError: the file is no table of spans.
    """
    from uitknop.sources import read_spans

    if path is None:
        return None
    if path.is_dir():
        raise Malformed(Phrase("{name} is a folder. Give the table of spans itself, a file.", {"name": path.name}))
    return read_spans(path, zone, clockless=all(recording.clock is None for recording in found.recordings))


def _keep(mapping: Mapping | None, path: Path | None) -> None:
    """Write the column mapping for next time, if that was asked for."""
    from uitknop.sources import dump_mapping

    if mapping is not None and path is not None:
        write_text(path, dump_mapping(mapping))


def _write_page(findings: Findings, path: Path, words: Catalogue, *, quiet: bool) -> None:
    """Draw the page and write it.

    Raises:
        Malformed: the file can't be written.
    """
    from uitknop.report import render_page

    with progress(words, "Drawing", quiet=quiet):
        page = render_page(findings, words.lang)
    write_text(path, page)
    remark(words, Phrase("The page: {name}", {"name": str(path)}), quiet=quiet)


def _print(findings: Findings, found: ReadResult, words: Catalogue, *, as_json: bool) -> None:
    """The findings as one JSON object, or in words."""
    if as_json:
        from uitknop.report import findings_to_dict

        told = findings_to_dict(findings)
        told["summary"]["refused"] = [{"name": name, "why": words.say(fault.phrase)} for name, fault in found.refused]
        print_json(told)
        return
    from rich.console import Console

    from uitknop.report import print_findings

    print_findings(findings, Console(), words.lang)
