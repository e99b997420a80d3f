"""`uitknop synthesise`: a person with a known truth, in the formats of devices and apps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.output import write_bytes, write_text
from uitknop.cli.said import Lang, Quiet, _, progress, remark, speak
from uitknop.core.errors import Malformed

if TYPE_CHECKING:
    from uitknop.synthetic import SyntheticPerson

HELP = _("Make a person whose truth is known, and write what a device would have written.")


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", readable=False, help=_("A new or empty folder for the files."))
    ],
    shape: Annotated[
        str, typer.Option("--format", help=_("Format of the files, as in the documentation."))
    ] = "hrv_logger",
    kind: Annotated[str, typer.Option("--kind", help=_("What rest does to this person."))] = "ordinary",
    days: Annotated[int, typer.Option("--days", help=_("How many days."), min=1, max=90)] = 2,
    seed: Annotated[int, typer.Option("--seed", help=_("The same seed gives the same person."))] = 1,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Draw a person, write the files, write the truth beside them."""
    from uitknop.core.phrase import Phrase
    from uitknop.synthetic import WRITERS, make_person, spans_csv
    from uitknop.synthetic.people import PERSON_KINDS

    words = speak(lang)
    if shape not in WRITERS:
        raise typer.BadParameter(", ".join(WRITERS), param_hint="--format")
    if kind not in PERSON_KINDS:
        raise typer.BadParameter(", ".join(PERSON_KINDS), param_hint="--kind")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Malformed(Phrase("{name} already holds something. Give a new or empty folder.", {"name": folder.name}))
    with progress(words, "Making a person", quiet=quiet):
        person = make_person(kind, seed=seed, days=days)
    count = 0
    for recording in person.recordings:
        for name, content in WRITERS[shape](recording).items():
            write_bytes(folder / name, content)
            count += 1
    for name, content in spans_csv(person.truth, person.zone, tagged_only=True).items():
        write_bytes(folder / name, content)
    _write_truth(person, folder / "truth.json")
    told = {"n": count, "folder": folder.name}
    remark(words, Phrase("{n} files; truth.json and spans.csv stand beside them in {folder}.", told), quiet=quiet)


def _write_truth(person: SyntheticPerson, path: Path) -> None:
    """The truth about every bout, for whoever compares."""
    truth = [bout.to_dict() for bout in person.truth]
    write_text(path, json.dumps({"zone": person.zone, "bouts": truth}, indent=1))
