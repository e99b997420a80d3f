"""Which seconds of a day are worth recording: nights, rests, quiet time, and some upright day beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from uitknop.synthetic.segments import Segment

AROUND_A_REST_S = 900
NIGHT_S = 2 * 3600
UPRIGHT_S = 2 * 3600
AFOOT_S = 40 * 60

Windows = list[tuple[int, int]]
"""Seconds from the start of the recording: from and to; apart, in order."""


def needed_windows(segments: Sequence[Segment]) -> Windows:
    """Seconds around rests and quiet time, two hours of night, and two upright ones; merged, in order."""
    upright = _first(segments, UPRIGHT_S, lambda each: each.posture != "supine")
    return _merged([*_around_rests(segments), *upright, *_nights(segments)], segments)


def day_windows(segments: Sequence[Segment]) -> Windows:
    """Seconds around rests and quiet time, and forty minutes on foot; merged, in order."""
    afoot = _first(segments, AFOOT_S, lambda each: each.activity in ("upright", "walking"))
    return _merged([*_around_rests(segments), *afoot], segments)


def night_windows(segments: Sequence[Segment]) -> Windows:
    """Two hours in the middle of the night."""
    return _merged(_nights(segments), segments)


def _around_rests(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    rests = [each for each in segments if each.truth is not None and each.truth.kind not in ("task", "night")]
    return [(each.start_s - AROUND_A_REST_S, each.end_s + AROUND_A_REST_S) for each in rests]


def _first(segments: Sequence[Segment], most_s: float, wanted: Callable[[Segment], bool]) -> list[tuple[float, float]]:
    """The first segments that are wanted and are no rest, until there are `most_s` of them."""
    found: list[tuple[float, float]] = []
    so_far_s = 0.0
    for segment in segments:
        rests = segment.truth is not None and segment.truth.kind != "task"
        if not rests and so_far_s < most_s and wanted(segment):
            found.append((segment.start_s, segment.end_s))
            so_far_s += segment.end_s - segment.start_s
    return found


def _nights(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    nights = [each for each in segments if each.truth is not None and each.truth.kind == "night"]
    middles = [(each.start_s + each.end_s) / 2 for each in nights]
    return [(middle - NIGHT_S / 2, middle + NIGHT_S / 2) for middle in middles]


def _merged(wanted: Sequence[tuple[float, float]], segments: Sequence[Segment]) -> Windows:
    merged: Windows = []
    last_s = round(segments[-1].end_s)
    for first, last in sorted((max(0, round(a)), min(last_s, round(b))) for a, b in wanted):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
