"""`uitknop synthesise`: a person with a known truth, in the formats of devices and apps."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from uitknop.cli.output import write_bytes, write_text
from uitknop.cli.said import AsJson, Lang, Quiet, _, print_json, progress, remark, speak
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.core import Entry
    from uitknop.report.words import Catalogue

HELP = _("Make a person whose truth is known, and write what a device would have written.")
MOST_MONTHS = 24
MAKING = ".uitknop-making-"
"""How the folder begins in which the files are made."""


def run(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", readable=False, help=_("A new or empty folder for the files."))
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", readable=False, help=_("The same, as an option."))
    ] = None,
    months: Annotated[
        int | None,
        typer.Option(
            "--months",
            help=_("A person over 1 to 24 months, in the files of several devices at once; the body model leads."),
        ),
    ] = None,
    shape: Annotated[
        str | None, typer.Option("--format", help=_("Format of the files, as in the documentation."))
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=_("What rest does to this person."))] = None,
    days: Annotated[int | None, typer.Option("--days", help=_("How many days."), min=1, max=90)] = None,
    seed: Annotated[int, typer.Option("--seed", help=_("The same seed gives the same person."), min=0)] = 1,
    as_json: AsJson = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Draw a person, write the files, write the truth beside them."""
    words = speak(lang)
    target = _target(folder, out)
    if months is not None:
        if not 1 <= months <= MOST_MONTHS:
            raise Malformed(
                Phrase(
                    "A person of {n} months can't be made. Give --months a number from 1 to {most}.",
                    {"n": months, "most": MOST_MONTHS},
                )
            )
        if (shape, kind, days) != (None, None, None):
            raise Malformed("--months makes the files of several devices. Leave --format, --kind and --days out.")
    silent = quiet or as_json
    with _made_whole(target) as workshop:
        if months is not None:
            told = _months(workshop, months, seed, words, quiet=silent)
        else:
            told = _fortnight(workshop, shape or "hrv_logger", kind or "ordinary", days or 2, seed, words, quiet=silent)
    if as_json:
        print_json({"folder": target.name, "seed": seed, "truth": "truth.json", **told})
        return
    done = {"n": told["files"], "days": told["days"], "folder": target.name}
    if months is None:
        remark(words, Phrase("{n} files; truth.json and spans.csv stand beside them in {folder}.", done), quiet=quiet)
    else:
        said = Phrase("{n} files of {days} days in {folder}; what is true of them stands in truth.json.", done)
        remark(words, said, quiet=quiet)


def _target(folder: Path | None, out: Path | None) -> Path:
    if (folder is None) == (out is None):
        raise Malformed("Give one folder for the files, such as: uitknop synthesise made-up")
    found = folder or out
    assert found is not None
    return found


def _months(folder: Path, months: int, seed: int, words: Catalogue, *, quiet: bool) -> dict[str, Any]:
    """Day by day, so that months need no more memory than a day."""
    from uitknop.synthetic import days_of_months, files_of_all, files_of_day, life_of, live, truth_file, truth_of_day

    life = life_of(seed, days_of_months(months))
    entries: list[Entry] = []
    truth: list[dict[str, Any]] = []
    count = 0
    with progress(words, "Making a person", quiet=quiet) as tell:
        for day in live(life):
            count += _write(folder, files_of_day(day))
            entries += day.entries
            truth.append(truth_of_day(day))
            tell(len(truth), life.days)
        count += _write(folder, files_of_all(entries))
    _write(folder, truth_file(life, truth))
    return {"days": life.days, "files": count, "first_day": str(life.first), "settles_with": dict(life.does)}


def _fortnight(
    folder: Path, shape: str, kind: str, days: int, seed: int, words: Catalogue, *, quiet: bool
) -> dict[str, Any]:
    """One format, one kind of person."""
    from uitknop.synthetic import PERSON_KINDS, WRITERS, make_person, spans_csv

    if shape not in WRITERS:
        raise typer.BadParameter(", ".join(WRITERS), param_hint="--format")
    if kind not in PERSON_KINDS:
        raise typer.BadParameter(", ".join(PERSON_KINDS), param_hint="--kind")
    with progress(words, "Making a person", quiet=quiet):
        person = make_person(kind, seed=seed, days=days)
    count = sum(_write(folder, WRITERS[shape](recording)) for recording in person.recordings)
    _write(folder, spans_csv(person.truth, person.zone, tagged_only=True))
    told = {"zone": person.zone, "bouts": [bout.to_dict() for bout in person.truth]}
    write_text(folder / "truth.json", json.dumps(told, indent=1))
    return {"days": days, "files": count}


def _write(folder: Path, files: Mapping[str, bytes]) -> int:
    for name, content in files.items():
        write_bytes(folder / name, content)
    return len(files)


@contextmanager
def _made_whole(target: Path) -> Iterator[Path]:
    """A folder beside the one that is meant, which takes its place when all of it is there: a stop leaves nothing.

    Raises:
        Malformed: something stands there already, or it can't be written.
    """
    name = {"name": target.name or "folder"}
    no_room = Phrase("{name} can't be written. Choose another name or folder, and check that there is room.", name)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise Malformed(Phrase("{name} already holds something. Give a new or empty folder.", name))
        parent = target.resolve().parent
        parent.mkdir(parents=True, exist_ok=True)
        workshop = tempfile.TemporaryDirectory(dir=parent, prefix=MAKING)
    except OSError as fault:
        raise Malformed(no_room) from fault
    with workshop as place:
        yield Path(place)
        try:
            target.mkdir(exist_ok=True)
            for made in Path(place).iterdir():
                made.rename(target / made.name)
        except OSError as fault:
            raise Malformed(no_room) from fault
