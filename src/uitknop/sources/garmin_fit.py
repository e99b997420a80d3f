"""Garmin FIT: RR intervals (`hrv`, `beat_intervals`, `raw_bbi`), heart rate (`record`, `monitoring`), and what else the
watch writes of rest, stress, breath and sleep.

The decoder is `fitdecode`, behind one border: whatever a damaged file makes it raise becomes a SourceError, the check
sum is enforced, and what comes out is checked like any other recording. Message fields: FIT SDK profile.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from uitknop.core import Grade, Phrase, Recording
from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.sources import limits
from uitknop.sources.fit_beats import beats_of
from uitknop.sources.fit_messages import Collected, collect
from uitknop.sources.fit_wellness import zone_of_offset
from uitknop.sources.probe import Probe
from uitknop.sources.series import series_of
from uitknop.sources.source import Quality, Request, Source

NAME = "garmin_fit"

_RAW_BBI, _RAW_BBI_DATA = 372, 1


def sniff(probe: Probe) -> float:
    """The mark ".FIT" in the header."""
    return 0.99 if probe.shape == "file" and probe.head[8:12] == b".FIT" else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording.

    Raises:
        Malformed: cut off, wrong check sum, or no FIT inside.
        TooLarge: too many bytes or messages.
    """
    collected = _decoded(probe.read(limits.FIT_BYTES), probe.name)
    beats, notes = beats_of(collected, NAME, probe.name)
    heart_rate = series_of(
        "heart_rate",
        np.array([t_ms for t_ms, _ in collected.heart_rate], np.int64),
        np.array([value for _, value in collected.heart_rate], np.float64),
        collected.device,
    )
    others = collected.wellness.gathered(probe.name, collected.device)
    zone = request.zone or zone_of_offset(collected.wellness.offset_s) or "UTC"
    entries = collected.wellness.entries(zone)
    samples = (() if heart_rate is None else (heart_rate,)) + others.series()
    if beats is None and not samples and not entries:
        raise Malformed(
            Phrase(
                "{name} holds neither beats nor heart rate. Record with a heart rate strap, or give another file.",
                {"name": probe.name},
            )
        )
    grade: Grade = "D" if beats is None else "B" if beats.kind == "rr" else "C"
    clock = zone if collected.clocked else None
    return (Recording(NAME, probe.name, clock, beats, samples, entries, grade, notes + others.notes()),)


def _decoded(content: bytes, name: str) -> Collected:
    """The one border between the decoder and us."""
    import fitdecode  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return collect(_messages(content, name))
    except SourceError:
        raise
    except fitdecode.FitCRCError as fault:
        raise Malformed(
            Phrase("{name} is damaged: its check sum is wrong. Copy it from the watch again.", {"name": name})
        ) from fault
    except fitdecode.FitEOFError as fault:
        raise Malformed(Phrase("{name} ends too early. Copy it from the watch again.", {"name": name})) from fault
    except Exception as fault:
        # Damaged files make the decoder raise nearly anything (ValueError, KeyError, struct.error, AssertionError...).
        raise Malformed(
            Phrase("{name} is no readable FIT file. Copy it from the watch again.", {"name": name})
        ) from fault


def _messages(content: bytes, name: str) -> Iterator[Any]:
    import fitdecode

    # fitdecode 0.11 stops at a filler when it unpacks this array; `fit_messages` unpacks it itself.
    fitdecode.profile.MESSAGE_TYPES[_RAW_BBI].fields[_RAW_BBI_DATA].components = ()
    with fitdecode.FitReader(
        io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.IGNORE
    ) as frames:
        for i, frame in enumerate(frames):
            if i >= limits.FIT_MESSAGES:
                raise TooLarge(
                    Phrase(
                        "{name} holds more than {most} messages. Give a shorter recording.",
                        {"name": name, "most": limits.FIT_MESSAGES},
                    )
                )
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                yield frame


SOURCE = Source(
    NAME,
    Phrase("Garmin FIT"),
    Quality(
        "fair",
        Phrase(
            "Three authentic files with RR intervals and five others; beat times, stress and sleep of watches were "
            "only seen as made by us."
        ),
    ),
    sniff,
    read,
)
