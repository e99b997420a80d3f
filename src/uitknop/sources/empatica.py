"""Empatica E4: a folder or zip file with IBI.csv, HR.csv, tags.csv, and signals of skin and movement.

IBI rows are (end of the interval since the start, interval), in s. Only neighbours that touch within one tick of
1/64 s belong to one run: the bracelet leaves out every beat it doubts. The start is seconds since 1970, or a time.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Entry, Grade, Phrase, Recording, SampleKind, Samples
from uitknop.core.errors import Implausible, Malformed
from uitknop.sources import assemble
from uitknop.sources.clock import local_to_ms, looks_like_time, zone_notes
from uitknop.sources.lines import Layout, read_numbers
from uitknop.sources.moved import noted
from uitknop.sources.probe import Probe
from uitknop.sources.rr_text import gap_notes
from uitknop.sources.series import series_of
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.tick import EMPATICA_TICK_MS

Floats = npt.NDArray[np.float64]

NAME = "empatica_e4"

_SIGNALS: tuple[tuple[str, SampleKind], ...] = (
    ("hr.csv", "heart_rate"),
    ("temp.csv", "skin_temperature"),
    ("eda.csv", "skin_conductance"),
    ("acc.csv", "acceleration"),
)
_BESIDE_HEART = frozenset({"eda.csv", "temp.csv", "bvp.csv", "acc.csv"})
_ACC_COUNTS_PER_G = 64
_FASTEST_HZ = 256.0


def sniff(probe: Probe) -> float:
    """A folder or zip file that holds IBI.csv or HR.csv beside another signal; or an IBI file by its first line."""
    if probe.shape != "file":
        folders = _folders(probe).values()
        return 0.0 if not folders else 0.95 if any("ibi.csv" in found for found in folders) else 0.9
    if probe.name.lower() == "ibi.csv" and not probe.head_lines:
        return 0.5
    first = probe.head_lines[0].split(",") if probe.head_lines else []
    return 0.95 if len(first) == 2 and first[1].strip() in {"IBI", first[0]} and _is_start(first[0]) else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording; one for each folder in a zip file that holds more."""
    if probe.shape == "file":
        beats, notes = _read_beats(probe.text(), probe.name, request.zone)
        return (noted(Recording(NAME, probe.name, request.zone or "UTC", beats, grade="C"), *notes),)
    folders = _folders(probe)
    names = [probe.name if len(folders) == 1 else f"{probe.name} {PurePosixPath(place).name}" for place in folders]
    return tuple(
        _read_folder(probe, members, name, request.zone) for members, name in zip(folders.values(), names, strict=True)
    )


def _read_folder(probe: Probe, members: dict[str, str], name: str, zone: str | None) -> Recording:
    texts = {file: probe.member(members[file]) for file in members if _is_read(file)}
    texts = {file: text for file, text in texts.items() if text.strip()}
    beats: Beats | None = None
    notes: tuple[Phrase, ...] = ()
    if "ibi.csv" in texts:
        beats, notes = _read_beats(texts["ibi.csv"], f"{name}/IBI.csv", zone)
    if beats is None:
        notes += (Phrase("IBI.csv holds no beats; only the heart rate was read."),)
    samples, skipped = _read_signals(texts, name, zone)
    tags = tuple(entry for file in sorted(texts) if file.startswith("tags") for entry in _read_tags(texts[file], zone))
    local = any(looks_like_time(text.splitlines()[0].split(",")[0]) for text in texts.values())
    notes += skipped + (zone_notes(zone) if local else ())
    grade: Grade = "C" if beats is not None and len(beats) else "D"
    return Recording(NAME, name, zone or "UTC", beats, samples, tags, grade, notes)


def _is_read(name: str) -> bool:
    return name == "ibi.csv" or name.startswith("tags") or name in dict(_SIGNALS)


def _read_signals(texts: dict[str, str], name: str, zone: str | None) -> tuple[tuple[Samples, ...], tuple[Phrase, ...]]:
    """The signals there are; one beside the heart that can't be read is left out with a note."""
    samples: list[Samples] = []
    notes: list[Phrase] = []
    for member, kind in _SIGNALS:
        if member not in texts:
            continue
        try:
            series = _read_signal(texts[member], kind, f"{name}/{member}", zone)
        except (Malformed, Implausible):
            if kind == "heart_rate":
                raise
            notes.append(Phrase("{member} could not be read and was left out.", {"member": member}))
            continue
        if series is not None:
            samples.append(series)
    return tuple(samples), tuple(notes)


def _folders(probe: Probe) -> dict[str, dict[str, str]]:
    """The folders that are a recording, each with its files by their plain name."""
    folders: dict[str, dict[str, str]] = {}
    for member in sorted(probe.members):
        if not member.startswith("__MACOSX"):
            path = PurePosixPath(member)
            folders.setdefault(str(path.parent), {})[path.name.lower()] = member
    return {
        place: found
        for place, found in folders.items()
        if "ibi.csv" in found or ("hr.csv" in found and found.keys() & _BESIDE_HEART)
    }


