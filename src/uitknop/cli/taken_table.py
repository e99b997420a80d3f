"""What an import brought, in words: what came in, what was there, what was refused and why."""

from __future__ import annotations

from collections import Counter
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

    def some(texts: Sequence[str], indent: int) -> None:
        for text in texts[:most]:
            line(text, indent)
        if len(texts) > most:
            line(words.count("and {n} more", "and {n} more", len(texts) - most), indent)

    new = [each for each in found if each.outcome == "new"]
    if new:
        line(words.count("Came in: {n} file.", "Came in: {n} files.", len(new)))
        some([f"{each.name}: {_facts(each, words)}" for each in new], 2)
    strangers = [each.name for each in new if each.kept.n_aside > each.kept.n_new]
    if strangers:
        line(words.say("Most of these says something else than what is there: another person, or a wrong clock?"), 2)
        some(strangers, 4)
        line(words.say('"uitknop import --undo" takes this import back.'), 2)
    for text in _notes(new, words):
        line(text, 2)
    clockless = [name for each in new for name in each.clockless]
    if clockless:
        line(words.count("Without a clock: {n} recording.", "Without a clock: {n} recordings.", len(clockless)))
        some(clockless, 2)
        line(
            words.say("These are kept, and take no part in the answers until you tell when each began: ")
            + "uitknop import FILE --start 2026-03-02T07:15",
            2,
        )
    known = sum(each.outcome == "known" for each in found)
    if known:
        line(words.count("Was there already: {n} file.", "Were there already: {n} files.", known))
    refused = [why for each in found for why in _refusals(each, words)]
    if refused:
        line(words.count("Not taken in: {n} file.", "Not taken in: {n} files.", len(refused)))
        some(refused, 2)
    n_left = sum((each.outcome == "no_recording") + len(each.skipped) for each in found)
    if n_left:
        line(words.count("Left, no recording: {n} file.", "Left, no recordings: {n} files.", n_left))
        some(_left(found, words), 2)
    if judged.judged:
        line(words.count("Judged: {n} day.", "Judged: {n} days.", len(judged.judged)))
    if judged.n_days:
        line(words.say('"uitknop analyse" tells what your rest does.'))


def _refusals(each: Taken, words: Catalogue) -> list[str]:
    if each.outcome == "refused":
        return [words.say(each.why) if each.why is not None else each.name]
    return [words.say(why) for _, why in each.refused]


def _left(found: Sequence[Taken], words: Catalogue) -> list[str]:
    """Files that are no recording, each by name; the reason is said once for all that have the same."""
    alike: dict[str, list[Taken]] = {}
    for each in found:
        if each.outcome == "no_recording":
            alike.setdefault("" if each.why is None else each.why.template, []).append(each)
    said = []
    for first, *others in alike.values():
        said.append(words.say(first.why) if first.why is not None else first.name)
        if others:
            said.append(words.say("The same holds for: {names}.", names=", ".join(each.name for each in others)))
    return said + [f"{each.name}: {', '.join(each.skipped)}" for each in found if each.skipped]


def _notes(new: Sequence[Taken], words: Catalogue) -> list[str]:
    """What sources assumed: each once; what differs from file to file only where there is one file."""
    notes = dict.fromkeys(note for each in new for note in each.notes)
    several = Counter(note.template for note in notes)
    return [words.say(note) for note in notes if len(new) == 1 or several[note.template] == 1]


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
