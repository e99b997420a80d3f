"""What `analyse`, `hrv` and `walk` take from the person's file when no path is given."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.own_file import opened
from uitknop.cli.said import _, progress
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.core import Bout, Findings, Recording, Span
    from uitknop.report.words import Catalogue
    from uitknop.store import Store
    from uitknop.walk import Request

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


def findings_from_file(
    file: Path | None,
    passphrase_file: Path | None,
    words: Catalogue,
    *,
    since: str | None,
    zone: str | None,
    spans: Path | None,
    quiet: bool,
) -> Findings:
    """The findings of the person's file; what changed is judged first.

    Raises:
        StoreError, WrongKey: the file is not there, or does not open.
        SourceError: the spans are no table of spans.
    """
    from uitknop.person import findings_of, judge_touched, zone_of
    from uitknop.sources import read_spans
    from uitknop.walk import Request, walk

    first = day_of_text(since)
    with opened(file, passphrase_file) as store:
        if spans is not None:
            given = read_spans(spans, zone or zone_of(store), clockless=False)
            request = Request(_around(store, given), given, store.entries(), zone or zone_of(store))
            with progress(words, "Judging", quiet=quiet) as tell:
                return walk(request, on_progress=tell)
        with progress(words, "Judging", quiet=quiet) as tell:
            judge_touched(store, on_progress=tell)
        return findings_of(store, since=first, zone=zone)


def _around(store: Store, given: tuple[Bout, ...]) -> tuple[Recording, ...]:
    """The recordings on which given spans are judged, with the weeks before them that make the scale."""
    from uitknop.core import Span
    from uitknop.walk import without_strangers

    if not given:
        return ()
    day_ms = 86_400_000
    first = min(bout.span.start_ms for bout in given) - SCALE_DAYS * day_ms
    last = max(bout.span.end_ms for bout in given) + day_ms
    return without_strangers(store.recordings(Span(first, last)))[0]


def request_from_file(
    file: Path | None, passphrase_file: Path | None, *, since: str | None, days: int
) -> tuple[Request, str]:
    """A request for the pure run of the last days, and the zone of the person.

    Raises:
        StoreError, WrongKey: the file is not there, or does not open.
    """
    from uitknop.person import zone_of
    from uitknop.walk import Request, without_strangers

    with opened(file, passphrase_file) as store:
        zone = zone_of(store)
        span = _since(store, since, zone, days)
        kept, _strangers = without_strangers(store.recordings(span))
        return Request(kept, None, store.entries(span), zone), zone


def _since(store: Store, since: str | None, zone: str, days: int) -> Span:
    """From a day until the end of what is there; the last days without one."""
    from uitknop.core import Span
    from uitknop.core.timeline import day_of, day_span

    last_ms = max((each.last_ms for each in store.series() if not each.own_clock), default=0)
    first = day_of_text(since) or day_of(last_ms, zone) - timedelta(days=days - 1)
    return Span(day_span(first, zone).start_ms, max(last_ms + 1, day_span(first, zone).end_ms))
