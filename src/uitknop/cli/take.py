"""`uitknop import`: files, folders and zip files into the person's file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from uitknop.cli.own_file import File, PassphraseFile, opened_or_made, path_of
from uitknop.cli.said import (
    CONTROLS,
    AsJson,
    Lang,
    MapFile,
    Person,
    Quiet,
    Start,
    Zone,
    _,
    now_ms,
    print_json,
    progress,
    speak,
)
from uitknop.core.errors import Malformed, StoreError
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.person import Judged, Taken
    from uitknop.report.words import Catalogue

HELP = _("Take recordings and exports into your own, encrypted file. Run it again whenever there is more.")
NOTHING_TAKEN = 2
STOPPED = 130
MOST_TOLD = 30


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", readable=False, help=_("Files, folders or zip files.")),
    ] = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    zone: Zone = None,
    start: Start = None,
    columns: MapFile = None,
    person: Person = None,
    undo: Annotated[
        bool, typer.Option("--undo", help=_("Let what the last import brought no longer count. Nothing is removed."))
    ] = False,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Take in, judge what was touched, tell."""
    from uitknop.cli.input import mapping_of
    from uitknop.core.timeline import parse_iso
    from uitknop.person import judge_touched, take_in, zone_of

    words = speak(lang)
    quiet = quiet or as_json
    if undo:
        if paths or zone or start or columns or person:
            raise Malformed("--undo takes the last import back as a whole. Give it alone, without files or options.")
        _undo(file, passphrase_file, words, as_json=as_json)
        return
    paths = _there(paths, file)
    mapping = mapping_of(columns)
    with opened_or_made(file, passphrase_file, words, zone=zone) as store:
        start_ms = None if start is None else parse_iso(start, zone or store.setting("zone"))
        taken: list[Taken] = []
        try:
            with progress(words, "Reading", quiet=quiet) as tell:
                found = take_in(
                    store,
                    paths,
                    now_ms=now_ms(),
                    zone=zone,
                    start_ms=start_ms,
                    mapping=mapping,
                    person=person,
                    on_progress=lambda done, whole, name: tell(round(done), round(whole)),
                    on_taken=taken.append,
                )
            if zone is not None and _came_in(found):
                store.keep_setting("zone", zone)
            with progress(words, "Judging", quiet=quiet) as tell:
                judged = judge_touched(store, on_progress=tell)
        except KeyboardInterrupt:
            _tell_stopped(taken, words, as_json=as_json)
            sys.exit(STOPPED)
        except StoreError:
            _tell_stopped(taken, words, as_json=as_json)
            raise
        _tell(found, judged, zone_of(store), words, as_json=as_json)
    if not _came_in(found):
        sys.exit(NOTHING_TAKEN)


def _there(paths: list[Path] | None, file: Path | None) -> list[Path]:
    """The paths that were given.

    Raises:
        Malformed: none, or none of them exists: a slip makes no file.
    """
    if not paths:
        raise Malformed("Give at least one file, folder or zip file to take in.")
    if not path_of(file).exists() and not any(path.exists() for path in paths):
        raise Malformed(Phrase("{name} does not exist. Check the path.", {"name": paths[0].name}))
    return paths


def _came_in(found: Sequence[Taken]) -> bool:
    return any(each.outcome in ("new", "known") for each in found)


def _undo(file: Path | None, passphrase_file: Path | None, words: Catalogue, *, as_json: bool) -> None:
    """Let the files of the last import no longer count."""
    from uitknop.cli.own_file import opened
    from uitknop.person import undo_last

    with opened(file, passphrase_file) as store:
        undone = undo_last(store, now_ms=now_ms())
    if not undone:
        raise Malformed("There is no import to undo.")
    names = [each.origin.name for each in undone]
    if as_json:
        print_json({"undone": names})
        return
    said = words.count("No longer counts: {n} file.", "No longer count: {n} files.", len(names))
    more = [] if len(names) <= MOST_TOLD else [words.count("and {n} more", "and {n} more", len(names) - MOST_TOLD)]
    lines = [
        said,
        *(f"  {name}" for name in [*names[:MOST_TOLD], *more]),
        words.say("Import them again to take them back in."),
    ]
    sys.stdout.write("".join(f"{line.translate(CONTROLS)}\n" for line in lines))


def _tell_stopped(taken: Sequence[Taken], words: Catalogue, *, as_json: bool) -> None:
    done = [each for each in taken if each.outcome == "new"]
    if as_json:
        print_json({"stopped": True, "files": [_as_dict(each, words) for each in taken]})
        return
    said = Phrase(
        "Stopped. {n} files are in and stay in; run the same command again to go on with the rest.", {"n": len(done)}
    )
    sys.stderr.write(words.say(said) + "\n")


def _tell(found: Sequence[Taken], judged: Judged, zone: str, words: Catalogue, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "files": [_as_dict(each, words) for each in found],
                "zone": zone,
                "days": judged.n_days,
                "judged": [day.isoformat() for day in judged.judged],
            }
        )
        return
    from uitknop.cli.taken_table import print_taken

    print_taken(found, judged, words, most=MOST_TOLD)


def _as_dict(each: Taken, words: Catalogue) -> dict[str, Any]:
    return {
        "name": each.name,
        "outcome": each.outcome,
        "new": each.kept.n_new,
        "known": each.kept.n_known,
        "aside": each.kept.n_aside,
        "why": None if each.why is None else words.say(each.why),
        "refused": [{"name": name, "why": words.say(why)} for name, why in each.refused],
        "skipped": list(each.skipped),
        "clockless": list(each.clockless),
        "notes": [words.say(note) for note in each.notes],
    }
