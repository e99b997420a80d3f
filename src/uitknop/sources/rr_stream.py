"""A list of RR intervals or beat times that is too long to hold - a year has 36 million - as pieces of about a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from uitknop.core import Phrase
from uitknop.core.errors import Malformed
from uitknop.sources import assemble, limits
from uitknop.sources.line_blocks import BLOCK_BYTES, read_blocks
from uitknop.sources.lines import Numbers, decimals_of, layout_of
from uitknop.sources.list_beats import ListBeats
from uitknop.sources.number_list import plan_of
from uitknop.sources.probe import Probe

ROWS = 100_000
"""Numbers in one piece: about a day of beats."""

HEAD_ROWS = 100_000
"""Numbers on which it is decided what the list holds, and in which unit."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A piece of a list.

    Args:
        made: beats; from the second piece on they begin with the last interval of the piece before.
        notes: what was detected; with the last piece, all that was assumed and left out.
        clocked: the times are UTC ms.
    """

    made: assemble.Made
    notes: tuple[Phrase, ...]
    clocked: bool


def is_long(probe: Probe) -> bool:
    """Whether a list is longer than what is read at once; looks at its bytes, not at what they say."""
    if not probe.packed and not probe.place and probe.size <= limits.BEATS:
        return False
    n_bytes, n_lines = 0, 0
    with replace(probe, on_share=None).open(limits.LIST_BYTES) as stream:
        while block := stream.read(1 << 20):
            n_bytes += len(block)
            n_lines += block.count(b"\n")
            if n_bytes > limits.TEXT_BYTES or n_lines > limits.BEATS:
                return True
    return False


def list_parts(probe: Probe, source: str, *, rows: int = ROWS, block_bytes: int = BLOCK_BYTES) -> Iterator[ListPart]:
    """The beats of a list, piece by piece, in order; joined they are what `rr_text.read_list` gives.

    What the list holds is decided on its first `HEAD_ROWS` numbers. Blocks that were written twice are found within a
    day of each other.

    Args:
        probe: the file.
        source: name of the source.
        rows: numbers in one piece.
        block_bytes: how much is read at a time.
    Raises:
        SourceError: as of `rr_text.read_list`, with the line; pieces may have been given before.
    """
    blocks = _blocks(probe, block_bytes)
    head = _head(blocks)
    plan = plan_of(head, probe.name)
    beats = ListBeats(plan, probe.name, source)
    waiting: assemble.Made | None = None
    for numbers, last in _in_pieces(chain((head,), blocks), rows):
        made = beats.add(numbers, last=last)
        if made is None:
            continue
        if waiting is not None:
            yield ListPart(waiting, plan.notes, plan.clocked)
        waiting = made
    if waiting is not None:
        whole = assemble.Made(waiting.beats, beats.n_gaps)
        yield ListPart(whole, beats.notes + assemble.gap_notes(whole), plan.clocked)


def _head(blocks: Iterator[Numbers]) -> Numbers:
    """The numbers on which the plan is made."""
    found = [next(blocks)]
    while sum(block.line.size for block in found) < HEAD_ROWS and (block := next(blocks, None)) is not None:
        found.append(block)
    return _joined(found)


def _in_pieces(blocks: Iterable[Numbers], rows: int) -> Iterator[tuple[Numbers, bool]]:
    """The same numbers, so many at a time, and whether these are the last."""
    kept: list[Numbers] = []
    for block in blocks:
        kept.append(block)
        if sum(each.line.size for each in kept) <= rows:
            continue
        whole, at = _joined(kept), 0
        while whole.line.size - at > rows:
            yield _cut(whole, at, at + rows), False
            at += rows
        kept = [_cut(whole, at, whole.line.size)]
    yield _joined(kept), True


def _joined(blocks: list[Numbers]) -> Numbers:
    if len(blocks) == 1:
        return blocks[0]
    return Numbers(
        np.concatenate([block.values for block in blocks]),
        np.concatenate([block.line for block in blocks]),
        np.concatenate([block.broken for block in blocks]),
        sum(block.n_skipped for block in blocks),
        blocks[0].decimals,
    )


def _cut(numbers: Numbers, first: int, end: int) -> Numbers:
    """Some of the rows; lines that were left out are told with the first of them."""
    rows = slice(first, end)
    n_skipped = 0 if first else numbers.n_skipped
    return Numbers(numbers.values[rows], numbers.line[rows], numbers.broken[rows], n_skipped, numbers.decimals)


def _blocks(probe: Probe, block_bytes: int) -> Iterator[Numbers]:
    layout = layout_of(probe.head_text.splitlines())
    if layout is None:
        raise Malformed(
            Phrase("{name} holds no list of numbers. Expected one RR interval a line.", {"name": probe.name})
        )
    decimals = decimals_of(probe.head_text, layout)
    for numbers in read_blocks(probe, layout, block_bytes):
        yield replace(numbers, decimals=decimals)
