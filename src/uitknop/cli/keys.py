"""`uitknop keys`: the ways in which the person's file is opened, and changing them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.own_file import File, PassphraseFile, first_line, path_of, secret_of, show_recovery
from uitknop.cli.said import AsJson, Lang, Quiet, _, print_json, remark, speak
from uitknop.core.errors import Malformed

if TYPE_CHECKING:
    from uitknop.store.keys import Method

HELP = _("Show how your file is opened, and add or take away a way: passphrase, keyring or recovery.")


def run(
    add: Annotated[
        str | None,
        typer.Option("--add", help=_("A way to add, or to set anew: passphrase, keyring or recovery.")),
    ] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", help=_("A way to take away: passphrase, keyring or recovery."))
    ] = None,
    new_passphrase_file: Annotated[
        Path | None,
        typer.Option(
            "--new-passphrase-file",
            readable=False,
            help=_("A file with the new passphrase on its first line, with --add passphrase."),
        ),
    ] = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Change what is asked, then show."""
    from uitknop.person import rewrap, ways_of

    words, path = speak(lang), path_of(file)
    adding, removing = _method(add, "--add"), _method(remove, "--remove")
    if (adding == "passphrase") != (new_passphrase_file is not None):
        raise Malformed("A new passphrase needs both: --add passphrase and --new-passphrase-file FILE.")
    if adding is not None and adding == removing:
        raise Malformed("The same way can't be added and taken away at once.")
    if adding is not None or removing is not None:
        passphrase = None if new_passphrase_file is None else first_line(new_passphrase_file)
        printed = rewrap(path, secret_of(passphrase_file), add=adding, passphrase=passphrase, remove=removing)
        if printed:
            show_recovery(words, printed)
            remark(words, "A recovery key from before no longer works.", quiet=quiet or as_json)
    ways = ways_of(path)
    if as_json:
        print_json({"ways": list(ways)})
        return
    titles = {
        "keyring": words.say("the key ring of this computer"),
        "passphrase": words.say("a passphrase"),
        "recovery": words.say("the recovery key on paper"),
    }
    for way in ways:
        sys.stdout.write(f"{way}: {titles[way]}\n")


def _method(said: str | None, option: str) -> Method | None:
    """A way that was named.

    Raises:
        typer.BadParameter: no such way.
    """
    from uitknop.store.keys import METHODS

    if said is None:
        return None
    for method in METHODS:
        if said == method:
            return method
    raise typer.BadParameter(", ".join(METHODS), param_hint=option)
