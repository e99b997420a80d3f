"""From stages of sleep in the diary to episodes: when somebody slept, and how long.

Time is counted once where stages overlap, for two devices that watch one night do not make it two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from uitknop.core import Entry
from uitknop.core.table import Value

STAGES = frozenset({"light", "deep", "rem"})
ASLEEP = STAGES | {"asleep"}

_APART_MS = 2 * 3_600_000
"""Awake for longer than this between two stretches of sleep makes two episodes; a choice of ours."""


@dataclass(frozen=True, slots=True)
class SleepEpisode(Value):
    """One episode: from falling asleep to the last waking.

    Args:
        start_ms, end_ms: UTC ms.
        zone: in which the person lived then.
        asleep_ms: time asleep between them.
    """

    start_ms: int
    end_ms: int
    zone: str
    asleep_ms: int


def find_episodes(entries: Iterable[Entry]) -> tuple[SleepEpisode, ...]:
    """The episodes in the lines of kind "sleep", in order of time.

    Between the first and the last stage of an episode, stretches that are only called "asleep" don't count: they would
    hide the time awake between the stages. Time in bed is no sleep.
    """
    lines = sorted(
        (line for line in entries if line.kind == "sleep" and line.value in ASLEEP and (line.end_ms or 0) > line.at_ms),
        key=lambda line: (line.at_ms, line.end_ms or 0, line.value, line.zone),
    )
    found: list[list[Entry]] = []
    end_ms = 0
    for line in lines:
        if not found or line.at_ms - end_ms > _APART_MS:
            found.append([])
        found[-1].append(line)
        end_ms = max(end_ms, line.end_ms or 0) if len(found[-1]) > 1 else line.end_ms or 0
    return tuple(_episode(lines) for lines in found)


def _episode(lines: Sequence[Entry]) -> SleepEpisode:
    asleep_ms, until_ms = 0, lines[0].at_ms
    for start_ms, end_ms in sorted(_counted(lines)):
        asleep_ms += max(0, end_ms - max(start_ms, until_ms))
        until_ms = max(until_ms, end_ms)
    return SleepEpisode(lines[0].at_ms, until_ms, lines[0].zone, asleep_ms)


def _counted(lines: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """The stretches of sleep; of what is only called "asleep", the part before the first stage and after the last."""
    stages = [(line.at_ms, line.end_ms or line.at_ms) for line in lines if line.value in STAGES]
    first_ms = min((start for start, _ in stages), default=None)
    last_ms = max((end for _, end in stages), default=None)
    yield from stages
    for line in lines:
        if line.value in STAGES:
            continue
        end_ms = line.end_ms or line.at_ms
        if first_ms is None or last_ms is None:
            yield line.at_ms, end_ms
            continue
        if line.at_ms < first_ms:
            yield line.at_ms, min(end_ms, first_ms)
        if end_ms > last_ms:
            yield max(line.at_ms, last_ms), end_ms
