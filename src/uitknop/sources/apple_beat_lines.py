"""The beats below a record, read by their lines: the same but for a few digits, thousands of times."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uitknop.sources.apple_page import Elements, Page

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_BEAT = re.compile(
    rb'   <InstantaneousBeatsPerMinute bpm="(\d{1,3})" time="(\d{1,2}):([0-5])(\d):([0-5])(\d)[.,](\d)(\d)'
    rb'[^"<&\d]{0,12}"/>'
)
_WEIGHTS_MS = np.array([600_000, 60_000, 10_000, 1000, 100, 10])
_LATEST_HOUR = 24
_MOST_LAYOUTS = 40
"""A language has a few ways to write a time: with one or two digits, before and after noon."""


@dataclass(slots=True)
class BeatLines:
    """Beat lines of a block.

    Args:
        whole: elements that hold exactly one list of beats, all readable, shape (m,).
        first, count: of each element, its first among the beat lines and how many, shape (m,).
        bpm, hour_ms: of the beat lines, shape (k,).
    """

    whole: Bools
    first: Ints
    count: Ints
    bpm: Ints
    hour_ms: Ints

    def lines_of(self, elements: Ints) -> Ints:
        """Numbers of the beat lines of some elements, one after the other."""
        count = self.count[elements]
        before = np.cumsum(count) - count
        return np.repeat(self.first[elements] - before, count) + np.arange(int(count.sum()))


def find_beat_lines(page: Page, elements: Elements) -> BeatLines:
    """The lists of beats of a block."""
    lines = np.flatnonzero(page.begins(b"   <Inst"))
    first = np.searchsorted(lines, elements.line)
    count = np.diff(first, append=lines.size)
    if not lines.size:
        none = np.zeros(0, np.int64)
        return BeatLines(np.zeros(elements.line.size, np.bool_), first, count, none, none)
    clear, bpm, hour_ms = _read(page, lines)
    opens, closes = page.begins(b"  <HeartR"[:8]), page.begins(b"  </Heart"[:8])
    n_open, n_close, n_meta, n_clear = (
        _per_element(kind, elements)
        for kind in (opens, closes, page.stands_alone(b"  <Metad"), _spread(clear, lines, page))
    )
    whole = (n_open == 1) & (n_close == 1) & (count >= 1) & (n_clear == count)
    # A record holds its own two lines, the list's two, its beats and whatever is said beside them.
    whole &= elements.n_lines == n_meta + count + 4
    at = np.flatnonzero(whole)
    before = lines[first[at]] - 1
    after = lines[first[at] + count[at] - 1] + 1
    whole[at] = page.line_is(before, b"  <HeartRateVariabilityMetadataList>") & (after - before == count[at] + 1)
    whole[at] &= page.line_is(after, b"  </HeartRateVariabilityMetadataList>")
    return BeatLines(whole, first, count, bpm, hour_ms)


def _per_element(kind: Bools, elements: Elements) -> Ints:
    """How many lines of a kind each element has."""
    so_far = np.concatenate(([0], np.cumsum(kind)))
    return np.asarray(so_far[elements.line + elements.n_lines] - so_far[elements.line], np.int64)


def _spread(clear: Bools, lines: Ints, page: Page) -> Bools:
    spread = np.zeros(page.start.size, np.bool_)
    spread[lines[clear]] = True
    return spread


def _read(page: Page, lines: Ints) -> tuple[Bools, Ints, Ints]:
    """Which beat lines can be read, their rate and their clock within the hour, ms.

    The first line that is left tells where digits stand; all lines that differ in nothing but digits follow it.
    """
    clear = np.zeros(lines.size, np.bool_)
    bpm, hour_ms = np.zeros(lines.size, np.int64), np.zeros(lines.size, np.int64)
    start, length = page.start[lines], page.end[lines] - page.start[lines]
    left = np.arange(lines.size)
    for _ in range(_MOST_LAYOUTS):
        if not left.size:
            break
        model = page.text[start[left[0]] : start[left[0]] + length[left[0]]]
        found = _BEAT.fullmatch(model)
        if found is None:
            left = left[1:]
            continue
        alike = left[length[left] == len(model)]
        letters = page.windows(start[alike], len(model))
        rate, hour = np.arange(*found.span(1)), np.arange(*found.span(2))
        clock = np.array([found.start(group) for group in range(3, 9)])
        fixed = np.setdiff1d(np.arange(len(model)), np.concatenate((rate, hour, clock)))
        good = (letters[:, fixed] == np.frombuffer(model, np.uint8)[fixed]).all(axis=1)
        numbers = [letters[:, places] - np.uint8(48) for places in (rate, hour, clock)]
        for digits in numbers:
            good &= (digits <= 9).all(axis=1)
        good &= (numbers[2][:, 0] <= 5) & (numbers[2][:, 2] <= 5)
        good &= (numbers[1] if hour.size == 1 else numbers[1] @ np.array([[10], [1]]))[:, 0] <= _LATEST_HOUR
        taken = alike[good]
        clear[taken] = True
        bpm[taken] = numbers[0][good] @ 10 ** np.arange(rate.size)[::-1]
        hour_ms[taken] = numbers[2][good] @ _WEIGHTS_MS
        left = left[~clear[left]]
        if left.size and not taken.size:
            left = left[1:]
    return clear, bpm, hour_ms
