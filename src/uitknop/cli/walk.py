"""`uitknop walk`: the pure run, from a JSON file to JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from uitknop.cli.from_file import Since
from uitknop.cli.own_file import File, PassphraseFile
from uitknop.cli.said import Lang, _, print_json, speak
from uitknop.core.errors import Malformed, TooLarge
from uitknop.core.phrase import Phrase
from uitknop.core.timeline import parse_iso

if TYPE_CHECKING:
    from uitknop.walk import Request

HELP = _("The pure run: the same input gives the same output, anywhere and at any time.")
MOST_BYTES = 8_000_000
"""About two weeks of beats; what is read of it then stays below 400 MB of memory."""
NOTHING_TO_JUDGE = 3
DAYS = 14


def run(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[INPUT.json]",
            readable=False,
            help=_("Recordings and diary, as the schema describes; the last two weeks of your own file without it."),
        ),
    ] = None,
    schema: Annotated[
        str | None, typer.Option("--schema", help=_("Print the schema of the input or the output: input, output."))
    ] = None,
    since: Since = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    now: Annotated[
        str | None,
        typer.Option("--now", help=_("Tell also where you stand at this moment, such as 2026-03-29T14:00:00+02:00.")),
    ] = None,
    lang: Lang = None,
) -> None:
    """Read a request, walk it, print the findings and, at a given moment, where the person stands."""
    from uitknop.cli.from_file import refuse_mixed, request_from_file
    from uitknop.walk import output_schema, parse_request, request_schema

    words = speak(lang)
    schemas = {"input": request_schema, "output": output_schema}
    if schema is not None:
        if schema not in schemas:
            raise typer.BadParameter("input, output", param_hint="--schema")
        print_json(schemas[schema]())
        return
    refuse_mixed(path, {}, {"--since": since})
    if path is None:
        request, _zone = request_from_file(file, passphrase_file, since=since, days=DAYS, whole_diary=now is not None)
    else:
        request = parse_request(load(path), stands=now is not None)
    if now is not None:
        request = replace(request, now_ms=parse_iso(now, request.zone))
    told = _told(request, str if lang is None else words.say)
    print_json(told)
    if not told["bouts"] and "standing" not in told:
        sys.exit(NOTHING_TO_JUDGE)


def _told(request: Request, say: Callable[[Phrase], str]) -> dict[str, Any]:
    """The answer to a request; where a person stands takes rooms that are read in only when it is asked.

    Without a language that was asked for, why a line was refused stays in English: the same output anywhere.
    """
    if request.now_ms is not None:
        from uitknop.walk import output_of

        return output_of(request, say=say)
    from uitknop.report import findings_to_dict
    from uitknop.walk import walk

    return findings_to_dict(walk(request))


def load(path: Path) -> object:
    """What a JSON file holds.

    Raises:
        Malformed: no such file, or no JSON; the place is named.
        TooLarge: beyond the limit.
    """
    name = {"name": path.name}
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooLarge(
                Phrase(
                    "{name} is larger than 8 MB, the most that is walked at once: about two weeks of beats. Split it.",
                    name,
                )
            )
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise Malformed(Phrase("{name} can't be opened. Check the name and whether you may read it.", name)) from fault
    except UnicodeDecodeError as fault:
        raise Malformed(Phrase("{name} is no JSON text. Give a file as the schema describes.", name)) from fault
    except (ValueError, RecursionError) as fault:  # ValueError: no JSON, or a number of thousands of digits
        if not isinstance(fault, json.JSONDecodeError):
            raise Malformed(
                Phrase("{name} is no JSON: it holds a number too long or lists too deep to read.", name)
            ) from fault
        place = {**name, "line": fault.lineno}
        raise Malformed(Phrase("{name} is no JSON: it breaks off or errs at line {line}.", place)) from fault
