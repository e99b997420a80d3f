"""Blocks of an export read by worker processes, or here when there are none or the file is small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uitknop.core import Recording, Value
from uitknop.sources.apple_blocks import Block, Stream, cut_blocks
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_lines import read_quickly
from uitknop.sources.apple_pieces import make_recordings
from uitknop.sources.apple_rows import Gathered, Tally
from uitknop.sources.apple_xml import read_carefully


@dataclass(frozen=True, slots=True)
class Parsed(Value):
    """What a block gave."""

    recordings: tuple[Recording, ...]
    tally: Tally


def parse_block(block: Block, name: str, zone: str | None, heads: Heads) -> Parsed:
    """Read one block, quickly where it can be, carefully elsewhere.

    Args:
        block: whole elements.
        name: of the file.
        zone: zone the person gave.
        heads: what was learnt from blocks before.
    """
    heads.forget_many()
    gathered = Gathered(heads)
    line, at = block.line, 0
    for start, end in read_quickly(block.text, gathered):
        line, at = line + block.text.count(b"\n", at, start), start
        read_carefully(block.text[start:end], line, gathered, cut_off=block.cut_off and end == len(block.text))
    gathered.tally.cut_off = block.cut_off
    return Parsed(make_recordings(gathered, name, zone), gathered.tally)


def parse_blocks(stream: Stream, name: str, zone: str | None, size: int) -> Iterator[Parsed]:
    """Read all blocks of an export.

    Args:
        stream: the file from its start.
        name: of the file.
        zone: zone the person gave.
        size: bytes on disk, for whether workers are worth it.
    Raises:
        SourceError: no export.
    """
    heads = Heads()
    for block in cut_blocks(stream, name):
        yield parse_block(block, name, zone, heads)
