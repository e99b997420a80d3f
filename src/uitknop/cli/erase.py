"""`uitknop erase`: the person's file gone in one step, and looked at afterwards."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from uitknop.cli.own_file import File, path_of
from uitknop.cli.said import AsJson, Lang, Quiet, _, print_json, remark, speak
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

HELP = _("Remove your file and everything in it from this computer, for good.")


def run(
    file: File = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask whether you are sure."))] = False,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Ask, remove, look, tell."""
    from uitknop.person import erasable, erase

    words, path = speak(lang), path_of(file)
    names = [each.name for each in erasable(path)]
    if not yes:
        if not sys.stdin.isatty():
            raise Malformed("Nothing was erased. Add --yes when you are sure.")
        told = {"name": str(path.parent), "names": ", ".join(names)}
        question = Phrase("Erase these from {name}: {names}? This can't be undone.", told)
        if not typer.confirm(words.say(question), err=True):
            raise Malformed("Nothing was erased.")
    erased = erase(path)
    if as_json:
        print_json({"erased": list(erased)})
        return
    remark(words, Phrase("Erased, and looked at afterwards: {names}.", {"names": ", ".join(erased)}), quiet=quiet)
    remark(words, "Backups and exports that you made stay where you put them.", quiet=quiet)
