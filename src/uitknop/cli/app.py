"""The commands, put together, and the one place where errors become a sentence and an exit code."""

from __future__ import annotations

import io
import os
import sys

import typer

import uitknop.cli.analyse as analyse
import uitknop.cli.backup as backup
import uitknop.cli.claims as claims
import uitknop.cli.demo as demo
import uitknop.cli.diagnose as diagnose
import uitknop.cli.erase as erase
import uitknop.cli.export as export
import uitknop.cli.hrv as hrv
import uitknop.cli.keys as keys
import uitknop.cli.letter as letter
import uitknop.cli.record as record
import uitknop.cli.restore as restore
import uitknop.cli.sources as sources
import uitknop.cli.synthesise as synthesise
import uitknop.cli.take as take
import uitknop.cli.walk as walk
from uitknop.cli.said import _, say_error
from uitknop.core.errors import UitknopError

REFUSED = 2

app = typer.Typer(
    name="uitknop",
    help=_("Does rest, and which rest, do something for me? Finds every rest in heart recordings and judges each."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (
    take,
    record,
    analyse,
    hrv,
    backup,
    restore,
    export,
    erase,
    keys,
    diagnose,
    demo,
    claims,
    letter,
    sources,
    synthesise,
    walk,
):
    app.command(name=module.NAME, help=module.HELP)(module.run)


@app.callback()
def everything() -> None:
    """What holds for every command."""


def main() -> None:
    """Run a command; anything this project raises on purpose is said in one sentence, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name may hold bytes that are no text
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except UitknopError as fault:
        say_error(fault)
        sys.exit(REFUSED)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # the reader of our output went away: not our reader's fault
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(0)
        raise
