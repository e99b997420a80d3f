"""`uitknop export`: everything in the person's file, in files that need no program of ours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from uitknop.cli.own_file import File, PassphraseFile, opened
from uitknop.cli.said import AsJson, Lang, Quiet, _, now_ms, print_json, progress, remark, speak
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.report.export import Block
    from uitknop.store import Store

HELP = _("Write everything in your file as plain CSV and JSON, or as FHIR or Open mHealth.")
FORMATS = ("plain", "fhir", "open-mhealth")
OPEN_AT_ONCE = 64


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", readable=False, help=_("A new or empty folder for the files."))
    ],
    shape: Annotated[
        str, typer.Option("--format", help=_("plain (everything), fhir or open-mhealth (what has a true code there)."))
    ] = "plain",
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Judge what changed, write, tell."""
    from uitknop.cli.from_file import judge

    words = speak(lang)
    quiet = quiet or as_json
    if shape not in FORMATS:
        raise typer.BadParameter(", ".join(FORMATS), param_hint="--format")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Malformed(Phrase("{name} already holds something. Give a new or empty folder.", {"name": folder.name}))
    with opened(file, passphrase_file) as store:
        judge(store, words, quiet=quiet)
        with progress(words, "Writing", quiet=quiet):
            names = write_blocks(folder, _blocks(store, shape))
    if as_json:
        print_json({"folder": str(folder), "files": sorted(names)})
        return
    told = {"n": len(names), "folder": str(folder)}
    remark(words, Phrase("{n} files are written to {folder}. Anybody who has them can read them.", told), quiet=quiet)


def _blocks(store: Store, shape: str) -> Iterator[Block]:
    """What goes out; facts that were kept aside only where all of it does."""
    from uitknop import __version__
    from uitknop.person import findings_of
    from uitknop.report.export import fhir_export, open_mhealth_export, plain_export

    make = {"plain": plain_export, "fhir": fhir_export, "open-mhealth": open_mhealth_export}[shape]
    facts = store.facts(aside=shape == "plain")
    return make(facts, findings=findings_of(store), made_ms=now_ms(), version=__version__)


def write_blocks(folder: Path, blocks: Iterable[Block]) -> set[str]:
    """Write blocks into the files they belong to, and the names of those; readable by their owner only.

    Raises:
        Malformed: the folder can't be written, or there is no room.
    """
    names: set[str] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with ExitStack() as stack:
            streams: dict[str, IO[bytes]] = {}
            for block in blocks:
                if block.name not in streams:
                    if len(streams) >= OPEN_AT_ONCE:
                        streams.pop(next(iter(streams))).close()
                    streams[block.name] = stack.enter_context(_opened(folder / block.name))
                streams[block.name].write(block.content)
                names.add(block.name)
    except OSError as fault:
        raise Malformed(
            Phrase(
                "{name} can't be written. Choose another name or folder, and check that there is room.",
                {"name": folder.name},
            )
        ) from fault
    return names


def _opened(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
