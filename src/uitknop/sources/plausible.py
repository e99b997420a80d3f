"""Could a living body have made this recording? What is readable and yet impossible is refused, with one sentence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.core import Beats, Phrase, Recording, Span
from uitknop.core.errors import Implausible, Malformed, TooLarge
from uitknop.sources.limits import BEATS, HEART_RATE_BPM, MEDIAN_RR_MS, SPAN_DAYS

_BLOCK = 256
"""Beats that are judged together; a minute or more."""

_LONGEST_FAST_MS = 120_000
"""Blocks at an impossible rate longer than this together are a broken recording, not a noisy minute."""

_DAY_MS = 86_400_000
_FIRST_MS = -_DAY_MS
"""Nothing was recorded before 1970; a day is left for zones."""
_MOST_OUTSIDE_SHARE = 0.05


def check(recording: Recording, *, now_ms: int | None = None) -> None:
    """Refuse a recording that no body makes.

    Args:
        recording: as read.
        now_ms: the present, UTC ms; None leaves the future unchecked.
    Raises:
        Malformed: nothing in it.
        Implausible: intervals or heart rates no heart has, for long; beats or heart rate for longer than a year; in
            the future.
        TooLarge: too many beats.
    """
    whole = _whole_span(recording)
    if whole is None:
        raise Malformed(
            Phrase(
                "{name} holds no beats and no heart rate. Check that the sensor was on the skin, or give another file.",
                {"name": recording.name},
            )
        )
    if recording.beats is not None and len(recording.beats):
        _check_beats(recording.beats, recording.name)
    for series in recording.samples:
        if series.kind == "heart_rate" and len(series):
            _check_heart_rate(series.value, recording.name)
    heart = recording.span
    if heart is not None and heart.end_ms - heart.start_ms > SPAN_DAYS * _DAY_MS:
        raise Implausible(
            Phrase(
                "{name} spans more than {most} days. Expected one recording: the unit of its times or the clock of "
                "the device is probably wrong.",
                {"name": recording.name, "most": SPAN_DAYS},
            )
        )
    if recording.clock is not None and whole.start_ms < _FIRST_MS:
        raise Implausible(
            Phrase(
                "{name} lies before 1970. Check the clock of the device, or the start you gave.",
                {"name": recording.name},
            )
        )
    if now_ms is not None and recording.clock is not None and whole.end_ms > now_ms + _DAY_MS:
        raise Implausible(
            Phrase(
                "{name} lies in the future. Check the clock of the device, or the start you gave.",
                {"name": recording.name},
            )
        )


def _whole_span(recording: Recording) -> Span | None:
    """From the first to the last moment of anything in it; None when there is nothing."""
    first = [int(series.t_ms[0]) for series in recording.samples if len(series)]
    last = [int(series.t_ms[-1]) + 1 for series in recording.samples if len(series)]
    first += [entry.at_ms for entry in recording.entries]
    last += [entry.at_ms + 1 for entry in recording.entries]
    if recording.span is not None:
        first.append(recording.span.start_ms)
        last.append(recording.span.end_ms)
    return Span(min(first), max(last)) if first else None


def _check_beats(beats: Beats, name: str) -> None:
    if len(beats) > BEATS:
        raise TooLarge(Phrase("{name} holds more than {most} beats. Split it.", {"name": name, "most": BEATS}))
    lowest, highest = MEDIAN_RR_MS
    middle = float(np.median(beats.rr_ms))
    if middle < lowest or middle > highest:
        raise Implausible(
            Phrase(
                "{name}: half of the RR intervals are {found}, which no heart keeps up. Expected {low} to {high} ms: "
                "check the unit and the sensor.",
                {
                    "name": name,
                    "found": Phrase("too short") if middle < lowest else Phrase("too long"),
                    "low": round(lowest),
                    "high": round(highest),
                },
            )
        )
    n_blocks = len(beats) // _BLOCK
    blocks = np.median(beats.rr_ms[: n_blocks * _BLOCK].reshape(n_blocks, _BLOCK), axis=1)
    fast = (blocks < lowest) | (blocks > highest)
    if float((blocks[fast] * _BLOCK).sum()) > _LONGEST_FAST_MS:
        raise Implausible(
            Phrase(
                "{name}: for {minutes} minutes the beats come at a rate no heart keeps up (above 240 or below 24 a "
                "minute). Check the sensor and leave that stretch out.",
                {"name": name, "minutes": max(1, round(float((blocks[fast] * _BLOCK).sum()) / 60_000))},
            )
        )


def _check_heart_rate(value: npt.NDArray[np.float64], name: str) -> None:
    lowest, highest = HEART_RATE_BPM
    outside = float(np.mean((value < lowest) | (value > highest)))
    if outside > _MOST_OUTSIDE_SHARE:
        raise Implausible(
            Phrase(
                "{name}: {share} % of the heart rates lie outside {low} to {high} beats per minute. Check the column, "
                "its unit and the sensor.",
                {"name": name, "share": round(100 * outside), "low": round(lowest), "high": round(highest)},
            )
        )
