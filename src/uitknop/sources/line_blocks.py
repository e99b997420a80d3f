"""Numbers out of a list that is too long to hold, a block of lines at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, TooLarge
from uitknop.sources import limits
from uitknop.sources.lines import Layout, Numbers, gather, quick_block, refuse_infinite, refuse_words
from uitknop.sources.probe import Probe, decode
from uitknop.sources.unpack import Counted

BLOCK_BYTES = 1 << 19


def read_blocks(probe: Probe, layout: Layout, block_bytes: int = BLOCK_BYTES) -> Iterator[Numbers]:
    """All rows of a list, some at a time; what `read_numbers` gives at once, but for the decimals.

    Raises:
        Malformed: too many lines are no numbers, or a number is not finite; with the line.
        TooLarge: more rows or bytes than a list may have, or a line without an end.
    """
    n_rows, n_skipped, first_skipped, n_lines, after_skip = 0, 0, 0, 0, False
    with probe.open(limits.LIST_BYTES) as stream:
        for text in _whole_lines(stream, probe.name, block_bytes):
            first = max(0, layout.first - n_lines)
            found, skipped_at, ends_skipped = _numbers_of(text, replace(layout, first=first), probe.name)
            if skipped_at and not first_skipped:
                first_skipped = n_lines + skipped_at
            n_skipped += found.n_skipped
            if found.line.size:
                found.broken[0] |= after_skip
                after_skip = ends_skipped
            else:
                after_skip |= ends_skipped
            n_rows += found.line.size
            _refuse_too_many(n_rows, probe.name)
            numbers = replace(found, line=found.line + n_lines)
            refuse_infinite(numbers, probe.name)
            yield numbers
            n_lines += text.count("\n")
    refuse_words(n_skipped, n_rows, first_skipped, probe.name)


def _numbers_of(text: str, layout: Layout, name: str) -> tuple[Numbers, int, bool]:
    """The rows of some lines; the first line that was left out (0 without one); whether the last one was."""
    n_lines = text.count("\n") + (not text.endswith("\n"))
    values = quick_block(text, layout) if layout.first == 0 and "_" not in text else None
    if values is not None and values.shape[0] == n_lines:
        line = np.arange(1, n_lines + 1)
        return Numbers(values, line, np.zeros(n_lines, np.bool_), 0, ()), 0, False
    found = gather(text, layout, name)
    return found.numbers, found.first_skipped, found.ends_skipped


def _whole_lines(stream: Counted, name: str, block_bytes: int) -> Iterator[str]:
    """The text of a stream in blocks that end with a line."""
    rest, n_lines = b"", 0
    while block := stream.read(block_bytes):
        if b"\0" in block:
            raise Malformed(Phrase("{name} should be text but is not. Export it again.", {"name": name}))
        block = rest + block
        end = block.rfind(b"\n") + 1
        rest = block[end:]
        if len(rest) > limits.LINE_BYTES:
            raise TooLarge(
                Phrase(
                    "{name} line {line} is longer than any line of a list. Write one RR interval a line.",
                    {"name": name, "line": n_lines + block.count(b"\n") + 1},
                )
            )
        if end:
            n_lines += block.count(b"\n")
            yield decode(block[:end])
    if rest:
        yield decode(rest)


def _refuse_too_many(n_rows: int, name: str) -> None:
    if n_rows > limits.LIST_ROWS:
        raise TooLarge(
            Phrase(
                "{name} holds more than {most} numbers, more than a year of beats. Split it.",
                {"name": name, "most": limits.LIST_ROWS},
            )
        )
