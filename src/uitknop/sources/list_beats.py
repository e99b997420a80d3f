"""Beats out of a list of numbers, all at once or piece by piece: the same beats either way."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase
from uitknop.sources import assemble
from uitknop.sources.limits import GAP_MS
from uitknop.sources.lines import Numbers
from uitknop.sources.number_list import Beside, ListPlan, refuse_going_back, refuse_not_positive
from uitknop.sources.repeats import FEWEST, WINDOW, repeated

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

REMEMBERED = 100_000
"""Intervals before the piece at hand in which the original of a copied block is looked for: a day of beats."""

_HELD_BACK = FEWEST + WINDOW
"""Whether an interval begins a copied block shows once so many are known after it."""

_NO_FLOATS, _NO_BOOLS = np.zeros(0), np.zeros(0, np.bool_)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Intervals with the time each ended, ms, and where a new run must start; shape (n,) each."""

    end_ms: Floats
    rr_ms: Floats
    starts: Bools


@dataclass(slots=True)
class ListBeats:
    """Takes the numbers of one list in order and gives their beats.

    A piece begins with the last interval of the piece before it, so that whoever joins them knows where runs go on.

    Args:
        plan: how the list is read.
        name: of the file.
        source: name of the source.
        n_skipped: lines without a number so far.
        n_copies: intervals or times that were left out because they stood twice.
        n_gaps: gaps so far.
    """

    plan: ListPlan
    name: str
    source: str
    n_skipped: int = 0
    n_copies: int = 0
    n_gaps: int = 0
    _begun: bool = False
    _offset: bool = False
    _end_ms: float = 0.0
    _tail: tuple[int, float] | None = None
    _tail_ends_run: bool = False
    _seen: Floats = field(default_factory=lambda: _NO_FLOATS)
    _held: Floats = field(default_factory=lambda: _NO_FLOATS)
    _held_broken: Bools = field(default_factory=lambda: _NO_BOOLS)
    _copying: bool = False

    def add(self, numbers: Numbers, *, last: bool) -> assemble.Made | None:
        """Beats of the next numbers; the last few wait for the numbers after them. None when there are none.

        Raises:
            Malformed: an interval of zero or less, with its line.
            Implausible: times that go back, with the line.
        """
        ends = self._from_times(numbers) if self.plan.timed else self._from_intervals(numbers, last=last)
        self.n_skipped += numbers.n_skipped
        return self._assembled(ends)

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What was assumed or left out so far."""
        skipped = Phrase("{n} lines without a number were left out; a new run starts there.", {"n": self.n_skipped})
        found: tuple[Phrase, ...] = (skipped,) if self.n_skipped else ()
        if self.plan.timed and self.n_copies:
            found += (Phrase("{n} beat times stood twice; the copies were left out.", {"n": self.n_copies}),)
        found += self.plan.notes
        if self._offset:
            found += (Phrase("The first value is the offset of the first beat, not an interval; it was left out."),)
        if self.n_copies and not self.plan.timed:
            found += (Phrase("{n} intervals were written twice; the copies were left out.", {"n": self.n_copies}),)
        return found

    def _from_intervals(self, numbers: Numbers, *, last: bool) -> _Ends:
        values = numbers.values[:, self.plan.column]
        refuse_not_positive(values, numbers.line, self.name)
        rr_ms, broken = values * self.plan.factor, numbers.broken.copy()
        if not self._begun and rr_ms.size:
            self._begun = True
            self._offset = bool(rr_ms[0] > GAP_MS)
            rr_ms, broken = rr_ms[int(self._offset) :], broken[int(self._offset) :]
        rr_ms, broken = self._without_copies(rr_ms, broken, last=last)
        end_ms = np.cumsum(np.concatenate(([self._end_ms], rr_ms)))[1:]
        if end_ms.size:
            self._end_ms = float(end_ms[-1])
        return _Ends(end_ms, rr_ms, broken)

    def _without_copies(self, rr_ms: Floats, broken: Bools, *, last: bool) -> tuple[Floats, Bools]:
        """Intervals that are decided upon: blocks that were written before are left out, and a new run starts."""
        rr_ms, broken = np.concatenate((self._held, rr_ms)), np.concatenate((self._held_broken, broken))
        n = rr_ms.size if last else max(0, rr_ms.size - _HELD_BACK)
        whole = np.concatenate((self._seen, rr_ms))
        copy = repeated(whole)[self._seen.size : self._seen.size + n]
        self._seen = whole[: self._seen.size + n][-REMEMBERED:]
        self._held, self._held_broken = rr_ms[n:], broken[n:]
        rr_ms, broken = rr_ms[:n], broken[:n]
        before = np.concatenate(([self._copying], copy[:-1])) if n else copy
        broken = broken | (before & ~copy)
        if n:
            self._copying = bool(copy[-1])
        self.n_copies += int(copy.sum())
        return rr_ms[~copy], broken[~copy]

    def _from_times(self, numbers: Numbers) -> _Ends:
        values = numbers.values[:, self.plan.column]
        begun = self._begun
        before = np.concatenate(([self._end_ms], values)) if begun else values
        steps = np.diff(before)
        refuse_going_back(steps, numbers.line[0 if begun else 1 :], self.name)
        first = steps > 0 if begun else np.concatenate((np.ones(min(1, values.size), np.bool_), steps > 0))
        self.n_copies += int((~first).sum())
        beside = self.plan.beside
        if beside is not None:
            return self._beside(numbers, first, beside)
        beat_ms = np.concatenate(([self._end_ms], values[first]) if begun else (values[first],)) * self.plan.factor
        self._remember(values)
        return _Ends(beat_ms[1:], np.diff(beat_ms), np.zeros(max(0, beat_ms.size - 1), np.bool_))

    def _beside(self, numbers: Numbers, first: Bools, beside: Beside) -> _Ends:
        values, rr = numbers.values[first, self.plan.column], numbers.values[first, beside.column]
        refuse_not_positive(rr, numbers.line[first], self.name)
        beat_ms, rr_ms = values * self.plan.factor, rr * beside.factor
        end_ms = beat_ms if beside.ends else beat_ms + rr_ms
        # The end of the interval before is needed too, to see whether this one reaches back to it.
        ends = np.concatenate((self._seen[-1:], end_ms))
        starts = np.zeros(rr_ms.size, np.bool_)
        reach = np.abs(np.diff(ends) - rr_ms[rr_ms.size - ends.size + 1 :]) > beside.tolerance_ms
        starts[starts.size - reach.size :] = reach
        if end_ms.size:
            self._seen = end_ms[-1:]
        self._remember(numbers.values[:, self.plan.column])
        return _Ends(end_ms, rr_ms, starts)

    def _remember(self, values: Floats) -> None:
        if values.size:
            self._begun, self._end_ms = True, float(values[-1])

    def _assembled(self, ends: _Ends) -> assemble.Made | None:
        """Beats, begun with the last interval of the piece before."""
        if not ends.rr_ms.size:
            return None
        end_ms, rr_ms, starts = ends.end_ms, ends.rr_ms, ends.starts
        if self._tail is not None:
            end_ms, rr_ms = np.concatenate(([self._tail[0]], end_ms)), np.concatenate(([self._tail[1]], rr_ms))
            starts = np.concatenate(([False, starts[0] or self._tail_ends_run], starts[1:]))
        made = assemble.from_ends(end_ms, rr_ms, starts, source=self.source, tick_ms=self.plan.tick_ms)
        self._tail_ends_run = bool(rr_ms[-1] > GAP_MS)
        if len(made.beats) == (self._tail is not None):  # all of the new ones are gaps
            return None
        self._tail = (int(made.beats.t_ms[-1]), float(made.beats.rr_ms[-1]))
        self.n_gaps += made.n_gaps
        return made
