"""`uitknop backup`: a checked copy of the person's file in another place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from uitknop.cli.own_file import File, PassphraseFile, opened
from uitknop.cli.said import AsJson, Lang, Quiet, _, now_ms, print_json, progress, remark, speak
from uitknop.core.phrase import Phrase

HELP = _("Write a checked, encrypted copy of your file to another place.")


def run(
    to: Annotated[
        Path,
        typer.Argument(
            metavar="TO", readable=False, help=_("A folder, or a new file. A folder on another disk is best.")
        ),
    ],
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Copy, check, tell."""
    from uitknop.person import back_up

    words = speak(lang)
    now = now_ms()
    if to.is_dir():
        to = to / f"uitknop-{datetime.fromtimestamp(now / 1000):%Y-%m-%d-%H%M%S}.backup"
    with opened(file, passphrase_file) as store, progress(words, "Copying", quiet=quiet or as_json):
        size = back_up(store, to, now_ms=now)
    if as_json:
        print_json({"backup": str(to), "bytes": size})
        return
    remark(words, Phrase("The copy is written and checked: {name}", {"name": str(to)}), quiet=quiet)
    remark(words, "It opens with your passphrase or your recovery key, on any computer.", quiet=quiet)
