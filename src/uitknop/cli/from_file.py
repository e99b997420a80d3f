"""What `analyse`, `hrv` and `walk` take from the person's file when no path is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.own_file import opened
from uitknop.cli.said import _, progress, remark
from uitknop.core.errors import Busy, Malformed, NotWritable
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.core import Bout, Entry, Findings, Recording, Span
    from uitknop.report.words import Catalogue
    from uitknop.store import Store
    from uitknop.walk import Request

BEATS = ("rr", "ppg")
SCALE_DAYS = 60
"""How far back the own scale reaches."""

Since = Annotated[
    str | None, typer.Option("--since", help=_("Only days from this one on, such as 2026-03-01; of your own file."))
]


def day_of_text(text: str | None) -> date | None:
    """A date as it was typed.

    Raises:
        Malformed: no date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(Phrase('"{text}" is no date of the form 2026-03-29.', {"text": text[:60]})) from None


def refuse_mixed(paths: object, of_files: Mapping[str, object], of_own: Mapping[str, object]) -> None:
    """Refuse options that say nothing where they stand, rather than leave them out in silence.

    Args:
        paths: the files that were given; falsy when the person's own file is meant.
        of_files: options that tell how given files are read, and what was said.
        of_own: options that tell what of the person's own file is meant.
    Raises:
        Malformed: one of them was said and has no meaning here.
    """
    for name, said in (of_own if paths else of_files).items():
        if said is None:
            continue
        if paths:
            raise Malformed(Phrase("{name} belongs to your own file. Leave it out, or give no files.", {"name": name}))
        raise Malformed(
            Phrase(
                "{name} tells how a file is read, and no file was given. Give the file, or say it with uitknop import.",
                {"name": name},
            )
        )


def findings_from_file(
    file: Path | None,
    passphrase_file: Path | None,
    words: Catalogue,
    *,
    since: str | None,
    zone: str | None,
    spans: Path | None,
    held: tuple[Entry, ...] = (),
    quiet: bool,
) -> Findings:
    """The findings of the person's file; what changed is judged first.

    Raises:
        StoreError, WrongKey: the file is not there, or does not open.
        SourceError: the spans are no table of spans.
    """
    from uitknop.person import findings_of, zone_of
    from uitknop.sources import read_spans
    from uitknop.walk import Request, walk

    first = day_of_text(since)
    with opened(file, passphrase_file) as store:
        if spans is not None:
            given = read_spans(spans, zone or zone_of(store), clockless=False)
            request = Request(_around(store, given), given, (*store.entries(), *held), zone or zone_of(store))
            with progress(words, "Judging", quiet=quiet) as tell:
                return walk(request, on_progress=tell)
        judge(store, words, held=held, quiet=quiet)
        return findings_of(store, since=first, zone=zone, held=held)


def judge(store: Store, words: Catalogue, *, held: tuple[Entry, ...] = (), quiet: bool) -> None:
    """Judge what changed; where nothing can be written now, say that the findings that are kept may be behind.

    That is said even when it should be quiet: nothing else tells it.

    Raises:
        NotWritable: the same, and what is kept was found without a medicine or condition that holds, or with one that
            does not; it must not be shown.
    """
    from uitknop.person import judge_touched, lines_hold

    try:
        with progress(words, "Judging", quiet=quiet) as tell:
            judge_touched(store, held=held, on_progress=tell)
    except NotWritable as fault:
        if not lines_hold(store, held):
            raise
        remark(words, _behind(store.name, fault), quiet=False)


def _behind(name: str, fault: NotWritable) -> Phrase:
    if isinstance(fault, Busy):
        return Phrase(
            "Another window or program is writing to {name}, so the findings may be behind your newest recordings; "
            "run this again when it has finished.",
            {"name": name},
        )
    return Phrase(
        "{name} can't be written to, as there is no room on the disk or no permission, so the findings may be behind "
        "your newest recordings.",
        {"name": name},
    )


def _around(store: Store, given: tuple[Bout, ...]) -> tuple[Recording, ...]:
    """The recordings on which given spans are judged, with the weeks before them that make the scale."""
    from uitknop.core import Span

    if not given:
        return ()
    day_ms = 86_400_000
    first = min(bout.span.start_ms for bout in given) - SCALE_DAYS * day_ms
    last = max(bout.span.end_ms for bout in given) + day_ms
    return _clocked(store, Span(first, last))


def request_from_file(
    file: Path | None,
    passphrase_file: Path | None,
    *,
    since: str | None,
    days: int,
    of_beats: bool = False,
    whole_diary: bool = False,
) -> tuple[Request, str]:
    """A request for the pure run of the last days, and the zone of the person.

    Args:
        file, passphrase_file: the person's file, and what unlocks it.
        since: from this day on.
        days: how many days, without that.
        of_beats: the last days with beats; else the last days with anything.
        whole_diary: every line of the diary, also where nothing was recorded; else those of these days.
    Raises:
        StoreError, WrongKey: the file is not there, or does not open.
        Malformed: there is nothing with a clock in it, and the diary alone is not enough.
    """
    from uitknop.person import zone_of
    from uitknop.walk import Request

    with opened(file, passphrase_file) as store:
        zone = zone_of(store)
        if whole_diary and all(each.own_clock for each in store.series()):
            return Request((), None, tuple(store.entries()), zone), zone
        span = _since(store, since, zone, days, of_beats=of_beats)
        entries = tuple(store.entries()) if whole_diary else store.entries(span)
        return Request(_clocked(store, span), None, entries, zone), zone


def _clocked(store: Store, span: Span) -> tuple[Recording, ...]:
    return tuple(recording for recording in store.recordings(span) if recording.clock is not None)


def _since(store: Store, since: str | None, zone: str, days: int, *, of_beats: bool) -> Span:
    """From a day until the end of what is there; the last days without one."""
    from uitknop.core import Span
    from uitknop.core.timeline import day_of, day_span

    with_clock = [each for each in store.series() if not each.own_clock]
    ends = [each.last_ms for each in with_clock if each.kind in BEATS] if of_beats else []
    ends = ends or [each.last_ms for each in with_clock]
    if not ends:
        raise Malformed(
            "Your file holds no recording with a clock yet. Take one in with uitknop import, or tell when one began "
            "with --start."
        )
    first = day_of_text(since) or day_of(max(ends), zone) - timedelta(days=days - 1)
    return Span(day_span(first, zone).start_ms, max(max(ends) + 1, day_span(first, zone).end_ms))
