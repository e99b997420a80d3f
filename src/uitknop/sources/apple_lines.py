"""The quick way to read a block of an export: by its lines, as columns of bytes, without a parser.

An iPhone writes one element a line, attributes always in the same order. A record written exactly so is read here;
whatever differs in the least is given back for the careful way, which says the same of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from uitknop.sources.apple_beat_lines import BeatLines, find_beat_lines
from uitknop.sources.apple_clock import DATE_LETTERS
from uitknop.sources.apple_heads import number_of
from uitknop.sources.apple_page import WIDEST_WINDOW, Elements, Page, elements_of
from uitknop.sources.apple_rows import Gathered, Lists, Rows

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_DATE = b"\0" * DATE_LETTERS
_TAIL = b' creationDate="' + _DATE + b'" startDate="' + _DATE + b'" endDate="' + _DATE + b'" value="'
_TAIL_LETTERS = np.frombuffer(_TAIL, np.uint8)
_FIXED = np.flatnonzero(_TAIL_LETTERS)
_START = _TAIL.index(b' startDate="') + len(b' startDate="')
_DATES = np.concatenate([np.arange(DATE_LETTERS) + _START, np.arange(DATE_LETTERS) + _TAIL.rindex(_DATE)])
_LONGEST_VALUE = 64
_SHORTEST_RECORD = len(_TAIL) + len(b' <Record type="" sourceName=""')


def read_quickly(block: bytes, gathered: Gathered) -> list[tuple[int, int]]:
    """Read the records of a block that are written as a phone writes them.

    Args:
        block: whole top-level elements.
        gathered: where the records go.
    Returns: first byte and byte after the last of every stretch that was not read.
    """
    page = Page.of(block)
    gathered.n_lines = page.end.size - (not block.endswith(b"\n"))
    elements = elements_of(page)
    # Comments and the like could hide lines; one letter is sought first, as that costs nothing.
    if not elements.line.size or any(sign in block and b"<" + sign in block for sign in (b"!", b"?")):
        return [(0, len(block))]
    beats = find_beat_lines(page, elements)
    good, close = _records(page, elements, beats.whole)
    good[good] = _take_rows(page, elements, np.flatnonzero(good), close, beats, gathered)
    return _left_over(page, elements, good, len(block))


def _records(page: Page, elements: Elements, with_beats: Bools) -> tuple[Bools, Ints]:
    """Which elements are records in the usual shape, and the place of the quote that closes each value."""
    line, last = elements.line, elements.last
    end = page.end[line]
    sign, before = page.letters[end - 1], page.letters[np.maximum(end - 2, 0)]
    alone = (elements.n_lines == 1) & (sign == ord(">")) & (before == ord("/"))
    opened = (elements.n_lines > 1) & (sign == ord(">")) & (before == 34)
    opened[opened] = page.line_is(last[opened], b" </Record>")
    meta = np.concatenate(([0], np.cumsum(page.stands_alone(b"  <Metad"))))
    only_meta = meta[last] - meta[line] == elements.n_lines - 2
    good = page.begins(b" <Record")[line] & (page.letters[page.start[line] + 8] == 32)
    good &= (end - page.start[line] > _SHORTEST_RECORD) & (alone | (opened & (only_meta | with_beats)))
    return good, np.where(alone, end - 3, end - 2)


def _take_rows(page: Page, elements: Elements, at: Ints, close: Ints, beats: BeatLines, gathered: Gathered) -> Bools:
    """Read records; True for each of `at` that was taken or counted, shape (k,)."""
    done = np.zeros(at.size, np.bool_)
    close = close[at]
    before = page.windows(close - _LONGEST_VALUE, _LONGEST_VALUE) == 34
    value = close - np.argmax(before[:, ::-1], axis=1)  # first letter of the value
    dates = value - len(_TAIL)
    start = page.start[elements.line[at]]
    fits = before.any(axis=1) & (page.letters[close] == 34) & (dates > start)
    tail = page.windows(np.maximum(dates, 0), len(_TAIL))
    fits &= (tail[:, _FIXED] == _TAIL_LETTERS[_FIXED]).all(axis=1)
    head = _heads(page.text, page, start, dates, fits, gathered)
    known = gathered.heads.known
    other = np.array([h.role == "other" for h in known] + [False], np.bool_)[head]
    fits &= head >= 0
    numbers = np.full(at.size, np.nan)
    wanted = np.flatnonzero(fits & ~other)
    numbers[wanted] = _numbers(page, head[wanted], value[wanted], close[wanted], gathered)
    listed = beats.whole[at]
    heart = np.array([h.kind == "vendor_sdnn" for h in known] + [False], np.bool_)[head]
    taken = fits & ~other & np.isfinite(numbers)
    done = taken | (fits & other & ~listed)
    for number, n in zip(*np.unique(head[fits & other & ~listed], return_counts=True), strict=True):
        gathered.tally.other[known[int(number)].name] += int(n)
    letters = tail[:, _DATES]
    gathered.rows.append(Rows(head[taken], letters[taken], numbers[taken]))
    with_list = np.flatnonzero(taken & listed & heart)
    if with_list.size:
        lines, count = beats.lines_of(at[with_list]), beats.count[at[with_list]]
        gathered.lists.append(Lists(head[with_list], letters[with_list], count, beats.bpm[lines], beats.hour_ms[lines]))
    return np.asarray(done, np.bool_)


def _heads(text: bytes, page: Page, start: Ints, end: Ints, fits: Bools, gathered: Gathered) -> Ints:
    """Number of each record's head; -1 where it does not fit or can't be told."""
    head = np.full(start.size, -1, np.int64)
    at = np.flatnonzero(fits)
    if not at.size:
        return head
    start, length = start[at], end[at] - start[at]
    # Neighbours mostly have the same head: only where it changes is it looked at.
    letters = page.windows(start, int(min(length.max(), WIDEST_WINDOW)))
    differ = letters[1:] != letters[:-1]
    until = np.where(differ.any(axis=1), np.argmax(differ, axis=1), WIDEST_WINDOW)
    new = np.concatenate(([True], (length[1:] != length[:-1]) | (until < length[1:])))
    of_bytes = gathered.heads.of_bytes
    places = zip(start[new].tolist(), (start[new] + length[new]).tolist(), strict=True)
    numbers = np.array([of_bytes(text[a:b]) for a, b in places], np.int64)
    head[at] = numbers[np.cumsum(new) - 1]
    return head


def _numbers(page: Page, head: Ints, start: Ints, end: Ints, gathered: Gathered) -> Floats:
    """Values of records; NaN where one can't be read."""
    known = gathered.heads.known
    length = end - start
    digits = page.windows(end - 3, 3) - np.uint8(48)
    inside = length[:, None] > np.array([2, 1, 0])
    short = (length >= 1) & (length <= 3) & ((digits <= 9) | ~inside).all(axis=1)
    short &= np.array([h.role == "sample" for h in known], np.bool_)[head] if known else False
    hundreds, tens, ones = np.where(inside, digits, 0).astype(np.float64).T
    numbers = hundreds * 100 + tens * 10 + ones
    rest = np.flatnonzero(~short)
    places = zip(head[rest].tolist(), start[rest].tolist(), end[rest].tolist(), strict=True)
    numbers[rest] = [number_of(known[i], page.text[a:b]) for i, a, b in places]
    return np.asarray(numbers, np.float64)


def _left_over(page: Page, elements: Elements, good: Bools, size: int) -> list[tuple[int, int]]:
    """Stretches of elements that are not good, and what stands before the first element."""
    from_byte = np.append(page.start[elements.line], size)
    edge = np.flatnonzero(np.diff(np.concatenate(([True], good, [True])).astype(np.int8)))
    stretches = [(int(from_byte[a]), int(from_byte[b])) for a, b in zip(edge[::2], edge[1::2], strict=True)]
    if from_byte[0] > 0:
        stretches.insert(0, (0, int(from_byte[0])))
    return stretches
