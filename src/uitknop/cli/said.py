"""Which language the command line speaks, and how it says things on the side: remarks, progress, errors."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from uitknop.core.errors import UitknopError
from uitknop.core.phrase import Phrase
from uitknop.report.words import LANGUAGES, Catalogue, catalogue

LANGUAGE_VARIABLE = "UITKNOP_LANG"
CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], "?")
"""A file name may hold line ends and orders to the terminal; neither belongs in a sentence."""


def default_language() -> str:
    """Dutch on a Dutch system and where the system names no language, English on any other."""
    chosen = os.environ.get(LANGUAGE_VARIABLE, "")
    if chosen in LANGUAGES:
        return chosen
    system = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    language = system.split("_")[0].split(".")[0].lower()
    return "nl" if language in {"nl", "", "c", "posix"} else "en"


def _(sentence: str) -> str:
    """A help text in the language of the system: those are said before any option is read."""
    return catalogue(default_language()).say(sentence)


_spoken = default_language()


def speak(lang: str | None) -> Catalogue:
    """The catalogue of the language asked for; errors are said in it from now on.

    Raises:
        typer.BadParameter: no such language.
    """
    global _spoken
    if lang is not None and lang not in LANGUAGES:
        raise typer.BadParameter(", ".join(LANGUAGES), param_hint="--lang")
    _spoken = lang or default_language()
    return catalogue(_spoken)


def say_error(fault: UitknopError) -> None:
    """One sentence on standard error."""
    print(catalogue(_spoken).say(fault.phrase).translate(CONTROLS), file=sys.stderr)  # noqa: T201


def remark(words: Catalogue, sentence: Phrase | str, *, quiet: bool) -> None:
    """A remark on standard error, unless it should be quiet."""
    if not quiet:
        print(words.say(sentence).translate(CONTROLS), file=sys.stderr)  # noqa: T201


def print_json(value: dict[str, Any] | list[dict[str, Any]]) -> None:
    """One JSON object, or a list of them, on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, allow_nan=False, indent=2)
    sys.stdout.write("\n")


@contextmanager
def progress(words: Catalogue, what: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while work is done; a plain line at the start where there is no terminal.

    Gives a function that takes parts done and parts in all. Work under half a second shows nothing.
    """
    said = words.say(what)
    if quiet:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        print(f"{said} ...", file=sys.stderr, flush=True)  # noqa: T201
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(said, total=None, start=True)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=max(total, 1))

        yield tell


def now_ms() -> int:
    """The present, UTC ms: the one place where the command line looks at the clock."""
    return round(time.time() * 1000)


Lang = Annotated[str | None, typer.Option("--lang", help=_("Language: nl or en."), metavar="nl|en")]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print one JSON object, for programs."))]
Quiet = Annotated[bool, typer.Option("--quiet", help=_("No progress and no remarks."))]
Zone = Annotated[
    str | None, typer.Option("--zone", help=_("Time zone of times without an offset, such as Europe/Amsterdam."))
]
Start = Annotated[str | None, typer.Option("--start", help=_("When a recording without a clock began."))]
Person = Annotated[
    str | None, typer.Option("--person", help=_("Whose recordings, where a file tells of several people."))
]
MapFile = Annotated[
    str | None,
    typer.Option("--map", help=_("Which column is what: a TOML file, or pairs such as heart_rate=HR,time=Time.")),
]
