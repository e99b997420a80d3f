"""The plain export: all facts and conclusions as CSV and JSON that need no program of ours to be read.

Pieces of recordings go through one at a time, so that a year of beats is never in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uitknop.core import Entry, Findings, Recording
from uitknop.report.export.block import Block, Ledger
from uitknop.report.export.clockless import ClocklessFiles
from uitknop.report.export.dictionary import package, readme
from uitknop.report.export.entry_files import EntryFiles
from uitknop.report.export.finding_files import finding_blocks
from uitknop.report.export.series_files import FORMAT, MARKER, SeriesFiles


def plain_export(
    pieces: Iterable[Recording],
    *,
    entries: Iterable[Entry] = (),
    findings: Findings | None = None,
    made_ms: int,
    version: str,
) -> Iterator[Block]:
    """Blocks of every file of a plain export.

    Args:
        pieces: recordings or pieces of them; those of one series in order of time. A piece that goes on from the one
            before begins with the last beat of that one, which is then written once; otherwise its first beat starts
            a run, as in every `Beats`.
        entries: lines of the diary, beside those inside the pieces.
        findings: what was concluded; None leaves those files out.
        made_ms: the present, UTC ms.
        version: of Uitknop.
    """
    ledger = Ledger()
    series = SeriesFiles(ledger)
    yield from ledger.watch(_content(pieces, entries, findings, ledger, series))
    about = {name: {MARKER: FORMAT, **key._asdict()} for name, key in series.keys.items()}
    yield from ledger.watch((readme(ledger.written(), made_ms=made_ms, version=version),))
    yield package(ledger.written(), about, made_ms=made_ms, version=version)


def _content(
    pieces: Iterable[Recording],
    entries: Iterable[Entry],
    findings: Findings | None,
    ledger: Ledger,
    series: SeriesFiles,
) -> Iterator[Block]:
    clockless, diary = ClocklessFiles(ledger), EntryFiles(ledger)
    for piece in pieces:
        if piece.clock is None:
            clockless.add(piece)
        else:
            yield from series.add(piece)
            yield from diary.add(piece.entries, piece.person)
    yield from clockless.blocks()
    yield from diary.add(entries)
    yield from diary.end()
    if findings is not None:
        yield from finding_blocks(findings, ledger)
