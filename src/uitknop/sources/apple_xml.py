"""The careful way to read a stretch of an export: an XML parser, which goes on behind a place that is broken."""

from __future__ import annotations

import re
from xml.parsers import expat

from uitknop.sources.apple_clock import within_hour_ms
from uitknop.sources.apple_rows import Gathered, Slowly, letters_of

MOST_BREAKS = 50
"""Broken places in one stretch after which it is given up, and the file with it: reading on would take for ever."""

_ROOT = b"<HealthData>"
_TOP = re.compile(rb"<(?=(?:Record|Correlation|Workout|ActivitySummary)[\s/>])")
_NOT_INSIDE = frozenset({"Record", "Correlation", "Workout", "ActivitySummary"})
_LARGEST_BPM = 1000


class _Nested(Exception):
    """An element stands inside another where it can't: the one around it was never closed."""


def read_carefully(block: bytes, start: int, end: int, gathered: Gathered, *, cut_off: bool = False) -> None:
    """Read a stretch of top-level elements.

    Args:
        block: it is part of.
        start, end: where it begins and ends; it holds whole elements.
        gathered: where the records go.
        cut_off: the file stops here, so that an element without an end is no wonder.
    """
    slowly = Slowly(gathered)
    for _ in range(MOST_BREAKS):
        reader = _Reader(slowly)
        broken_at = reader.read(block[start:end])
        if broken_at is None:
            break
        # From the element after the one that was being read: it may have swallowed all that followed.
        found = _TOP.search(block, start + reader.top_at + 1, end)
        if not (cut_off and (found is None or start + broken_at >= end)):
            gathered.tally.broken_at(block.count(b"\n", 0, start + broken_at))
        if found is None:
            break
        start = found.start()
    else:
        gathered.tally.given_up = True
    slowly.finish()


class _Reader:
    """Reads until the end or the first broken place."""

    def __init__(self, slowly: Slowly) -> None:
        self._slowly, self._heads = slowly, slowly.gathered.heads
        self._depth, self.top_at, self._top = 0, 0, ""
        self._number = -1
        self._attributes: dict[str, str] = {}
        self._bpm: list[int] = []
        self._hour_ms: list[int] = []
        self._unclear = False
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, text: bytes) -> int | None:
        """The place of the first break, or None when there is none."""
        try:
            self._parser.Parse(_ROOT, False)
            self._parser.Parse(text, False)
            self._parser.Parse(b"</HealthData>", True)
        except expat.ExpatError:
            self._end_record()
            return min(max(0, self._parser.ErrorByteIndex - len(_ROOT)), len(text))
        except _Nested:
            self._end_record()
            self.top_at = max(0, self._parser.CurrentByteIndex - len(_ROOT) - 1)
            return self.top_at
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 4 and name == "InstantaneousBeatsPerMinute" and self._top == "Record":
            self._beat(attributes)
        elif self._depth == 2:
            self.top_at, self._top = self._parser.CurrentByteIndex - len(_ROOT), name
            if name == "Record":
                self._number, self._attributes = self._heads.of_attributes(attributes), attributes
                self._slowly.add(self._number, attributes)
            elif name == "Workout":
                activity = attributes.get("workoutActivityType", "")
                self._slowly.add(self._heads.of_workout(activity), attributes)
        elif self._depth > 2 and name in _NOT_INSIDE and not (name == "Record" and self._top == "Correlation"):
            raise _Nested

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth == 1:
            self._end_record()

    def _beat(self, attributes: dict[str, str]) -> None:
        hour_ms, bpm = within_hour_ms(attributes.get("time", "")), attributes.get("bpm", "")
        if hour_ms is None or not bpm.isdecimal() or int(bpm[:5]) > _LARGEST_BPM:
            self._unclear = True
            return
        self._bpm.append(int(bpm))
        self._hour_ms.append(hour_ms)

    def _end_record(self) -> None:
        """Hand over the beats of the record that ends here."""
        if self._unclear:
            self._slowly.gathered.tally.lists += 1
        elif self._bpm and self._heads.known[self._number].kind == "vendor_sdnn":
            self._slowly.add_list(self._number, letters_of(self._attributes), self._bpm, self._hour_ms)
        self._bpm, self._hour_ms, self._unclear = [], [], False
