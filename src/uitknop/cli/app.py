"""The commands, put together, and the one place where errors become a sentence and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from importlib import import_module

import typer

from uitknop.cli.said import _, say_error
from uitknop.core.errors import UitknopError

REFUSED = 2

COMMANDS = {
    "import": "take",
    "serve": "serve",
    "record": "record",
    "analyse": "analyse",
    "hrv": "hrv",
    "backup": "backup",
    "restore": "restore",
    "export": "export",
    "erase": "erase",
    "keys": "keys",
    "diagnose": "diagnose",
    "demo": "demo",
    "claims": "claims",
    "letter": "letter",
    "sheet": "sheet",
    "simulate": "simulate",
    "sources": "sources",
    "synthesise": "synthesise",
    "walk": "walk",
}
"""Name of each command, in the order in which help lists them, and the module of this package it stands in."""


def app_of(names: Iterable[str]) -> typer.Typer:
    """The program with some of its commands: whoever asks for one does not wait for the others.

    Args:
        names: of `COMMANDS`.
    """
    app = typer.Typer(
        name="uitknop",
        help=_(
            "Does rest, and which rest, do something for me? Finds every rest in heart recordings and judges each. "
            "Without a command it opens the app in your browser."
        ),
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for name in names:
        module = import_module(f"uitknop.cli.{COMMANDS[name]}")
        app.command(name=name, help=module.HELP)(module.run)
    app.callback()(everything)
    return app


def everything(asked: typer.Context) -> None:
    """Without a command: the app, in the browser."""
    if asked.invoked_subcommand is None:
        from uitknop.cli.serve import open_app

        open_app()


def main() -> None:
    """Run a command; anything this project raises on purpose is said in one sentence, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name may hold bytes that are no text
            stream.reconfigure(errors="backslashreplace")
    # Read when numpy is first loaded. Matrices here are small: threads for them cost a tenth more than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    asked = sys.argv[1:2]
    try:
        app_of(asked if asked and asked[0] in COMMANDS else COMMANDS)()
    except UitknopError as fault:
        say_error(fault)
        sys.exit(REFUSED)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # the reader of our output went away: not our reader's fault
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(0)
        raise
