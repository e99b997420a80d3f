"""Beats out of the messages of a FIT file: the strap's intervals, or else the watch's own."""

from __future__ import annotations

import numpy as np

from uitknop.core import BeatKind, Beats, Phrase
from uitknop.core.errors import Malformed
from uitknop.sources import assemble
from uitknop.sources.arrived import out_of_step
from uitknop.sources.fit_messages import Collected, Written
from uitknop.sources.rr_text import gap_notes


def beats_of(found: Collected, source: str, name: str) -> tuple[Beats | None, tuple[Phrase, ...]]:
    """The beats with notes; None when there are none.

    A strap measures electrically, a watch with light. The time written with them is that of the message, at or after
    the beats, so it only anchors their sum.

    Raises:
        Malformed: an interval of zero.
        Implausible: the intervals sum to more or less time than passed.
    """
    if found.strap.arrival_ms:
        note = Phrase("RR intervals in this file have no time of their own; it was rebuilt from their sum.")
        return _beats(found.strap, source, name, found.device, "rr", (note,))
    if found.watch.arrival_ms:
        note = Phrase("The beats were measured by the watch with light.")
        return _beats(found.watch, source, name, found.device, "ppg", (note,))
    return None, ()


def _beats(
    written: Written, source: str, name: str, device: str, kind: BeatKind, notes: tuple[Phrase, ...]
) -> tuple[Beats, tuple[Phrase, ...]]:
    n = len(written.arrival_ms)
    rr_ms = np.array(written.rr_ms[:n], np.float64)
    if bool(np.any(rr_ms <= 0)):
        raise Malformed(Phrase("{name} holds an RR interval of zero. Copy it from the watch again.", {"name": name}))
    arrival_ms = np.array(written.arrival_ms, np.float64)
    ratio = assemble.clock_ratio(arrival_ms, rr_ms)
    if not assemble.fits_clock(ratio):
        raise out_of_step(name, ratio)
    made = assemble.from_arrivals(
        arrival_ms,
        rr_ms,
        source=source,
        broken=np.array(written.broken[:n], np.bool_),
        tick_ms=1.0,
        device=device,
        kind=kind,
    )
    return made.beats, notes + gap_notes(made)
