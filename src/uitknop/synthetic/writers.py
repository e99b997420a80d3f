"""A recording as the devices and apps of this world would have written it: file names and bytes, no file opened.

Shapes follow the public descriptions and samples of each format; where a format has no clock or no way to tell a
gap, neither has the file. A gap in a plain list of intervals is one long interval, as in PhysioNet's texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Recording
from uitknop.core.errors import ShapeError
from uitknop.core.timeline import from_ms, iso
from uitknop.synthetic.truth import TrueBout

Files = dict[str, bytes]

WELLTORY_BEATS = 100
WELLTORY_EVERY_S = 7200
_WELLTORY_COLUMNS = (
    "user_code,rr_code,measurement_datetime,time_of_day,bpm,meanrr,mxdmn,sdnn,rmssd,pnn50,mode,amo,lf,hf,vlf,lfhf,"
    "total_power,how_feel,how_mood,how_sleep,tags,rr_data"
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def rr_text_ms(recording: Recording) -> Files:
    """One RR interval in ms per line; no clock."""
    return {f"{recording.name}.txt": _lines(f"{value:.0f}" for value in _intervals_ms(_beats(recording)))}


def rr_text_s(recording: Recording) -> Files:
    """One RR interval in s per line, with a first line that holds the offset of the first beat; no clock."""
    values = _intervals_ms(_beats(recording)) / 1000.0
    return {f"{recording.name}.txt": _lines(f"{value:.3f}" for value in (12.345, *values))}


def beat_times_s(recording: Recording) -> Files:
    """Beat times in s from the first beat, one per line with leading blanks; no clock."""
    values = np.concatenate(([0.0], np.cumsum(_intervals_ms(_beats(recording))))) / 1000.0
    return {f"{recording.name}_beats.txt": _lines(f"   {value:.3f}" for value in values)}


def elite_hrv(recording: Recording) -> Files:
    """Elite HRV: ms per line; the file name is the only clock, local."""
    local = from_ms(_first_ms(_beats(recording)), _zone(recording))
    return {f"{local:%Y-%m-%d %H-%M-%S}.txt": _lines(f"{value:.0f}" for value in _intervals_ms(_beats(recording)))}


def hrv_logger(recording: Recording) -> Files:
    """HRV Logger, newer shape: time of arrival (epoch ms, in clumps), RR in ms, ms since the start."""
    beats = _beats(recording)
    arrival_ms = (beats.t_ms // 1000 + 1) * 1000
    since_ms = beats.t_ms - beats.t_ms[0]
    rows = (
        f"{at}, {rr:.0f}, {since}"
        for at, rr, since in zip(arrival_ms.tolist(), beats.rr_ms.tolist(), since_ms.tolist(), strict=True)
    )
    return {f"{recording.name}_RR.csv": _lines(("timestamp, rr, since_start", "", *rows))}


def selfloops(recording: Recording) -> Files:
    """SelfLoops: a line with the local start, then ms since the start, bpm and RR in ms; the first time is negative."""
    beats = _beats(recording)
    start_ms = int(beats.t_ms[0]) + 42
    local = from_ms(start_ms, _zone(recording))
    rows = (
        f"{t - start_ms},{60000 / rr:.0f},{rr:.0f}"
        for t, rr in zip(beats.t_ms.tolist(), beats.rr_ms.tolist(), strict=True)
    )
    start = f"{local.day:02d} {_MONTHS[local.month - 1]} {local:%Y %H:%M:%S}"
    return {f"{recording.name}_selfloops.csv": _lines((start, "Time (ms),HR (bpm),R-R (ms)", *rows))}


def empatica_e4(recording: Recording) -> Files:
    """An Empatica E4 folder: IBI.csv, HR.csv, ACC.csv and tags.csv; times in s UTC, gaps kept."""
    beats = _beats(recording)
    start_s = (int(beats.t_ms[0]) - round(float(beats.rr_ms[0]))) // 1000
    ibi = (
        f"{(t - 1000 * start_s) / 1000:.6f},{rr / 1000:.6f}"
        for t, rr in zip(beats.t_ms.tolist(), beats.rr_ms.tolist(), strict=True)
    )
    folder = f"{recording.name}_E4/"
    files = {f"{folder}IBI.csv": _lines((f"{start_s}.000000, IBI", *ibi), end="\r\n")}
    seconds = np.arange(10, (int(beats.t_ms[-1]) - 1000 * start_s) // 1000)
    bpm = 60000.0 / np.interp(seconds * 1000.0, beats.t_ms - 1000 * start_s, beats.rr_ms)
    heart = (f"{start_s + 10}.000000", "1.000000", *(f"{value:.2f}" for value in bpm))
    files[f"{folder}HR.csv"] = _lines(heart, end="\r\n")
    movement = recording.of_kind("acceleration")
    if movement is not None:
        counts = np.rint(movement.value / 1000.0 * 64.0).astype(np.int64).tolist()
        head = (", ".join([f"{int(movement.t_ms[0]) // 1000}.000000"] * 3), "1.000000, 1.000000, 1.000000")
        files[f"{folder}ACC.csv"] = _lines((*head, *(f"0,0,{count}" for count in counts)), end="\r\n")
    tags = [f"{entry.at_ms / 1000:.2f}" for entry in recording.entries if entry.kind == "rest"]
    files[f"{folder}tags.csv"] = _lines(tags, end="\r\n")
    return files


def welltory(recording: Recording) -> Files:
    """A table of short readings: 100 intervals every two hours, as a list within one cell; local time without zone."""
    beats = _beats(recording)
    rows: list[str] = []
    at_ms = int(beats.t_ms[0])
    while True:
        first = int(np.searchsorted(beats.t_ms, at_ms))
        rr_ms = beats.rr_ms[first : first + WELLTORY_BEATS]
        if rr_ms.size < WELLTORY_BEATS:
            break
        local = from_ms(int(beats.t_ms[first]), _zone(recording))
        mean_ms = float(rr_ms.mean())
        cells = f"u1,r{len(rows)},{local:%Y-%m-%d %H:%M:%S},,{60000 / mean_ms:.0f},{mean_ms:.2f}" + "," * 16
        rows.append(cells + '"' + ",".join(f"{value:.0f}" for value in rr_ms) + '"')
        at_ms += 1000 * WELLTORY_EVERY_S
    return {f"{recording.name}_hrv_measurements.csv": _lines((_WELLTORY_COLUMNS, *rows))}


def generic_csv(recording: Recording) -> Files:
    """A table no app writes, for column mapping: local time with offset; RR in ms, or bpm when there are no beats."""
    zone = _zone(recording)
    if recording.beats is not None:
        t_ms, value, column = recording.beats.t_ms, recording.beats.rr_ms, "interval"
    else:
        heart = recording.of_kind("heart_rate")
        if heart is None:
            raise ShapeError("neither beats nor heart rate to write")
        t_ms, value, column = heart.t_ms, heart.value, "pulse"
    pairs = zip(t_ms.tolist(), value.tolist(), strict=True)
    rows = (f"{iso(t, zone)};{number:.0f}" for t, number in pairs)
    return {f"{recording.name}_table.csv": _lines((f"moment;{column}", *rows))}


def spans_csv(truth: Sequence[TrueBout], zone: str, *, tagged_only: bool = False) -> Files:
    """The bouts of a truth as a file of spans: start, end, kind, label, posture; nothing of what is true of them."""
    rows = (
        f"{iso(bout.span.start_ms, zone)},{iso(bout.span.end_ms, zone)},{bout.kind},{bout.label},{bout.posture}"
        for bout in truth
        if bout.tagged or not tagged_only
    )
    return {"spans.csv": _lines(("start,end,kind,label,posture", *rows))}


WRITERS: MappingProxyType[str, Callable[[Recording], Files]] = MappingProxyType(
    {
        "rr_text_ms": rr_text_ms,
        "rr_text_s": rr_text_s,
        "beat_times_s": beat_times_s,
        "elite_hrv": elite_hrv,
        "hrv_logger": hrv_logger,
        "selfloops": selfloops,
        "empatica_e4": empatica_e4,
        "welltory": welltory,
        "generic_csv": generic_csv,
    }
)
"""Writer of each format, by name."""


def _beats(recording: Recording) -> Beats:
    if recording.beats is None or not len(recording.beats):
        raise ShapeError("no beats to write")
    return recording.beats


def _zone(recording: Recording) -> str:
    return recording.clock or "UTC"


def _first_ms(beats: Beats) -> int:
    """When the first interval began."""
    return int(beats.t_ms[0]) - round(float(beats.rr_ms[0]))


def _intervals_ms(beats: Beats) -> npt.NDArray[np.float64]:
    """The intervals, with each gap as one long interval, so that their sum stays the length of the recording."""
    starts = beats.run[1:]
    gap_ms = beats.t_ms[starts] - beats.rr_ms[starts] - beats.t_ms[starts - 1]
    open_gap = gap_ms >= 1.0
    return np.insert(beats.rr_ms, starts[open_gap], gap_ms[open_gap])


def _lines(lines: Iterable[str], *, end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in lines).encode()
