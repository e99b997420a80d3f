"""From what was typed to recordings: paths, zone, start and column mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from uitknop.cli.said import now_ms, progress, remark
from uitknop.core import Entry, Phrase, Recording
from uitknop.core.errors import Malformed
from uitknop.core.timeline import parse_iso
from uitknop.report.words import Catalogue
from uitknop.sources import Mapping, ReadResult, load_mapping, read_many
from uitknop.sources.mapping import parse_mapping
from uitknop.walk import without_strangers


def read_all(
    paths: Sequence[Path],
    words: Catalogue,
    *,
    zone: str | None,
    start: str | None,
    columns: str | None,
    quiet: bool,
    together: bool = False,
    person: str | None = None,
) -> ReadResult:
    """Read every path; what was refused is remarked on, unless nothing could be read at all.

    `together` is for what lays all recordings on one time line: those that have none are refused, and so are several
    people without a `person` to choose one.

    Raises:
        SourceError: not one recording could be read.
    """
    start_ms = None if start is None else parse_iso(start, zone)
    with progress(words, "Reading", quiet=quiet) as tell:
        found = read_many(
            list(paths),
            zone=zone,
            start_ms=start_ms,
            mapping=mapping_of(columns),
            now_ms=now_ms(),
            on_progress=tell,
        )
    if together:
        found = replace(found, recordings=of_one_person(found.recordings, person))
        found = _on_one_time_line(found, start_ms)
    if not found.recordings:
        if found.refused:
            raise found.refused[0][1]
        raise Malformed(
            Phrase(
                "No recording in {names}. Give a file with heart data, or a folder that holds one; "
                '"uitknop sources" lists what can be read.',
                {"names": ", ".join(path.name for path in paths)[:200]},
            )
        )
    for name, fault in found.refused:
        refused = Phrase("Left out {name}: {why}", {"name": name, "why": fault.phrase})
        remark(words, refused, quiet=quiet)
    return found


def of_one_person(recordings: Sequence[Recording], person: str | None) -> tuple[Recording, ...]:
    """The recordings of the person asked for; all of them when they are of one.

    Raises:
        Malformed: they are of several people and none was chosen, or there is no such person.
    """
    people = list(dict.fromkeys(recording.person for recording in recordings))
    if person is None and len(people) <= 1:
        return tuple(recordings)
    names = ", ".join(name or "-" for name in people[:10]) + (", ..." if len(people) > 10 else "")
    if person is None:
        raise Malformed(
            Phrase(
                "These recordings are of {n} people, and each has a scale of their own. "
                "Choose one with --person: {names}.",
                {"n": len(people), "names": names},
            )
        )
    chosen = tuple(recording for recording in recordings if recording.person == person)
    if not chosen:
        raise Malformed(
            Phrase("Nobody here is called {person}. There are: {names}.", {"person": person, "names": names})
        )
    return chosen


def _on_one_time_line(found: ReadResult, start_ms: int | None) -> ReadResult:
    """Refuses recordings without a clock beside others, and one start for more than one of them."""
    starts = [recording.span.start_ms for recording in found.recordings if recording.span is not None]
    if start_ms is not None and starts.count(start_ms) > 1:
        raise Malformed(
            Phrase(
                "--start tells when one recording began, and {n} here have no clock. Give them one at a time.",
                {"n": starts.count(start_ms)},
            )
        )
    kept, strangers = without_strangers(found.recordings)
    return replace(found, recordings=kept, refused=(*found.refused, *strangers))


def mapping_of(columns: str | None) -> Mapping | None:
    """A column mapping from a TOML file, or from pairs such as "heart_rate=HR,time=Time".

    Raises:
        Malformed: neither a file nor pairs.
    """
    if columns is None:
        return None
    if "=" not in columns or _is_file(columns):
        return load_mapping(Path(columns))
    lines = []
    for pair in columns.split(","):
        key, _, value = pair.partition("=")
        told = value.strip().replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'{key.strip()} = "{told}"')
    return parse_mapping("\n".join(lines), "--map")


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # longer than a name may be: pairs
        return False


def zone_to_show(zone: str | None, recordings: Sequence[Recording]) -> str | None:
    """The zone asked for, else that of the first recording with a clock."""
    return zone or next((recording.clock for recording in recordings if recording.clock is not None), None)


def conditions(names: Sequence[str] | None) -> tuple[Entry, ...]:
    """Diary lines that hold for all time, one per condition or medicine under which no verdict is given.

    Raises:
        Malformed: a name that is none of `VERDICT_OFF`.
    """
    from uitknop.rest.checks import VERDICT_OFF

    for name in names or ():
        if name not in VERDICT_OFF:
            told = {"name": name, "names": ", ".join(VERDICT_OFF)}
            raise Malformed(Phrase("--condition {name} is not known. Choose from: {names}.", told))
    return tuple(Entry(0, "UTC", "condition", name) for name in names or ())
