"""`uitknop restore`: a backup becomes the person's file again, once everything in it has been checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from uitknop.cli.own_file import File, PassphraseFile, path_of, secret_of
from uitknop.cli.said import AsJson, Lang, Quiet, _, print_json, progress, remark, speak
from uitknop.core.phrase import Phrase

HELP = _("Put a backup back, once it has been checked. What stands there now is kept beside it.")


def run(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", readable=False, help=_("A file that a backup wrote."))],
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check, put back, tell."""
    from uitknop.person import restore

    words, path = speak(lang), path_of(file)
    with progress(words, "Checking", quiet=quiet or as_json):
        aside = restore(backup, path, secret_of(passphrase_file))
    if as_json:
        print_json({"file": str(path), "before": None if aside is None else str(aside)})
        return
    remark(words, Phrase("Your file is back: {name}", {"name": str(path)}), quiet=quiet)
    if aside is not None:
        remark(words, Phrase("What stood there is kept as {name}.", {"name": aside.name}), quiet=quiet)
