"""A block of an export as lines and letters: what the quick way of reading looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

WIDEST_WINDOW = 600
_PAD = b" " * (WIDEST_WINDOW + 100)  # so that a window of any width fits behind the last line


@dataclass(slots=True)
class Page:
    """A block, its lines, and what each line starts with.

    Args:
        text: the block, padded at its end.
        letters: the same as numbers, uint8.
        start, end: of each line, without its end of line, shape (n,).
        first: the first 8 bytes of each line as one number, shape (n,).
    """

    text: bytes
    letters: Bytes
    start: Ints
    end: Ints
    first: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, block: bytes) -> Page:
        """The page of a block."""
        text = block + (b"" if block.endswith(b"\n") else b"\n") + _PAD
        letters = np.frombuffer(text, np.uint8)
        end = np.flatnonzero(letters == 10)
        start = np.concatenate(([0], end[:-1] + 1))
        eights = np.ndarray((len(text) - 7,), "<u8", text, strides=(1,))
        return cls(text, letters, start, end, eights[start])

    def windows(self, at: Ints, width: int) -> Bytes:
        """`width` bytes from each place, shape (m, width)."""
        return np.lib.stride_tricks.sliding_window_view(self.letters, width)[at]

    def begins(self, word: bytes) -> Bools:
        """Which lines start with these 8 bytes, shape (n,)."""
        return np.asarray(self.first == np.uint64(int.from_bytes(word, "little")), np.bool_)

    def stands_alone(self, word: bytes) -> Bools:
        """Which lines start with these 8 bytes and end with "/>", shape (n,)."""
        lines = np.flatnonzero(self.begins(word))
        before = self.letters[np.maximum(self.end[lines] - 2, 0)]
        alone = np.zeros(self.start.size, np.bool_)
        alone[lines] = (self.letters[self.end[lines] - 1] == ord(">")) & (before == ord("/"))
        return alone

    def line_is(self, lines: Ints, word: bytes) -> Bools:
        """Which of the lines are exactly this, shape (m,)."""
        same = (self.windows(self.start[lines], len(word)) == np.frombuffer(word, np.uint8)).all(axis=1)
        return np.asarray(same & (self.end[lines] - self.start[lines] == len(word)), np.bool_)


@dataclass(slots=True)
class Elements:
    """Top-level elements: the line each starts on and how many lines it has, shape (m,)."""

    line: Ints
    n_lines: Ints

    @property
    def last(self) -> Ints:
        """The last line of each."""
        return self.line + self.n_lines - 1


def elements_of(page: Page) -> Elements:
    """Elements that start with one blank, as all do in what a phone writes."""
    start = page.start
    top = (page.letters[start] == 32) & (page.letters[start + 1] == ord("<")) & (page.letters[start + 2] != ord("/"))
    line = np.flatnonzero(top)
    return Elements(line, np.diff(line, append=start.size))