def _is_start(cell: str) -> bool:
    try:
        return looks_like_time(cell) or 1e9 < float(cell) < 1e11
    except ValueError:
        return False


def _start_ms(line: str, name: str, zone: str | None) -> int:
    cell = line.split(",")[0].strip()
    try:
        return local_to_ms(cell, zone) if looks_like_time(cell) else round(float(cell) * 1000)
    except (ValueError, OverflowError):
        raise Malformed(
            Phrase(
                "{name} line 1: expected the start of the recording (seconds since 1970, or a time).", {"name": name}
            )
        ) from None


def _split(text: str, n_head: int) -> tuple[list[str], str]:
    """The first lines, and the rest as text."""
    head: list[str] = []
    for _ in range(n_head):
        line, _, text = text.partition("\n")
        head.append(line.strip())
    return head, text


def _read_beats(text: str, name: str, zone: str | None) -> tuple[Beats | None, tuple[Phrase, ...]]:
    (first,), rest = _split(text.lstrip("\r\n"), 1)
    start_ms = _start_ms(first, name, zone)
    if not rest.strip():
        return None, ()
    numbers = read_numbers(rest, Layout(",", 2, False, 0), name)
    end_ms, rr_ms = numbers.values[:, 0] * 1000, numbers.values[:, 1] * 1000
    wrong = rr_ms <= 0
    if bool(wrong.any()):
        line = int(numbers.line[int(np.argmax(wrong))]) + 1
        raise Malformed(
            Phrase("{name} line {line}: an interval of zero or less. Export it again.", {"name": name, "line": line})
        )
    notes: tuple[Phrase, ...] = ()
    if bool(np.any(np.diff(end_ms) <= 0)):
        end_ms, rr_ms, notes = _without_copies(end_ms, rr_ms, name)
    made = assemble.from_timed(
        start_ms + end_ms,
        rr_ms,
        source=NAME,
        tolerance_ms=EMPATICA_TICK_MS * 1.001,
        tick_ms=EMPATICA_TICK_MS,
        device="Empatica E4",
        kind="ppg",
    )
    return made.beats, notes + gap_notes(made)


def _without_copies(end_ms: Floats, rr_ms: Floats, name: str) -> tuple[Floats, Floats, tuple[Phrase, ...]]:
    _, first = np.unique(np.stack((end_ms, rr_ms)), axis=1, return_index=True)
    keep = np.sort(first)
    if bool(np.any(np.diff(end_ms[keep]) <= 0)):
        raise Implausible(
            Phrase(
                "{name}: the times of the beats go back. Expected rows in order of time; export it again.",
                {"name": name},
            )
        )
    note = Phrase("{n} rows stood twice; the copies were left out.", {"n": rr_ms.size - keep.size})
    return end_ms[keep], rr_ms[keep], (note,)


def _read_signal(text: str, kind: SampleKind, name: str, zone: str | None) -> Samples | None:
    """A signal at a fixed rate: start, rate in Hz, then values; acceleration has three axes in 1/64 g."""
    (first, rate), rest = _split(text, 2)
    if not rest.strip():
        return None
    start_ms = _start_ms(first, name, zone)
    try:
        rate_hz = float(rate.split(",")[0])
    except ValueError:
        rate_hz = 0.0
    if not 0 < rate_hz <= _FASTEST_HZ:
        raise Malformed(
            Phrase("{name} line 2: expected the rate of the signal in Hz. Export it again.", {"name": name})
        )
    axes = 3 if kind == "acceleration" else 1
    values = read_numbers(rest, Layout("," if axes > 1 else None, axes, False, 0), name).values
    value = np.sqrt((values**2).sum(axis=1)) * 1000 / _ACC_COUNTS_PER_G if axes > 1 else values[:, 0]
    t_ms = start_ms + np.rint(np.arange(value.size) * (1000 / rate_hz)).astype(np.int64)
    return series_of(kind, t_ms, value, "Empatica E4")


def _read_tags(text: str, zone: str | None) -> tuple[Entry, ...]:
    tags = []
    for number, line in enumerate(text.splitlines(), 1):
        cell = line.strip().split(",")[0]
        if cell and _is_start(cell):
            tags.append(Entry(_start_ms(cell, "tags.csv", zone), zone or "UTC", "tag", f"tag {number}"))
    return tuple(tags)


SOURCE = Source(
    NAME,
    Phrase("Empatica E4 folder or zip file"),
    Quality("solid", Phrase("70 authentic recordings in two shapes; the movement file was not among them.")),
    sniff,
    read,
)
