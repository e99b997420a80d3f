"""One block of an export: the quick way where it can be, the careful way elsewhere, and recordings out of both."""

from __future__ import annotations

from uitknop.sources.apple_blocks import Block
from uitknop.sources.apple_heads import Heads
from uitknop.sources.apple_lines import read_quickly
from uitknop.sources.apple_pieces import make_recordings
from uitknop.sources.apple_rows import Gathered, Parsed
from uitknop.sources.apple_xml import read_carefully


def parse_block(block: Block, name: str, zone: str | None, heads: Heads) -> Parsed:
    """Read one block.

    Args:
        block: whole elements.
        name: of the file.
        zone: zone the person gave.
        heads: what was learnt from blocks before.
    """
    heads.forget_many()
    gathered, text = Gathered(heads), block.text
    for start, end in read_quickly(text, gathered):
        read_carefully(text, start, end, gathered, cut_off=block.cut_off and end == len(text))
    gathered.tally.cut_off = block.cut_off
    recordings = make_recordings(gathered, name, zone)
    return Parsed(recordings, gathered.tally, gathered.n_lines)
