"""What an import brought, in words: what came in, what was there, what was refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from uitknop.cli.said import CONTROLS

if TYPE_CHECKING:
    from uitknop.person import Judged, Taken
    from uitknop.report.words import Catalogue


def print_taken(found: Sequence[Taken], judged: Judged, words: Catalogue, *, most: int) -> None:
    """Print it; of many files of one outcome the first `most` are named."""
    from rich.console import Console

    console = Console(highlight=False)

    def line(text: str, indent: int = 0) -> None:
        console.print(" " * indent + text.translate(CONTROLS), markup=False, soft_wrap=True)

    new = [each for each in found if each.outcome == "new"]
    if new:
        line(words.count("Came in: {n} file.", "Came in: {n} files.", len(new)))
    for each in new[:most]:
        line(f"{each.name}: {_facts(each, words)}", 2)
        for name, why in each.refused[:most]:
            line(f"{name}: {words.say(why)}", 4)
    _more(len(new), most, line, words)
    known = sum(each.outcome == "known" for each in found)
    if known:
        line(words.count("Was there already: {n} file.", "Were there already: {n} files.", known))
    refused = [each for each in found if each.outcome == "refused"]
    if refused:
        line(words.count("Not taken in: {n} file.", "Not taken in: {n} files.", len(refused)))
    for each in refused[:most]:
        line(words.say(each.why) if each.why is not None else each.name, 2)
    _more(len(refused), most, line, words)
    others = sum(each.outcome == "no_recording" for each in found) + sum(each.n_skipped for each in found)
    if others:
        line(words.count("Passed over, no recording: {n} file.", "Passed over, no recordings: {n} files.", others))
    for note in dict.fromkeys(words.say(note) for each in new for note in each.notes):
        line(note, 2)
    if judged.judged:
        line(words.count("Looked at {n} day again.", "Looked at {n} days again.", len(judged.judged)))
    if judged.n_days:
        line(words.say('"uitknop analyse" tells what your rest does.'))


def _facts(each: Taken, words: Catalogue) -> str:
    parts = [words.count("{n} value is new", "{n} values are new", each.kept.n_new)]
    if each.kept.n_known:
        parts.append(words.count("{n} was there", "{n} were there", each.kept.n_known))
    if each.kept.n_aside:
        parts.append(
            words.count(
                "{n} says something else than what is there and is kept aside",
                "{n} say something else than what is there and are kept aside",
                each.kept.n_aside,
            )
        )
    return ", ".join(parts)


def _more(n: int, most: int, line: object, words: Catalogue) -> None:
    if n > most and callable(line):
        line(words.count("and {n} more", "and {n} more", n - most), 2)
