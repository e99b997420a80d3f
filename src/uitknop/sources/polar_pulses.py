"""Pulse intervals of a Polar watch: lists of (local time, length in ms) by day and device, with gaps.

The time is written without seconds or fractions where those are zero. Whether it is the start or the end of the pulse
is not said; the one that fits the times of the neighbours better is taken.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec
import numpy as np
import numpy.typing as npt

from uitknop.core import Recording
from uitknop.sources import assemble
from uitknop.sources.account_file import A_TIME
from uitknop.sources.clock import wall_to_ms, zone_notes
from uitknop.sources.gathered import EARLIEST_MS, LATEST_MS
from uitknop.sources.json_text import Json
from uitknop.sources.rr_text import gap_notes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SOURCE = "polar_flow"
_TOLERANCE_MS = 150.0
"""Times are those of the watch's own clock, lengths of the light: a missing pulse is far more than this."""

_WHOLE_SECONDS_SHARE = 0.01
_EPOCH = datetime(1970, 1, 1)  # naive: a wall clock
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Pulses:
    """Pulses of one device: wall-clock ms, or UTC ms of those with an offset, and lengths in ms."""

    local_ms: array[int] = field(default_factory=lambda: array("q"))
    local_rr_ms: array[float] = field(default_factory=lambda: array("d"))
    utc_ms: array[int] = field(default_factory=lambda: array("q"))
    utc_rr_ms: array[float] = field(default_factory=lambda: array("d"))


def read_pulses(content: Json, zone: str | None) -> tuple[Recording, ...]:
    """One recording for each device.

    Raises:
        SourceError: values of other types, or times that can't be read, with their place.
    """
    devices: dict[str, _Pulses] = {}
    for day in [content] if content.is_object else content.items():
        for device in day.get("devicePpiSamplesList").items():
            name = (device.get("deviceId").text() or "")[:60]
            pulses = devices.setdefault(name, _Pulses())
            _take(pulses, device.get("ppiSamples"))
    found = [(name, pulses) for name, pulses in sorted(devices.items()) if pulses.local_ms or pulses.utc_ms]
    return tuple(
        _recording(content.name if len(found) == 1 else f"{content.name} {name}", name, pulses, zone)
        for name, pulses in found
    )


class _Sample(msgspec.Struct, rename="camel"):
    sample_date_time: str | None = None
    pulse_length: float | None = None


def _take(pulses: _Pulses, samples: Json) -> None:
    for i, sample in enumerate(samples.rows(_Sample)):
        length_ms = sample.pulse_length
        if not sample.sample_date_time or length_ms is None or length_ms <= 0:
            continue
        try:
            moment = datetime.fromisoformat(sample.sample_date_time)
            local = moment.tzinfo is None
            since = moment - (_EPOCH if local else _EPOCH_UTC)
        except (ValueError, OverflowError):
            raise samples.at(i, "sampleDateTime").fault(A_TIME) from None
        t_ms = 86_400_000 * since.days + 1000 * since.seconds + since.microseconds // 1000
        if not EARLIEST_MS <= t_ms < LATEST_MS:
            raise samples.at(i, "sampleDateTime").fault(A_TIME)
        times, lengths = (pulses.local_ms, pulses.local_rr_ms) if local else (pulses.utc_ms, pulses.utc_rr_ms)
        times.append(t_ms)
        lengths.append(length_ms)


def _recording(name: str, device: str, pulses: _Pulses, zone: str | None) -> Recording:
    local_ms = wall_to_ms(np.array(pulses.local_ms, np.int64), zone or "UTC") if pulses.local_ms else _none()
    t_ms = np.concatenate((local_ms, np.array(pulses.utc_ms, np.int64)))
    rr_ms = np.concatenate((np.array(pulses.local_rr_ms), np.array(pulses.utc_rr_ms)))
    made = _beats(*_in_order(t_ms, rr_ms), f"Polar {device}".strip())
    notes = gap_notes(made) + (zone_notes(zone) if pulses.local_ms else ())
    return Recording(_SOURCE, name, zone or "UTC", made.beats, grade="C", notes=notes)


def _in_order(t_ms: Ints, rr_ms: Floats) -> tuple[Ints, Floats]:
    """Pulses in order of time; one that stands twice counts once, as far as the times are fine enough to tell."""
    if bool(np.any(np.diff(t_ms) < 0)):
        order = np.lexsort((rr_ms, t_ms))
        t_ms, rr_ms = t_ms[order], rr_ms[order]
    if _in_whole_seconds(t_ms):
        return t_ms, rr_ms
    again = np.concatenate(([False], (np.diff(t_ms) == 0) & (np.diff(rr_ms) == 0)))
    return t_ms[~again], rr_ms[~again]


def _beats(t_ms: Ints, rr_ms: Floats, device: str) -> assemble.Made:
    at_ms = t_ms.astype(np.float64)
    if _in_whole_seconds(t_ms):
        # Whole seconds only anchor the pulses: their times are rebuilt from the lengths.
        return assemble.from_arrivals(at_ms, rr_ms, source=_SOURCE, tick_ms=1.0, device=device, kind="ppg")
    steps = np.diff(at_ms)
    misfit_as_end = float(np.median(np.abs(steps - rr_ms[1:]))) if steps.size else 0.0
    misfit_as_start = float(np.median(np.abs(steps - rr_ms[:-1]))) if steps.size else 0.0
    end_ms = at_ms + rr_ms if misfit_as_start < misfit_as_end else at_ms
    return assemble.from_timed(
        end_ms, rr_ms, source=_SOURCE, tolerance_ms=_TOLERANCE_MS, tick_ms=1.0, device=device, kind="ppg"
    )


def _in_whole_seconds(t_ms: Ints) -> bool:
    return float(np.mean(t_ms % 1000 != 0)) < _WHOLE_SECONDS_SHARE


def _none() -> Ints:
    return np.zeros(0, np.int64)
