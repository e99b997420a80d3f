"""The JSON files of an own export: diary lines, and recordings without a clock."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import cast, get_args

import numpy as np
import numpy.typing as npt

from uitknop.core import BeatKind, Beats, Entry, EntryKind, Phrase, Recording, Samples
from uitknop.core.errors import Malformed, TooLarge
from uitknop.core.units import SAMPLE_KINDS, SampleKind
from uitknop.sources.json_text import Json, read_json
from uitknop.sources.limits import ENTRIES, OWN_WORDS
from uitknop.sources.own_series import MARKER, grade_of, refuse_newer, tick_of, zone_named
from uitknop.sources.probe import Probe

_LONGEST_MS = 253_402_300_800_000
_LONGEST_RR_MS = 65_536 * 1000 / 1024


def read_own_json(probe: Probe, source: str) -> tuple[Recording, ...]:
    """Entries, one recording per person, or a recording without a clock.

    Args:
        probe: the file.
        source: name of the source that diary lines are filed under.
    Raises:
        SourceError: anything in it is not as it was written.
    """
    told = read_json(probe)
    version = told.get(MARKER).number()
    refuse_newer(None if version is None else int(version), probe.name)
    table = told.get("table").text()
    if table == "entries":
        return _diaries(told, probe, source)
    if table == "recording":
        return tuple(_clockless(told, probe))
    raise told.get("table").fault(Phrase("a table of this version"))


def _diaries(told: Json, probe: Probe, source: str) -> tuple[Recording, ...]:
    lines: dict[str, list[Entry]] = {}
    for number, item in enumerate(told.get("entries").items()):
        if number >= ENTRIES:
            raise TooLarge(
                Phrase("{name} holds more than {most} lines. Split it.", {"name": probe.name, "most": ENTRIES})
            )
        lines.setdefault(_words(item.get("person")), []).append(_entry(item))
    return tuple(
        Recording(source, probe.name, found[0].zone, None, entries=tuple(found), grade="D", person=person)
        for person, found in lines.items()
    )


def _entry(item: Json) -> Entry:
    kind, end = item.get("kind"), item.get("end_ms")
    if _words(kind) not in get_args(EntryKind):
        raise kind.fault(Phrase("a kind of diary line"))
    try:
        zone = zone_named(_words(item.get("zone")))
    except Malformed as fault:
        raise item.get("zone").fault(Phrase("a time zone")) from fault
    at_ms = _whole(item.get("at_ms"))
    end_ms = None if end.missing else _whole(end)
    if end_ms is not None and end_ms < at_ms:
        raise end.fault(Phrase("an end after the start"))
    value, label = _words(item.get("value")), _words(item.get("label"))
    return Entry(at_ms, zone, cast("EntryKind", _words(kind)), value, end_ms, label)


def _clockless(told: Json, probe: Probe) -> Iterator[Recording]:
    """The recording; as several when its pieces tell of several devices or ticks."""
    made: dict[tuple[str, str, float | None], list[Beats]] = {}
    for item in told.get("beats").items():
        beats = _beats(item, _words(told.get("source")), probe.name)
        made.setdefault((beats.kind, beats.device, beats.tick_ms), []).append(beats)
    samples = tuple(_samples(item) for item in told.get("samples").items())
    entries = tuple(_entry(item) for item in told.get("entries").items())
    whose = (_words(told.get("source")), _words(told.get("name")), None)
    grade, person = grade_of(told.get("grade").text(), probe.name), _words(told.get("person"))
    for number, parts in enumerate(made.values() or [[]]):
        first = number == 0
        yield Recording(
            *whose, _joined(parts), samples if first else (), entries if first else (), grade, person=person
        )


def _joined(parts: list[Beats]) -> Beats | None:
    """Pieces as one; a piece that begins with the last beat of the one before goes on from it."""
    if not parts:
        return None
    last = parts[0]
    t_ms, rr_ms, flag, starts = [last.t_ms], [last.rr_ms], [last.flag], [last.starts_run]
    for part in parts[1:]:
        skip = int((part.t_ms[0], part.rr_ms[0]) == (last.t_ms[-1], last.rr_ms[-1]))
        t_ms.append(part.t_ms[skip:])
        rr_ms.append(part.rr_ms[skip:])
        flag.append(part.flag[skip:])
        starts.append(part.starts_run[skip:])
        last = part
    run = np.flatnonzero(np.concatenate(starts))
    return Beats(np.concatenate(t_ms), np.concatenate(rr_ms), np.concatenate(flag), run, last.tick_ms, last.source,
                 last.device, last.kind)  # fmt: skip


def _beats(item: Json, source: str, name: str) -> Beats:
    kind = item.get("kind")
    if _words(kind) not in get_args(BeatKind):
        raise kind.fault(Phrase("rr or ppg"))
    t_ms, rr_ms = _times(item.get("t_ms")), _numbers(item.get("rr_ms"))
    starts, flag = _numbers(item.get("starts_run")), _numbers(item.get("flag"))
    if not (t_ms.size == rr_ms.size == starts.size == flag.size) or not t_ms.size:
        raise item.get("rr_ms").fault(Phrase("as many values as times"))
    if not bool(np.all((rr_ms > 0) & (rr_ms <= _LONGEST_RR_MS))):
        raise item.get("rr_ms").fault(Phrase("intervals above zero"))
    if not bool(np.all(np.isin(starts, (0, 1)))) or starts[0] != 1 or not bool(np.all(np.isin(flag, range(7)))):
        raise item.get("starts_run").fault(Phrase("0 or 1, the first 1"))
    tick_ms = tick_of(item.get("tick_ms").number(), name)
    device, beat_kind = _words(item.get("device")), cast("BeatKind", _words(kind))
    return Beats(t_ms, rr_ms, flag.astype(np.uint8), np.flatnonzero(starts), tick_ms, source, device, beat_kind)


def _samples(item: Json) -> Samples:
    kind = item.get("kind")
    if _words(kind) not in SAMPLE_KINDS:
        raise kind.fault(Phrase("a kind of sample"))
    t_ms, value = _times(item.get("t_ms")), _numbers(item.get("value"))
    if t_ms.size != value.size:
        raise item.get("value").fault(Phrase("as many values as times"))
    return Samples(cast("SampleKind", _words(kind)), t_ms, value, _words(item.get("device")))


def _times(item: Json) -> npt.NDArray[np.int64]:
    t_ms = np.array([_whole(one) for one in item.items()], np.int64)
    if bool(np.any(np.diff(t_ms) < 0)):
        raise item.fault(Phrase("times in order"))
    return t_ms


def _numbers(item: Json) -> npt.NDArray[np.float64]:
    found = (one.number() for one in item.items())
    return np.array([math.nan if number is None else number for number in found], np.float64)


def _whole(item: Json) -> int:
    number = item.value
    if isinstance(number, bool) or not isinstance(number, int) or abs(number) > _LONGEST_MS:
        raise item.fault(Phrase("a whole number of ms"))
    return number


def _words(item: Json) -> str:
    """A text exactly as it was written, blanks and all."""
    if not isinstance(item.value, str):
        raise item.fault(Phrase("text"))
    if len(item.value) > OWN_WORDS:
        raise item.fault(Phrase("a shorter text"))
    return item.value
