"""Apple Health: export.xml, from the export.zip an iPhone makes.

Heart rate, steps, breathing, oxygen, wrist temperature, sleep, workouts, and the beats that stand below Apple's own
figure of variability, which is the SDNN and stays that. Records inside a correlation stand outside it as well and are
counted there. The shape was known from public descriptions of exports of versions 8 to 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from uitknop.core import Beats, Phrase, Recording, SampleKind, Samples
from uitknop.core.errors import Malformed, NotRecognised
from uitknop.sources.apple_blocks import ROOT
from uitknop.sources.apple_heads import in_words
from uitknop.sources.apple_parallel import parse_export
from uitknop.sources.apple_pieces import NAME, TICK_MS, year_of
from uitknop.sources.apple_rows import Tally
from uitknop.sources.moved import noted
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

MOST_BREAKS = 1000
"""Broken places after which a file is refused."""
_MOST_KINDS = 5


_ELECTROCARDIOGRAM = re.compile(r"ecg_\d{4}-\d\d-\d\d.*\.csv", re.IGNORECASE)


def sniff(probe: Probe) -> float:
    """An XML file whose root is HealthData; the clinical document beside it has another. Or an electrocardiogram."""
    if probe.shape == "file" and _ELECTROCARDIOGRAM.fullmatch(probe.name):
        return 0.99
    if probe.shape != "file" or ROOT not in probe.head:
        return 0.0
    return 0.98 if probe.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!DOCTYPE", ROOT)) else 0.0


def parts(probe: Probe, request: Request) -> Iterator[Recording]:
    """The export in pieces of some days; the last carries the notes.

    Raises:
        Malformed: no export, entity declarations, or broken at too many places; nothing that is taken in.
        NotRecognised: an electrocardiogram, which would else pass for a list of numbers.
    """
    if ROOT not in probe.head:
        raise NotRecognised(
            Phrase(
                "{name} is an electrocardiogram from Apple Health, a curve of 30 seconds, which is not read.",
                {"name": probe.name},
            )
        )
    tally, line = Tally(), 1
    held: Recording | None = None
    has_heart = False
    for parsed in parse_export(probe, request.zone):
        tally.add(parsed.tally, line)
        line += parsed.n_lines
        _check(tally, probe.name)
        for recording in parsed.recordings:
            has_heart = has_heart or recording.span is not None
            if held is not None:
                yield held
            held = recording
    if held is None:
        raise Malformed(
            Phrase(
                "{name} is an export of Apple Health, but holds no heart rate, steps, sleep or workouts. Check in the "
                "Health app what was recorded.",
                {"name": probe.name},
            )
        )
    yield noted(held, *_notes(tally, has_heart=has_heart))


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """The whole export, a recording for each year and each device with beats.

    Raises:
        Malformed: as for `parts`; or an export of a phone alone, without anything of the heart.
    """
    pieces = tuple(parts(probe, request))
    if all(piece.span is None for piece in pieces):
        raise Malformed(
            Phrase(
                "{name} holds no heart rate and no beats: an iPhone alone measures none. Give an export of a phone "
                "with a watch or a strap.",
                {"name": probe.name},
            )
        )
    years = sorted({_year_of(piece) for piece in pieces})
    joined = [_joined([piece for piece in pieces if _year_of(piece) == year]) for year in years]
    if len(years) > 1:
        joined = [
            tuple(replace(recording, name=f"{recording.name} {year}") for recording in of_year)
            for year, of_year in zip(years, joined, strict=True)
        ]
    joined[-1] = (*joined[-1][:-1], noted(joined[-1][-1], *pieces[-1].notes))
    return tuple(recording for year in joined for recording in year)


def _check(tally: Tally, name: str) -> None:
    if tally.given_up or tally.breaks > MOST_BREAKS:
        raise Malformed(
            Phrase(
                "{name} is broken at too many places, first at line {line}. Export your health data again.",
                {"name": name, "line": tally.break_line},
            )
        )


def _notes(tally: Tally, *, has_heart: bool) -> tuple[Phrase, ...]:
    """What was left out, in words."""
    notes: list[Phrase] = []
    if not has_heart:
        notes.append(
            Phrase("The export holds no heart rate and no beats: an iPhone alone measures none. The rest was read.")
        )
    if tally.cut_off:
        notes.append(Phrase("The file stops in the middle: the export was cut off. What came before was read."))
    if tally.breaks:
        notes.append(
            Phrase(
                "The file is not well formed (places: {n}, the first at line {line}); what stands there was left out.",
                {"n": tally.breaks, "line": tally.break_line},
            )
        )
    if tally.unreadable:
        notes.append(
            Phrase(
                "Records left out because their time or value can't be read, or no body has it: {n}.",
                {"n": tally.unreadable},
            )
        )
    if tally.lists:
        notes.append(Phrase("Lists of beats left out because their clock can't be read: {n}.", {"n": tally.lists}))
    if tally.gaps:
        notes.append(
            Phrase(
                "Intervals left out because they do not agree with the heart rate written beside them: {n}.",
                {"n": tally.gaps},
            )
        )
    if tally.other:
        most = ", ".join(in_words(kind) for kind, _ in tally.other.most_common(_MOST_KINDS))
        notes.append(
            Phrase(
                "Records left out because their kind is not used here: {n}, most of them {most}.",
                {"n": tally.other.total(), "most": most},
            )
        )
    return tuple(notes)


def _year_of(piece: Recording) -> int:
    """The year, UTC, in whose middle the piece lies: a walk over New Year may begin in the one before."""
    columns = [series.t_ms for series in piece.samples] + ([] if piece.beats is None else [piece.beats.t_ms])
    moments = [int(t_ms) for column in columns for t_ms in column[[0, -1]]]
    moments += [entry.at_ms for entry in piece.entries]
    return int(year_of(np.array((min(moments) + max(moments)) // 2, np.int64)))


def _joined(pieces: list[Recording]) -> tuple[Recording, ...]:
    """One recording of many pieces; the beats of a second device make one of their own."""
    clocks = [piece.clock for piece in pieces]
    clock = max(sorted({c for c in clocks if c is not None}), key=clocks.count)
    keys = sorted({(series.kind, series.device) for piece in pieces for series in piece.samples})
    samples = tuple(_joined_series(kind, device, pieces) for kind, device in keys)
    entries = tuple(
        sorted({entry for piece in pieces for entry in piece.entries}, key=lambda entry: (entry.at_ms, entry.value))
    )
    every = [piece.beats for piece in pieces if piece.beats is not None]
    devices = sorted({beats.device for beats in every})
    joined = sorted(
        (_joined_beats([b for b in every if b.device == device]) for device in devices), key=len, reverse=True
    )
    first = Recording(
        NAME, pieces[0].name, clock, joined[0] if joined else None, samples, entries, "C" if joined else "D"
    )
    return (first, *(replace(first, beats=beats, samples=(), entries=()) for beats in joined[1:]))


def _joined_series(kind: SampleKind, device: str, pieces: list[Recording]) -> Samples:
    same = [s for piece in pieces for s in piece.samples if (s.kind, s.device) == (kind, device)]
    t_ms, value = np.concatenate([s.t_ms for s in same]), np.concatenate([s.value for s in same])
    order = np.lexsort((value, t_ms))
    return Samples(kind, t_ms[order], value[order], device)


def _joined_beats(parts: list[Beats]) -> Beats:
    """Beats of one device in order of time; what a later part tells again is left out."""
    parts = sorted(parts, key=lambda beats: int(beats.t_ms[0]))
    kept: list[Beats] = []
    until_ms = np.iinfo(np.int64).min
    for part in parts:
        fresh = part.between(int(until_ms) + 1, int(part.t_ms[-1]) + 1)
        if len(fresh):
            kept.append(fresh)
            until_ms = fresh.t_ms[-1]
    first = np.concatenate(([0], np.cumsum([len(beats) for beats in kept])[:-1])).astype(np.int64)
    return Beats(
        np.concatenate([beats.t_ms for beats in kept]),
        np.concatenate([beats.rr_ms for beats in kept]),
        np.concatenate([beats.flag for beats in kept]),
        np.concatenate([beats.run + at for beats, at in zip(kept, first, strict=True)]),
        TICK_MS,
        NAME,
        kept[0].device,
        "ppg",
    )


SOURCE = Source(
    NAME,
    Phrase("Apple Health export (export.zip or export.xml)"),
    Quality("fair", Phrase("Written against public descriptions of eight versions; no authentic export was seen.")),
    sniff,
    read,
    parts,
)
